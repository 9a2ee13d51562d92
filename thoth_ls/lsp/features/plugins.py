"""Questions about plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import PLUGINS
from thoth_ls.wire.plugins import PluginList

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/plugin/list`."""

    @server.feature(PLUGINS.method)
    async def list_plugins(ls: ThothServer, params: Empty) -> PluginList:
        return PluginList(plugins=await ls.services.plugins())
