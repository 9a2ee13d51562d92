"""Open data files: each handler passes its request to the documents and reports what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.lsp.progress import WorkDone
from thoth_ls.wire import documents as d
from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import (
    CELL,
    CLOSE,
    FIND,
    OPEN,
    PAGE,
    PROBLEMS,
    REOPEN,
)

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds every `thoth/document/*` request."""

    @server.feature(OPEN.method)
    async def open_document(ls: ThothServer, params: d.OpenDocumentParams) -> d.OpenDocumentResult:
        with WorkDone(ls, params.work_done_token, "Opening") as report:
            return await ls.services.documents.open(params, report)

    @server.feature(REOPEN.method)
    async def reopen_document(ls: ThothServer, params: d.ReopenParams) -> d.OpenDocumentResult:
        with WorkDone(ls, params.work_done_token, "Reopening") as report:
            return await ls.services.documents.reopen_with(params, report)

    @server.feature(PAGE.method)
    async def page(ls: ThothServer, params: d.PageParams) -> d.Page:
        return await ls.services.documents.page(params)

    @server.feature(CELL.method)
    async def cell(ls: ThothServer, params: d.CellParams) -> d.CellText:
        return await ls.services.documents.cell(params)

    @server.feature(PROBLEMS.method)
    async def problems(ls: ThothServer, params: d.ProblemsParams) -> d.ProblemsResult:
        return await ls.services.documents.problems(params)

    @server.feature(FIND.method)
    async def find(ls: ThothServer, params: d.FindParams) -> d.FindResult:
        with WorkDone(ls, params.work_done_token, "Finding") as report:
            return await ls.services.documents.find(params, report)

    @server.feature(CLOSE.method)
    async def close(ls: ThothServer, params: d.CloseParams) -> Empty:
        await ls.services.documents.close(params)
        return Empty()
