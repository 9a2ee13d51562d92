"""The WIT world of a plugin: the one it has written down, or the one that follows from its manifest."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.authoring.building import tools
from thoth_ls.catalog.manifest import Capability
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from thoth_ls.authoring.building.kit import Kit
    from thoth_ls.catalog.manifest import Manifest

VERSION: Final = "0.1.0"
NAME: Final = "chosen"
_PACKAGE = re.compile(r"^\s*package\s+([^\s;]+)\s*;", re.MULTILINE)

EXPORTS: Final[Mapping[Capability, tuple[str, ...]]] = {
    Capability.FILE_LOADER: ("file-loader",),
    Capability.FILE_VIEWER: ("file-viewer",),
    Capability.DATA_SOURCE: ("data-source",),
    Capability.EXPORTER: ("exporter", "streaming-exporter"),
    Capability.NEW_UI_COMPONENT: ("ui-component", "tab-host"),
    Capability.DATA_PRODUCER: ("data-producer",),
    Capability.RENDERER: ("data-renderer",),
    Capability.CLI: ("plugin-cli",),
}
ALWAYS: Final = ("plugin-meta", "plugin-lifecycle", "plugin-settings")
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "network": ("http-client", "http-control", "websocket", "websocket-control"),
    "tcp": ("tcp-client",),
    "secure-storage": ("secure-storage",),
    # Files that are saved and picked by their bytes are functions of http-control.
    "file-dialog": ("file-dialog", "http-control"),
    "open-tabs": ("ui-tabs",),
}
"""Interfaces that a permission opens."""


@dataclass(frozen=True, slots=True)
class World:
    """What a component imports and exports of the contract: names of interfaces, in order, with `types` among them."""

    name: str
    imports: tuple[str, ...]
    exports: tuple[str, ...]
    foreign: tuple[str, ...]
    """Exports that are no interface of the contract."""


def chosen_world(manifest: Manifest) -> str:
    """The text of the world that follows from capabilities and permissions."""
    exports = [*ALWAYS, *(name for capability in manifest.capabilities for name in EXPORTS.get(capability, ()))]
    imports = ["plugin-storage"]
    for need in manifest.needs():
        imports += NEEDED.get(need, ())
    if Capability.NEW_UI_COMPONENT in manifest.capabilities:
        imports += ["signals", "dataset-bus"]
        if Capability.DATA_SOURCE in manifest.capabilities:
            imports.append("db-runtime")
    lines = [f"    import thoth:plugin/{name}@{VERSION};" for name in dict.fromkeys(imports)]
    lines += [f"    export thoth:plugin/{name}@{VERSION};" for name in dict.fromkeys(exports)]
    return "\n".join([f"package thoth:made@{VERSION};", "", f"world {NAME} {{", *lines, "}", ""])


def wit_folder(kit: Kit, folder: Path, *, written: Path | None, chosen: str | None) -> Path:
    """`folder`, made to hold the world, with the contract and the WASI packages of the SDK as its dependencies.

    The world is the file `written`, beside which other files and `deps/` may be, or the text `chosen`.
    """
    if written is not None:
        shutil.copytree(written.parent, folder)
    else:
        folder.mkdir()
        (folder / "world.wit").write_text(chosen or "", encoding="utf-8")
    dependencies = folder / "deps"
    if (kit.zig_sdk / "wit").is_dir():
        shutil.copytree(kit.zig_sdk / "wit", dependencies, dirs_exist_ok=True)
    contract = dependencies / "thoth-plugin"
    contract.mkdir(parents=True, exist_ok=True)
    for file in sorted(kit.wit.glob("*.wit")):
        shutil.copy(file, contract)
    return folder


def read_world(folder: Path) -> World:
    """The one world of the package in `folder`; raises BuildFailed where there is none, or several."""
    told = json.loads(tools.run([*tools.wasm_tools(), "component", "wit", "--json", str(folder)], folder))
    declared = [_PACKAGE.search(file.read_text("utf-8")) for file in sorted(folder.glob("*.wit"))]
    root = next((each[1] for each in declared if each is not None), None)
    names = [package["name"] for package in told["packages"]]
    if root not in names:
        raise BuildFailed("wit/world.wit has to begin with its package, for instance `package example:plugin@0.1.0;`")
    worlds = [world for world in told["worlds"] if names[world["package"]] == root]
    if len(worlds) != 1:
        found = ", ".join(world["name"] for world in worlds) or "none"
        raise BuildFailed(f"wit/world.wit has to hold one world; it holds {found}")
    (world,) = worlds
    imports = [_interface(told, item) for item in world["imports"].values()]
    exports = [_interface(told, item) for item in world["exports"].values()]
    return World(
        world["name"],
        tuple(name for package, name in imports if package == "thoth:plugin"),
        tuple(name for package, name in exports if package == "thoth:plugin"),
        tuple(name for package, name in exports if package != "thoth:plugin"),
    )


def _interface(told: dict[str, Any], item: dict[str, Any]) -> tuple[str, str]:
    """The package, without version, and the name of what a world imports or exports."""
    if "interface" not in item:
        return "", next(iter(item))
    interface = told["interfaces"][item["interface"]["id"]]
    return told["packages"][interface["package"]]["name"].partition("@")[0], interface["name"] or ""
