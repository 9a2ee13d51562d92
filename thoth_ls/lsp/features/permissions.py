"""What plugins may do, decided by a person. How they are asked: `lsp/permission_prompt.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.methods import SET_PERMISSION

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.permissions import SetPermissionParams
    from thoth_ls.wire.plugins import PluginInfo


def register(server: ThothServer) -> None:
    """Adds `thoth/permission/set`."""

    @server.feature(SET_PERMISSION.method)
    async def set_permission(ls: ThothServer, params: SetPermissionParams) -> PluginInfo:
        return await ls.services.plugins.set_permission(params)
