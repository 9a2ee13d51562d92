"""The open documents, by id: what the handlers of `thoth/document/*` call."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from thoth_ls.documents import publishing, replacing
from thoth_ls.documents.data.places import Place, Places
from thoth_ls.documents.document import Document
from thoth_ls.documents.drawing import render
from thoth_ls.documents.events import DocumentEvents, Report, no_report
from thoth_ls.documents.find import Search
from thoth_ls.documents.opening import Opened, Opener, OpenRequest
from thoth_ls.documents.openings import Openings
from thoth_ls.documents.picks import pick
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.record_texts import record_texts
from thoth_ls.documents.source import Loaders
from thoth_ls.documents.spool import GIB, Spool, Spooled
from thoth_ls.documents.trees import Trees
from thoth_ls.documents.uris import shorten
from thoth_ls.documents.watch import WatchTiming
from thoth_ls.errors import Cancelled, PluginError, UnknownDocument
from thoth_ls.wire.documents import (
    CellParams,
    CellText,
    CloseParams,
    DocumentRef,
    FindParams,
    FindResult,
    OpenDocumentParams,
    OpenDocumentResult,
    Page,
    PageParams,
    ProblemsParams,
    ProblemsResult,
    ReopenParams,
)
from thoth_ls.wire.info import InfoParams, InfoResult
from thoth_ls.wire.picks import PickParams, PickResult
from thoth_ls.wire.records import RecordsParams, RecordsResult
from thoth_ls.wire.searches import SearchParams, SearchResult
from thoth_ls.wire.views import FileText, FileTextParams, LoadersParams, LoadersResult, RenderParams, RenderResult

logger = logging.getLogger(__name__)

WATCH_THREADS = 16
"""Enough for a few dead network folders not to hold up the looks at other files; threads start when needed."""


class SpoolSettings(Protocol):
    """The part of the settings that counts here (`thoth.files.*`)."""

    @property
    def spool_gigabytes(self) -> float:
        """Largest temporary file, in GiB."""


class Documents:
    """Opens, pages, searches, reloads and closes. Every method takes and returns values of the protocol.

    `settings` and `problem_limit` (most malformed records passed to `malformed`) may be set at any time and hold for
    what is opened from then on; `publish_again` brings what was published before in line.
    """

    def __init__(
        self,
        loaders: Loaders,
        settings: SpoolSettings,
        spool_folder: Path,
        notify: DocumentEvents,
        *,
        problem_limit: int = 100,
        timing: WatchTiming | None = None,
    ) -> None:
        self.settings = settings
        self.problem_limit = problem_limit
        self._events = notify
        self._timing = timing or WatchTiming()
        self._threads = ThreadPoolExecutor(WATCH_THREADS, thread_name_prefix="thoth-files")
        self._spool = Spool(spool_folder)
        self._opener = Opener(loaders, self._spool, self._threads)
        self.places = Places()
        """What plugins handed over."""
        self.trees = Trees(self.reading)
        """Questions about nested values."""
        self._documents: dict[str, Document] = {}
        self._openings = Openings(self._opener)
        self._closings: set[asyncio.Task[None]] = set()
        self._publishing: asyncio.Task[None] | None = None
        self._numbers = itertools.count(1)
        # Ids of a server that was restarted must not be taken for ours: "unknown" is how a client learns of it.
        self._prefix = os.urandom(4).hex()
        self._ended = False

    @property
    def open_count(self) -> int:
        """How many documents are open."""
        return len(self._documents)

    async def open(self, params: OpenDocumentParams, report: Report = no_report) -> OpenDocumentResult:
        """Opens a file and reads its beginning; the rest follows in the background."""
        self._require_running()
        place = self.places.find(params.uri)
        try:
            request = OpenRequest(place, params.options, params.plugin_id, 0, params.first_rows)
            opened = await self._openings.finish(self._begin(request, None, report))
            if self._ended:
                await self._openings.refuse(opened)
        except BaseException:
            place.release()
            raise
        document_id = f"{self._prefix}-{next(self._numbers)}"
        document = Document(document_id, params.uri, place, self._events, self._threads, self._timing)
        result, _ = document.adopt(opened, self.problem_limit)
        self._documents[document_id] = document
        return result

    async def reopen_with(self, params: ReopenParams, report: Report = no_report) -> OpenDocumentResult:
        """Reads an open document anew. Until that has worked, and if it fails, the reading before stays in force."""
        self._require_running()
        document = self._get(params.document_id)
        if document.reopening is not None:
            document.reopening.cancel()
        old = document.reading
        plugin_id = params.plugin_id or old.source.plugin_id
        request = OpenRequest(document.place, params.options, plugin_id, params.first_row, params.first_rows)
        task = document.reopening = self._begin(request, old.opened.spooled, report)
        try:
            opened = await self._openings.finish(task)
            if self._documents.get(document.id) is not document or document.reopening is not task:
                await self._openings.refuse(opened)
        finally:
            if document.reopening is task:
                document.reopening = None
        result, old_reading = document.adopt(opened, self.problem_limit)
        if old_reading is not None:
            self._close_later(old_reading)
        return result

    def reading(self, ref: DocumentRef) -> Reading:
        """The reading a request is about; raises UnknownDocument. Work on it belongs into its `run`."""
        return self._get(ref.document_id).at(ref.generation)

    async def page(self, params: PageParams) -> Page:
        """Records of a document, waiting for them to be read."""
        reading = self.reading(params)
        return await reading.run(reading.page(params.start, params.count))

    async def pick(self, params: PickParams) -> PickResult:
        """Single records of a document, waiting for them to be read."""
        reading = self.reading(params)
        return await reading.run(pick(reading, params.records))

    async def records(self, params: RecordsParams) -> RecordsResult:
        """Records of a document as JSON text, waiting for the first."""
        reading = self.reading(params)
        return await reading.run(record_texts(reading, params.start, params.count))

    async def cell(self, params: CellParams) -> CellText:
        """The text of one cell, or a part of it."""
        reading = self.reading(params)
        return await reading.run(reading.cell(params.row, params.column, params.start, params.count))

    async def problems(self, params: ProblemsParams) -> ProblemsResult:
        """Malformed records found so far."""
        reading = self.reading(params)
        return await reading.run(reading.problems(params.start, params.count))

    async def info(self, params: InfoParams) -> InfoResult:
        """How far a document has been read, and what that took."""
        reading = self.reading(params)
        return await reading.run(reading.info())

    async def find(self, params: FindParams, report: Report = no_report) -> FindResult:
        """Searches a document; matches arrive as events before the answer does."""
        reading = self.reading(params)
        return await reading.run(Search(reading, params, self._events, report).run())

    async def render(self, params: RenderParams) -> RenderResult:
        """Records drawn by the plugin, waiting for them to be read."""
        reading = self._get(params.document_id).at(params.generation)
        return await reading.run(render(reading, params.start, params.count))

    async def file_text(self, params: FileTextParams) -> FileText:
        """A part of the file as text."""
        reading = self._get(params.document_id).at(params.generation)
        return await reading.run(reading.file_text(params.offset, params.before, params.after))

    async def loaders(self, params: LoadersParams) -> LoadersResult:
        """Which plugins can open a file, the best first."""
        self._require_running()
        place = self.places.find(params.uri)
        try:
            if place.path is None:
                return LoadersResult(loaders=[], extension="")
            return await self._opener.offer(place.path, self.settings.spool_gigabytes * GIB)
        finally:
            place.release()

    async def search(self, params: SearchParams, report: Report = no_report) -> SearchResult:
        """Searches names and values; hits arrive as events before the answer does."""
        from thoth_ls.documents.search.run import search  # its libraries need not be there at the start

        reading = self.reading(params)
        return await reading.run(search(reading, params, self._events, report))

    async def close(self, params: CloseParams) -> None:
        """Closes a document and frees all it held; closing what is not open is no error."""
        document = self._documents.pop(params.document_id, None)
        if document is None:
            return
        if document.reopening is not None:
            document.reopening.cancel()
        closing = self._close_later(document.reading, document.place)
        publishing.take_back(document, self._documents.values(), self._events)
        await asyncio.shield(closing)

    def plugin_stopped(self, plugin_id: str, reason: PluginError) -> None:
        """A plugin may not run any more: what it reads is not served, and can be read by another."""
        replacing.stop(self._documents.values(), plugin_id, reason, self._events)

    def plugin_changed(self, plugin_id: str, message: str) -> None:
        """A plugin is another by now, or may run again: what it reads has to be read anew."""
        replacing.outdate(self._documents.values(), plugin_id, message, self._events)

    def publish_again(self) -> None:
        """Has the malformed records of every open file told anew, as many as `problem_limit` allows by now."""
        if self._publishing is not None:
            self._publishing.cancel()
        self._publishing = asyncio.create_task(publishing.tell_again(self._documents, self.problem_limit, self._events))

    async def close_all(self) -> None:
        """Closes everything, ends the openings under way and removes all temporary files; nothing opens after that."""
        self._ended = True
        if self._publishing is not None:
            self._publishing.cancel()
        await self._openings.end()
        # Side by side: each plugin may take a moment over its end, and whoever shuts down does not wait for long.
        closing = [self.close(CloseParams(document_id=document_id)) for document_id in self._documents]
        await asyncio.gather(*closing, return_exceptions=True)
        await asyncio.gather(*self._closings, return_exceptions=True)
        await asyncio.to_thread(self.places.close)
        await asyncio.to_thread(self._spool.close)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _get(self, document_id: str) -> Document:
        document = self._documents.get(document_id)
        if document is None:
            raise UnknownDocument(f"There is no open document {shorten(document_id, 40)!r}. Open the file again.")
        return document

    def _begin(self, request: OpenRequest, earlier: Spooled | None, report: Report) -> asyncio.Task[Opened]:
        return self._openings.begin(request, earlier, self.settings.spool_gigabytes * GIB, report)

    def _close_later(self, reading: Reading, place: Place | None = None) -> asyncio.Task[None]:
        """Starts closing a reading, of which nothing is told from here on; goes on even if the caller withdraws.

        Lets go of `place` afterwards.
        """
        reading.hush()
        task = asyncio.create_task(_close(reading, place))
        self._closings.add(task)
        task.add_done_callback(self._closings.discard)
        return task

    def _require_running(self) -> None:
        if self._ended:
            raise Cancelled("The server is shutting down; files can be opened again when it has restarted.")


async def _close(reading: Reading, place: Place | None) -> None:
    try:
        await reading.close()
    except Exception:
        logger.exception("a document was not closed cleanly")
    if place is not None and place.owner is not None:
        await asyncio.to_thread(place.release)
