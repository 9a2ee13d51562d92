"""Other ways to look at documents: drawn by their plugins, as text, or read by another plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.methods import LOADERS, RENDER
from thoth_ls.wire.views import LoadersParams, LoadersResult, RenderParams, RenderResult

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/document/render` and `thoth/document/loaders`."""

    @server.feature(RENDER.method)
    async def render(ls: ThothServer, params: RenderParams) -> RenderResult:
        return await ls.services.documents.render(params)

    @server.feature(LOADERS.method)
    async def loaders(ls: ThothServer, params: LoadersParams) -> LoadersResult:
        return await ls.services.documents.loaders(params)
