"""`thoth plugin new`: begins a plugin from a template."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.authoring.starting import CannotStart, Start, start, word_of
from thoth_ls.cli.plugin_build import authors_kit
from thoth_ls.cli.table import printable
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    import argparse


async def new_plugin(options: argparse.Namespace) -> int:
    """Writes the files and says what to do next; returns 0, or 1 with a sentence where it cannot."""
    if options.kind == "theme" and options.lang is not None:
        print("thoth: a theme is no program: leave --lang out", file=sys.stderr)
        return 2
    try:
        folder: Path = options.folder or Path(word_of(options.name))
        written = start(
            Start(
                folder,
                options.name,
                options.kind,
                options.lang or "python",
                options.id,
                options.author or _author(),
            )
        )
    except CannotStart as error:
        print(f"thoth: {printable(str(error))}", file=sys.stderr)
        return 1
    for path in written:
        print(printable(str(path)))
    print()
    print(f"Next:  thoth plugin build {_shown(folder)}")
    if options.kind != "theme":
        print(f"       thoth plugin test {_shown(folder)}")
    print(
        "To see it in VS Code, add this to the settings (thoth.plugins.devFolders) and change what you like:"
        f"\n       {printable(str(folder.absolute()))}"
    )
    if options.kind != "theme" and options.lang != "zig":
        with suppress(BuildFailed):
            sdk = printable(str(authors_kit().python_sdk))
            print(
                f"So that your editor and mypy know thoth_plugin (python.analysis.extraPaths, MYPYPATH):\n       {sdk}"
            )
    return 0


def _author() -> str | None:
    """As git knows whoever is typing."""
    git = shutil.which("git")
    if git is not None:
        with suppress(OSError, subprocess.SubprocessError):
            asked = [git, "config", "user.name"]
            done = subprocess.run(  # noqa: S603 - nothing of it comes from outside
                asked, capture_output=True, text=True, check=True, timeout=5, stdin=subprocess.DEVNULL
            )
            return done.stdout.strip()[:80] or None
    return None


def _shown(folder: Path) -> str:
    text = str(folder)
    return printable(f'"{text}"' if " " in text else text)
