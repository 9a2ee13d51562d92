"""Content codings, undone piece by piece, so that no small input becomes a large value at once."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, Protocol

import zstandard

from thoth_ls.calling import IO_FAILED, HostRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PIECE: Final = 256 * 1024
"""Bytes that come out at a time."""
SLICE: Final = 1024
"""Bytes of zstd taken in at a time: each 4 of them can become 128 KiB."""
MOST_WINDOW: Final = 8 << 20
"""Bytes that zstd may refer back to, as RFC 9659 has it for the web."""
MOST_CODINGS: Final = 3
"""One upon the other; more are only of use to attack somebody."""
MOST_PARTS: Final = 100_000
"""Members of gzip or frames of zstd in a body, and one more for each KiB that came out: each takes time, even empty."""


class BodyBroken(HostRefusal):
    """What arrived cannot be decompressed."""

    def __init__(self, coding: str, why: str) -> None:
        super().__init__(f"the body cannot be decompressed ({coding}): {why}", IO_FAILED)


class Decoder(Protocol):
    """Undoes one coding."""

    def decode(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds, in small pieces; raises BodyBroken."""

    def finish(self) -> None:
        """Raises BodyBroken where the end is missing."""


class _Parts:
    """Members or frames that follow each other: a body that is nothing but their beginnings is made to keep us busy."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._count = 0
        self._size = 0

    def came(self, count: int) -> None:
        """Notes bytes that came out."""
        self._size += count

    def begin(self) -> None:
        """Notes that another one begins; raises BodyBroken where these are too many."""
        self._count += 1
        if self._count > MOST_PARTS + (self._size >> 10):
            raise BodyBroken(self._coding, f"it has more than {MOST_PARTS:,} parts, and next to nothing in them")


class _Deflate:
    """Of gzip, of which several may follow each other, and of deflate with or without a frame of its own."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._is_gzip = coding == "gzip"
        self._inflate = self._new()
        self._parts = _Parts(coding)
        self._began = self._over = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        while data and not self._over:
            if self._inflate.eof:
                if not self._is_gzip or data[:1] != b"\x1f":  # what follows is padding
                    self._over = True
                    return
                self._parts.begin()
                self._inflate = self._new()
            yield from self._out(data)
            data = self._inflate.unused_data

    def finish(self) -> None:
        if self._began and not self._inflate.eof:
            raise BodyBroken(self._coding, "its end is missing")

    def _out(self, data: bytes) -> Iterator[bytes]:
        while True:
            try:
                piece = self._inflate.decompress(data, PIECE)
            except zlib.error as error:
                if self._began or self._is_gzip:
                    raise BodyBroken(self._coding, _sentence(error)) from None
                self._began, self._inflate = (
                    True,
                    zlib.decompressobj(-zlib.MAX_WBITS),
                )  # some servers leave the frame out
                continue
            self._began = True
            self._parts.came(len(piece))
            if piece:
                yield piece
            data = self._inflate.unconsumed_tail
            if not data and len(piece) < PIECE:
                return

    def _new(self) -> zlib._Decompress:
        return zlib.decompressobj(zlib.MAX_WBITS | 16 if self._is_gzip else zlib.MAX_WBITS)


class _Zstandard:
    def __init__(self) -> None:
        self._inflate = self._new()
        self._parts = _Parts("zstd")
        self._began = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), SLICE):
            rest = data[start : start + SLICE]
            while rest:
                if self._inflate.eof:
                    self._parts.begin()
                    self._inflate = self._new()
                try:
                    piece = self._inflate.decompress(rest)
                except zstandard.ZstdError as error:
                    raise BodyBroken("zstd", _sentence(error)) from None
                self._began = True
                self._parts.came(len(piece))
                rest = self._inflate.unused_data if self._inflate.eof else b""
                yield from (piece[at : at + PIECE] for at in range(0, len(piece), PIECE))

    def finish(self) -> None:
        if self._began and not self._inflate.eof:
            raise BodyBroken("zstd", "its end is missing")

    def _new(self) -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=MOST_WINDOW).decompressobj()


_KNOWN: Final[dict[str, Callable[[], Decoder]]] = {
    "gzip": lambda: _Deflate("gzip"),
    "x-gzip": lambda: _Deflate("gzip"),
    "deflate": lambda: _Deflate("deflate"),
    "zstd": _Zstandard,
}


def decoders(headers: Sequence[tuple[str, str]]) -> list[Decoder]:
    """What undoes the codings of a body with these headers, the outermost first; raises BodyBroken for too many.

    Empty where there are none, and where one of them is not known: then the body is handed over as it is, and its
    headers say so.
    """
    names = [
        name
        for header, value in headers
        if header == "content-encoding"
        for part in value.split(",")
        if (name := part.strip().lower()) and name != "identity"
    ]
    if len(names) > MOST_CODINGS:
        raise BodyBroken(", ".join(names)[:80], f"more than {MOST_CODINGS} codings one upon the other")
    if not all(name in _KNOWN for name in names):
        return []
    return [_KNOWN[name]() for name in reversed(names)]


def undone(
    chain: Sequence[Decoder], data: bytes, between: Callable[[int], None] = lambda count: None
) -> Iterator[bytes]:
    """What `data` becomes, in pieces; `between` is told of the bytes that go from one decoder to the next."""
    if not chain:
        yield data
        return
    for piece in chain[0].decode(data):
        if len(chain) > 1:
            between(len(piece))
        yield from undone(chain[1:], piece, between)


def _sentence(error: Exception) -> str:
    return str(error).removeprefix("Error ")[:120]
