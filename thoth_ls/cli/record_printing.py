"""Records that a command returned, as they are printed."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Sequence
from typing import Any

from thoth_ls.cli.formats import JsonArray, JsonLines
from thoth_ls.cli.table import MISSING, Layout, printable
from thoth_ls.lsp.client import RequestFailed
from thoth_ls.wire.documents import Column

WIDTHS_FROM = 1_000
"""The first rows decide how wide columns are."""


class _Number(str):
    """A number with the digits it came with."""

    __slots__ = ()


def print_records(lines: Sequence[str], form: str) -> None:
    """Prints records, each given as JSON text; raises RequestFailed where they are nested too deeply for cells."""
    try:
        _print(lines, form)
    except RecursionError:
        said = f"the records are nested too deeply for --format {form}; --format ndjson prints them as they are"
        raise RequestFailed(0, said, None) from None


def _print(lines: Sequence[str], form: str) -> None:
    match form:
        case "json":
            array = JsonArray()
            array.records(lines)
            array.end()
        case "ndjson":
            JsonLines().records(lines)
        case "csv":
            _print_csv([_decoded(line) for line in lines])
        case _:
            _print_table([_decoded(line) for line in lines])


def _print_table(records: Sequence[dict[str, Any]]) -> None:
    if not records:
        print("No results.")
        return
    names = _names(records)
    columns = [Column(name=name, type=_type(records, name), nulls=[]) for name in names]
    rows = [[_shown(record.get(name)) for name in names] for record in records]
    layout = Layout(columns, rows[:WIDTHS_FROM], len(rows), shutil.get_terminal_size((110, 24)).columns)
    lines = layout.head()
    for start in range(0, len(rows), WIDTHS_FROM):
        lines += layout.lines(rows[start : start + WIDTHS_FROM], start)
        print("\n".join(lines))
        lines = []
    for line in layout.foot():
        print(line)


def _print_csv(records: Sequence[dict[str, Any]]) -> None:
    names = _names(records)
    if names:
        rows = [[_text(record.get(name)) or "" for name in names] for record in records]
        csv.writer(sys.stdout, lineterminator="\r\n").writerows([names, *rows])


def _names(records: Sequence[dict[str, Any]]) -> list[str]:
    """The names of all members, in the order in which they turn up."""
    return list(dict.fromkeys(name for record in records for name in record))


def _type(records: Sequence[dict[str, Any]], name: str) -> Any:
    """Numbers stand at the right where all values are numbers."""
    values = [value for record in records[:WIDTHS_FROM] if (value := record.get(name)) is not None]
    return "float" if values and all(isinstance(value, _Number) for value in values) else "text"


def _shown(value: Any) -> str:
    text = _text(value)
    return MISSING if text is None else printable(text)


def _text(value: Any) -> str | None:
    """A value as a cell holds it; None for null and for what is not there."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a character, which JSON can hold, cannot be printed
    return _encoded(value)


def _encoded(value: Any) -> str:
    """Compact JSON text, its numbers as they came."""
    if isinstance(value, _Number):
        return value
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{_encoded(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_encoded, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _decoded(line: str) -> dict[str, Any]:
    """A record; of members of one name the first counts, as everywhere in Thoth."""
    record: dict[str, Any] = json.loads(
        line, parse_int=_Number, parse_float=_Number, object_pairs_hook=lambda pairs: dict(reversed(pairs))
    )
    return dict(reversed(record.items()))
