"""Temporary files: what a compressed or oddly encoded file looks like once it is plain UTF-8 (or plain bytes)."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import errno
import itertools
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from thoth_ls.documents.archives import READ_BYTES, Archive, Compression
from thoth_ls.documents.events import Report
from thoth_ls.documents.identity import Snapshot, open_regular, snapshot_of
from thoth_ls.documents.pace import Rhythm
from thoth_ls.documents.processes import process_lives
from thoth_ls.documents.uris import display_name
from thoth_ls.errors import Cancelled, FileUnreadable
from thoth_ls.paths import private

logger = logging.getLogger(__name__)

GIB = 1 << 30
KEEP_FREE_BYTES = 256 << 20
"""Room that is always left on the disk: a full one breaks more than this file."""

CHECK_BYTES = 8 << 20
"""How often, in bytes written, the free room is looked at."""

REPORT_SECONDS = 0.1
STOP_SECONDS = 5.0
"""Longest wait for a thread that was told to stop; one stuck in a dead network file cleans up whenever it wakes."""


@dataclass(frozen=True, slots=True)
class SpoolPlan:
    """What to do to a file before a plugin can read it."""

    path: Path
    compression: Compression | None
    codec: str | None
    """Transcode from this codec to UTF-8; None leaves the bytes alone."""
    extension: str
    """Given to the temporary file, without the dot."""
    head_bytes: int | None = None
    """Make only about so much of it, for a look at the beginning; None makes all of it."""


@dataclass(slots=True)
class Spooled:
    """A finished temporary file, shared by the readings that need it and removed with the last."""

    path: Path
    plan: SpoolPlan
    original: Snapshot
    """The file it was made from, as it was then."""
    notes: list[str]
    _users: int = field(default=1)

    @property
    def in_use(self) -> bool:
        """Whether the file still exists."""
        return self._users > 0

    def share(self) -> Spooled:
        """One more user."""
        self._users += 1
        return self

    def release(self) -> None:
        """One user less; the last one removes the file."""
        self._users -= 1
        if self._users == 0:
            remove(self.path)


class Spool:
    """A private folder of this process below `folder`, made when it is needed.

    Left-overs of processes that ended are swept at once, on a thread: they can be large.
    """

    def __init__(self, folder: Path, free_bytes: Callable[[Path], int] | None = None) -> None:
        self._parent = folder
        self._own = folder / f"{os.getpid()}-{os.urandom(4).hex()}"
        self._free_bytes = free_bytes or (lambda path: shutil.disk_usage(path).free)
        self._numbers = itertools.count(1)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="thoth-spool")
        self.swept = self._threads.submit(sweep, folder) if folder.exists() else None
        """Done once the left-overs are gone; None where there were none."""

    async def make(self, plan: SpoolPlan, most_bytes: float, report: Report) -> Spooled:
        """Decompresses and transcodes on a thread; cancelling stops it within one piece and leaves nothing behind."""
        loop = asyncio.get_running_loop()
        stop = threading.Event()

        def tell(percent: int | None, message: str) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(report, percent, message)

        job = _Job(plan, self._target(plan.extension), most_bytes, self._free_bytes, tell, stop)
        running = loop.run_in_executor(self._threads, job.run)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait({running}, timeout=STOP_SECONDS)
            _discard(running)
            raise

    async def write(self, content: bytes, extension: str) -> Path:
        """A temporary file with this content, which is the caller's to remove; raises FileUnreadable."""
        target = self._target(extension)
        writing = asyncio.get_running_loop().run_in_executor(self._threads, _write, target, content)
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            writing.add_done_callback(lambda done: remove(target))
            raise

    def close(self) -> None:
        """Removes the folder with whatever is in it."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        shutil.rmtree(self._own, ignore_errors=True)

    def _target(self, extension: str) -> Path:
        safe = "".join(letter for letter in extension if letter.isascii() and letter.isalnum())
        return self._own / f"{next(self._numbers)}.{safe or 'data'}"


def _discard(running: asyncio.Future[Spooled]) -> None:
    """Frees what a job made although it had been cancelled meanwhile."""
    if running.done():
        if not running.cancelled() and running.exception() is None:
            running.result().release()
    else:
        running.add_done_callback(_discard)


def sweep(folder: Path) -> None:
    """Removes the folders below `folder` whose process has ended."""
    with contextlib.suppress(OSError):
        for entry in list(folder.iterdir()):
            pid = entry.name.partition("-")[0]
            if pid.isascii() and pid.isdecimal() and not process_lives(int(pid)):
                logger.info("removing temporary files of process %s, which has ended", pid)
                shutil.rmtree(entry, ignore_errors=True)


class _Job:
    """One file being spooled, on a thread."""

    def __init__(
        self,
        plan: SpoolPlan,
        target: Path,
        most_bytes: float,
        free_bytes: Callable[[Path], int],
        report: Report,
        stop: threading.Event,
    ) -> None:
        self._plan = plan
        self._target = target
        self._most_bytes = most_bytes
        self._free_bytes = free_bytes
        self._report = report
        self._stop = stop
        self._name = display_name(plan.path)
        self._verb = "Decompressing" if plan.compression else "Converting"
        self._rhythm = Rhythm(REPORT_SECONDS)
        self._written = 0
        self._next_check = 0
        self._notes: list[str] = []

    def run(self) -> Spooled:
        """Makes the file; on any error or when stopped, removes what there was of it."""
        try:
            with open_regular(self._plan.path) as source:
                original = snapshot_of(source, self._name)
                source.seek(0)
                with create(self._target) as target:
                    self._copy(source, original.state.size, target)
        except BaseException as error:
            remove(self._target)
            if isinstance(error, OSError):
                raise self._explained(error) from None
            raise
        return Spooled(self._target, self._plan, original, self._notes)

    def _copy(self, source: BinaryIO, size: int, target: BinaryIO) -> None:
        pieces = self._pieces(source, size)
        for piece in self._transcoded(pieces) if self._plan.codec else pieces:
            if self._stop.is_set():
                raise Cancelled(f"Opening {self._name} was cancelled.")
            self._make_room(len(piece))
            target.write(piece)
            self._written += len(piece)
            if self._plan.head_bytes is not None and self._written >= self._plan.head_bytes:
                return

    def _pieces(self, source: BinaryIO, size: int) -> Iterator[bytes]:
        if self._plan.compression is None:
            done = 0
            while piece := source.read(READ_BYTES):
                yield piece
                done += len(piece)
                self._tell(done, size)
            return
        archive = Archive(source, self._plan.compression, self._name)
        for piece in archive:
            yield piece
            self._tell(archive.bytes_read, size)
        if archive.ignored_bytes:
            self._notes.append(f"{archive.ignored_bytes:,} bytes after the end of the archive were left out.")

    def _tell(self, done: int, size: int) -> None:
        if self._rhythm.due():
            self._report(min(99, done * 100 // size) if size else None, f"{self._verb} {self._name}")

    def _transcoded(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        assert self._plan.codec is not None
        decoder = codecs.getincrementaldecoder(self._plan.codec)(errors="replace")
        replaced = 0
        try:
            for piece in itertools.chain(_small(pieces), (None,)):
                text = decoder.decode(piece or b"", final=piece is None)
                replaced += text.count("\ufffd")
                yield text.encode("utf-8", "replace")
        except UnicodeError as error:
            raise FileUnreadable(
                f"Cannot read {self._name} as {self._plan.codec}: {error}. Choose another encoding."
            ) from None
        if replaced:
            places = "1 place" if replaced == 1 else f"{replaced:,} places"
            self._notes.append(f"In {places} the file is not valid {self._plan.codec}; \ufffd is shown there.")

    def _explained(self, error: OSError) -> FileUnreadable:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return self._no_room()
        if error.filename is not None:  # only making the target names a file here
            folder = self._target.parent.parent
            return FileUnreadable(f"Cannot make a temporary file in {folder}: {error.strerror or error}.")
        return FileUnreadable(f"Cannot read {self._name}: {error.strerror or error}.")

    def _no_room(self) -> FileUnreadable:
        return FileUnreadable(
            f"{self._verb} {self._name} needs more room than the disk has left after {self._written / GIB:.2f} GiB."
            f" Free some space in {self._target.parent.parent}."
        )

    def _make_room(self, count: int) -> None:
        total = self._written + count
        if total > self._most_bytes:
            raise FileUnreadable(
                f"{self._verb} {self._name} would make a temporary file of more than"
                f" {self._most_bytes / GIB:g} GiB. Raise thoth.files.spoolGigabytes, or unpack it yourself."
            )
        if total >= self._next_check:
            self._next_check = total + CHECK_BYTES
            if self._free_bytes(self._target.parent) < KEEP_FREE_BYTES + count:
                raise self._no_room()


def _small(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are decoded quickly: a decoder keeps every other thread waiting."""
    for piece in pieces:
        for start in range(0, len(piece), READ_BYTES):
            yield piece[start : start + READ_BYTES]


def create(target: Path) -> BinaryIO:
    """A new file that only this user can read, in the private folder of this process."""
    private(private(target.parent.parent) / target.parent.name)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(target, flags, 0o600), "wb", buffering=CHECK_BYTES // 8)


def _write(target: Path, content: bytes) -> Path:
    try:
        with create(target) as file:
            file.write(content)
    except OSError as error:
        remove(target)
        raise FileUnreadable(
            f"Cannot make a temporary file in {target.parent.parent}: {error.strerror or error}."
        ) from None
    return target


def remove(path: Path) -> None:
    """Removes a temporary file; whatever prevents it is only logged."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("cannot remove the temporary file %s: %s", path, error)
