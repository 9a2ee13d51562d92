"""Pages of cells as exporters want them: rows of JSON values, objects of columns, or rows of texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Literal

from thoth_ls.documents import json_values
from thoth_ls.documents.cell_records import cell_json
from thoth_ls.errors import PluginInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.wire.cells import Cell, Kind, MarkedCell
    from thoth_ls.wire.documents import Column

Shape = Literal["cells", "objects", "texts"]
"""Arrays of cells as JSON values; records, of a table objects by column name; arrays of cells as strings."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_MARK = re.compile(r"[\[,]\s*\{")
"""What a cell that is more than a short string begins with; inside of strings it may stand as well."""


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
    names: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", [quoted(column.name) + ":" for column in self.columns])

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
        """The rows of a page; raises PluginInvalid where it is none. Takes a while: it belongs on a thread."""
        try:
            rows = json.loads(text, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise PluginInvalid(plugin_id, f"returned rows that are not JSON ({error})") from None
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise PluginInvalid(plugin_id, "returned rows that are not arrays in a JSON array")
        try:
            return [self._row(row) for row in rows]
        except (KeyError, TypeError, AttributeError):
            raise PluginInvalid(plugin_id, "returned cells that are not what the contract describes") from None

    def _row(self, cells: Sequence[Cell]) -> Row:
        row = Row([], cells=len(cells))
        unread: list[Unread] = []
        positions: Sequence[int] = range(len(cells)) if self.chosen is None else self.chosen
        for at in positions:
            cell = cells[at] if at < len(cells) else None
            before = ""
            if self.shape == "objects":
                if cell is None:
                    continue
                before = self.names[at] if at < len(self.names) else f'"{at + 1}":'
            if isinstance(cell, str):
                column = self.columns[at] if self.typed and at < len(self.columns) else None
                row.pieces.append(before + (quoted(cell) if column is None else cell_json(cell, column)))
            elif cell is None:
                row.pieces.append('""' if self.shape == "texts" else "null")
            else:
                value = self._marked(cell)
                if value is None:
                    path = self.columns[at].path if at < len(self.columns) else None
                    unread.append(Unread(at, len(row.pieces), before, cell.get("kind", "string"), path))
                    value = ""
                row.pieces.append(before + value)
        if self.shape == "texts":
            row.pieces += ['""'] * (len(self.wanted()) - len(row.pieces))
            row.lost = len(row.pieces) > len(self.wanted())
            del row.pieces[len(self.wanted()) :]
            unread = [item for item in unread if item.place < len(row.pieces)]
        row.unread = unread
        return row

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
            value = self.value(text, unread.kind)
            row.pieces[unread.place] = unread.before + (quoted(text) if value is None else value)
        row.unread = left

    def _marked(self, cell: MarkedCell) -> str | None:
        """A cell that is more than a short string, None where its text has to be asked for."""
        if cell.get("bytes") is not None:
            return None
        return self.value(cell["text"], cell.get("kind", "string"), whole=False)

    def value(self, text: str, kind: Kind, *, whole: bool = True) -> str | None:
        """A value of which the text is at hand; None where that is a summary only, unless it is known to be `whole`."""
        if kind in ("object", "array"):
            if is_json(text):
                return quoted(text) if self.shape == "texts" else json_values.portable(text)
            return quoted(text) if whole else None
        if self.shape == "texts":
            return quoted("" if kind == "null" else text)
        if kind == "null" or (kind == "boolean" and text in ("true", "false")):
            return "null" if kind == "null" else text
        return text if kind == "number" and _NUMBER.fullmatch(text) else quoted(text)


def quoted(text: str) -> str:
    """A string as JSON text."""
    return json_values.portable(encode_basestring(text))


def is_json(text: str) -> bool:
    """Whether a text is JSON; one that is nested deeper than can be found out is taken for it."""
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError:
        return False
    except RecursionError:
        return text[:1] + text[-1:] in ("{}", "[]")
    return True


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
