"""What happens to running plugins when they are switched off and on, replaced, or removed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from thoth_ls.catalog.development import build_problem
from thoth_ls.errors import PluginDisabled, PluginError, PluginInvalid, PluginNotFound, PluginReloaded
from thoth_ls.wire.plugins import DidChangePlugins

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from thoth_ls.catalog.discovery import Catalog, Plugin
    from thoth_ls.catalog.enabled import Enabled
    from thoth_ls.manager.views import PluginEvents, View
    from thoth_ls.runtime.runtime import PluginRuntime

logger = logging.getLogger(__name__)


class Changes:
    """Carries changes out, one at a time, and tells of them. Belongs to the event loop."""

    def __init__(self, runtime: PluginRuntime, enabled: Enabled, events: PluginEvents) -> None:
        self.views: Sequence[View] = ()
        """Those who show what plugins read; set before the first change."""
        self.broken: dict[Path, str] = {}
        """Why the component in a folder cannot be used, where that was tried."""
        self.lock = asyncio.Lock()
        """Held by whoever changes anything."""
        self._runtime = runtime
        self._enabled = enabled
        self._events = events
        self._off: set[str] | None = None

    def tell(self, ids: Sequence[str], reason: str, message: str | None = None) -> None:
        """Says that something is different."""
        logger.info("plugins %s: %s%s", reason, ", ".join(ids), f" ({message})" if message else "")
        event = {"pluginIds": list(ids), "reason": reason, "message": message}
        self._events.plugins_changed(DidChangePlugins.model_validate(event))

    def remember_off(self) -> None:
        """Takes what is switched off now as what has been carried out."""
        if self._off is None:
            self._off = self._switched_off()

    async def follow_switches(self) -> None:
        """Carries out what was switched on or off since the last time. The lock has to be held."""
        before, now = self._off or set(), self._switched_off()
        self._off = now
        for plugin_id in sorted(now - before):
            await self.stop(plugin_id, _switched_off(plugin_id))
            self.tell([plugin_id], "disabled")
        for plugin_id in sorted(before - now):
            self.announce(plugin_id, f"Plugin {plugin_id} was switched on.")
            self.tell([plugin_id], "enabled")

    async def stop(self, plugin_id: str, reason: PluginError) -> None:
        """Ends all instances of a plugin; what it reads is not served any more."""
        for view in self.views:
            view.plugin_stopped(plugin_id, reason)
        await self._runtime.end(plugin_id, reason)

    async def rescan(self, touched: AbstractSet[Path] = frozenset(), again: str | None = None) -> None:
        """Looks at the plugin folders, and replaces what is another by now. The lock has to be held.

        Plugins in `touched` folders and the one of the id `again` are replaced even where their manifests are the same.
        """
        before = self._runtime.catalog
        now = await asyncio.to_thread(self._runtime.discover)
        wanted = again.lower() if again is not None else None
        changed: list[Plugin] = []
        came: list[str] = []
        for plugin in now.usable:
            earlier = _usable(before, plugin.id)
            if earlier is None:
                came.append(plugin.id)
                changed.append(plugin)
            elif _is_another(earlier, plugin) or plugin.folder in touched or plugin.id.lower() == wanted:
                changed.append(plugin)
        self._runtime.adopt(now, [*touched, *(plugin.folder for plugin in changed)])
        installed = {plugin.id for plugin in before.all}
        for plugin in changed:
            await self._replace(plugin, "installed" if plugin.id in came and plugin.id not in installed else "reloaded")
        for plugin in before.usable:
            if _usable(now, plugin.id) is None:
                await self._lost(plugin, now)
        await self._tell_of_others(before, now)

    def problem(self, plugin: Plugin) -> str | None:
        """Why a plugin cannot be used."""
        return plugin.problem or self.broken.get(plugin.folder)

    async def _replace(self, plugin: Plugin, reason: str) -> None:
        """Has instances of another build make way for this one, once it is compiled; a broken one replaces nothing."""
        name = plugin.manifest.name if plugin.manifest else plugin.id
        if (problem := await asyncio.to_thread(build_problem, plugin)) is not None:
            self.tell([plugin.id], reason, f"{name} was not built: {problem}. What is open goes on as it was.")
            return
        wanted = plugin.origin == "development" or self._runtime.instances(plugin.id)
        try:
            if wanted and plugin.wasm.is_file():
                await self._runtime.load(plugin)
        except PluginInvalid as error:
            said = str(error).removeprefix(f"plugin {plugin.id}: ")
            self.broken[plugin.folder] = said
            self.tell([plugin.id], reason, f"{name} cannot be used: {said}. What is open goes on as it was.")
            return
        self.broken.pop(plugin.folder, None)
        if self._enabled.is_on(plugin.id):
            self.announce(plugin.id, f"Plugin {plugin.id} was reloaded.")
            await self._runtime.end(plugin.id, PluginReloaded(plugin.id, "it was reloaded; try again"))
        self.tell([plugin.id], reason)

    async def _lost(self, plugin: Plugin, now: Catalog) -> None:
        """A plugin that could be used is gone, or cannot be used as it is now; then what runs goes on."""
        here = next((item for item in now.all if item.folder == plugin.folder), None)
        if here is not None and here.problem is not None:
            name = plugin.manifest.name if plugin.manifest else plugin.id
            said = here.problem.rstrip(".")
            self.tell([plugin.id], "reloaded", f"{name} cannot be used: {said}. What is open goes on as it was.")
            return
        await self.stop(plugin.id, PluginNotFound(plugin.id, "it was removed; open the file with another plugin"))
        self.tell([plugin.id], "removed")

    async def _tell_of_others(self, before: Catalog, now: Catalog) -> None:
        """Folders that could not be used before and cannot be used now."""
        old = {plugin.folder: plugin for plugin in before.all if plugin.problem}
        new = {plugin.folder: plugin for plugin in now.all if plugin.problem}
        usable = {plugin.folder for catalog in (before, now) for plugin in catalog.usable}
        for folder, plugin in new.items():
            if folder not in usable and old.get(folder) != plugin:
                self.tell([plugin.id], "reloaded" if folder in old else "installed", plugin.problem)
        for folder, plugin in old.items():
            if folder not in usable and folder not in new:
                self.tell([plugin.id], "removed")

    def announce(self, plugin_id: str, message: str) -> None:
        """Tells the views that a plugin is another by now, or may run again."""
        for view in self.views:
            view.plugin_changed(plugin_id, message)

    def _switched_off(self) -> set[str]:
        return {plugin.id for plugin in self._runtime.catalog.usable if not self._enabled.is_on(plugin.id)}


def _usable(catalog: Catalog, plugin_id: str) -> Plugin | None:
    found = catalog.get(plugin_id)
    return found if found is not None and found.problem is None else None


def _is_another(earlier: Plugin, plugin: Plugin) -> bool:
    """Whether what runs has to make way; what is merely said of a plugin does not count."""
    return (earlier.folder, earlier.origin, earlier.manifest) != (plugin.folder, plugin.origin, plugin.manifest)


def _switched_off(plugin_id: str) -> PluginDisabled:
    said = "it is switched off; switch it on in the view Plugins, or open the file with another plugin"
    return PluginDisabled(plugin_id, said)
