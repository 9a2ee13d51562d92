"""The installed plugins: what they are, and what a person does with them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import (
    ENABLE_PLUGIN,
    PLUGIN_DETAILS,
    PLUGIN_SETTINGS,
    PLUGIN_SETTINGS_EVENT,
    PLUGINS,
    RELOAD_PLUGIN,
    SET_PLUGIN_SETTING,
    UNINSTALL_PLUGIN,
)
from thoth_ls.wire.plugin_settings import (
    PluginSettingsEventParams,
    PluginSettingsEventResult,
    PluginSettingsResult,
    SetPluginSettingParams,
)
from thoth_ls.wire.plugins import (
    EnablePluginParams,
    PluginDetails,
    PluginInfo,
    PluginList,
    PluginRef,
    UninstallPluginParams,
)

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds every `thoth/plugin/*` request."""

    @server.feature(PLUGINS.method)
    async def list_plugins(ls: ThothServer, params: Empty) -> PluginList:
        return PluginList(plugins=await asyncio.to_thread(ls.services.plugins.infos))

    @server.feature(PLUGIN_DETAILS.method)
    async def details(ls: ThothServer, params: PluginRef) -> PluginDetails:
        return await ls.services.plugins.details(params.plugin_id)

    @server.feature(ENABLE_PLUGIN.method)
    async def set_enabled(ls: ThothServer, params: EnablePluginParams) -> PluginInfo:
        return await ls.services.plugins.set_enabled(params)

    @server.feature(RELOAD_PLUGIN.method)
    async def reload(ls: ThothServer, params: PluginRef) -> PluginInfo:
        return await ls.services.plugins.reload(params.plugin_id)

    @server.feature(UNINSTALL_PLUGIN.method)
    async def uninstall(ls: ThothServer, params: UninstallPluginParams) -> Empty:
        await ls.services.plugins.uninstall(params)
        return Empty()

    @server.feature(PLUGIN_SETTINGS.method)
    async def settings(ls: ThothServer, params: PluginRef) -> PluginSettingsResult:
        plugins = ls.services.plugins
        return await plugins.plugin_settings.result(plugins.installed(params.plugin_id))

    @server.feature(SET_PLUGIN_SETTING.method)
    async def set_setting(ls: ThothServer, params: SetPluginSettingParams) -> PluginSettingsResult:
        plugins = ls.services.plugins
        return await plugins.plugin_settings.set(plugins.installed(params.plugin_id), params)

    @server.feature(PLUGIN_SETTINGS_EVENT.method)
    async def settings_event(ls: ThothServer, params: PluginSettingsEventParams) -> PluginSettingsEventResult:
        plugins = ls.services.plugins
        return await plugins.plugin_settings.event(plugins.installed(params.plugin_id), params)
