"""A plugin that may no longer read the files a person opens has those that are open taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.errors import PermissionDenied

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.manager.changes import Changes
    from thoth_ls.manager.permissions import Permissions
    from thoth_ls.runtime.runtime import PluginRuntime


class FileAccess:
    """Host functions are judged at each call, but an open file is inside the sandbox: its instance has to end."""

    def __init__(self, runtime: PluginRuntime, permissions: Permissions, changes: Changes) -> None:
        self._runtime = runtime
        self._permissions = permissions
        self._changes = changes
        self._given: set[str] = set()
        """Ids of plugins that were let read files."""
        self._taken: set[str] = set()
        """Those it was taken from since."""

    def given(self, plugin: Plugin) -> None:
        """The plugin is about to read a file."""
        self._given.add(plugin.id)

    async def follow(self) -> None:
        """Ends what reads files and may not any more, whoever decided so. The lock of changes has to be held."""
        for plugin_id in sorted(self._given):
            if not self._may(plugin_id):
                self._given.discard(plugin_id)
                self._taken.add(plugin_id)
                said = "it may not read the files you open any more; allow it in the view Plugins, or open the file"
                await self._changes.stop(
                    plugin_id, PermissionDenied(plugin_id, "opened-file", f"{said} with another plugin")
                )
        for plugin_id in sorted(self._taken):
            if self._may(plugin_id):
                self._taken.discard(plugin_id)
                self._changes.announce(plugin_id, f"Plugin {plugin_id} may read files again.")

    def _may(self, plugin_id: str) -> bool:
        plugin = self._runtime.catalog.get(plugin_id)
        return plugin is None or self._permissions.decision(plugin, "opened-file") == "granted"
