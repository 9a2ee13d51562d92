"""Bodies of responses: small ones in memory, larger ones in a file of their own that is gone when nobody needs it."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import shutil
import threading
from typing import TYPE_CHECKING, BinaryIO, Final

from thoth_ls.calling import INVALID, IO_FAILED, HostRefusal
from thoth_ls.errors import FileUnreadable
from thoth_ls.net.http.decoding import undone
from thoth_ls.paths import private
from thoth_ls.storage.picked_file import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from thoth_ls.net.http.decoding import Decoder

logger = logging.getLogger(__name__)

MIB: Final = 1 << 20
IN_MEMORY: Final = MIB
"""Bytes of a body that need no file."""
KEEP_FREE: Final = 256 * MIB
"""Bytes that are always left on the disk: a full one breaks more than this body."""
CHECK: Final = 8 * MIB
"""How often, in bytes written, the free room is looked at."""


class BodyTooLarge(HostRefusal):
    """It has more bytes than allowed; the message says whose rule that is."""

    def __init__(self, message: str) -> None:
        super().__init__(message, IO_FAILED)


class Body:
    """A whole body. For any thread."""

    def __init__(self, content: bytes, path: Path | None, size: int) -> None:
        self._content = content
        self.path = path
        """Where it lies; None for one in memory."""
        self.size = size
        """Bytes."""
        self._removing = threading.Lock()
        self._removed = False
        self._acts: list[Callable[[], None]] = []

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset`; empty at the end. Raises HostRefusal where the file is gone."""
        if self.path is None:
            return self._content[offset : offset + count]
        try:
            with self.path.open("rb") as file:
                file.seek(min(offset, self.size))
                return file.read(count)
        except OSError as error:
            raise HostRefusal(f"the body cannot be read any more: {error.strerror or error}", IO_FAILED) from None

    def write_to(self, file: BinaryIO) -> None:
        """Copies it; raises OSError."""
        if self.path is None:
            file.write(self._content)
        else:
            with self.path.open("rb") as own:
                shutil.copyfileobj(own, file, MIB)

    def at_removal(self, act: Callable[[], None]) -> None:
        """Has `act` called once when it is removed, on whichever thread; at once where it was already."""
        with self._removing:
            if not self._removed:
                self._acts.append(act)
                return
        act()

    def remove(self) -> None:
        """Frees it; again is no error."""
        with self._removing:
            self._removed = True
            acts, self._acts = self._acts, []
        for act in acts:
            act()
        self._content = b""
        if self.path is not None:
            _remove(self.path)


class JoinedBody(Body):
    """Several one after the other; they stay whose they are."""

    def __init__(self, parts: Sequence[Body], own_bytes: int = 0) -> None:
        super().__init__(b"", None, sum(part.size for part in parts))
        self._parts = parts
        self.own_bytes = own_bytes
        """Of parts that are in memory for it alone."""

    def read(self, offset: int, count: int) -> bytes:
        """As of one body."""
        pieces: list[bytes] = []
        for part in self._parts:
            if count <= 0:
                break
            if offset < part.size:
                piece = part.read(offset, count)
                if len(piece) < min(count, part.size - offset):
                    raise HostRefusal("a part of the body has become shorter while it was sent", IO_FAILED)
                pieces.append(piece)
                count -= len(piece)
            offset = max(0, offset - part.size)
        return b"".join(pieces)

    def write_to(self, file: BinaryIO) -> None:
        """As of one body."""
        for part in self._parts:
            part.write_to(file)


class BodyFolder:
    """A private folder for bodies, made when it is needed; `path` is this process's alone."""

    def __init__(self, path: Path, free_bytes: Callable[[Path], int] | None = None) -> None:
        self.path = path
        self._free_bytes = free_bytes or (lambda path: shutil.disk_usage(path).free)
        self._numbers = itertools.count(1)

    def create(self) -> tuple[Path, BinaryIO]:
        """A new file that only this user can read; raises HostRefusal."""
        path = self.path / f"{next(self._numbers)}.body"
        try:
            private(self.path.parent)
            private(self.path)
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
            return path, os.fdopen(os.open(path, flags, 0o600), "wb", buffering=MIB)
        except OSError as error:
            raise self.unwritable(error) from None

    def copy_of(self, source: Path, most: int) -> Body:
        """What is in a file now, as a body of at most `most` bytes; raises HostRefusal."""
        size = 0
        path, file = self.create()
        try:
            with file, opened(source) as own:
                while piece := own.read(MIB):
                    size += len(piece)
                    if size > most:
                        raise HostRefusal(
                            f"the file has more than {most >> 20} MiB, and no more are sent (setting"
                            " thoth.network.requestMegabytes)",
                            INVALID,
                        )
                    if size % CHECK < MIB:
                        self.check_room(CHECK)
                    file.write(piece)
        except FileUnreadable as error:
            _remove(path)
            raise HostRefusal(str(error), IO_FAILED) from None
        except OSError as error:
            _remove(path)
            raise self.unwritable(error) from None
        except BaseException:
            _remove(path)
            raise
        return Body(b"", path, size)

    def check_room(self, count: int) -> None:
        """Raises HostRefusal where `count` more bytes would leave too little on the disk."""
        if self._free_bytes(self.path) < KEEP_FREE + count:
            raise HostRefusal(f"the disk has no room left for this body: free some in {self.path.parent}", IO_FAILED)

    def unwritable(self, error: OSError) -> HostRefusal:
        """What to say of an error of the disk."""
        return HostRefusal(f"the body cannot be kept in {self.path.parent}: {error.strerror or error}", IO_FAILED)

    def close(self) -> None:
        """Removes the folder with whatever is in it."""
        shutil.rmtree(self.path, ignore_errors=True)


class BodyWriter:
    """Takes a body in as it arrives, undoes its codings and keeps what comes out. One thread at a time.

    `most` bytes are taken, as they arrive, between two codings and as they come out; `rule` says whose limit that is.
    """

    def __init__(self, folder: BodyFolder, chain: Sequence[Decoder], most: int, rule: str) -> None:
        self._folder = folder
        self._chain = chain
        self._most = most
        self._rule = rule
        self._pieces: list[bytes] = []
        self._path: Path | None = None
        self._file: BinaryIO | None = None
        self._next_check = 0
        self._discarded = False
        self._writing = threading.Lock()
        """Held for each piece, so that nothing is kept once it was discarded."""
        self.received = 0
        """Bytes that arrived."""
        self.size = 0
        """Bytes that came out."""
        self._between = 0
        """Bytes that went from one coding to the next, of which none may come out."""

    @property
    def is_light(self) -> bool:
        """Whether taking in a few bytes more is a matter of microseconds: nothing to decompress, no file."""
        return not self._chain and self._file is None and self.size < IN_MEMORY - 64 * 1024

    def expect(self, count: int) -> None:
        """Raises BodyTooLarge for a body that is said to have so many bytes."""
        if count > self._most:
            raise self._too_large(f"has {count:,} bytes")

    def write(self, data: bytes) -> None:
        """Takes in what arrived; raises BodyTooLarge, BodyBroken, and HostRefusal where it cannot be kept."""
        self.received += len(data)
        if self.received > self._most:
            raise self._too_large("does not end")
        for piece in undone(self._chain, data, self._passed):
            self.size += len(piece)
            if self.size > self._most:
                raise self._too_large(f"becomes more from {self.received:,} bytes" if self._chain else "does not end")
            with self._writing:
                if self._discarded:
                    return
                self._keep(piece)

    def _passed(self, count: int) -> None:
        self._between += count
        if self._between > self._most:
            raise self._too_large(f"becomes more from {self.received:,} bytes")
        if self._discarded:
            raise self._too_large("is not wanted any more")

    def finish(self) -> Body:
        """The whole body; raises BodyBroken where the end of a compressed one is missing."""
        for decoder in self._chain:
            decoder.finish()
        if self._file is None:
            return Body(b"".join(self._pieces), None, self.size)
        try:
            self._file.close()
        except OSError as error:
            raise self._folder.unwritable(error) from None
        return Body(b"", self._path, self.size)

    def discard(self) -> None:
        """Removes what there is of it; a `write` that still runs on another thread ends."""
        with self._writing:
            self._discarded = True
            self._pieces.clear()
            if self._file is not None and self._path is not None:
                with contextlib.suppress(OSError):
                    self._file.close()
                _remove(self._path)

    def _keep(self, piece: bytes) -> None:
        if self._file is None and self.size <= IN_MEMORY:
            self._pieces.append(piece)
            return
        try:
            if self._file is None:
                self._path, self._file = self._folder.create()
                kept, self._pieces = self._pieces, []
                self._file.writelines(kept)
            if self.size >= self._next_check:
                self._next_check = self.size + CHECK
                self._folder.check_room(CHECK)
            self._file.write(piece)
        except OSError as error:
            raise self._folder.unwritable(error) from None

    def _too_large(self, what: str) -> BodyTooLarge:
        return BodyTooLarge(f"the body {what}, and {self._most:,} bytes are taken ({self._rule})")


def pieces_of(body: Body, size: int) -> Iterator[tuple[int, int]]:
    """Offsets and lengths that cover it."""
    return ((at, min(size, body.size - at)) for at in range(0, body.size, size))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("a body was not removed: %s", error)
