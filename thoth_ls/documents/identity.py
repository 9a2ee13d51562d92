"""Whether a file is still the one that was read. Everything here blocks and belongs on a thread."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from thoth_ls.documents.uris import display_name
from thoth_ls.errors import FileUnreadable

Change = Literal["replaced", "truncated", "appended", "modified", "deleted", "restored"]

EDGE_BYTES = 64 << 10
SAMPLE_BYTES = 8 << 10
SAMPLES = 8
WHOLE_BYTES = 256 << 10
"""Files up to this size are hashed whole; of larger ones the beginning, the end and evenly spaced samples."""

RACY_NANOSECONDS = 2_000_000_000
"""The coarsest time stamps in use (FAT). A file written so shortly before it was looked at can be written once more
without any of its times changing, so its content is compared until that time is over."""

_EXTRA_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


@dataclass(frozen=True, slots=True)
class FileState:
    """What the file system says about a file."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int
    """Also moves when a link to the file is made or its permissions change, which leaves the content alone."""
    regular: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file as it was at one moment."""

    state: FileState
    fingerprint: bytes
    settled: bool
    """Whether any later write must show in the times."""
    taken_ns: int


def open_regular(path: Path) -> BinaryIO:
    """Opens a regular file for reading; raises FileUnreadable for anything else, and never waits for a pipe."""
    name = display_name(path)
    try:
        _require_regular(name, path.stat())  # before opening: opening a device can do things
        file = os.fdopen(os.open(path, os.O_RDONLY | _EXTRA_FLAGS), "rb", buffering=0)
    except OSError as error:
        raise _unreadable(name, error) from None
    except ValueError as error:
        raise FileUnreadable(f"Cannot open {name}: {error}.") from None
    try:
        _require_regular(name, os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    return file


def take(path: Path) -> Snapshot:
    """The file as it is now; raises FileUnreadable where it cannot be read or is not a regular file."""
    with open_regular(path) as file:
        return snapshot_of(file, display_name(path))


def snapshot_of(file: BinaryIO, name: str) -> Snapshot:
    """The open file as it is now. Reads up to 256 KiB and moves the file's position."""
    try:
        state = _state(os.fstat(file.fileno()))
        fingerprint = _fingerprint(file, state.size)
    except OSError as error:
        raise _unreadable(name, error) from None
    taken = time.time_ns()
    return Snapshot(state, fingerprint, taken - state.modified_ns > RACY_NANOSECONDS, taken)


def look(path: Path) -> FileState | None:
    """What is at the path now, None where nothing can be reached."""
    try:
        return _state(path.stat())
    except (OSError, ValueError):
        return None


def unchanged(path: Path, known: Snapshot) -> Snapshot | None:
    """The snapshot, brought up to date, if the file's content is still that; None if it is not.

    Costs one stat, and a look at the content only where the times alone cannot tell: when nothing but the change time
    moved (a hard link was made, as the sandbox does for each reader), or the file was written just before.
    """
    state = look(path)
    if state is None or replace(state, changed_ns=known.state.changed_ns) != known.state:
        return None
    if state == known.state and known.settled:
        return known
    try:
        fresh = take(path)
    except FileUnreadable:
        return None
    same_file = replace(fresh.state, changed_ns=known.state.changed_ns) == known.state
    if not same_file or fresh.fingerprint != known.fingerprint:
        return None
    settled = known.settled or fresh.taken_ns - known.taken_ns > RACY_NANOSECONDS
    return replace(known, state=fresh.state, settled=settled)


def compare(path: Path, known: Snapshot | None) -> tuple[Change | None, Snapshot | None]:
    """What happened to the file since `known` (None: it was not there), and the file as it is now (None: gone).

    The change is None when there was none.
    """
    state = look(path)
    if state is None:
        return ("deleted" if known is not None else None), None
    if not state.regular:
        odd = Snapshot(state, b"", settled=True, taken_ns=time.time_ns())
        return (None if known is not None and known.state == state else "replaced"), odd
    if known is not None and (same := unchanged(path, known)) is not None:
        return None, same
    try:
        with open_regular(path) as file:
            now = snapshot_of(file, display_name(path))
            return _kind(file, known, now), now
    except (FileUnreadable, OSError):
        # There, yet not to be read: permissions were taken away, or it went between two looks.
        unread = Snapshot(state, b"", settled=True, taken_ns=time.time_ns())
        return (None if known is not None and known.state == state else "modified"), unread


def _kind(file: BinaryIO, known: Snapshot | None, now: Snapshot) -> Change:
    if known is None:
        return "restored"
    old, new = known.state, now.state
    if (old.device, old.inode) != (new.device, new.inode):
        return "replaced"
    if new.size < old.size:
        return "truncated"
    if new.size > old.size and _fingerprint(file, old.size) == known.fingerprint:
        return "appended"
    return "modified"


def _fingerprint(file: BinaryIO, size: int) -> bytes:
    """A hash of the first `size` bytes: of all of them, or of the edges and samples between."""
    digest = hashlib.blake2b(digest_size=16)
    for start, end in _pieces(size):
        at = file.seek(start)
        while at < end and (piece := file.read(end - at)):
            digest.update(piece)
            at += len(piece)
    return digest.digest()


def _pieces(size: int) -> list[tuple[int, int]]:
    if size <= WHOLE_BYTES:
        return [(0, size)]
    gap = (size - 2 * EDGE_BYTES) // (SAMPLES + 1)
    starts = [EDGE_BYTES + gap * number for number in range(1, SAMPLES + 1)]
    return [(0, EDGE_BYTES), *((start, start + SAMPLE_BYTES) for start in starts), (size - EDGE_BYTES, size)]


def _state(found: os.stat_result) -> FileState:
    return FileState(
        found.st_dev,
        found.st_ino,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        stat.S_ISREG(found.st_mode),
    )


def _require_regular(name: str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = _KINDS.get(stat.S_IFMT(found.st_mode), "not a regular file")
        raise FileUnreadable(f"Cannot open {name}: it is {kind}. Open a regular file.")


def _unreadable(name: str, error: OSError) -> FileUnreadable:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return FileUnreadable(f"Cannot open {name}: there is no such file. Check its name and folder.")
        case PermissionError():
            return FileUnreadable(f"Cannot open {name}: you have no permission to read it. Change its permissions.")
    return FileUnreadable(f"Cannot open {name}: {error.strerror or error}.")
