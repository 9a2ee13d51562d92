"""Runs a search behind the indexer, in steps that pages overtake, and tells what it finds."""

from __future__ import annotations

import asyncio

from thoth_ls.documents.events import DocumentEvents, Report
from thoth_ls.documents.pace import STUCK_STEPS, Rhythm
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.search.choice import scanner_for
from thoth_ls.documents.search.scanning import Found, Notes, Scanner, Step, Thinking
from thoth_ls.errors import PluginError, PluginInvalid
from thoth_ls.wire.searches import DidSearch, RecordHits, SearchParams, SearchResult

BATCH_SECONDS = 0.1
BATCH_HITS = 500
"""A message holds so many hits, a record's being cut only where it has more itself."""


async def search(reading: Reading, params: SearchParams, events: DocumentEvents, report: Report) -> SearchResult:
    """How a search ended; what it found has left as events before. Cancelling ends it at once."""
    return await _Search(reading, params, events, report).run()


class _Search:
    """One search. Hits leave as `searched` events, in batches; the answer only says how it ended."""

    def __init__(self, reading: Reading, params: SearchParams, events: DocumentEvents, report: Report) -> None:
        self._reading = reading
        self._params = params
        self._events = events
        self._report = report
        self._rhythm = Rhythm(BATCH_SECONDS)
        self._pending: list[Found] = []
        self._hits = self._records = 0
        self._last: int | None = None
        """The record that was found last."""
        self._in_last = 0
        """Hits in it."""
        self._next: int | None = None
        """Where to go on, once the limit was reached."""

    async def run(self) -> SearchResult:
        """Searches to the end or the limit. Cancelling stops it at once; a thread of its own ends soon after.

        The hits of the record in which the limit is reached are all told, so that `next_record` can simply be the
        following one; unless it alone has more than the limit, which is then said.
        """
        thinking, notes = Thinking(), Notes()
        try:
            scanner = await scanner_for(self._reading, self._params, thinking, notes)
            try:
                await self._scan(scanner, notes)
            finally:
                await scanner.close()
        finally:
            thinking.close()
        return SearchResult(hits=self._hits, records=self._records, next_record=self._next, notes=notes.all())

    async def _scan(self, scanner: Scanner, notes: Notes) -> None:
        idle = 0
        while True:
            await self._wait_for_records(scanner)
            complete = self._reading.progress.done
            step = await scanner.step(self._params.limit)
            full = self._take(step, scanner, notes)
            if full and self._next is not None and complete and self._next >= self._reading.progress.records:
                self._next = None
            ended = full or (step.done and complete)
            if ended or self._rhythm.due():
                await self._flush(scanner.record if self._next is None else self._next)
            if ended:
                return
            idle = 0 if step.moved else idle + 1
            if idle >= STUCK_STEPS:
                raise PluginInvalid(self._reading.source.plugin_id, "does not get on with a search")
            await asyncio.sleep(0)

    def _take(self, step: Step, scanner: Scanner, notes: Notes) -> bool:
        """Keeps what was found; whether the limit was reached, `_next` then says where to go on."""
        for found in step.found:
            if self._last is not None and found.record != self._last and self._hits >= self._params.limit:
                self._next = self._last + 1
                return True
            if self._keep(found):
                notes.add(
                    f"Record {found.record + 1:,} alone has more than {self._params.limit:,} hits;"
                    " the others in it are not listed."
                )
                self._next = found.record + 1
                return True
        if self._hits >= self._params.limit and self._last is not None and scanner.record > self._last:
            self._next = self._last + 1
            return True
        return False

    def _keep(self, found: Found) -> bool:
        """Keeps hits of one record; whether these were too many for one record."""
        if found.record != self._last:
            self._last, self._in_last = found.record, 0
            self._records += 1
        room = self._params.limit - self._in_last
        hits = found.hits[:room]
        if hits:
            self._pending.append(Found(found.record, hits))
        self._in_last += len(hits)
        self._hits += len(hits)
        return len(found.hits) > room

    async def _wait_for_records(self, scanner: Scanner) -> None:
        """Waits for the indexer, telling meanwhile what was found."""
        reading, record = self._reading, scanner.record
        while reading.behind(record) or (scanner.whole and reading.unfinished(record)):
            try:
                async with asyncio.timeout(BATCH_SECONDS):
                    await (reading.finish(record) if scanner.whole else reading.reach(record))
            except TimeoutError:
                if self._rhythm.due():
                    await self._flush(scanner.record)
            except PluginError:
                await self._flush(scanner.record)  # what ended the indexing does not take back what was found
                raise

    async def _flush(self, searched: int) -> None:
        await self._reading.watcher.verify()
        searched = min(searched, self._reading.progress.records)
        pending, self._pending = self._pending, []
        while True:
            batch, pending = _batch(pending)
            self._events.searched(
                DidSearch(
                    document_id=self._reading.document_id,
                    search_id=self._params.search_id,
                    records=batch,
                    scanned_records=searched,
                )
            )
            if not pending:
                break
        percent = min(100, searched * 100 // max(1, self._reading.progress.records))
        known = percent if self._reading.progress.done else None
        self._report(known, f"{searched:,} records searched, {self._hits:,} hits in {self._records:,} of them")


def _batch(pending: list[Found]) -> tuple[list[RecordHits], list[Found]]:
    """The first hits for one message, portions of one record put together, and the rest."""
    batch: list[RecordHits] = []
    room = BATCH_HITS
    for at, found in enumerate(pending):
        same = batch[-1].record == found.record if batch else True
        if batch and not same and len(found.hits) > room:
            return batch, pending[at:]
        hits, rest = found.hits[:room], found.hits[room:]
        if batch and same:
            batch[-1].hits.extend(hits)
        elif hits:
            batch.append(RecordHits(record=found.record, hits=list(hits)))
        room -= len(hits)
        if rest:
            return batch, [Found(found.record, rest), *pending[at + 1 :]]
    return batch, []
