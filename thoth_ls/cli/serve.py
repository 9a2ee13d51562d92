"""`thoth-ls`: the language server over standard input and output."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence

from thoth_ls import __version__

OPEN_FILES = 10_240
"""As many as macOS lets one process have."""


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
    allow_open_files()
    # other packages' pydantic plugins have no business here, and looking for them costs 12 ms
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from thoth_ls.lsp.app import build

    return build().serve()


def configure_logging(level: str) -> None:
    """Logs to standard error: standard output is the protocol.

    `level` is of what Thoth itself says. Libraries that it uses may say what is wrong and no more: they log whole
    messages, with users' rows, and what plugins send and receive, with headers and all.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("thoth_ls").setLevel(level.upper())
    logging.getLogger("pygls.protocol").setLevel(logging.CRITICAL)  # what does not fit, in full; we say that it did not


def allow_open_files() -> None:
    """Lets thousands of documents be open: each takes three files, and 256 may be all there is at first."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # a limit of the whole system is lower still
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    sys.exit(main())
