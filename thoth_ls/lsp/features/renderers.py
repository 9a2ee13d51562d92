"""Tables drawn by plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.base import Empty
from thoth_ls.wire.exports import RendererList, RenderTableParams, RenderTableResult
from thoth_ls.wire.methods import RENDER_TABLE, RENDERERS

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/renderer/list` and `thoth/document/renderTable`."""

    @server.feature(RENDERERS.method)
    async def renderers(ls: ThothServer, params: Empty) -> RendererList:
        return await ls.services.renderers.list()

    @server.feature(RENDER_TABLE.method)
    async def render_table(ls: ThothServer, params: RenderTableParams) -> RenderTableResult:
        return await ls.services.renderers.render(params)
