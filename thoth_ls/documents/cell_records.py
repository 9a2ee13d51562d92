"""Rows of cells as records: objects of their columns."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Protocol

from thoth_ls.documents import json_values
from thoth_ls.documents.json_values import Cut, Members, Number, Value
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.cells import Cell
from thoth_ls.wire.documents import CellText, Column

LONGEST_CELL = 16 << 20
"""Bytes of a cell beyond which it is not put together, only shown part by part."""
PART_BYTES = 4 << 20
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_TEXTS = ("text", "date", "time", "timestamp", "uuid")
_BOOLEANS = {"true": True, "false": False}


class Table(Protocol):
    """A source, as far as it counts here."""

    plugin_id: str

    async def page(self, start: int, count: int) -> str:
        """JSON text: an array of records."""

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        """A part of the text of a cell."""


class CellRecords:
    """`tree.Records` and `tree.Cuts` over the pages of a source. A child's position is its column."""

    def __init__(self, table: Table) -> None:
        self.plugin_id = table.plugin_id
        self.columns: Sequence[Column] = ()
        """To be set when they are known."""
        self._table = table

    async def some(self, start: int, count: int) -> Sequence[tuple[Value, int]]:
        """Records from `start` on and the length of each, separators not counted."""
        rows: list[list[Cell]] = json.loads(await self._table.page(start, count))
        return [(self._record(row), sum(map(_size, row))) for row in rows]

    async def texts(self, start: int, count: int) -> list[str]:
        """Records from `start` on as JSON text, nothing in them cut; raises PluginRefused where one is too long."""
        columns = self.columns
        names = [json_values.quoted(column.name) + ":" for column in columns]
        texts: list[str] = []
        rows: list[list[Cell]] = json.loads(await self._table.page(start, count))
        for record, row in enumerate(rows, start):
            members = []
            for at, cell in enumerate(row):
                column = columns[at] if at < len(columns) else None
                text = cell_json(cell, column) if isinstance(cell, str) else await self._json(record, at, cell, column)
                members.append((names[at] if column is not None else f'"{at + 1}":') + text)
            texts.append(f"{{{','.join(members)}}}")
        return texts

    async def _json(self, record: int, position: int, cell: Cell, column: Column | None) -> str:
        value = _value(cell, column)
        return json_values.encode(await self.whole(record, position, value) if isinstance(value, Cut) else value)

    async def one(self, record: int) -> Value:
        """One record."""
        rows: list[list[Cell]] = json.loads(await self._table.page(record, 1))
        if not rows:
            raise PluginRefused(self.plugin_id, f"there is no record {record + 1}")
        return self._record(rows[0])

    async def whole(self, record: int, position: int, cut: Cut) -> Value:
        """The whole of a cell."""
        if cut.size > LONGEST_CELL:
            said = f"record {record + 1}: {cut.size >> 20} MiB in one cell are too much to be put together"
            raise PluginRefused(self.plugin_id, f"{said}; its text can be read part by part")
        texts: list[str] = []
        at: int | None = 0
        while at is not None:
            piece = await self.part(record, position, at, PART_BYTES)
            texts.append(piece.text)
            at = piece.next
        return _inner("".join(texts)) if cut.kind in ("object", "array") else "".join(texts)

    async def part(self, record: int, position: int, start: int, count: int) -> CellText:
        """A part of the text of a cell."""
        return await self._table.cell(record, position, start, count)

    def _record(self, row: Sequence[Cell]) -> Members:
        columns = self.columns
        return Members(
            (columns[at].name, _value(cell, columns[at])) if at < len(columns) else (f"{at + 1}", _value(cell, None))
            for at, cell in enumerate(row)
        )


def _value(cell: Cell, column: Column | None) -> Value:
    """What a cell says: by its kind, or by the type of its column where the text is such a value."""
    if cell is None:
        return None
    if isinstance(cell, dict):
        kind, size = cell.get("kind", "string"), cell.get("bytes")
        if size is not None:
            return Cut(cell["text"], size, kind, cell.get("count"))
        return cell["text"] if kind == "string" else _inner(cell["text"])
    if column is None:
        return cell
    if cell in column.nulls:
        return None
    if column.type in ("integer", "float") and _NUMBER.fullmatch(cell):
        return Number(cell)
    if column.type == "boolean":
        return _BOOLEANS.get(cell, cell)
    return _inner(cell) if column.type == "json" else cell


def cell_json(cell: str, column: Column | None) -> str:
    """What a short text says as JSON text, by the type of its column."""
    if column is None or column.type in _TEXTS:
        return "null" if column is not None and cell in column.nulls else json_values.quoted(cell)
    if column.type in ("integer", "float") and cell not in column.nulls and _NUMBER.fullmatch(cell):
        return cell
    return json_values.encode(_value(cell, column))


def _inner(text: str) -> Value:
    """JSON inside a cell; what is none is a text."""
    try:
        return json_values.decode(text)
    except (ValueError, RecursionError):
        return text


def _size(cell: Cell) -> int:
    if cell is None:
        return 0
    if isinstance(cell, str):
        return len(cell) if cell.isascii() else len(cell.encode("utf-8", "replace"))
    return cell.get("bytes") or len(cell["text"].encode("utf-8", "replace"))
