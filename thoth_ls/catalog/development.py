"""Development builds of plugins in Python: `plugin.wasm` without a program, which it reads when an instance begins.

`thoth plugin dev` makes them, so that a change of the program needs no new component. Such a component ends in `MARK`,
and its guests are given `program_folder` to read, beside nothing. It runs in development folders alone: nobody else
has asked for a plugin whose program is another tomorrow.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from thoth_ls.catalog.looking import is_file, lies_in

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin

_NAME: Final = b"thoth-development-build"
MARK: Final = bytes([0, 1 + len(_NAME), len(_NAME)]) + _NAME
"""A custom section of WebAssembly, which says nothing but its name; the last one of such a component."""
GUEST_PROGRAM: Final = "/plugin"
"""Where a guest finds the folder."""
ANNOUNCED: Final = "It is a development build: it reads its program from its own folder each time it starts."
MOST_PROBLEM: Final = 20_000
"""Characters of what a compiler says that are looked at."""
_NEXT = "`thoth plugin dev` makes it anew, `thoth plugin build` a plugin for everybody"


def is_development_build(wasm: bytes) -> bool:
    """Whether a component reads its program from a folder."""
    return wasm.endswith(MARK)


def program_folder(folder: Path) -> Path:
    """Where the program of a development build is kept, below the plugin's folder: `plugin.json`, and `src/`."""
    return folder / ".build" / "development"


def program_of(plugin: Plugin, wasm: bytes) -> tuple[Path | None, str | None]:
    """The folder that guests of `wasm` are to be given, None where it is no development build; or why they cannot run.

    A link that leads out of the plugin's folder is not followed: what a guest may read is the plugin's own.
    """
    if not is_development_build(wasm):
        return None, None
    if plugin.origin != "development":
        return None, f"its plugin.wasm is a development build, which runs in development folders alone: {_NEXT}"
    program = program_folder(plugin.folder)
    refusal = missing_program(program, plugin.folder)
    return (program, None) if refusal is None else (None, refusal)


def missing_program(program: Path, folder: Path) -> str | None:
    """Why guests cannot be given a program that is to lie in a plugin's folder, as it is now; None where they can."""
    if is_file(program / "plugin.json") and lies_in(program, folder):
        return None
    return f"its plugin.wasm is a development build, and there is no program in {program}: {_NEXT}"


def problem_file(folder: Path) -> Path:
    """Where `thoth plugin dev` says why a plugin could not be built, for editors to tell; absent where it could."""
    return folder / ".build" / "problem.txt"


def build_problem(plugin: Plugin) -> str | None:
    """What `thoth plugin dev` said last of a plugin that could not be built, on one line; None where it could.

    What was said before the component was made counts no more: whoever said it may have ended without taking it back.
    Reads files: call it off the event loop.
    """
    told = problem_file(plugin.folder)
    if plugin.origin != "development" or not is_file(told) or not lies_in(told, plugin.folder):
        return None
    try:
        if is_file(plugin.wasm) and told.stat().st_mtime_ns < plugin.wasm.stat().st_mtime_ns:
            return None
        with told.open(encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file.read(MOST_PROBLEM).splitlines() if line.strip()]
    except (OSError, ValueError):
        return None
    return next((line for line in lines if ": error: " in line), lines[0] if lines else None)
