"""Tables of names and values: from the model to the node and back, without losing what the node does not show."""

import json
from collections.abc import Sequence
from typing import TypeVar

import thoth_plugin as thoth
from rest.model import Param, Row
from thoth_plugin import ui

R = TypeVar("R", bound=Row)
T = TypeVar("T")


def entries_of(rows: Sequence[Row]) -> list[ui.Part]:
    """Rows as a `key-value-list` shows them."""
    return [ui.entry(key=row.name, value=row.value, enabled=row.enabled) for row in rows]


def rows_of(entries: str, before: Sequence[R], kind: type[R]) -> list[R]:
    """The rows a list tells of; a row whose name and value stay keeps its note and its spelling. Raises ValueError."""
    rows: list[R] = []
    left = list(before)
    for at, entry in enumerate(json.loads(entries)):
        name, value, enabled = str(entry["key"]), str(entry["value"]), bool(entry["enabled"])
        same = next((row for row in left if (row.name, row.value) == (name, value)), None)
        row = kind(name, value, enabled)
        if same is not None:
            left.remove(same)
            row.note = same.note
            if isinstance(row, Param) and isinstance(same, Param):
                row.raw = same.raw
        elif at < len(before):
            row.note = before[at].note
        rows.append(row)
    return rows


def touched(event: thoth.Event, lines: Sequence[T]) -> tuple[int, T, str] | None:
    """Which line an event of `…-NUMBER-FIELD` is of: place, line and field; None where there is no such line."""
    number, _, field = event.part.partition("-")
    if not number.isdecimal() or int(number) >= len(lines):
        return None
    return int(number), lines[int(number)], field


def shown(rows: Sequence[Row]) -> int:
    """How many are switched on and not empty."""
    return sum(1 for row in rows if row.enabled and (row.name or row.value))
