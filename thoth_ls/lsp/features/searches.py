"""Searches through names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.lsp.progress import WorkDone
from thoth_ls.wire.methods import SEARCH
from thoth_ls.wire.searches import SearchParams, SearchResult

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/document/search`."""

    @server.feature(SEARCH.method)
    async def search(ls: ThothServer, params: SearchParams) -> SearchResult:
        with WorkDone(ls, params.work_done_token, "Searching") as report:
            return await ls.services.documents.search(params, report)
