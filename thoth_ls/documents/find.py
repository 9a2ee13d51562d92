"""Searches a document behind the indexer, in steps that pages overtake."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from thoth_ls.documents.events import DocumentEvents, Report
from thoth_ls.documents.pace import Pace, Rhythm
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.source import FindStep, Query
from thoth_ls.errors import PluginError, PluginInvalid
from thoth_ls.wire.documents import DidFind, FindParams, FindResult

BATCH_SECONDS = 0.1
BATCH_MATCHES = 500


class Search:
    """One search. Matches leave as `found` events, in batches; the answer only says how it ended."""

    def __init__(self, reading: Reading, params: FindParams, events: DocumentEvents, report: Report) -> None:
        self._reading = reading
        self._params = params
        self._events = events
        self._report = report
        self._rhythm = Rhythm(BATCH_SECONDS)
        self._pending: list[tuple[int, int]] = []
        self._total = 0
        self._row = params.from_row

    async def run(self) -> FindResult:
        """Searches to the end or the limit. Cancelling stops it at once: at most one step of some ms still runs.

        A row is never torn: the matches of the row in which the limit is reached are all told, so that `next_row` can
        simply be the following one.
        """
        query = Query(self._params.text, self._params.match_case, self._params.whole_cell)
        pace = Pace()
        while True:
            await self._wait_for_rows()
            complete = self._reading.progress.done
            step = await self._reading.source.find(query, self._row, pace.start())
            pace.stop()
            stuck = pace.stuck(step.next_record > self._row)
            next_row = self._take(step, complete)
            ended = next_row is not None or (step.done and complete)
            if ended or len(self._pending) >= BATCH_MATCHES or self._rhythm.due():
                await self._flush()
            if ended:
                return FindResult(total=self._total, next_row=next_row)
            if stuck:
                raise PluginInvalid(self._reading.source.plugin_id, "does not get on with a search")
            await asyncio.sleep(0)

    def _take(self, step: FindStep, complete: bool) -> int | None:
        """Keeps the matches of a step; the row to go on from once the limit is reached, None before that."""
        missing = self._params.limit - self._total
        taken = _whole_rows(step.matches, missing)
        self._pending += [(row, column) for row, column in taken]
        self._total += len(taken)
        all_taken = len(taken) == len(step.matches)
        if len(taken) < missing or (all_taken and step.done and complete):
            self._row = max(self._row, step.next_record)
            return None
        self._row = taken[-1][0] + 1
        return self._row

    async def _wait_for_rows(self) -> None:
        """Waits for the indexer, telling meanwhile what was found."""
        while self._reading.behind(self._row):
            try:
                async with asyncio.timeout(BATCH_SECONDS):
                    await self._reading.reach(self._row)
            except TimeoutError:
                await self._flush()
            except PluginError:
                await self._flush()  # what ended the indexing does not take back what was found
                raise

    async def _flush(self) -> None:
        await self._reading.reach_columns(1 + max((column for _, column in self._pending), default=-1))
        await self._reading.watcher.verify()
        searched = min(self._row, self._reading.progress.records)
        while True:
            batch, self._pending = self._pending[:BATCH_MATCHES], self._pending[BATCH_MATCHES:]
            self._events.found(
                DidFind(
                    document_id=self._reading.document_id,
                    search_id=self._params.search_id,
                    matches=batch,
                    scanned_rows=searched,
                )
            )
            if not self._pending:
                break
        percent = min(100, searched * 100 // max(1, self._reading.progress.records))
        known = percent if self._reading.progress.done else None
        self._report(known, f"{searched:,} rows searched, {self._total:,} cells found")


def _whole_rows(matches: Sequence[tuple[int, int]], limit: int) -> Sequence[tuple[int, int]]:
    """The first `limit` matches, and the rest of the row the last of them is in."""
    if len(matches) <= limit:
        return matches
    last_row = matches[limit - 1][0]
    end = next((at for at in range(limit, len(matches)) if matches[at][0] != last_row), len(matches))
    return matches[:end]
