"""Tables the host keeps: `ui.data_view` shows one, and a person can export it or open it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thoth_plugin import current
from thoth_plugin.errors import HostError
from thoth_plugin.json_text import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Column = str | tuple[str, str]
    """A name, or a name and the kind of its values: `text`, `integer`, `float`, `timestamp` …"""
    Cell = object
    """None is the empty text, a list or dict its JSON, anything else what `str` makes of it."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table that was published."""

    handle: str

    def update(self, columns: Iterable[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """Replaces columns and rows."""
        update(self.handle, columns, rows)

    def append(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Adds rows at the end."""
        append(self.handle, rows)

    def release(self) -> None:
        """Lets go of it."""
        release(self.handle)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is handed over once: what `Panel.provide_dataset` returns, and what exporters and renderers get."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    name: str = ""
    kind: str = field(default="table")
    """Where it is from, in a word of your own."""

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [name for name, _ in map(column_of, self.columns)]


def publish(name: str, columns: Iterable[Column], rows: Iterable[Sequence[Cell]]) -> Dataset:
    """Hands a table over, in place of the one this panel published before. Raises HostError where it is refused."""
    given = [_column(each) for each in columns]
    handle = current.host_call("dataset-bus", "publish", name, given, texts_of(rows))
    if not handle:
        raise HostError(f"the table {name!r} was not taken: it is too large, or there are too many", 429)
    return Dataset(handle)


def update(handle: str, columns: Iterable[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Replaces columns and rows."""
    current.host_call("dataset-bus", "update", handle, [_column(each) for each in columns], texts_of(rows))


def append(handle: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Adds rows at the end; the newest 50,000 are kept."""
    current.host_call("dataset-bus", "append", handle, texts_of(rows))


def release(handle: str) -> None:
    """Lets go of a table."""
    current.host_call("dataset-bus", "release", handle)


def texts_of(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """Rows as the host takes them: every cell a text."""
    return [[cell if type(cell) is str else _text(cell) for cell in row] for row in rows]


def column_of(column: Column) -> tuple[str, str]:
    """Name and kind of values."""
    return (column, "text") if isinstance(column, str) else (column[0], column[1])


def _column(column: Column) -> dict[str, str]:
    name, kind = column_of(column)
    return {"name": name, "type-hint": kind}


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if cell is True or cell is False:
        return "true" if cell else "false"
    if isinstance(cell, list | dict | tuple):
        return dumps(cell)
    return str(cell)
