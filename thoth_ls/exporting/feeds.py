"""Records of a document in slices of about the same size, as JSON text for an exporter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from thoth_ls.documents.json_values import portable
from thoth_ls.documents.pages import count_cells, join_rows
from thoth_ls.documents.portions import Portions
from thoth_ls.errors import PluginInvalid, PluginRefused
from thoth_ls.exporting.rows import Layout, Row, Unread, is_json

if TYPE_CHECKING:
    from thoth_ls.documents.events import Report
    from thoth_ls.documents.reading import Reading
    from thoth_ls.exporting.scopes import Scope, Tell

Answer = TypeVar("Answer")

SLICE_CHARACTERS = 1 << 20
"""About so much is given to an exporter at once: a few milliseconds of work on either side."""
FIRST_ROWS = 100
MOST_ROWS = 50_000
LONGEST_VALUE = 16 << 20
"""Bytes of one cell or record beyond which it is not put together."""
PART_BYTES = 4 << 20
NEAR_ROWS = 20
"""Where another row as near as this lacks something, records are read rather than single values."""


class MoreColumns(Exception):
    """A row has cells that no column is known for: the file has names that nobody has come across so far."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows or records."""

    text: str
    """A JSON array."""
    items: int
    begin: int
    """The first of them."""


class Feed:
    """The records of a scope in their order. Slices are read one at a time, when they are asked for."""

    def __init__(self, reading: Reading, layout: Layout, scope: Scope, *, again: bool = False) -> None:
        """`again`: whether MoreColumns may be raised, by a row with more cells than columns."""
        self._reading = reading
        self._source = reading.source
        self._layout = layout
        self._scope = scope
        self._may_grow = again and not reading.source.tabular and layout.chosen is None
        self.lost = 0
        """Rows that had cells without a column, for which there is no place."""
        self._rows = FIRST_ROWS
        self._portions = Portions(reading.source)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="thoth-export")
        # Records of a table are made of its cells; others are passed on as they stand in the file.
        self._as_they_are = layout.shape == "objects" and layout.chosen is None and not reading.source.tabular

    def close(self) -> None:
        """Ends the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def slices(self, tell: Tell) -> AsyncIterator[Slice]:
        """All of it; small portions, as of single records, are put together."""
        waiting: list[Slice] = []
        size = 0
        async for begin, end in self._scope.spans(tell):
            async for made in self._span(begin, end):
                if made.items:
                    waiting.append(made)
                    size += len(made.text)
                if size >= SLICE_CHARACTERS // 2:
                    yield _joined(waiting)
                    waiting, size = [], 0
        if waiting:
            yield _joined(waiting)

    async def check(self, made: Slice) -> None:
        """Raises PluginInvalid if a slice that an exporter refuses is not what the source has to hand out."""
        if not await self._run(lambda: is_json(made.text)):
            raise PluginInvalid(self._source.plugin_id, f"returned records that are not JSON near {made.begin + 1:,}")

    async def _span(self, begin: int, end: int) -> AsyncIterator[Slice]:
        at = begin
        while at < end:
            self._reading.watcher.require_unchanged()
            if self._as_they_are:
                made = await self._records(at, end - at)
                count = made.items
                yield made
            else:
                count = 0
                async for made in self._cells(at, min(self._rows, end - at)):
                    count += made.items
                    yield made
            if not count:
                said = f"returned nothing for record {at + 1:,}, which it has found"
                raise PluginInvalid(self._source.plugin_id, said)
            at += count

    async def _records(self, at: int, most: int) -> Slice:
        """Records as they stand in the file."""
        texts = await self._portions.next(at, min(most, MOST_ROWS))
        if texts is None:
            texts = [await self._long_record(at)]
        return Slice(f"[{','.join(texts)}]", len(texts), at)

    async def _long_record(self, record: int) -> str:
        """A record that is too long to be told at once."""
        texts: list[str] = []
        at: int | None = 0
        while at is not None:
            part = await self._source.tree.text(record, [], False, at, PART_BYTES)
            self._require_short(part.size_bytes, f"record {record + 1:,}")
            texts.append(part.text)
            at = part.next
        return "".join(texts)

    async def _cells(self, start: int, count: int) -> AsyncIterator[Slice]:
        text = await self._source.slice(start, count)
        if self._layout.plain(text, count):
            self._measure(count, len(text))
            yield Slice(text, count, start)
            return
        rows = await self._run(lambda: self._layout.convert(text, self._source.plugin_id))
        if len(rows) > count:
            said = f"returned {len(rows)} rows where {count} were asked for"
            raise PluginInvalid(self._source.plugin_id, said)
        if rows:
            self._measure(len(rows), len(text))
        if self._may_grow and any(row.cells > len(self._layout.columns) for row in rows):
            raise MoreColumns
        self.lost += sum(row.lost for row in rows)
        made: list[str] = []
        size, at = 0, 0
        while at < len(rows):
            complete = await self._complete(start + at, rows[at:])
            texts = [row.text(self._layout.shape) for row in rows[at : at + complete]]
            made += texts
            size += sum(map(len, texts))
            at += complete
            if size >= SLICE_CHARACTERS or at == len(rows):  # earlier where long values have come to it
                yield Slice(portable(f"[{','.join(made)}]"), len(made), start + at - len(made))
                made, size = [], 0

    async def _complete(self, start: int, rows: Sequence[Row]) -> int:
        """Reads what a page did not hold of its rows, of a stretch of them from the first on; returns how many."""
        first = next((at for at, row in enumerate(rows) if row.unread), None)
        if first is None or first > 0:
            return len(rows) if first is None else first
        named = any(unread.path is not None for unread in rows[0].unread)
        several = named and not self._source.tabular and any(row.unread for row in rows[1:NEAR_ROWS])
        texts = await self._portions.next(start, len(rows)) if several else None
        if texts:
            found = texts
            await self._run(lambda: self._layout.fill_all(rows, found))
        stretch = rows[: len(texts)] if texts else rows[:1]
        for record, row in enumerate(stretch, start):
            for unread in row.unread:
                row.pieces[unread.place] = unread.before + await self._whole(record, unread)
            row.unread = ()
        return len(stretch)

    async def _whole(self, record: int, unread: Unread) -> str:
        """A cell of which the page did not hold all."""
        texts: list[str] = []
        at: int | None = 0
        nested = unread.kind in ("object", "array") and unread.path is not None
        while at is not None:
            if nested and unread.path is not None:
                part = await self._source.tree.text(record, unread.path, False, at, PART_BYTES)
            else:
                part = await self._source.cell(record, unread.column, at, PART_BYTES)
            self._require_short(part.size_bytes, f"record {record + 1:,}, column {unread.column + 1}")
            texts.append(part.text)
            at = part.next
        return await self._run(lambda: self._layout.value("".join(texts), unread.kind, whole=True)) or ""

    def _require_short(self, size: int, where: str) -> None:
        if size > LONGEST_VALUE:
            said = f"{where}: {size >> 20} MiB in one value cannot be exported, at most {LONGEST_VALUE >> 20} MiB can"
            raise PluginRefused(self._source.plugin_id, f"{said}; leave that record or column out")

    def _measure(self, rows: int, size: int) -> None:
        fits = max(1, SLICE_CHARACTERS * rows // max(1, size))
        self._rows = min(fits, self._rows * 4, MOST_ROWS)

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _joined(slices: Sequence[Slice]) -> Slice:
    return Slice(join_rows([made.text for made in slices]), sum(made.items for made in slices), slices[0].begin)


async def find_columns(reading: Reading, scope: Scope, report: Report) -> None:
    """Goes through the rows of a scope, so that every column there is turns up."""
    rows = FIRST_ROWS
    longest = 0
    async for begin, end in scope.spans(lambda message: report(None, message)):
        at = begin
        while at < end:
            reading.watcher.require_unchanged()
            text = await reading.source.slice(at, min(rows, end - at))
            count, cells = await asyncio.to_thread(count_cells, text, reading.source.plugin_id)
            if not count:
                break
            longest = max(longest, cells)
            rows = min(max(1, SLICE_CHARACTERS * count // max(1, len(text))), rows * 4, MOST_ROWS)
            at += count
            report(None, f"Looking for columns: {at:,} records")
    await reading.reach_columns(longest)
