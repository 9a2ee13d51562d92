"""Finds the installed plugins: those that came with Thoth, then the user's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.catalog.manifest import Manifest, ManifestError, read_manifest
from thoth_ls.wire.plugins import PluginInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Plugin:
    """One plugin folder, usable or not."""

    folder: Path
    bundled: bool
    manifest: Manifest | None
    problem: str | None = None
    """Why it cannot be used, None when it can."""

    @property
    def id(self) -> str:
        """The manifest's id, or the folder's name where there is no usable manifest."""
        return self.manifest.id if self.manifest else self.folder.name

    @property
    def wasm(self) -> Path:
        """The component."""
        return self.folder / "plugin.wasm"

    @property
    def precompiled(self) -> Path:
        """Machine code made when Thoth was built; only trusted in bundled plugins."""
        return self.folder / "plugin.cwasm"

    def info(self) -> PluginInfo:
        """What the client is shown."""
        manifest = self.manifest
        return PluginInfo(
            id=self.id,
            name=manifest.name if manifest else self.folder.name,
            version=manifest.version if manifest else "",
            description=manifest.description if manifest else "",
            author=manifest.author if manifest else "",
            homepage=manifest.homepage if manifest else None,
            license=None,
            keywords=[],
            icon=manifest.icon if manifest else None,
            extensions=manifest.extensions() if manifest else [],
            capabilities=[item.value for item in manifest.capabilities] if manifest else [],
            origin="bundled" if self.bundled else "user",
            folder=str(self.folder),
            state="enabled" if self.problem is None else "unusable",
            problem=self.problem,
            warnings=[],
            permissions=[],
            has_settings=False,
            has_readme=(self.folder / "README.md").is_file(),
        )


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
        """Later folders win, except over a bundled plugin: its name must not be borrowed to be trusted."""
        if plugin.problem is not None:
            self._unusable.append(plugin)
            return
        key = plugin.id.lower()
        earlier = self._usable.get(key)
        if earlier is not None and earlier.bundled and not plugin.bundled:
            said = f"its id {plugin.id} is that of a plugin that comes with Thoth; give it an id of its own"
            self._unusable.append(replace(plugin, problem=said))
            return
        if earlier is not None:
            said = f"{plugin.folder} has the same id and is used instead"
            self._unusable.append(replace(earlier, problem=said))
        self._usable[key] = plugin


def bundled_folders(package: Path = PACKAGE) -> list[Path]:
    """Where the plugins that come with Thoth are: in the installed package, or in a checkout where they are built."""
    installed = package / "bundled" / "plugins"
    if not installed.is_dir() and (package.parent / "pyproject.toml").is_file():
        return [package.parent / "build" / "plugins"]
    return [installed]


def discover(user_folder: Path, bundled: Sequence[Path]) -> Catalog:
    """The plugins in the bundled folders and in the user's, in that order; a missing folder holds none."""
    found = [_read(folder, bundled=True) for root in bundled for folder in _children(root)]
    found += [_read(folder, bundled=False) for folder in _children(user_folder)]
    return Catalog(found)


def _children(root: Path) -> list[Path]:
    try:
        return sorted(child for child in root.iterdir() if child.is_dir() and not child.name.startswith("."))
    except OSError:
        return []


def _read(folder: Path, *, bundled: bool) -> Plugin:
    if not (folder / "plugin.toml").is_file():
        return Plugin(folder, bundled, None, "there is no plugin.toml in its folder")
    try:
        manifest = read_manifest(folder / "plugin.toml")
    except ManifestError as error:
        return Plugin(folder, bundled, None, str(error))
    problem = None
    if not (folder / "plugin.wasm").is_file() and not (folder / "theme.json").is_file():
        problem = "there is neither a plugin.wasm nor a theme.json in its folder"
    return Plugin(folder, bundled, manifest, problem)
