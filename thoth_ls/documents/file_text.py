"""A part of a file as text, in lines. Everything here blocks and belongs on a thread.

Lines longer than `PIECE_BYTES` come in pieces, cut at the same places wherever the reading begins: at multiples of
`GRID_BYTES`, moved back to where a character begins. So a client can go on from the end of any piece, and come back.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from thoth_ls.documents.identity import open_regular
from thoth_ls.wire.views import FileLine, FileText

PIECE_BYTES = 16 << 10
GRID_BYTES = 16_000
"""A little less than a piece, so that one fits whose end was moved by a character."""
BACK_BYTES = 64 << 10
"""How far in front of a place the beginning of its line is looked for."""
LONGEST_CHARACTER = 4

_BY_MARK = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be"), "utf-8-sig": ("utf-8", "utf-8")}
"""Codecs that begin with a mark, and what they are then, little and big endian."""


def read_lines(path: Path, codec: str, offset: int, before: int, after: int) -> FileText:
    """The lines around `offset`; raises FileUnreadable."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        lines = TextFile(file, size, codec).lines(offset, before, after)
        return FileText(lines=list(lines), size=size)


class TextFile:
    """An open file, in a codec of Python's."""

    def __init__(self, file: BinaryIO, size: int, codec: str) -> None:
        self._file = file
        self._size = size
        self._codec = self._resolved(codecs.lookup(codec).name)
        new_line, carriage_return = "\n".encode(self._codec), "\r".encode(self._codec)
        self._unit = len(new_line)
        self._carriage_return = carriage_return
        breaks = (carriage_return + new_line, new_line, carriage_return)
        self._break = re.compile(b"|".join(map(re.escape, breaks)))

    def lines(self, offset: int, before: int, after: int) -> Iterator[FileLine]:
        """Lines and pieces of lines from about `before` bytes in front of `offset` to about `after` behind it."""
        offset = min(offset, self._size)
        begin = self._aligned(max(0, min(offset - before, self._size - 1)))
        end = min(self._size, offset + after)
        at, whole = self._start(begin)
        data = self._read(at, end - at + PIECE_BYTES + 2 * LONGEST_CHARACTER)
        base = at
        while at < max(end, begin + 1) and at < self._size:
            found = self._next_break(data, at - base)
            rest = self._size if found is None else base + found[1]
            if rest - at <= PIECE_BYTES if whole else rest <= self._cut_behind(at):
                stop = rest if found is None else base + found[0]
                yield self._line(at, rest, data[at - base : stop - base], continued=False)
                at, whole = rest, True
            else:
                cut = self._cut_behind(at)
                yield self._line(at, cut, data[at - base : cut - base], continued=True)
                at, whole = cut, False

    def _line(self, at: int, end: int, content: bytes, *, continued: bool) -> FileLine:
        text = content.decode(self._codec, "replace")
        if at == 0:
            text = text.removeprefix("\ufeff")
        return FileLine(at=at, bytes=end - at, text=text, continued=continued)

    def _start(self, begin: int) -> tuple[int, bool]:
        """Where to begin reading, and whether a line begins there rather than a piece of one."""
        line = self._line_start(begin)
        if line is not None:
            found = self._next_break(self._read(line, PIECE_BYTES + 2 * LONGEST_CHARACTER), 0)
            end = found[1] if found is not None else self._size - line
            if end <= PIECE_BYTES:
                return line, True
        cut = self._cut_before(begin)
        if line is None or line < cut:
            return cut, False
        return line, True

    def _line_start(self, begin: int) -> int | None:
        """The beginning of the line that `begin` is in, None where it is too far away."""
        first = self._aligned(max(0, begin - BACK_BYTES))
        data = self._read(first, begin - first + self._unit)
        last = None
        at = 0
        while (found := self._next_break(data, at)) is not None and first + found[1] <= begin:
            last = at = found[1]
        if last is not None:
            return first + last
        return 0 if first == 0 else None

    def _next_break(self, data: bytes, at: int) -> tuple[int, int] | None:
        """Where the next line break begins and ends; `data` begins with a whole character."""
        while (found := self._break.search(data, at)) is not None:
            if found.start() % self._unit == 0:
                return found.span()
            at = found.start() + 1
        return None

    def _cut_before(self, at: int) -> int:
        """Where the piece of a long line begins that `at` is in."""
        cut = self._boundary((at + LONGEST_CHARACTER) // GRID_BYTES * GRID_BYTES)
        return cut if cut <= at else self._boundary(at // GRID_BYTES * GRID_BYTES)

    def _cut_behind(self, at: int) -> int:
        """Where a piece that begins at `at` ends, if its line is long."""
        grid = (at // GRID_BYTES + 1) * GRID_BYTES
        cut = self._boundary(grid)
        return cut if cut > at else self._boundary(grid + GRID_BYTES)

    def _boundary(self, at: int) -> int:
        """The place where a character begins at or just before `at`; between the two of a line break is none."""
        if at <= 0 or at >= self._size:
            return min(max(at, 0), self._size)
        first = at - LONGEST_CHARACTER
        around = self._read(first, 2 * LONGEST_CHARACTER)
        split = LONGEST_CHARACTER
        if self._codec == "utf-8":
            while split > 1 and split < len(around) and 0x80 <= around[split] < 0xC0:
                split -= 1
        elif self._codec in ("utf-16-le", "utf-16-be") and self._is_low_surrogate(around[split : split + 2]):
            split -= 2
        if around[:split].endswith(self._carriage_return) and self._break.match(around, split):
            split -= self._unit
        return first + split

    def _is_low_surrogate(self, unit: bytes) -> bool:
        high_byte = unit[-1:] if self._codec == "utf-16-le" else unit[:1]
        return b"\xdc" <= high_byte <= b"\xdf"

    def _aligned(self, at: int) -> int:
        return at // self._unit * self._unit

    def _read(self, at: int, count: int) -> bytes:
        self._file.seek(at)
        parts = []
        while count > 0 and (piece := self._file.read(count)):
            parts.append(piece)
            count -= len(piece)
        return b"".join(parts)

    def _resolved(self, codec: str) -> str:
        """The codec without a mark, by the mark at the beginning of the file."""
        if codec not in _BY_MARK:
            return codec
        little, big = _BY_MARK[codec]
        return big if self._read(0, 4).startswith((b"\xfe\xff", b"\x00\x00\xfe\xff")) else little
