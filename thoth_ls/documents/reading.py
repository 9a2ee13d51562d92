"""One reading of one file: everything that is answered between an open and the next reopen or close."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol, TypeVar

from thoth_ls.documents.encodings import codec_in_force
from thoth_ls.documents.events import DocumentEvents
from thoth_ls.documents.file_text import read_lines
from thoth_ls.documents.growth import Growth
from thoth_ls.documents.opening import Opened
from thoth_ls.documents.pages import read_rows
from thoth_ls.documents.watch import Watch
from thoth_ls.errors import Cancelled, FileUnreadable, PluginError, ThothError, UnknownDocument
from thoth_ls.wire.documents import CellText, Column, DidProgress, Page, Problem, ProblemsResult, Progress
from thoth_ls.wire.info import InfoResult
from thoth_ls.wire.views import FileText

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Companion(Protocol):
    """Something others keep for a reading and that ends with it."""

    async def close(self) -> None:
        """Frees what it holds."""


Kept = TypeVar("Kept", bound=Companion)


class Reading:
    """A file as it was at one moment, read by one plugin instance with one choice of options.

    `progress` moves on while the indexer reads; `reach` waits for it. Requests run inside `run`, which ends them when
    the reading is closed and tells a plugin's confusion over a changed file from a fault of the plugin.
    """

    def __init__(
        self, document_id: str, generation: int, opened: Opened, watcher: Watch, events: DocumentEvents
    ) -> None:
        self.document_id = document_id
        self.generation = generation
        self.opened = opened
        self.source = opened.source
        self.watcher = watcher
        self.progress: Progress = opened.progress
        self.columns: Sequence[Column] = opened.description.columns
        """All that have turned up so far."""
        self.growth = Growth(self)
        self.failure: ThothError | None = None
        """Why reading on in the background ended, None while it has not or when all has been read."""
        self.malformed: tuple[Sequence[Problem], int] = ((), 0)
        """The first malformed records and how many there are, as last published."""
        self._events = events
        self._ended: float | None = time.monotonic() if opened.progress.done else None
        self._news = asyncio.Event()
        self._calls: set[asyncio.Task[Any]] = set()
        self._background: list[asyncio.Task[None]] = []
        self._companions: dict[str, Companion] = {}
        self._closed = False
        self._over: ThothError | None = None
        """Why nothing is served any more, where the plugin is no longer there to read for it."""

    def start(self, *work: Coroutine[Any, Any, None]) -> None:
        """Runs work in the background until it ends or the reading is closed."""
        self._background += [asyncio.create_task(item) for item in work]

    def advanced(self, progress: Progress) -> None:
        """More has been read; wakes whoever waits for it."""
        self.progress = progress
        if progress.done:
            self._ended = time.monotonic()
        self._announce()

    def stopped(self, failure: ThothError | None) -> None:
        """Nothing more will be read: by a failure, or (None) because the file changed."""
        self.failure = failure
        self._ended = time.monotonic()
        self._announce()

    def end(self, reason: ThothError) -> None:
        """The plugin is no longer there to read for it: whatever is asked from here on raises `reason`."""
        self.hush()
        self._over = reason
        self.stopped(reason)

    def behind(self, record: int) -> bool:
        """Whether the record may be in the part of the file that has not been read yet."""
        return record >= self.progress.records and not self.progress.done

    async def reach(self, record: int) -> None:
        """Waits until the record has been read or the file has ended; raises what ended the reading before."""
        while self.behind(record):
            self.watcher.require_unchanged()
            if self.failure is not None:
                raise self.failure.with_traceback(None)
            await self._news.wait()

    def unfinished(self, record: int) -> bool:
        """Whether only the beginning of the record may have been read, as of a file that is one large value."""
        return not self.source.tabular and self.behind(record + 1)

    async def finish(self, record: int) -> None:
        """Waits as `reach` does, and until the record has been read to its end."""
        await self.reach(record)
        if self.unfinished(record):
            await self.reach(record + 1)

    async def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """The answer of `work`, for a caller who may withdraw; raises DocumentChanged and UnknownDocument."""
        try:
            self._require_served()
            self.watcher.require_unchanged()
        except ThothError:
            work.close()
            raise
        task = asyncio.create_task(work)
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)
        try:
            return await task
        except (asyncio.CancelledError, Cancelled):
            if not _withdrawn():
                self._require_served()
            raise
        except PluginError:
            self._require_served()
            await self.watcher.verify()
            raise

    def companion(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What is kept under that name, made where there is none; closed with the reading. To be called in `run`."""
        kept = self._companions.get(name)
        if kept is None:
            kept = self._companions[name] = make()
        return kept  # type: ignore[return-value]  # who asks under a name is who made it

    async def page(self, start: int, count: int) -> Page:
        """Records from `start` on, once they have been read: fewer at the end, or where the rest is not read yet."""
        if count:
            await self.reach(start)
        rows = await read_rows(self.source, start, count, self.progress.records)
        await self.reach_columns(rows.cells)
        await self.watcher.verify()
        return Page(start=start, count=rows.count, rows=rows.text)

    async def reach_columns(self, cells: int) -> None:
        """Has the client know the columns of so many cells, if there are, before it shows them."""
        columns = await self.growth.reach(cells)
        if columns is None:
            return
        _, problems = await self.source.problems(0, 0)
        self._events.progress(
            DidProgress(
                document_id=self.document_id,
                generation=self.generation,
                progress=self.progress,
                problems=problems,
                columns=list(columns),
            )
        )

    async def cell(self, row: int, column: int, start: int, count: int) -> CellText:
        """The text of one cell."""
        await self.finish(row)
        text = await self.source.cell(row, column, start, count)
        await self.watcher.verify()
        return text

    async def problems(self, start: int, count: int) -> ProblemsResult:
        """Malformed records found so far."""
        complete = self.progress.done
        problems, total = await self.source.problems(start, count)
        await self.watcher.verify()
        return ProblemsResult(problems=list(problems), total=total, complete=complete)

    async def info(self) -> InfoResult:
        """How far it has been read, and what that took."""
        described = await self.source.describe()
        _, problems = await self.source.problems(0, 0)
        until = time.monotonic() if self._ended is None else self._ended
        return InfoResult(
            progress=self.progress,
            problems=problems,
            index_bytes=described.index_bytes,
            seconds=round(until - self.opened.began, 4),
        )

    async def file_text(self, offset: int, before: int, after: int) -> FileText:
        """A part of the file as text."""
        opened = self.opened
        if opened.path is None:
            raise FileUnreadable(f"{opened.name} is a table that a plugin handed over: there is no file to be shown.")
        codec = codec_in_force(opened.description.options)
        text = await asyncio.to_thread(read_lines, opened.path, codec, offset, before, after)
        await self.watcher.verify()
        return text

    def hush(self) -> None:
        """Ends the work in the background, at once: nothing more is told about this reading."""
        for task in self._background:
            task.cancel()

    async def close(self) -> None:
        """Ends all work, the plugin instance and the temporary file; closing twice is no error."""
        if self._closed:
            return
        self._closed = True
        tasks = [*self._background, *self._calls]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(kept.close() for kept in self._companions.values()), return_exceptions=True)
        await self.opened.close()

    def _announce(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _require_served(self) -> None:
        if self._over is not None and not self._closed:
            raise self._over.with_traceback(None)
        if self._closed:
            raise UnknownDocument(f"{self.opened.name} was closed or read anew meanwhile. Ask the open document again.")


def _withdrawn() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
