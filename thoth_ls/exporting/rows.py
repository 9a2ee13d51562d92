"""Pages of cells as exporters want them: rows of JSON values, objects of columns, or rows of texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import chain
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Literal

from thoth_ls.documents import json_values
from thoth_ls.documents.cell_records import cell_json
from thoth_ls.errors import PluginInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.wire.cells import Cell, Kind, MarkedCell
    from thoth_ls.wire.documents import Column

Shape = Literal["cells", "objects", "texts"]
"""Arrays of cells as JSON values; records, of a table objects by column name; arrays of cells as strings."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_NUMBERS = re.compile(rf"{_NUMBER.pattern}(?:\n{_NUMBER.pattern})*+", re.ASCII)
_STRING = frozenset({str})
_TEXTS = frozenset({"text", "date", "time", "timestamp", "uuid"})
_MARK = re.compile(r"[\[,]\s*\{")
"""What a cell that is more than a short string begins with; inside of strings it may stand as well."""


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell of which a page holds only the beginning, or none that counts."""

    column: int
    """Of the document."""
    place: int
    """Among the pieces of its row."""
    before: str
    """What stands before the value."""
    kind: Kind
    path: Sequence[str | int] | None
    """From the record to the value, where that is known."""


@dataclass(slots=True)
class Row:
    """One row as text, in pieces."""

    pieces: list[str]
    unread: Sequence[Unread] = ()
    cells: int = 0
    """How many it had, wanted or not."""
    lost: bool = False
    """Whether it had cells without a column, for which there is no place."""

    def text(self, shape: Shape) -> str:
        """All of it."""
        inner = ",".join(self.pieces)
        return f"{{{inner}}}" if shape == "objects" else f"[{inner}]"


@dataclass(frozen=True, slots=True)
class Layout:
    """Which cells are wanted, and how."""

    shape: Shape
    columns: Sequence[Column]
    """All columns of the document."""
    chosen: Sequence[int] | None
    """Positions of those that are wanted, None for all."""
    typed: bool
    """Whether a short string may stand for a number or the like, by the type of its column."""
    _names: Sequence[str] = field(init=False)
    _makers: Sequence[Callable[[str], str]] = field(init=False)
    _column_makers: Sequence[Callable[[Sequence[str]], Sequence[str]]] = field(init=False)

    def __post_init__(self) -> None:
        wanted = self.wanted()
        names = [encode_basestring(column.name) + ":" for column in wanted]
        makers = [
            _maker(self.shape, name, column, typed=self.typed) for name, column in zip(names, wanted, strict=True)
        ]
        by_column = [_column_maker(self.shape, column, typed=self.typed) for column in wanted]
        object.__setattr__(self, "_column_makers", by_column)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_makers", makers)

    def wanted(self) -> Sequence[Column]:
        """The columns of the export."""
        return self.columns if self.chosen is None else [self.columns[at] for at in self.chosen]

    def plain(self, text: str, count: int) -> bool:
        """Whether a page of `count` rows can be passed on as it stands: nothing in it but short strings and nulls.

        False is no promise. Rows are counted by what stands between them, which cannot stand in a string: there the
        quotes would be escaped. A string that ends in a backslash might be mistaken for that, so there must be none.
        """
        if self.shape != "cells" or self.chosen is not None or count < 1:
            return False
        if not (text.startswith('[["') and text.endswith('"]]')) or '\\"],["' in text:
            return False
        return text.count('"],["') + 1 == count and not ("{" in text and _MARK.search(text))

    def convert(self, text: str, plugin_id: str) -> list[Row]:
        """The rows of a page; raises PluginInvalid where it is none. Takes a while: it belongs on a thread.

        In their texts there may be halves of surrogate pairs, which no encoding has.
        """
        try:
            rows = _DECODER.decode(text)
        except (ValueError, RecursionError) as error:
            raise PluginInvalid(plugin_id, f"returned rows that are not JSON ({error})") from None
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise PluginInvalid(plugin_id, "returned rows that are not arrays in a JSON array")
        try:
            return self._even(rows) or [self._row(row) for row in rows]
        except (KeyError, TypeError, AttributeError):
            raise PluginInvalid(plugin_id, "returned cells that are not what the contract describes") from None

    def _even(self, rows: Sequence[Sequence[Any]]) -> list[Row]:
        """Rows with one short string for each column, made column by column, which is several times faster.

        None at all where there are others among them.
        """
        width = len(self.columns)
        if {*map(len, rows)} != {width} or {*map(type, chain.from_iterable(rows))} != _STRING:
            return []
        columns = list(zip(*rows, strict=True))
        if self.chosen is not None:
            columns = [columns[at] for at in self.chosen]
        made = [make(column) for make, column in zip(self._column_makers, columns, strict=True)]
        template = ",".join(name.replace("%", "%%") + "%s" for name in self._names)
        if self.shape != "objects":
            template = ",".join(["%s"] * len(made))
        return [Row([template % values], cells=width) for values in zip(*made, strict=True)]

    def _row(self, cells: Sequence[Cell]) -> Row:
        row = Row([], cells=len(cells))
        if self.chosen is not None:
            cells = [cells[at] if at < len(cells) else None for at in self.chosen]
        makers = self._makers
        if len(cells) <= len(makers) and {*map(type, cells)} <= _STRING:
            texts: Sequence[Any] = cells
            row.pieces = [make(cell) for make, cell in zip(makers, texts, strict=False)]
        else:
            self._mixed(row, cells)
        if self.shape == "texts":
            self._level(row)
        return row

    def _mixed(self, row: Row, cells: Sequence[Cell]) -> None:
        """Fills a row in which not every cell is a short string of a known column."""
        unread: list[Unread] = []
        for at, cell in enumerate(cells):
            if isinstance(cell, str):
                make = self._makers[at] if at < len(self._makers) else None
                row.pieces.append(make(cell) if make else self._before(at) + encode_basestring(cell))
            elif cell is not None:
                value = None if cell.get("bytes") is not None else self.value(cell["text"], cell.get("kind", "string"))
                if value is None:
                    unread.append(self._unread(at, len(row.pieces), cell))
                row.pieces.append(self._before(at) + (value or ""))
            elif self.shape != "objects":
                row.pieces.append('""' if self.shape == "texts" else "null")
        row.unread = unread

    def _unread(self, at: int, place: int, cell: MarkedCell) -> Unread:
        column = at if self.chosen is None else self.chosen[at]
        path = self.columns[column].path if column < len(self.columns) else None
        return Unread(column, place, self._before(at), cell.get("kind", "string"), path)

    def _level(self, row: Row) -> None:
        """Makes a row of texts as long as the columns."""
        wanted = len(self._makers)
        row.lost = len(row.pieces) > wanted
        row.pieces += ['""'] * (wanted - len(row.pieces))
        del row.pieces[wanted:]
        row.unread = [item for item in row.unread if item.place < wanted]

    def _before(self, at: int) -> str:
        """What stands before the value of a cell, the one at a position among those that are wanted."""
        if self.shape != "objects":
            return ""
        return self._names[at] if at < len(self._names) else f'"{at + 1}":'

    def fill_all(self, rows: Sequence[Row], records: Sequence[str]) -> None:
        """Completes rows out of the JSON texts of their records, as far as these tell. Takes a while, too."""
        for row, record in zip(rows, records, strict=False):
            self._fill(row, record)

    def _fill(self, row: Row, record: str) -> None:
        left = []
        try:
            decoded = json_values.decode(record) if row.unread else None
        except (ValueError, RecursionError):
            return
        for unread in row.unread:
            try:
                found = json_values.place(decoded, unread.path or ()).value if unread.path is not None else None
            except LookupError:
                found = None
            if json_values.kind_of(found) != unread.kind:
                left.append(unread)
                continue
            text = str(found) if isinstance(found, str) else json_values.encode(found)
            row.pieces[unread.place] = unread.before + (self.value(text, unread.kind, whole=True) or "")
        row.unread = left

    def value(self, text: str, kind: Kind, *, whole: bool = False) -> str | None:
        """A value of which the text is at hand; None where that is a summary only, unless it is known to be `whole`."""
        if kind in ("object", "array"):
            if is_json(text):
                return encode_basestring(text) if self.shape == "texts" else text
            return encode_basestring(text) if whole else None
        if self.shape == "texts":
            return encode_basestring("" if kind == "null" else text)
        if kind == "number" and _NUMBER.fullmatch(text):
            return text
        if kind == "null":
            return "null"
        return text if kind == "boolean" and text in ("true", "false") else encode_basestring(text)


def _column_maker(shape: Shape, column: Column, *, typed: bool) -> Callable[[Sequence[str]], Sequence[str]]:
    """What makes values of the short strings of a column."""
    make = _maker(shape, "", column, typed=typed)
    if make is encode_basestring or (column.type in _TEXTS and not column.nulls):
        return lambda cells: list(map(encode_basestring, cells))
    if column.type in ("integer", "float") and not column.nulls:
        return lambda cells: cells if _NUMBERS.fullmatch("\n".join(cells)) else list(map(make, cells))
    return lambda cells: list(map(make, cells))


def _maker(shape: Shape, name: str, column: Column, *, typed: bool) -> Callable[[str], str]:
    """What makes a value of a short string in a column."""
    if shape != "objects":
        return encode_basestring
    if not typed:
        return lambda cell: name + encode_basestring(cell)
    if column.type in _TEXTS and not column.nulls:
        return lambda cell: name + encode_basestring(cell)
    if column.type in ("integer", "float") and not column.nulls:
        return lambda cell: name + (cell if _NUMBER.fullmatch(cell) else encode_basestring(cell))
    return lambda cell: name + cell_json(cell, column)


def is_json(text: str) -> bool:
    """Whether a text is JSON; one that is nested deeper than can be found out is taken for it."""
    try:
        _DECODER.decode(text)
    except ValueError:
        return False
    except RecursionError:
        return text[:1] + text[-1:] in ("{}", "[]")
    return True
