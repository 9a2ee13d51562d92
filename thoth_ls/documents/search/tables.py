"""Searches tables: the plugin finds cells that may be hits, or pages are read; column names are the keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from thoth_ls.documents.pace import Pace
from thoth_ls.documents.picks import runs
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.search.finder import Finder
from thoth_ls.documents.search.hits import hit
from thoth_ls.documents.search.jsonpath import TooSlow
from thoth_ls.documents.search.scanning import Found, Notes, Scanner, Step, Thinking
from thoth_ls.documents.search.texts import whole_text
from thoth_ls.documents.source import Query
from thoth_ls.wire.cells import is_cut, kind_of, text_of
from thoth_ls.wire.searches import SearchHit, SearchParams

PAGE_ROWS = 500
NEAR_ROWS = 8
"""Rows between two candidates that are read with them rather than asked for twice."""


@dataclass(frozen=True, slots=True)
class _Cell:
    record: int
    column: int
    kind: Any
    text: str


class TableScanner(Scanner):
    """Searches pages of cells.

    A column's name stands in the file once, so it is a hit once: in the first record, where that has such a cell.
    """

    def __init__(
        self, reading: Reading, params: SearchParams, finder: Finder, thinking: Thinking, notes: Notes
    ) -> None:
        self.record = params.from_record
        self._reading = reading
        self._source = reading.source
        self._finder = finder
        self._thinking = thinking
        self._notes = notes
        self._values = params.scope != "keys"
        self._names_due = params.scope != "values" and params.from_record == 0
        self._query = _query(finder) if self._values else None
        self._pace = Pace()

    async def step(self, most: int) -> Step:
        """Searches on."""
        if self._reading.progress.records == 0 or not (self._names_due or self._values):
            self.record = self._reading.progress.records
            return Step([], done=True)
        names = await self._names() if self._names_due else []
        self._names_due = False
        if not self._values:
            self.record = self._reading.progress.records
            return Step([Found(0, names)] if names else [], done=True)
        before = self.record
        cells, done = await (self._candidates(self._query) if self._query else self._page())
        hits = await self._thinking.run(lambda: self._hits(cells)) if cells else []
        if names:
            first = [made for record, made in hits if record == 0]
            both = sorted([*names, *first], key=lambda made: (made.path, made.part))
            hits = [*((0, made) for made in both), *(pair for pair in hits if pair[0])]
        return Step(_grouped(hits), done, moved=self.record > before or done)

    async def _names(self) -> list[SearchHit]:
        """Column names that are hits, of the cells the first record has."""
        rows = json.loads(await self._source.page(0, 1))
        cells = rows[0] if rows else []
        named = [
            _Cell(0, at, "string" if cell is None else kind_of(cell), self._name(at))
            for at, cell in enumerate(cells)
            if at < len(self._reading.columns)
        ]
        found = await self._thinking.run(lambda: self._hits(named))
        return [made.model_copy(update={"part": "key"}) for _, made in found]

    async def _candidates(self, query: Query) -> tuple[list[_Cell], bool]:
        """The cells the plugin finds in one step."""
        step = await self._source.find(query, self.record, self._pace.start())
        self._pace.stop()
        columns: dict[int, list[int]] = {}
        for record, column in step.matches:
            columns.setdefault(record, []).append(column)
        cells: list[_Cell] = []
        for start, count in runs(_filled(sorted(columns))):
            at = start
            while at < start + count:
                rows = json.loads(await self._source.page(at, start + count - at))
                if not rows:
                    break
                for row in rows:
                    cells += await self._cells(at, row, columns.get(at, ()))
                    at += 1
        self.record = max(self.record, step.next_record)
        return cells, step.done

    async def _page(self) -> tuple[list[_Cell], bool]:
        """All cells of the next rows."""
        rows = json.loads(await self._source.page(self.record, PAGE_ROWS))
        cells: list[_Cell] = []
        for row in rows:
            cells += await self._cells(self.record, row, range(len(row)))
            self.record += 1
        return cells, not rows or self.record >= self._reading.progress.records

    async def _cells(self, record: int, row: Sequence[Any], columns: Iterable[int]) -> list[_Cell]:
        cells = []
        for column in columns:
            cell = row[column] if column < len(row) else None
            if cell is not None:
                text = await self._whole(record, column) if is_cut(cell) else text_of(cell)
                cells.append(_Cell(record, column, kind_of(cell), text or ""))
        return cells

    async def _whole(self, record: int, column: int) -> str:
        async def piece(start: int, count: int) -> tuple[str, int | None]:
            part = await self._source.cell(record, column, start, count)
            return part.text, part.next

        text, complete = await whole_text(piece)
        if not complete:
            self._notes.add(f"Record {record + 1:,} has a cell of which only the beginning was searched.")
        return text

    def _hits(self, cells: Sequence[_Cell]) -> list[tuple[int, SearchHit]]:
        """Runs on a thread of its own."""
        hits = []
        for cell in cells:
            self._thinking.stop.check()
            try:
                places = self._finder.places(cell.text)
            except TooSlow:
                self._notes.too_slow(cell.record)
                continue
            if places is not None:
                hits.append((cell.record, self._hit(cell, places)))
        return hits

    def _hit(self, cell: _Cell, places: Sequence[tuple[int, int]]) -> SearchHit:
        keys = [self._name(cell.column)]
        return hit([cell.column], keys, "value", cell.kind, cell.text, places, cell.column)

    def _name(self, column: int) -> str:
        """The name of a column; cells beyond the header are counted, as in the tree."""
        columns = self._reading.columns
        return columns[column].name if column < len(columns) else f"{column + 1}"


def _query(finder: Finder) -> Query | None:
    """What the plugin can look for, None where it has to be every cell."""
    if len(finder.needles) != 1:
        return None
    needle = finder.needles[0]
    return Query(needle.text, match_case=needle.fold is None, whole_cell=False, fold=needle.fold)


def _filled(records: Sequence[int]) -> list[int]:
    """Records with small gaps closed."""
    filled: list[int] = []
    for record in records:
        if filled and record - filled[-1] <= NEAR_ROWS:
            filled.extend(range(filled[-1] + 1, record))
        filled.append(record)
    return filled


def _grouped(hits: Iterable[tuple[int, SearchHit]]) -> list[Found]:
    found: dict[int, list[SearchHit]] = {}
    for record, made in hits:
        found.setdefault(record, []).append(made)
    return [Found(record, items) for record, items in found.items()]
