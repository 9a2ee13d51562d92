"""Columns that turn up while a file is read, or when its records are looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from thoth_ls.documents.pace import Rhythm
from thoth_ls.errors import PluginInvalid
from thoth_ls.wire.documents import Column

if TYPE_CHECKING:
    from thoth_ls.documents.reading import Reading

ASK_SECONDS = 0.3


class Growth:
    """Asks the plugin for its columns again, where there may be more.

    A few times a second at most while it reads, and where cells are about to be shown that no column is known for.
    """

    def __init__(self, reading: Reading, rhythm: Callable[[], bool] | None = None) -> None:
        self._reading = reading
        self._due = rhythm or Rhythm(ASK_SECONDS).due
        self._growing = reading.opened.description.growing
        self._records = reading.opened.progress.records
        self._widest = 0
        """The most cells that columns have been asked for: there may never be one for a cell too many."""
        self._asking = asyncio.Lock()

    async def look(self) -> Sequence[Column] | None:
        """All columns when reading on has brought some that have not been told, None otherwise."""
        progress = self._reading.progress
        if not self._growing or progress.records == self._records or not (progress.done or self._due()):
            return None
        self._records = progress.records
        return await self._ask()

    async def reach(self, cells: int) -> Sequence[Column] | None:
        """All columns when a row of so many cells has brought some that have not been told, None otherwise."""
        if cells <= max(self._widest, len(self._reading.columns)):
            return None
        self._widest = cells
        return await self._ask()

    async def _ask(self) -> Sequence[Column] | None:
        reading = self._reading
        async with self._asking:
            now = await reading.source.describe()
            self._growing = now.growing
            known = reading.columns
            if [column.name for column in now.columns[: len(known)]] != [column.name for column in known]:
                raise PluginInvalid(reading.source.plugin_id, "moved or took back columns that it had told before")
            if len(now.columns) == len(known):
                return None
            reading.columns = now.columns
            return now.columns
