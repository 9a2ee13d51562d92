"""Records as they are printed: JSON, JSON line by line, and CSV."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any, Protocol

from thoth_ls.cli.session import Session
from thoth_ls.wire.cells import is_cut, text_of
from thoth_ls.wire.documents import Column

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]+', re.DOTALL)
_OUTSIDE = re.compile(r'[^\s"]+|"')
_INSIDE = re.compile(r'[^"\\]+|\\.?|"', re.DOTALL)


class Writer(Protocol):
    """Prints what it is given, in the order it is given."""

    def records(self, texts: Sequence[str]) -> None:
        """Prints records, or other values, of which the JSON text is at hand."""

    async def parts(self, parts: AsyncIterator[str]) -> None:
        """Prints a value whose JSON text comes part by part."""

    def end(self) -> None:
        """Prints what belongs behind everything."""


class JsonArray:
    """An array of values as they stand in the file."""

    def __init__(self) -> None:
        self._separator = "[\n"

    def records(self, texts: Sequence[str]) -> None:
        for text in texts:
            sys.stdout.write(self._separator + text)
            self._separator = ",\n"

    async def parts(self, parts: AsyncIterator[str]) -> None:
        sys.stdout.write(self._separator)
        self._separator = ",\n"
        async for part in parts:
            sys.stdout.write(part)

    def end(self) -> None:
        sys.stdout.write("[]\n" if self._separator == "[\n" else "\n]\n")


class JsonLines:
    """A value a line, without blanks between its parts."""

    def records(self, texts: Sequence[str]) -> None:
        sys.stdout.writelines(compact(text) + "\n" for text in texts)

    async def parts(self, parts: AsyncIterator[str]) -> None:
        compacting = Compacting()
        async for part in parts:
            sys.stdout.write(compacting.feed(part))
        sys.stdout.write("\n")

    def end(self) -> None:
        """Every line has ended."""


class Compacting:
    """Takes the blanks between values out of JSON text that comes part by part; nothing else changes."""

    def __init__(self) -> None:
        self._inside = False
        self._escaped = False

    def feed(self, text: str) -> str:
        """The same text without blanks outside of strings."""
        pieces: list[str] = []
        at = 0
        if self._escaped and text:
            pieces.append(text[0])
            at, self._escaped = 1, False
        while at < len(text):
            found = (_INSIDE if self._inside else _OUTSIDE).search(text, at)
            if found is None:
                break
            piece, at = found[0], found.end()
            pieces.append(piece)
            if piece == '"':
                self._inside = not self._inside
            self._escaped = self._inside and piece == "\\"
        return "".join(pieces)


def compact(text: str) -> str:
    """JSON text without blanks between its parts."""
    return "".join(_TOKENS.findall(text))


class CsvTable:
    """RFC 4180: a header, cells quoted where they must be, lines that end in CR and LF."""

    def __init__(self, session: Session, columns: Sequence[Column]) -> None:
        self._session = session
        self._columns = columns
        self._writer = csv.writer(sys.stdout, lineterminator="\r\n")
        self._writer.writerow([column.name for column in columns])

    async def rows(self, rows_json: str, records: Sequence[int]) -> None:
        """Prints rows; `records` says which each is, where a long cell has to be asked for."""
        for record, row in zip(records, json.loads(rows_json), strict=True):
            cells = [await self._text(cell, record, column) for column, cell in enumerate(row)]
            self._writer.writerow(cells + [""] * (len(self._columns) - len(cells)))

    async def _text(self, cell: Any, record: int, column: int) -> str:
        return await self._session.cell(record, column) if is_cut(cell) else text_of(cell) or ""
