"""Finds the installed plugins and decides which of two with one id is used; runs and compiles nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.catalog.looking import folders_in, is_there, lies_in
from thoth_ls.catalog.manifest import ManifestError, read_manifest
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.errors import PluginInvalid, PluginNotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thoth_ls.wire.plugins import Origin

__all__ = ["Catalog", "Places", "Plugin", "bundled_folders", "discover"]

MANIFEST, COMPONENT, THEME = "plugin.toml", "plugin.wasm", "theme.json"
MOST_ERRORS = 3
"""Errors of a manifest that stand in the problem of its plugin."""
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
        key = plugin_id.lower()
        return self._usable.get(key) or next((plugin for plugin in self._unusable if plugin.id.lower() == key), None)

    def installed(self, plugin_id: str) -> Plugin:
        """The plugin of that id, usable or not; raises PluginNotFound."""
        found = self.get(plugin_id)
        if found is None:
            raise PluginNotFound(plugin_id, "it is not installed")
        return found

    def runnable(self, plugin_id: str) -> Plugin:
        """The plugin of that id, which can be run; raises PluginNotFound, or PluginInvalid saying what is wrong."""
        found = self.installed(plugin_id)
        if found.problem is not None:
            raise PluginInvalid(plugin_id, found.problem)
        return found

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
    found: list[Plugin] = []
    for root in places.bundled:
        found += [read_plugin(folder, "bundled") for folder in folders_in(root)]
    for root in places.user:
        found += [read_plugin(folder, "user") for folder in folders_in(root)]
    for root in places.development:
        found += [read_plugin(folder, "development") for folder in development_folders(root)]
    for root in places.workspace:
        found += [_of_workspace(folder, root) for folder in folders_in(root)]
    return Catalog(found)


def development_folders(root: Path) -> list[Path]:
    """The plugin folders a development folder stands for: itself, or those in it that have a manifest."""
    if is_there(root / MANIFEST):
        return [root]
    return [child for child in folders_in(root) if is_there(child / MANIFEST)]


def read_plugin(folder: Path, origin: Origin) -> Plugin:
    """The plugin in a folder, with what is wrong with it; nothing is compiled or run."""
    plugin = Plugin(folder, origin, None)
    for name in (MANIFEST, COMPONENT, THEME):
        if plugin.leads_out(name):
            return replace(plugin, problem=f"{name} is a link that leads out of its folder; put the file itself there")
    if not is_there(folder / MANIFEST):
        return replace(plugin, problem=f"there is no {MANIFEST} in its folder")
    try:
        checked = read_manifest(folder / MANIFEST)
    except ManifestError as error:
        return replace(plugin, problem=str(error))
    problem = _some(checked.errors)
    if problem is None and plugin.file(COMPONENT) is None and plugin.file(THEME) is None:
        problem = f"there is neither a {COMPONENT} nor a {THEME} in its folder"
    return replace(
        plugin,
        manifest=checked.manifest,
        problem=problem,
        warnings=tuple(checked.warnings),
        declared_id=checked.declared_id,
    )


def _some(errors: Sequence[str]) -> str | None:
    """The first errors in one text, None where there are none."""
    if not errors:
        return None
    more = f"; and {len(errors) - MOST_ERRORS} more" if len(errors) > MOST_ERRORS else ""
    return "; ".join(errors[:MOST_ERRORS]) + more


def _of_workspace(folder: Path, root: Path) -> Plugin:
    """A folder that is a link is not part of the workspace, whatever the workspace says."""
    if not lies_in(folder, root):
        said = "its folder is a link that leads out of the workspace; name it in thoth.plugins.devFolders instead"
        return Plugin(folder, "workspace", None, said)
    return read_plugin(folder, "workspace")
