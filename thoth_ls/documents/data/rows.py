"""Rows of texts kept as pages hand them out: as JSON text, one row after another, with the ends of the rows."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from json.encoder import encode_basestring

CELL_BYTES = 1_024
"""A page holds at most so much of a cell."""
CHUNK_ROWS = 1_000
CHUNK_BYTES = 1 << 20
"""A chunk with as much takes no more."""
ROW_BYTES = 8
"""What it takes to know where a row ends."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Chunk:
    """Some rows. Rows may be added; those that are there stay as they are, so that any thread may read them."""

    __slots__ = ("_data", "_ends", "_long_bytes", "begin", "long", "ragged")

    def __init__(self, begin: int) -> None:
        self.begin = begin
        """Number of its first row, of all there have ever been in the table."""
        self._data = bytearray()
        self._ends = array("Q")
        self._long_bytes = 0
        self.long: dict[tuple[int, int], bytes] = {}
        """Whole texts that pages hold the beginning of, by row (counted from `begin`) and column."""
        self.ragged = array("Q")
        """Rows (counted from `begin`) that have not as many cells as there are columns."""

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def end(self) -> int:
        """Number of the row behind its last one."""
        return self.begin + len(self._ends)

    @property
    def size(self) -> int:
        """Bytes it takes, about."""
        return len(self._data) + ROW_BYTES * len(self._ends) + self._long_bytes

    @property
    def full(self) -> bool:
        """Whether further rows belong into another one."""
        return len(self._ends) >= CHUNK_ROWS or len(self._data) + self._long_bytes >= CHUNK_BYTES

    def add(self, row: Sequence[str], width: int) -> None:
        """Adds a row of a table with `width` columns."""
        encoded = f"[{','.join(map(encode_basestring, row))}]".encode()
        if len(encoded) > CELL_BYTES:
            encoded = self._shortened(row, encoded)
        if len(row) != width:
            self.ragged.append(len(self._ends))
        self._data += encoded
        self._data += b","
        self._ends.append(len(self._data))

    def text(self, start: int, end: int) -> str:
        """Rows from `start` to `end` (counted from `begin`), JSON texts with commas between them."""
        return self._data[self._end(start) : self._end(end) - 1].decode() if start < end else ""

    def fitting(self, start: int, end: int, most_bytes: int) -> int:
        """Where to stop, so that rows from `start` on have about `most_bytes`: not behind `end`, one row at least."""
        if start >= end:
            return start
        return min(end, max(start + 1, bisect_right(self._ends, self._end(start) + most_bytes, start, end)))

    def bytes_of(self, start: int, end: int) -> int:
        """Length of the text of these rows."""
        return self._end(end) - self._end(start)

    def _end(self, row: int) -> int:
        return self._ends[row - 1] if row else 0

    def _shortened(self, row: Sequence[str], encoded: bytes) -> bytes:
        cells: list[object] = []
        cut = False
        for column, cell in enumerate(row):
            whole = cell.encode() if 4 * len(cell) > CELL_BYTES else b""
            if len(whole) > CELL_BYTES:
                cut = True
                self.long[len(self._ends), column] = whole
                self._long_bytes += len(whole)
                cells.append({"text": whole[:CELL_BYTES].decode("utf-8", "ignore"), "bytes": len(whole)})
            else:
                cells.append(cell)
        return _encode(cells).encode() if cut else encoded


def pack(rows: Sequence[Sequence[str]], width: int, begin: int = 0) -> list[Chunk]:
    """The rows of a table with `width` columns in chunks; takes microseconds a row, for any thread."""
    chunks: list[Chunk] = []
    for row in rows:
        if not chunks or chunks[-1].full:
            chunks.append(Chunk(chunks[-1].end if chunks else begin))
        chunks[-1].add(row, width)
    return chunks
