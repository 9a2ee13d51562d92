"""What the plugin should say, worked out by Python: the csv module, and a plain walk over the characters."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from thoth_ls.documents.folding import pattern
from thoth_ls.documents.source import Query

from .conftest import LONG

csv.field_size_limit(1 << 30)


def rows_of(text: str, delimiter: str, quote: str) -> list[list[str]]:
    """The records as the csv module reads them."""
    file = io.StringIO(text, newline="")
    if not quote:
        return list(csv.reader(file, delimiter=delimiter, quotechar=None, quoting=csv.QUOTE_NONE))
    return list(csv.reader(file, delimiter=delimiter, quotechar=quote))


def as_shown(row: list[str]) -> list[Any]:
    """The record as a page shows it: long cells cut at whole characters."""
    cells: list[Any] = []
    for cell in row:
        encoded = cell.encode()
        beginning = encoded[:LONG].decode(errors="ignore")
        cells.append(cell if len(encoded) <= LONG else (beginning, len(encoded)))
    return cells


@dataclass(frozen=True)
class Extent:
    """Where a record stands, in characters, and on which line it begins."""

    begin: int
    end: int
    line: int


@dataclass
class Walk:
    """What a walk over the characters finds."""

    records: list[Extent]
    open_quote: int | None
    """The quote that nothing closes."""


TOKEN = re.compile(r"\r\n|\r|\n|.", re.DOTALL)


def walk(text: str, delimiter: str, quote: str) -> Walk:
    """Finds the records of a text one character after the other."""
    place, begin, line, record_line, opened = "start", 0, 0, 0, 0
    records: list[Extent] = []
    for token in TOKEN.finditer(text):
        char = token.group()
        if char[0] in "\r\n":
            line += 1
            if place != "quoted":
                records.append(Extent(begin, token.start(), record_line))
                place, begin, record_line = "start", token.end(), line
        elif place == "quoted":
            place = "closed" if char == quote else "quoted"
        elif quote and char == quote and place in ("start", "closed"):
            opened = token.start() if place == "start" else opened
            place = "quoted"
        else:
            place = "start" if char == delimiter else "field"
    if begin < len(text):
        records.append(Extent(begin, len(text), record_line))
    return Walk(records, opened if place == "quoted" else None)


def matches(rows: list[list[str]], query: Query, start: int) -> list[tuple[int, int]]:
    """The cells a search should find."""
    expression = pattern(query)
    return [
        (record, column)
        for record, row in enumerate(rows)
        for column, cell in enumerate(row)
        if record >= start and expression.search(cell)
    ]
