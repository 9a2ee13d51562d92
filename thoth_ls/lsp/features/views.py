"""Other ways to look at documents: drawn by their plugins, as text, or read by another plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.methods import FILE_TEXT, LOADERS, RENDER
from thoth_ls.wire.views import FileText, FileTextParams, LoadersParams, LoadersResult, RenderParams, RenderResult

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/document/render`, `thoth/document/fileText` and `thoth/document/loaders`."""

    @server.feature(RENDER.method)
    async def render(ls: ThothServer, params: RenderParams) -> RenderResult:
        return await ls.services.documents.render(params)

    @server.feature(FILE_TEXT.method)
    async def file_text(ls: ThothServer, params: FileTextParams) -> FileText:
        return await ls.services.documents.file_text(params)

    @server.feature(LOADERS.method)
    async def loaders(ls: ThothServer, params: LoadersParams) -> LoadersResult:
        return await ls.services.documents.loaders(params)
