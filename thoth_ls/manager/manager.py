"""Answers for the plugins to the person who wants to know and to decide."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from thoth_ls.catalog.enabled import Enabled
from thoth_ls.catalog.grants import own_name
from thoth_ls.catalog.setting_values import SettingValues
from thoth_ls.errors import InputInvalid, PluginNotFound, SecretsUnavailable
from thoth_ls.manager import removal
from thoth_ls.manager.changes import Changes
from thoth_ls.manager.custody import PluginCustody
from thoth_ls.manager.details import details
from thoth_ls.manager.file_access import FileAccess
from thoth_ls.manager.logs import Logs
from thoth_ls.manager.pages import SettingsPages
from thoth_ls.manager.plugin_storage import PluginStorage
from thoth_ls.manager.settings import PluginSettings
from thoth_ls.manager.watching import PluginWatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.consent.access import NetworkAccess
    from thoth_ls.manager.dialogs import FileDialogs
    from thoth_ls.manager.permissions import Permissions
    from thoth_ls.manager.secrets import Secrets
    from thoth_ls.manager.views import PluginEvents
    from thoth_ls.net.network import Network
    from thoth_ls.paths import Paths
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.storage.whole_file import Report
    from thoth_ls.wire.permissions import SetPermissionParams
    from thoth_ls.wire.plugins import EnablePluginParams, PluginDetails, PluginInfo, UninstallPluginParams


class PluginManager:
    """Everything people do with plugins; `custody` answers for them to the runtime. Belongs to the event loop.

    `workspace` names the open workspace by the address of its first folder.
    """

    def __init__(
        self,
        paths: Paths,
        runtime: PluginRuntime,
        permissions: Permissions,
        events: PluginEvents,
        report: Report,
        workspace: str | None = None,
        *,
        secrets: Secrets,
        dialogs: FileDialogs,
        network_access: NetworkAccess,
        network: Network,
    ) -> None:
        self.permissions = permissions
        self.storage = PluginStorage(paths.data / "plugin-data", report)
        self.secrets = secrets
        self.network_access = network_access
        self._network = network
        self.logs = Logs()
        self._runtime = runtime
        self._user_plugins = paths.plugins
        self._report = report
        self._enabled = Enabled(paths.state, workspace, report)
        self._reloads = dict(self._enabled.reloads)
        self._seen = self._enabled.version
        """Of what was decided, as far as it has been carried out."""
        self.changes = Changes(runtime, self._enabled, events)
        self._file_access = FileAccess(runtime, permissions, self.changes)
        self._values = SettingValues(paths.state, workspace, report)
        self._pages = SettingsPages(runtime)
        self.plugin_settings = PluginSettings(runtime, self._values, secrets, self._pages, self._settings_changed)
        self.on_settings: Callable[[str], None] = lambda plugin_id: None
        """Is told of plugins whose settings are others; may be replaced."""
        self._watcher = PluginWatcher(runtime, paths.plugins, self._folders_changed, self.look)
        self._watching: asyncio.Task[None] | None = None
        runtime.introductions.on_warning = self._introduced
        self.custody = PluginCustody(
            self._enabled,
            permissions,
            self._file_access,
            self.plugin_settings,
            self.changes,
            self.logs,
            self.storage,
            secrets,
            dialogs,
            network,
        )

    def _settings_changed(self, plugin_id: str) -> None:
        self.changes.tell([plugin_id], "settings")
        self.on_settings(plugin_id)

    def infos(self) -> list[PluginInfo]:
        """Every plugin folder found, by id. Reads files, for any thread."""
        self._enabled.refresh()
        return [self.info(plugin) for plugin in self._runtime.catalog.all]

    def info(self, plugin: Plugin) -> PluginInfo:
        """What the client is shown of one plugin."""
        problem = self.changes.problem(plugin)
        on = self._enabled.is_on(plugin.id)
        info = plugin.info()
        return info.model_copy(
            update={
                "warnings": [*info.warnings, *self._runtime.introductions.warnings(plugin)],
                "state": "unusable" if problem else "enabled" if on else "disabled",
                "problem": problem,
                "permissions": self.permissions.decided(plugin),
            }
        )

    def installed(self, plugin_id: str) -> Plugin:
        """The plugin of that id, usable or not; raises PluginNotFound."""
        return self._runtime.catalog.installed(plugin_id)

    async def details(self, plugin_id: str) -> PluginDetails:
        """All there is to know of one plugin; raises PluginNotFound."""
        await asyncio.to_thread(self._enabled.refresh)
        plugin = self.installed(plugin_id)
        return await asyncio.to_thread(
            details,
            self.info(plugin),
            self.custody.usage(plugin),
            instances=len(self._runtime.instances(plugin.id)),
            storage_bytes=self.storage.size(plugin) + self._values.size(own_name(plugin)),
            log=self.logs.last(plugin.id),
        )

    async def set_enabled(self, params: EnablePluginParams) -> PluginInfo:
        """Switches a plugin on or off; when this returns it has been carried out. Raises FileUnwritable."""
        plugin = self.installed(params.plugin_id)
        if params.scope == "workspace" and not self._enabled.has_workspace:
            said = "no folder is open that the choice could be kept for; make it for the user"
            raise InputInvalid(plugin.id, "scope", said)
        async with self.changes.lock:
            self.changes.remember_off()
            await asyncio.to_thread(self._enabled.set, plugin.id, params.enabled, params.scope)
            await self.changes.follow_switches()
        return self.info(plugin)

    async def set_permission(self, params: SetPermissionParams) -> PluginInfo:
        """Decides about one need; when this returns it has been carried out. Raises InputInvalid and FileUnwritable."""
        plugin = self.installed(params.plugin_id)
        await self.permissions.set(plugin, params.need, params.decision)
        async with self.changes.lock:
            await self._file_access.follow()
        return self.info(plugin)

    async def reload(self, plugin_id: str) -> PluginInfo:
        """Reads the plugin folders again and replaces what runs of one plugin by what lies there now, in every process.

        Raises PluginNotFound and FileUnwritable.
        """
        async with self.changes.lock:
            await self.changes.rescan(again=plugin_id)
            plugin = self.installed(plugin_id)
            await asyncio.to_thread(self._enabled.ask_to_reload, plugin.id)
            self._reloads = dict(self._enabled.reloads)
        return self.info(plugin)

    async def rescan(self) -> None:
        """Reads the plugin folders again, which may be others by now."""
        async with self.changes.lock:
            await self._watcher.begin()
            await self.changes.rescan()

    async def uninstall(self, params: UninstallPluginParams) -> None:
        """Ends and deletes a plugin the user installed; raises PluginInvalid for others, and FileUnwritable.

        Raises PluginInvalid, too, where the data to be deleted are those of another plugin of its id.
        """
        plugin = self._own(params.plugin_id)
        removal.check_removable(plugin, self._user_plugins)
        async with self.changes.lock:
            used = self._runtime.catalog.get(plugin.id)
            if params.delete_data and used is not None and used != plugin:
                removal.check_data(plugin, used)
            if used == plugin:  # else another one of its id is used
                reason = PluginNotFound(plugin.id, "it was uninstalled; open the file with another plugin")
                await self.changes.stop(plugin.id, reason)
            await asyncio.to_thread(removal.delete, plugin, self._user_plugins, self._report)
            await self.changes.rescan()
            if params.delete_data:
                await asyncio.to_thread(self._forget, plugin)
                await self.network_access.forget_plugin(plugin.id)
                await self._forget_secrets(plugin)

    async def look(self) -> None:
        """Carries out what other processes have decided meanwhile, and tells of what they wrote."""
        self.changes.remember_off()
        await asyncio.to_thread(self.storage.look)
        await asyncio.to_thread(self._enabled.refresh)
        if self._enabled.version != self._seen:
            self._seen = self._enabled.version
            before, self._reloads = self._reloads, dict(self._enabled.reloads)
            async with self.changes.lock:
                await self.changes.follow_switches()
                for plugin_id, word in self._reloads.items():
                    if before.get(plugin_id) != word:
                        await self.changes.rescan(again=plugin_id)
        if decided := await asyncio.to_thread(self.permissions.decided_elsewhere):
            self.permissions.look_again()
            for plugin_id in decided:
                self._network.grants_changed(plugin_id)
            async with self.changes.lock:
                await self._file_access.follow()
            self.changes.tell(sorted(decided), "permissions")
        self.network_access.look()
        await self.plugin_settings.look()

    async def watch(self) -> None:
        """Follows plugin folders and other servers from here on; to be called before the folders are read."""
        if self._watching is None:
            await asyncio.to_thread(self.permissions.decided_elsewhere)  # what was decided before is no news
            await self._watcher.begin()
            self._watching = asyncio.create_task(self._watcher.run())

    def know(self) -> None:
        """What is decided and set now is no news; to be called once the folders have been read."""
        self.changes.remember_off()
        self.network_access.look()
        self.plugin_settings.begin()

    async def close(self) -> None:
        """Ends the watching; the runtime ends the instances."""
        self._pages.close()
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)

    async def _folders_changed(self, folders: set[Path]) -> None:
        async with self.changes.lock:
            await self.changes.rescan(folders)

    def _own(self, plugin_id: str) -> Plugin:
        """The user's own plugin of that id, else whichever there is."""
        found = self.installed(plugin_id)
        own: Sequence[Plugin] = [
            plugin for plugin in self._runtime.catalog.all if plugin.id == found.id and plugin.origin == "user"
        ]
        return own[0] if own else found

    def _forget(self, plugin: Plugin) -> None:
        self.storage.remove(plugin)
        self._values.forget(own_name(plugin))
        self._enabled.forget(plugin.id)
        self.permissions.forget(plugin.id)
        self.custody.forget(plugin)

    async def _forget_secrets(self, plugin: Plugin) -> None:
        try:
            await self.secrets.forget(plugin)
        except SecretsUnavailable as error:
            said = f"Plugin {plugin.id} is uninstalled, but its secrets may still be kept."
            self._report(f"{said} {error} Install it again to try once more.")

    def _introduced(self, plugin_id: str, warning: str) -> None:
        self.logs.add(plugin_id, "warning", warning)
        self.changes.tell([plugin_id], "warnings")
