"""What becomes of a table while a document shows it: rows that are added, and the end of what it shows."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from thoth_ls.calling import soon
from thoth_ls.documents.indexing import ANSWER_TURNS
from thoth_ls.wire.documents import DidChange, DidProgress

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.documents.data.source import TableSource
    from thoth_ls.documents.events import DocumentEvents
    from thoth_ls.documents.reading import Reading
    from thoth_ls.documents.watch import WatchTiming

TELL_SECONDS = 0.1
"""Between two tellings of rows that were added."""


class TableWatch:
    """`documents.watch.Watch` of a table: what a document shows of it stays, whatever becomes of it."""

    path: Path | None = None
    changed = False

    def __init__(self, source: TableSource, timing: WatchTiming, told_at: float) -> None:
        self.told_at = told_at
        """When it was last told that there are other rows, on the monotonic clock."""
        self._source = source
        self._timing = timing
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def require_unchanged(self) -> None:
        """Nothing stands against going on."""

    async def verify(self) -> None:
        """Nothing stands against going on."""

    async def follow(self, reading: Reading, events: DocumentEvents) -> None:
        """Tells of rows that were added until cancelled, or until the table is another, which it tells once."""
        view = self._source.view
        for _ in range(ANSWER_TURNS):
            await asyncio.sleep(0)
        view.table.subscribe(self._changed)
        try:
            while True:
                if not view.table.grow(view):
                    await self._tell_changed(reading, events)
                    return
                if view.count > reading.progress.records:
                    await self._tell_growth(reading, events)
                    await asyncio.sleep(TELL_SECONDS)
                await self._news.wait()
                self._news.clear()
        finally:
            view.table.ignore(self._changed)

    def _changed(self) -> None:
        """Called on any thread."""
        if not self._news.is_set():
            soon(self._loop, self._news.set)

    async def _tell_growth(self, reading: Reading, events: DocumentEvents) -> None:
        reading.advanced(self._source.progress())
        _, problems = await self._source.problems(0, 0)
        events.progress(
            DidProgress(
                document_id=reading.document_id,
                generation=reading.generation,
                progress=reading.progress,
                problems=problems,
            )
        )

    async def _tell_changed(self, reading: Reading, events: DocumentEvents) -> None:
        await asyncio.sleep(max(0.0, self.told_at + self._timing.gap - time.monotonic()))
        self.told_at = time.monotonic()
        events.changed(
            DidChange(
                document_id=reading.document_id,
                generation=reading.generation,
                change="reloaded",
                message=f"{self._source.view.table.name} has other rows now.",
            )
        )
