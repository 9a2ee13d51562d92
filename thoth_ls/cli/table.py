"""Rows as a table of text for a terminal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

from thoth_ls.cli.printing import printable
from thoth_ls.wire.cells import is_cut, text_of
from thoth_ls.wire.documents import Column

__all__ = ["Layout", "cells", "counted", "printable"]

NUMBERS = ("integer", "float")
MISSING = "—"
WIDEST = 40


class Layout:
    """How wide the columns of a table are: as the first rows want them, in at most `width` characters.

    What does not fit is counted at the end. `last` is the largest number a row will have, counted from 1.
    """

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], last: int, width: int) -> None:
        self._names = [printable(column.name) for column in columns]
        self._gutter = len(f"{last:,}") if rows else 1
        self._width = width
        self._widths, self._shown = _widths(self._names, self._filled(rows), width - self._gutter - 2)
        self._right = [column.type in NUMBERS for column in columns]

    def head(self) -> list[str]:
        """The names of the columns, and a rule."""
        line = " " * self._gutter + "  " + _line(self._names[: self._shown], self._widths, self._right)
        rule = "─" * min(self._width, self._gutter + 2 + sum(self._widths) + 2 * len(self._widths))
        return [line.rstrip(), rule]

    def lines(self, rows: Sequence[Sequence[str]], first_row: int) -> list[str]:
        """Rows with their numbers, which are counted from 1; columns grow where rows want it and there is room."""
        filled = self._filled(rows)
        for column in range(self._shown):
            spare = self._width - self._gutter - sum(self._widths) - 2 * self._shown
            wanted = min(WIDEST, max((_width(row[column]) for row in filled), default=0))
            self._widths[column] += max(0, min(wanted - self._widths[column], spare))
        return [
            f"{f'{number:,}':>{self._gutter}}  {_line(row[: self._shown], self._widths, self._right)}".rstrip()
            for number, row in enumerate(filled, first_row + 1)
        ]

    def foot(self) -> list[str]:
        """What did not fit."""
        rest = self._names[self._shown :]
        return [f"… and {len(rest)} more columns: {', '.join(rest)}"[: self._width]] if rest else []

    def _filled(self, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        return [[*row, *[MISSING] * (len(self._names) - len(row))] for row in rows]


def cells(rows_json: str) -> list[list[str]]:
    """Rows as what their cells show."""
    return [[_cell(cell) for cell in row] for row in json.loads(rows_json)]


def counted(count: int, what: str) -> str:
    """How many of something there are."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _cell(cell: Any) -> str:
    text = text_of(cell)
    return MISSING if text is None else printable(f"{text}…" if is_cut(cell) else text)


def _widths(names: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> tuple[list[int], int]:
    """The width of each column that fits into `room`, and how many those are (one at least)."""
    widths: list[int] = []
    for index, name in enumerate(names):
        natural = max([_width(name), *(_width(row[index]) for row in rows)])
        wanted = min(natural, WIDEST)
        if widths and sum(widths) + 2 * len(widths) + wanted > room:
            break
        widths.append(max(1, wanted))
    return widths, len(widths)


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes: two for wide characters, none for combining ones."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = []
    for cell, width, to_right in zip(cells, widths, right, strict=False):
        text = _cut(cell, width)
        space = " " * (width - _width(text))
        parts.append(space + text if to_right else text + space)
    return "  ".join(parts)


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) > width - 1:
        text = text[:-1]
    return text + "…"
