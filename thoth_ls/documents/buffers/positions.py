"""From bytes of a text's UTF-8 form to lines and columns, and back."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from thoth_ls.documents.buffers.lines import index_of
from thoth_ls.wire.texts import Area, Position, PositionUnit

CHUNK_CHARACTERS = 4_096
"""Of a line with other characters than ASCII: a place in it is looked for in one such part."""

_WORD = re.compile(r"[\w.+-]{1,100}|.", re.DOTALL)


class Positions:
    """Where the lines of a text begin. Making it reads the whole text: for a thread."""

    def __init__(self, lines: Sequence[str], unit: PositionUnit) -> None:
        self._lines = lines
        self._unit: PositionUnit = unit
        self._starts = array("Q", accumulate(map(_size, lines), initial=0))
        self._chunks: dict[int, _Line] = {}

    @property
    def size(self) -> int:
        """Length of the text in bytes of UTF-8."""
        return self._starts[-1]

    def line_of(self, offset: int) -> int:
        """The line a byte is in; the end of the text is in the last one."""
        return max(0, min(bisect_right(self._starts, offset) - 1, len(self._lines) - 1))

    def position(self, offset: int) -> Position:
        """The line and column of a byte; one inside a character is the character."""
        line = self.line_of(offset)
        inside = max(0, min(offset, self.size) - self._starts[line])
        text = self._lines[line]
        if text.isascii():
            return line, min(inside, len(text.rstrip("\r\n")))
        return line, self._line(line).column(inside)

    def offset(self, position: Position) -> int:
        """The byte of a line and column; what is behind the end of a line or of the text means that end."""
        line, column = position
        if line >= len(self._lines):
            return self.size
        text = self._lines[line]
        inside = min(column, len(text.rstrip("\r\n"))) if text.isascii() else self._line(line).offset(column)
        return self._starts[line] + inside

    def area(self, begin: int, end: int) -> Area:
        """The part of the text between two bytes."""
        return Area(self.position(begin), self.position(end))

    def mark(self, offset: int) -> Area:
        """Something to underline at a byte: the word that begins there, or what stands before the end of its line."""
        line, column = start = self.position(offset)
        content = self._lines[line].rstrip("\r\n")
        index = index_of(content, column, self._unit)
        word = _WORD.match(content, index)
        if word is not None:
            return Area(start, (line, column + units(word[0], self._unit)))
        before = content[:index][-1:]
        return Area((line, column - units(before, self._unit)), start)

    def _line(self, line: int) -> _Line:
        found = self._chunks.get(line)
        if found is None:
            found = self._chunks[line] = _Line(self._lines[line].rstrip("\r\n"), self._unit)
        return found


class _Line:
    """A line with other characters than ASCII, in parts of which the lengths are known."""

    def __init__(self, text: str, unit: PositionUnit) -> None:
        self._unit: PositionUnit = unit
        self._parts = [text[at : at + CHUNK_CHARACTERS] for at in range(0, len(text), CHUNK_CHARACTERS)] or [""]
        self._bytes = array("Q", accumulate(map(_size, self._parts), initial=0))
        self._columns = array("Q", accumulate((units(part, unit) for part in self._parts), initial=0))

    def column(self, inside: int) -> int:
        part = max(0, min(bisect_right(self._bytes, inside) - 1, len(self._parts) - 1))
        encoded = self._parts[part].encode()[: inside - self._bytes[part]]
        return self._columns[part] + units(encoded.decode("utf-8", "ignore"), self._unit)

    def offset(self, column: int) -> int:
        part = max(0, min(bisect_right(self._columns, column) - 1, len(self._parts) - 1))
        text = self._parts[part]
        return self._bytes[part] + _size(text[: index_of(text, column - self._columns[part], self._unit)])


def units(text: str, unit: PositionUnit) -> int:
    """The length of a text in units of a position encoding."""
    match unit:
        case "utf-8":
            return _size(text)
        case "utf-16":
            return len(text.encode("utf-16-le")) // 2
        case "utf-32":
            return len(text)


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
