"""Records of plugins that hand them out as JSON text: as cells of a table, and as trees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_ls.documents import json_values
from thoth_ls.documents.json_values import Members
from thoth_ls.errors import PluginRefused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from thoth_ls.documents.json_values import Value

CELL_BYTES = 1_024
"""A page holds at most so much of a cell."""
MOST_ROOTS = 1_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell that is there; its value may be null."""

    value: Value


@dataclass(frozen=True, slots=True)
class Headers:
    """The columns of the open file."""

    names: list[str]

    def cells(self, record: Value) -> list[Filled | None]:
        """The cells of a record in the order of the columns, None where it has none; keys beyond them come last."""
        if isinstance(record, Members):
            members = record.first()
            cells = [Filled(members.pop(name)) if name in members else None for name in self.names]
            cells += [Filled(value) for value in members.values()]
            while cells and cells[-1] is None:
                cells.pop()
            return cells
        return [Filled(value) for value in record] if isinstance(record, list) else [Filled(record)]

    def texts(self, record: Value) -> list[str]:
        """The text of each cell, empty where there is none."""
        return [text_of(cell.value) if cell else "" for cell in self.cells(record)]


def text_of(value: Value) -> str:
    """A value as the text of a cell: numbers as they were written, nested values as JSON."""
    return str(value) if isinstance(value, str) else json_values.encode(value)


def shown(cell: Filled | None) -> str:
    """The JSON text of a cell as a page holds it: whole, or its beginning and how long it is."""
    if cell is None:
        return "null"
    text, kind = text_of(cell.value), json_values.kind_of(cell.value)
    marks: dict[str, Any] = {} if kind == "string" else {"kind": kind}
    if kind in ("object", "array"):
        marks["count"] = json_values.count_of(cell.value)
    if len(text) * 4 > CELL_BYTES:
        whole = text.encode("utf-8", "replace")
        if len(whole) > CELL_BYTES:
            text, marks["bytes"] = whole[:CELL_BYTES].decode("utf-8", "ignore"), len(whole)
    shown = json.dumps({"text": text, **marks} if marks else text, ensure_ascii=False)
    return json_values.portable(shown)


class PlainRecords:
    """`documents.tree.Records` over texts of records; keeps the one that was looked into last."""

    def __init__(
        self,
        plugin_id: str,
        texts: Callable[[int, int], Awaitable[list[str]]],
        decoded: Callable[[str], Value],
    ) -> None:
        self.plugin_id = plugin_id
        self._texts = texts
        self._decoded = decoded
        self._last: tuple[int, Value] | None = None

    def forget(self) -> None:
        """Another file is to be read, or the same anew."""
        self._last = None

    async def some(self, start: int, count: int) -> Sequence[tuple[Value, int]]:
        """Records from `start` on and the length of each."""
        texts = await self._texts(start, min(count, MOST_ROOTS))
        return [(self._decoded(text), len(text.encode("utf-8", "replace"))) for text in texts]

    async def one(self, record: int) -> Value:
        """One record."""
        if self._last is None or self._last[0] != record:
            texts = await self._texts(record, 1)
            if not texts:
                raise PluginRefused(self.plugin_id, f"there is no record {record + 1}")
            self._last = (record, self._decoded(texts[0]))
        return self._last[1]
