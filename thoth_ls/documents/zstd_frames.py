"""Zstandard files, a few blocks at a time.

The library returns all that its input holds, and an archive of some kilobytes can hold gigabytes. So the frames are
walked here (RFC 8878: a header, then blocks that say how long they are and hold at most 128 KiB each), and the library
gets a few blocks at a time. That also tells a file that is cut off from one that is complete, which the library's own
streaming reader does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
_READ_BYTES = 256 << 10
_BLOCKS = 8
"""Given to the library at a time: at most 1 MiB of content."""

_DICTIONARY_ID_BYTES = (0, 1, 2, 4)
_CONTENT_SIZE_BYTES = (0, 2, 4, 8)
_CHECKSUM = 4
_RLE_BLOCK = 1


def begins_frame(head: bytes) -> bool:
    """Whether a frame begins with these (at least four) bytes."""
    return head[:4] == MAGIC or (len(head) >= 4 and int.from_bytes(head[:4], "little") in _SKIPPABLE)


class ZstdFrames:
    """The content of a file of frames: iterate it, once.

    Raises EOFError where the file is cut off and ZstdError where it is damaged. Iterating ends before the first bytes
    that are no frame; `rest` is what has been read of them.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._buffer = b""
        self._at = 0
        self._before = 0

    @property
    def position(self) -> int:
        """Bytes of the file used so far."""
        return self._before + self._at

    @property
    def rest(self) -> bytes:
        """What was read of the file and not used."""
        return self._buffer[self._at :]

    def __iter__(self) -> Iterator[bytes]:
        """Yields pieces of content of at most 1 MiB."""
        from zstandard import ZstdDecompressor

        decompressor = ZstdDecompressor()
        while begins_frame(self._peek()):
            if self._peek() != MAGIC:
                self._skip_frame()
                continue
            frame = decompressor.decompressobj()
            header = self._header()
            parts, has_checksum = [header], bool(header[4] & _CHECKSUM)
            last = False
            while not last:
                for _ in range(_BLOCKS):
                    last = self._block(parts)
                    if last:
                        break
                if last and has_checksum:
                    parts.append(self._take(4))
                yield frame.decompress(b"".join(parts))
                parts.clear()

    def _header(self) -> bytes:
        start = self._take(5)
        descriptor = start[4]
        single = descriptor >> 5 & 1
        size = (1 - single) + _DICTIONARY_ID_BYTES[descriptor & 3] + _CONTENT_SIZE_BYTES[descriptor >> 6]
        if single and not descriptor >> 6:
            size += 1
        return start + self._take(size)

    def _block(self, parts: list[bytes]) -> bool:
        """Reads one block with its header; whether it is the last of its frame."""
        header = self._take(3)
        value = int.from_bytes(header, "little")
        parts.append(header)
        parts.append(self._take(1 if value >> 1 & 3 == _RLE_BLOCK else value >> 3))
        return bool(value & 1)

    def _skip_frame(self) -> None:
        left = int.from_bytes(self._take(8)[4:], "little")
        while left > 0:
            left -= len(self._take(min(left, _READ_BYTES)))

    def _peek(self) -> bytes:
        self._fill(4)
        return self._buffer[self._at : self._at + 4]

    def _take(self, count: int) -> bytes:
        self._fill(count)
        taken = self._buffer[self._at : self._at + count]
        self._at += len(taken)
        if len(taken) < count:
            raise EOFError
        return taken

    def _fill(self, count: int) -> None:
        while len(self._buffer) - self._at < count and (more := self._file.read(max(count, _READ_BYTES))):
            self._before += self._at
            self._buffer = self._buffer[self._at :] + more
            self._at = 0
