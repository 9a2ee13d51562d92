"""Rows as a table of text for a terminal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from thoth_ls.wire.cells import Cell, is_cut, text_of
from thoth_ls.wire.documents import Column

NUMBERS = ("integer", "float")
MISSING = "—"
WIDEST = 40


def render(columns: Sequence[Column], rows_json: str, first_row: int, width: int) -> list[str]:
    """Lines of a table at most `width` characters wide; what does not fit is counted in the last line."""
    rows = [[_cell(cell) for cell in row] for row in json.loads(rows_json)]
    names = [column.name for column in columns]
    cells = [row + [MISSING] * (len(names) - len(row)) for row in rows]
    numbers = [f"{first_row + index + 1:,}" for index in range(len(rows))]
    gutter = max([len(number) for number in numbers], default=1)
    widths, shown = _widths(names, cells, width - gutter - 2)
    right = [column.type in NUMBERS for column in columns]
    lines = [" " * gutter + "  " + _line(names[:shown], widths, right)]
    lines.append("─" * min(width, gutter + 2 + sum(widths) + 2 * len(widths)))
    lines += [
        f"{number:>{gutter}}  {_line(row[:shown], widths, right)}" for number, row in zip(numbers, cells, strict=True)
    ]
    if shown < len(names):
        lines.append(f"… and {len(names) - shown} more columns: {', '.join(names[shown:])}"[:width])
    return [line.rstrip() for line in lines]


def _cell(cell: Cell) -> str:
    text = text_of(cell)
    if text is None:
        return MISSING
    text += "…" if is_cut(cell) else ""
    return "".join("↵" if char == "\n" else "�" if unicodedata.category(char)[0] == "C" else char for char in text)


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
