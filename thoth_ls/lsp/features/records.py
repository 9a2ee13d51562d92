"""Records as JSON text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.methods import RECORDS
from thoth_ls.wire.records import RecordsParams, RecordsResult

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/document/records`."""

    @server.feature(RECORDS.method)
    async def records(ls: ThothServer, params: RecordsParams) -> RecordsResult:
        return await ls.services.documents.records(params)
