"""A table as a document reads it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Literal

from thoth_ls.documents.cell_records import CellRecords
from thoth_ls.documents.data.rows import Chunk
from thoth_ls.documents.data.table import View
from thoth_ls.documents.folding import pattern
from thoth_ls.documents.search.guests import GuestSearch
from thoth_ls.documents.source import Description, FindStep, Query, Segments, Viewer
from thoth_ls.documents.texts import part
from thoth_ls.documents.tree import DecodedTree, Tree
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.documents import CellText, Problem, Progress

PAGE_BYTES = 8 << 20
FIND_BYTES = 1 << 20
MOST_MATCHES = 10_000


class TableSource:
    """`documents.source.Source` over a table in memory; always read to its end."""

    tabular = True
    searcher: GuestSearch | None = None
    segments: Segments | None = None
    viewer: Viewer | None = None
    sandbox: Literal["file", "folder"] = "file"

    def __init__(self, view: View) -> None:
        self.view = view
        self.plugin_id = view.table.plugin_id
        self.plugin_name = view.table.plugin_name
        self._records = CellRecords(self)
        self._records.columns = view.columns
        self.tree: Tree = DecodedTree(self._records, self._records)

    def progress(self) -> Progress:
        """All there is, which may become more."""
        size = self.view.size
        return Progress(records=self.view.count, bytes_done=size, bytes_total=size, done=True)

    async def open(self, options: Mapping[str, str]) -> Progress:
        """There are no options."""
        if options:
            name = next(iter(options))
            raise PluginRefused(self.plugin_id, f"a table cannot be read in another way (option {name[:100]!r})")
        return self.progress()

    async def describe(self) -> Description:
        """The columns as they were handed over."""
        return Description(columns=self.view.columns, options=[], notes=[], index_bytes=self.view.size)

    async def advance(self, max_bytes: int) -> Progress:
        """There is nothing left to read."""
        return self.progress()

    async def page(self, start: int, count: int) -> str:
        """JSON text: an array of rows; fewer at the end, and where they would be too long."""
        texts: list[str] = []
        left = PAGE_BYTES
        for chunk, begin, end in self.view.parts(start, count):
            stop = chunk.fitting(begin, end, left)
            texts.append(chunk.text(begin, stop))
            left -= len(texts[-1])
            if stop < end or left <= 0:
                break
        return f"[{','.join(texts)}]"

    async def slice(self, start: int, count: int) -> str:
        """As `page`."""
        return await self.page(start, count)

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        """The text of one cell from byte `start` on, at most `count` bytes of UTF-8."""
        for chunk, row, _ in self.view.parts(record, 1):
            cells = json.loads(chunk.text(row, row + 1))
            if column < len(cells):
                whole = chunk.long.get((row, column))
                return part(cells[column].encode() if whole is None else whole, start, count)
        raise PluginRefused(self.plugin_id, f"row {record + 1:,} has no cell {column + 1}")

    async def find(self, query: Query, from_record: int, max_bytes: int) -> FindStep:
        """One bounded step of a search, on a thread."""
        return await asyncio.to_thread(self._find, query, from_record, min(max_bytes, FIND_BYTES))

    async def records(self, start: int, count: int) -> Sequence[str]:
        """Rows as JSON objects of their columns."""
        return await self._records.texts(start, count)

    async def problems(self, start: int, count: int) -> tuple[Sequence[Problem], int]:
        """Rows that have not as many cells as there are columns."""
        ragged = [
            (chunk.begin - self.view.begin + row, chunk, row)
            for chunk, begin, end in self.view.parts(0, self.view.count)
            for row in chunk.ragged
            if begin <= row < end
        ]
        return [self._problem(*item) for item in ragged[start : start + count]], len(ragged)

    async def close(self) -> None:
        """Nothing has to be freed."""

    def _find(self, query: Query, from_record: int, max_bytes: int) -> FindStep:
        wanted = pattern(query)
        matches: list[tuple[int, int]] = []
        at, size = from_record, 0
        for chunk, begin, end in self.view.parts(from_record, self.view.count):
            stop = chunk.fitting(begin, end, max_bytes - size)
            for row, cells in enumerate(json.loads(f"[{chunk.text(begin, stop)}]"), begin):
                matches += [
                    (at, column)
                    for column, cell in enumerate(cells)
                    if wanted.search(cell if isinstance(cell, str) else chunk.long[row, column].decode())
                ]
                at += 1
            size += chunk.bytes_of(begin, stop)
            if stop < end or size >= max_bytes or len(matches) >= MOST_MATCHES:
                break
        return FindStep(matches, at, size, done=at >= self.view.count)

    def _problem(self, record: int, chunk: Chunk, row: int) -> Problem:
        cells, columns = len(json.loads(chunk.text(row, row + 1))), len(self.view.columns)
        said = f"{cells} cells where there are {columns} columns"
        return Problem(record=record, line=record, offset=0, kind="ragged", message=said)
