"""`thoth plugins enable`, `disable`, `reload` and `uninstall`."""

from __future__ import annotations

from pathlib import Path

from thoth_ls.cli.table import printable
from thoth_ls.lsp.client import connect
from thoth_ls.wire.methods import ENABLE_PLUGIN, RELOAD_PLUGIN, UNINSTALL_PLUGIN
from thoth_ls.wire.plugins import EnablePluginParams, PluginInfo, PluginRef, UninstallPluginParams

QUIET = {"logLevel": "warning"}


async def switch(plugin_id: str, *, enabled: bool, workspace: bool) -> int:
    """Switches a plugin on or off and prints what holds now; returns 1 where the plugin cannot be used all the same."""
    folders = [Path.cwd()] if workspace else []
    async with connect(QUIET, folders=folders) as client:
        scope = "workspace" if workspace else "user"
        params = EnablePluginParams.model_validate({"pluginId": plugin_id, "enabled": enabled, "scope": scope})
        info: PluginInfo = await client.request(ENABLE_PLUGIN, params)
    return _print_state(info, f" in {folders[0]}" if workspace else "")


async def reload(plugin_id: str) -> int:
    """Has every running server reload a plugin; returns 1 where it cannot be used."""
    async with connect(QUIET) as client:
        info: PluginInfo = await client.request(RELOAD_PLUGIN, PluginRef(plugin_id=plugin_id))
    return _print_state(info)


async def uninstall(plugin_id: str, *, delete_data: bool) -> int:
    """Deletes a plugin the user installed; returns 0."""
    async with connect(QUIET) as client:
        await client.request(UNINSTALL_PLUGIN, UninstallPluginParams(plugin_id=plugin_id, delete_data=delete_data))
    print(printable(f"{plugin_id} is uninstalled{', and what was kept for it is deleted' if delete_data else ''}"))
    return 0


def _print_state(info: PluginInfo, where: str = "") -> int:
    if info.state == "unusable":
        print(printable(f"{info.id} {info.version} cannot be used: {info.problem}"))
        return 1
    print(printable(f"{info.id} {info.version} is {info.state}{where}"))
    return 0
