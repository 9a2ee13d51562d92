"""Answers for the plugins to the runtime that runs them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thoth_ls.calling import HostRefusal, soon
from thoth_ls.errors import PluginDisabled
from thoth_ls.runtime.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.enabled import Enabled
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.errors import PluginError
    from thoth_ls.manager.changes import Changes
    from thoth_ls.manager.dialogs import FileDialogs
    from thoth_ls.manager.file_access import FileAccess
    from thoth_ls.manager.logs import Logs
    from thoth_ls.manager.permissions import Permissions
    from thoth_ls.manager.plugin_storage import PluginStorage
    from thoth_ls.manager.secrets import Secrets
    from thoth_ls.manager.settings import PluginSettings
    from thoth_ls.net.network import Network
    from thoth_ls.runtime.imports import HostTable, Permit
    from thoth_ls.wire.permissions import Need


@dataclass(slots=True)
class PluginCustody:
    """`runtime.custody.Custody`: what is switched on, allowed, set and offered. For any thread, but for `admit`."""

    enabled: Enabled
    permissions: Permissions
    file_access: FileAccess
    plugin_settings: PluginSettings
    changes: Changes
    logs: Logs
    storage: PluginStorage
    secrets: Secrets
    dialogs: FileDialogs
    network: Network
    offers: Sequence[Callable[[Plugin, Caller], HostTable]] = ()
    """What else plugins are offered; set before the first of them runs."""
    _usage: dict[str, Usage] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop | None = None

    def refusal(self, plugin: Plugin) -> PluginError | None:
        """PluginDisabled where it is switched off."""
        if self.enabled.is_on(plugin.id):
            return None
        return PluginDisabled(plugin.id, "it is switched off; switch it on in the view Plugins")

    def settled(self, plugin: Plugin) -> bool:
        """Whether nobody would be asked about it."""
        return self.permissions.settled(plugin)

    async def admit(self, plugin: Plugin, need: Need | None = None) -> None:
        """Refuses what is switched off; a person may be asked what the plugin may do."""
        refusal = self.refusal(plugin)
        if refusal is not None:
            raise refusal
        self._loop = asyncio.get_running_loop()
        await self.permissions.admit(plugin, need)
        if need == "opened-file":
            self.file_access.given(plugin)

    def settings(self, plugin: Plugin) -> str:
        """The values in force of the settings it declares, without secrets."""
        return self.plugin_settings.told(plugin)

    def host(self, plugin: Plugin, caller: Caller) -> HostTable:
        """What every plugin is offered."""
        return {
            "plugin-storage": self.storage.imports(plugin, caller),
            "secure-storage": self.secrets.imports(plugin, caller),
            "file-dialog": self.dialogs.imports(plugin, caller),
            **self.network.imports(plugin, caller),
            **{name: functions for offer in self.offers for name, functions in offer(plugin, caller).items()},
        }

    def permit(self, plugin: Plugin) -> Permit:
        """Judges by what was declared and granted; what would have gone to the network is written down there."""
        judged = self.permissions.permit(plugin)

        def permitted(need: Need, function: str, target: str | None) -> None:
            try:
                judged(need, function, target)
            except HostRefusal as refusal:
                if target is not None:
                    self.network.refused(plugin, function, target, str(refusal))
                raise

        return permitted

    def usage(self, plugin: Plugin) -> Usage:
        """One for all instances of the plugin since the server started."""
        return self._usage.setdefault(plugin.id, Usage())

    def crashed(self, plugin: Plugin, message: str) -> None:
        """Is told to the client; called on the thread of an instance."""
        self.logs.add(plugin.id, "error", message)
        if self._loop is not None:
            soon(self._loop, self.changes.tell, [plugin.id], "crashed", message)

    def forget(self, plugin: Plugin) -> None:
        """Drops what was counted and logged of a plugin."""
        self.logs.forget(plugin.id)
        self._usage.pop(plugin.id, None)
