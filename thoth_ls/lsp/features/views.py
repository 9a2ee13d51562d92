"""Other ways to look at documents: drawn by their plugins, as text, or read by another plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.methods import LOADERS
from thoth_ls.wire.views import LoadersParams, LoadersResult

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/document/loaders`."""

    @server.feature(LOADERS.method)
    async def loaders(ls: ThothServer, params: LoadersParams) -> LoadersResult:
        return await ls.services.documents.loaders(params)
