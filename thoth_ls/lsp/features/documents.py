"""Open data files: each handler passes its request to the documents and reports what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.lsp.diagnostics import Diagnostics
from thoth_ls.lsp.progress import WorkDone
from thoth_ls.wire import documents as d
from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import (
    CELL,
    CLOSE,
    DID_CHANGE,
    DID_CHANGE_PLUGINS,
    DID_FAIL,
    DID_FIND,
    DID_PROGRESS,
    DID_SEARCH,
    FIND,
    OPEN,
    PAGE,
    PROBLEMS,
    REOPEN,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.plugins import DidChangePlugins
    from thoth_ls.wire.searches import DidSearch
    from thoth_ls.wire.texts import TextProblems


class LspEvents:
    """What happens to open documents, told to the client."""

    def __init__(self, ls: ThothServer) -> None:
        self._ls = ls
        self._diagnostics = Diagnostics(ls)

    def progress(self, event: d.DidProgress) -> None:
        """More of a file has been read."""
        self._ls.tell(DID_PROGRESS, event)

    def found(self, event: d.DidFind) -> None:
        """A search found cells."""
        self._ls.tell(DID_FIND, event)

    def searched(self, event: DidSearch) -> None:
        """A search found names and values."""
        self._ls.tell(DID_SEARCH, event)

    def changed(self, event: d.DidChange) -> None:
        """A file changed on disk."""
        self._ls.tell(DID_CHANGE, event)

    def failed(self, event: d.DidFail) -> None:
        """Reading on in the background ended."""
        self._ls.tell(DID_FAIL, event)

    def malformed(self, uri: str, problems: Sequence[d.Problem], total: int) -> None:
        """The first malformed records of a file."""
        self._diagnostics.records(uri, problems, total)

    def text_problems(self, uri: str, problems: TextProblems) -> None:
        """What is not well formed in a text."""
        self._diagnostics.text(uri, problems)

    def plugins_changed(self, event: DidChangePlugins) -> None:
        """Plugins came, went or changed their state."""
        self._ls.tell(DID_CHANGE_PLUGINS, event)


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
