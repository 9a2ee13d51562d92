"""What is known of open documents as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.info import InfoParams, InfoResult
from thoth_ls.wire.methods import INFO

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/document/info`."""

    @server.feature(INFO.method)
    async def info(ls: ThothServer, params: InfoParams) -> InfoResult:
        return await ls.services.documents.info(params)
