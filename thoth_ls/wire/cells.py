"""Cells of a page, once its rows have been decoded; see `Page.rows`."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict, get_args

Kind = Literal["object", "array", "string", "number", "boolean", "null", "invalid"]
KINDS: frozenset[str] = frozenset(get_args(Kind))


class MarkedCell(TypedDict):
    """A cell that is more than a short string."""

    text: str
    """What to show: all of it, or its beginning."""
    kind: NotRequired[Kind]
    """Not there for a string."""
    bytes: NotRequired[int]
    """Length of the whole text in UTF-8, where `text` is only the beginning."""
    count: NotRequired[int | None]
    """Children of an object or array."""


Cell = str | MarkedCell | None
"""A short string; anything else; or None where the record has no such cell."""


def text_of(cell: Cell) -> str | None:
    """The text of a cell as far as the page holds it, None where the record has no such cell."""
    return cell if cell is None or isinstance(cell, str) else cell["text"]


def is_cut(cell: Cell) -> bool:
    """Whether a page holds only the beginning of a cell."""
    return isinstance(cell, dict) and cell.get("bytes") is not None


def kind_of(cell: MarkedCell | str) -> Kind:
    """What kind of value a cell shows."""
    return "string" if isinstance(cell, str) else cell.get("kind", "string")
