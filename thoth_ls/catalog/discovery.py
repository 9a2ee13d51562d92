"""Finds the installed plugins and decides which of two with one id is used; runs and compiles nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.catalog.manifest import ManifestError, read_manifest
from thoth_ls.catalog.plugin import Plugin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thoth_ls.wire.plugins import Origin

__all__ = ["Catalog", "Places", "Plugin", "bundled_folders", "discover"]

PACKAGE = Path(__file__).parent.parent
RANKS: dict[Origin, int] = {"bundled": 0, "user": 1, "workspace": 2, "development": 3}
"""Which of two plugins of one id is used: the higher; a development folder was named by somebody who works on it."""
STANDS: dict[Origin, str] = {
    "bundled": "came with Thoth",
    "user": "was installed",
    "workspace": "is part of the workspace",
    "development": "is in a development folder",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look for plugins. Each folder holds plugin folders; a development folder may be a plugin itself."""

    bundled: Sequence[Path] = ()
    user: Sequence[Path] = ()
    development: Sequence[Path] = ()
    workspace: Sequence[Path] = ()
    """`.thoth/plugins` of trusted workspaces."""


class Catalog:
    """The plugins found, by id."""

    def __init__(self, found: Iterable[Plugin]) -> None:
        self._usable: dict[str, Plugin] = {}
        self._unusable: list[Plugin] = []
        for plugin in found:
            self._add(plugin)

    @property
    def usable(self) -> list[Plugin]:
        """Plugins that can be run, by id."""
        return sorted(self._usable.values(), key=lambda plugin: plugin.id)

    @property
    def all(self) -> list[Plugin]:
        """Every plugin folder found, by id, those with a problem as well."""
        every = [*self._usable.values(), *self._unusable]
        return sorted(every, key=lambda plugin: (plugin.id, plugin.folder))

    def get(self, plugin_id: str) -> Plugin | None:
        """The plugin of that id: the usable one if there is any."""
        found = self._usable.get(plugin_id.lower())
        return found or next((plugin for plugin in self._unusable if plugin.id == plugin_id), None)

    def _add(self, plugin: Plugin) -> None:
        """Keeps the better of two of one id usable; the other one says why it is not."""
        if plugin.problem is not None:
            self._unusable.append(plugin)
            return
        key = plugin.id.lower()
        earlier = self._usable.get(key)
        if earlier is None:
            self._usable[key] = plugin
        elif earlier.bundled and plugin.origin in ("user", "workspace"):
            # A trusted name must not be borrowed.
            said = f"its id {plugin.id} is that of a plugin that comes with Thoth; give it an id of its own"
            self._unusable.append(replace(plugin, problem=said))
        elif RANKS[plugin.origin] < RANKS[earlier.origin]:
            self._use(key, earlier, instead_of=plugin)
        else:
            self._use(key, plugin, instead_of=earlier)

    def _use(self, key: str, plugin: Plugin, *, instead_of: Plugin) -> None:
        self._unusable.append(replace(instead_of, problem=f"{plugin.folder} has the same id and is used instead"))
        if plugin.origin != instead_of.origin:
            said = f"It is used instead of {instead_of.folder}, which {STANDS[instead_of.origin]} and has the same id."
            plugin = replace(plugin, warnings=(*plugin.warnings, said))
        self._usable[key] = plugin


def bundled_folders(package: Path = PACKAGE) -> list[Path]:
    """Where the plugins that come with Thoth are: in the installed package, or in a checkout where they are built."""
    installed = package / "bundled" / "plugins"
    if not installed.is_dir() and (package.parent / "pyproject.toml").is_file():
        return [package.parent / "build" / "plugins"]
    return [installed]


def discover(places: Places) -> Catalog:
    """The plugins in all places; a missing folder holds none."""
    roots: list[tuple[Origin, Path]] = [
        *(("bundled", root) for root in places.bundled),
        *(("user", root) for root in places.user),
    ]
    found = [_read(folder, origin) for origin, root in roots for folder in _children(root)]
    for root in places.development:
        found += [_read(folder, "development") for folder in development_folders(root)]
    found += [_read(folder, "workspace") for root in places.workspace for folder in _children(root)]
    return Catalog(found)


def development_folders(root: Path) -> list[Path]:
    """The plugin folders a development folder stands for: itself, or those in it that have a manifest."""
    if (root / "plugin.toml").exists():
        return [root]
    return [child for child in _children(root) if (child / "plugin.toml").exists()]


def _children(root: Path) -> list[Path]:
    try:
        return sorted(child for child in root.iterdir() if child.is_dir() and not child.name.startswith("."))
    except OSError:
        return []


def _read(folder: Path, origin: Origin) -> Plugin:
    if not (folder / "plugin.toml").is_file():
        return Plugin(folder, origin, None, "there is no plugin.toml in its folder")
    try:
        manifest = read_manifest(folder / "plugin.toml")
    except ManifestError as error:
        return Plugin(folder, origin, None, str(error))
    problem = None
    if not (folder / "plugin.wasm").is_file() and not (folder / "theme.json").is_file():
        problem = "there is neither a plugin.wasm nor a theme.json in its folder"
    return Plugin(folder, origin, manifest, problem)
