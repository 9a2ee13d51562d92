"""`thoth-ls`: the language server over standard input and output."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from thoth_ls import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until the client leaves; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="thoth-ls", description="Thoth's language server, over standard input and output."
    )
    parser.add_argument("--version", action="version", version=f"thoth-ls {__version__}")
    parser.add_argument(
        "--stdio", action="store_true", help="use standard input and output (the only transport; default)"
    )
    parser.add_argument("--log-level", choices=["error", "warning", "info", "debug"], default="info")
    options = parser.parse_args(arguments)
    configure_logging(options.log_level)
    # other packages' pydantic plugins have no business here, and looking for them costs 12 ms
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from thoth_ls.lsp.app import build

    return build().serve()


def configure_logging(level: str) -> None:
    """Logs to standard error: standard output is the protocol."""
    logging.basicConfig(stream=sys.stderr, level=level.upper(), format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("pygls").setLevel(logging.WARNING)  # at INFO it logs whole messages: users' rows and tokens


if __name__ == "__main__":
    sys.exit(main())
