"""Records as the tables that renderers are given: every cell a text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoth_ls.documents.pages import read_rows
from thoth_ls.documents.picks import runs
from thoth_ls.wire.cells import is_cut, kind_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.documents.reading import Reading
    from thoth_ls.wire.cells import Cell

TABLE_CHARACTERS = 4 << 20
"""A table with more ends early; whoever asked goes on from where it stops."""
CELL_BYTES = 64 << 10
"""A cell that is longer is told by so much of its beginning."""
WHOLE_CELLS = 200
"""Most cells of a table whose whole text is fetched, each by a call; of others there is what pages hold of them."""
CUT_MARK = "…"


@dataclass(frozen=True, slots=True)
class Table:
    """Some records."""

    columns: list[str]
    rows: list[list[str]]
    """Each as long as `columns`."""

    def text(self) -> str:
        """`{"columns":[…],"rows":[[…],…]}` as JSON text."""
        return json.dumps({"columns": self.columns, "rows": self.rows}, ensure_ascii=False, separators=(",", ":"))


async def read_table(reading: Reading, records: Sequence[int]) -> Table:
    """The records, ascending, once they have been read: as many of them as there are and as fit, at least one.

    Cells beyond the last column have the number of their place for a name. What a record lacks and null are empty,
    nested values are JSON text.
    """
    cells: list[tuple[int, list[Cell]]] = []
    size = 0
    for start, length in runs(records):
        await reading.finish(start)
        known = max(0, min(length, reading.progress.records - start))
        rows = await read_rows(reading.source, start, known, reading.progress.records)
        await reading.reach_columns(rows.cells)
        for record, row in enumerate(json.loads(rows.text) if rows.count else [], start):
            size += sum(len(text_of(cell) or "") for cell in row)
            if size > TABLE_CHARACTERS and cells:
                return await _table(reading, cells)
            cells.append((record, row))
        if rows.count < length:
            break
    return await _table(reading, cells)


async def _table(reading: Reading, records: Sequence[tuple[int, Sequence[Cell]]]) -> Table:
    width = max(len(reading.columns), *(len(row) for _, row in records), 0)
    columns = [column.name for column in reading.columns]
    columns += [str(number) for number in range(len(columns) + 1, width + 1)]
    rows: list[list[str]] = []
    left = TABLE_CHARACTERS
    fetches = WHOLE_CELLS
    for record, row in records:
        texts = []
        for position, cell in enumerate(row):
            if is_cut(cell) and fetches and left > 0:
                fetches -= 1
                text = await _long(reading, record, position)
                left -= len(text)
            else:
                text = _short(cell)
            texts.append(text)
        rows.append(texts + [""] * (width - len(texts)))
    return Table(columns, rows)


async def _long(reading: Reading, record: int, position: int) -> str:
    part = await reading.source.cell(record, position, 0, CELL_BYTES)
    return part.text if part.next is None else part.text + CUT_MARK


def _short(cell: Cell) -> str:
    if cell is None or kind_of(cell) == "null":
        return ""
    return (text_of(cell) or "") + (CUT_MARK if is_cut(cell) else "")
