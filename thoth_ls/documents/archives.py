"""The content of compressed files, piece by piece. Everything here blocks and belongs on a thread."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, Literal

from thoth_ls.documents.zstd_frames import ZstdFrames, begins_frame
from thoth_ls.errors import FileUnreadable

Compression = Literal["gzip", "zstd"]

READ_BYTES = 256 << 10
PIECE_BYTES = 1 << 20
"""Most bytes of content in one piece of a gzip file."""

_GZIP_MAGIC = b"\x1f\x8b"
_SUFFIXES: dict[Compression, tuple[str, ...]] = {"gzip": (".gz", ".gzip"), "zstd": (".zst", ".zstd")}


def compression_of(head: bytes) -> Compression | None:
    """How a file that begins with `head` is compressed. Names are not asked: they are wrong too often."""
    if head[:2] == _GZIP_MAGIC and head[2:3] == b"\x08":
        return "gzip"
    if begins_frame(head):
        return "zstd"
    return None


def inner_name(name: str) -> tuple[str, bool]:
    """A file's name without the suffix of a compression (`x.csv.gz` is `x.csv`), and whether there was one."""
    for suffixes in _SUFFIXES.values():
        for suffix in suffixes:
            if name.lower().endswith(suffix) and len(name) > len(suffix):
                return name[: -len(suffix)], True
    return name, False


class Archive:
    """The content of one open compressed file: iterate it, once."""

    def __init__(self, file: BinaryIO, compression: Compression, name: str) -> None:
        self._file = file
        self._compression = compression
        self._name = name
        self.bytes_read = 0
        """Compressed bytes read so far."""
        self.ignored_bytes = 0
        """Bytes after the end of the archive that are not part of it, known at the end."""

    def __iter__(self) -> Iterator[bytes]:
        """Yields pieces of content; raises FileUnreadable naming the byte where the archive is broken or cut off."""
        return self._gzip() if self._compression == "gzip" else self._zstd()

    def _gzip(self) -> Iterator[bytes]:
        try:
            yield from self._gzip_members()
        except zlib.error as error:
            raise self._damaged(str(error).removeprefix("Error -3 while decompressing data: ")) from None

    def _gzip_members(self) -> Iterator[bytes]:
        rest = self._read()
        while rest:
            if rest[:1] != _GZIP_MAGIC[:1] or (len(rest) > 1 and rest[:2] != _GZIP_MAGIC):
                self._ignore(rest)
                return
            member = zlib.decompressobj(wbits=31)
            while not member.eof:
                if not rest:
                    raise self._cut_off()
                yield member.decompress(rest, PIECE_BYTES)
                rest = member.unconsumed_tail or (b"" if member.eof else self._read())
            rest = member.unused_data or self._read()

    def _zstd(self) -> Iterator[bytes]:
        from zstandard import ZstdError

        frames = ZstdFrames(self._file)
        try:
            for piece in frames:
                self.bytes_read = frames.position
                yield piece
        except (ZstdError, EOFError) as error:
            self.bytes_read = frames.position
            broken = self._cut_off() if isinstance(error, EOFError) else self._damaged(str(error))
            raise broken from None
        self._ignore(frames.rest)

    def _read(self) -> bytes:
        data = self._file.read(READ_BYTES)
        self.bytes_read += len(data)
        return data

    def _ignore(self, rest: bytes) -> None:
        """Counts what follows the archive; padding with zeros is customary and not worth a word."""
        while rest:
            self.ignored_bytes += len(rest) if rest.strip(b"\0") else 0
            rest = self._read()

    def _damaged(self, cause: str) -> FileUnreadable:
        return FileUnreadable(
            f"Cannot decompress {self._name}: the {self._compression} data is damaged near byte {self.bytes_read}"
            f" ({cause}). Get a good copy of the file."
        )

    def _cut_off(self) -> FileUnreadable:
        return FileUnreadable(
            f"Cannot decompress {self._name}: the {self._compression} data is cut off at byte {self.bytes_read}."
            " Get a complete copy of the file."
        )
