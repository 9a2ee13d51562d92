"""`thoth plugin dev`: builds and tests a plugin whenever it changes; editors reload what was built by themselves."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from thoth_ls.cli.plugin_build import holds_plugin, is_theme
from thoth_ls.cli.plugin_test import run_tests
from thoth_ls.cli.plugin_workbench import Workbench
from thoth_ls.cli.table import printable
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOOK_SECONDS = 0.1
"""Between two looks. A file has to be the same in two of them: an editor may be half done with saving."""
WATCHED = ("plugin.toml", "theme.json", "README.md")
FOLDERS = ("src", "wit", "tests")
MADE = frozenset({"__pycache__", ".pytest_cache"})


async def develop(folder: Path) -> int:
    """Runs until it is interrupted; returns 2 where there is no plugin, 1 where there is nothing to build it with."""
    if not holds_plugin(folder):
        return 2
    try:
        bench = Workbench(folder.absolute())
    except BuildFailed as error:
        print(f"thoth: {printable(str(error))}", file=sys.stderr)
        return 1
    print(
        f"Watching {printable(str(bench.folder))}; Ctrl+C ends it.\n"
        "An editor follows that has this folder in its setting thoth.plugins.devFolders.",
        flush=True,
    )
    try:
        while True:
            seen = await asyncio.to_thread(stamps, folder)
            await once(bench)
            await _changed(folder, seen)
    finally:
        await bench.close()


async def once(bench: Workbench) -> bool:
    """Builds and tests it once; whether all is well. What is wrong has been printed."""
    print(f"\n{time.strftime('%H:%M:%S')}", flush=True)
    good = await bench.build()
    if good and not is_theme(bench.folder) and (bench.folder / "tests").is_dir():
        good = await run_tests(bench.folder) == 0
    print("good" if good else "not good yet", flush=True)
    return good


async def _changed(folder: Path, seen: Mapping[str, tuple[int, int]]) -> None:
    """Returns once something is another, and has come to rest."""
    before = seen
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = await asyncio.to_thread(stamps, folder)
        if now != seen and now == before:
            return
        before = now


def stamps(folder: Path) -> Mapping[str, tuple[int, int]]:
    """Time and size of every file that somebody writes."""
    found: dict[str, tuple[int, int]] = {}
    files = [folder / name for name in WATCHED]
    for name in FOLDERS:
        files += [path for path in (folder / name).rglob("*") if not MADE.intersection(path.parts)]
    for path in files:
        try:
            stat = path.stat()
        except OSError:
            continue
        if path.is_file():
            found[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return found
