"""One file, open in a server of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from thoth_ls.cli.progress import Progress
from thoth_ls.lsp.client import RequestFailed, ThothClient, connect
from thoth_ls.wire import documents as d
from thoth_ls.wire.methods import CELL, DID_FAIL, DID_PROGRESS, OPEN, PAGE, PICK, RECORDS, VALUE_TEXT
from thoth_ls.wire.picks import PickParams, PickResult
from thoth_ls.wire.records import RecordsParams, RecordsResult
from thoth_ls.wire.trees import ValueTextParams

__all__ = ["Session", "connect", "session"]

RECORDS_AT_ONCE = 2_000
MOST_PICKED = 500
ROWS_AT_ONCE = 1_000
PART_BYTES = 1 << 20


class Session:
    """What an open file is asked; `opened` says what it looks like."""

    def __init__(self, client: ThothClient, path: Path) -> None:
        self.client = client
        self.path = path
        self.progress = Progress()
        self.columns: Sequence[d.Column] = ()
        """Those known so far."""
        self.first_seconds = 0.0
        """How long the first rows took."""
        self.whole_seconds = 0.0
        """How long reading the whole file took, once it has been read."""
        self._began = 0.0
        self._read: asyncio.Future[d.Progress] = asyncio.get_running_loop().create_future()
        client.on(DID_PROGRESS, self._progressed)
        client.on(DID_FAIL, self._failed)

    async def open(self, options: Mapping[str, str], plugin_id: str | None) -> None:
        """Opens the file; raises RequestFailed."""
        self._began = time.perf_counter()
        params = d.OpenDocumentParams(
            uri=self.path.as_uri(), options=dict(options), plugin_id=plugin_id, first_rows=ROWS_AT_ONCE
        )
        self.opened: d.OpenDocumentResult = await self.client.request(OPEN, params)
        self.first_seconds = time.perf_counter() - self._began
        self.columns = self.columns or self.opened.columns
        if self.opened.progress.done:
            self._done(self.opened.progress)

    @property
    def ref(self) -> dict[str, Any]:
        """What every request on the document names."""
        return {"document_id": self.opened.document_id, "generation": self.opened.generation}

    async def finished(self) -> d.Progress:
        """The progress at the end of the file."""
        result = await self.client.unless_gone(self._read)
        self.progress.clear()
        return result

    async def rows(self, start: int, count: int | None) -> AsyncIterator[d.Page]:
        """Pages of rows, all of them or so many."""
        at = start
        while count is None or at < start + count:
            wanted = ROWS_AT_ONCE if count is None else min(ROWS_AT_ONCE, start + count - at)
            page = await self.client.request(PAGE, d.PageParams(**self.ref, start=at, count=wanted))
            if page.count == 0:
                return
            yield page
            at += page.count

    async def records(self, start: int, count: int | None) -> AsyncIterator[Sequence[str] | int]:
        """Records as JSON text, all of them or so many; of one that is too large its number, to be read in `parts`."""
        at = start
        while count is None or at < start + count:
            wanted = RECORDS_AT_ONCE if count is None else min(RECORDS_AT_ONCE, start + count - at)
            params = RecordsParams(**self.ref, start=at, count=wanted)
            answer: RecordsResult = await self.client.request(RECORDS, params)
            if answer.records:
                yield answer.records
            at += len(answer.records)
            if answer.too_large and (count is None or at < start + count):
                yield at
                at += 1
            elif not answer.records:
                return

    async def parts(self, record: int, path: Sequence[int]) -> AsyncIterator[str]:
        """The JSON text of a value, part by part."""
        at: int | None = 0
        while at is not None:
            params = ValueTextParams(**self.ref, record=record, path=list(path), start=at, count=PART_BYTES)
            part: d.CellText = await self.client.request(VALUE_TEXT, params)
            yield part.text
            at = part.next

    async def picked(self, records: Sequence[int]) -> AsyncIterator[PickResult]:
        """The rows of single records."""
        at = 0
        while at < len(records):
            params = PickParams(**self.ref, records=list(records[at : at + MOST_PICKED]))
            answer: PickResult = await self.client.request(PICK, params)
            if answer.count == 0:
                return
            yield answer
            at += answer.count

    async def cell(self, row: int, column: int) -> str:
        """The text of a cell, whole."""
        texts: list[str] = []
        at: int | None = 0
        while at is not None:
            params = d.CellParams(**self.ref, row=row, column=column, start=at, count=PART_BYTES)
            part: d.CellText = await self.client.request(CELL, params)
            texts.append(part.text)
            at = part.next
        return "".join(texts)

    def _progressed(self, event: d.DidProgress) -> None:
        progress = event.progress
        if event.columns is not None:
            self.columns = event.columns
        if progress.done:
            self._done(progress)
        elif progress.bytes_total:
            percent = 100 * progress.bytes_done // progress.bytes_total
            self.progress.show(f"{percent:3d} %  {progress.records:,} records")

    def _done(self, progress: d.Progress) -> None:
        if not self._read.done():
            self.whole_seconds = time.perf_counter() - self._began
            self._read.set_result(progress)

    def _failed(self, event: d.DidFail) -> None:
        if not self._read.done():
            self._read.set_exception(RequestFailed(0, event.message, {"kind": event.kind}))
            self._read.exception()  # told to whoever asks; nobody may


@asynccontextmanager
async def session(path: Path, options: Mapping[str, str], plugin_id: str | None) -> AsyncIterator[Session]:
    """The open file; its server ends on leaving."""
    async with connect({"logLevel": "warning"}) as client:
        made = Session(client, path.absolute())
        try:
            await made.open(options, plugin_id)
            yield made
        finally:
            made.progress.clear()
