"""What is common to files, exports and drawings of either host: records in, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thoth_plugin.datasets import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thoth_plugin.testing.tree import Tree

    Records = Iterable[Mapping[str, object]]
    """Rows by column name, values as JSON has them; columns are in the order in which they turn up."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that a loader has read to its end."""

    columns: list[str]
    """The headings of its table."""
    records: list[Any]
    """All of them, as JSON has them; of tables a dict by column."""
    drawn: list[Tree] = field(default_factory=list)
    """Each record as the plugin draws it; empty where it leaves that to the grid."""


@dataclass(frozen=True, slots=True)
class Given:
    """A table for an exporter or a renderer."""

    columns: list[dict[str, str]]
    """Name, and type as an exporter is told it."""
    rows: list[list[Any]]
    """None where a record has no such value."""

    @property
    def names(self) -> list[str]:
        """Of the columns."""
        return [column["name"] for column in self.columns]

    @property
    def texts(self) -> list[list[str]]:
        """Rows as a renderer is given them: every cell a text."""
        return texts_of(self.rows)

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Rows by name."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


def given(records: Records) -> Given:
    """The table that records are."""
    found = [dict(record) for record in records]
    names = [*dict.fromkeys(name for record in found for name in record)]
    rows = [[record.get(name) for name in names] for record in found]
    values = [[row[place] for row in rows if row[place] is not None] for place in range(len(names))]
    columns = [{"name": name, "type": _type(cells)} for name, cells in zip(names, values, strict=True)]
    return Given(columns, rows)


def _type(values: Sequence[object]) -> str:
    if values and all(isinstance(value, bool) for value in values):
        return "boolean"
    if values and all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return "integer"
    if values and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return "float"
    return "json" if values and all(isinstance(value, dict | list) for value in values) else "text"
