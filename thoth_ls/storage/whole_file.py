"""A small file, read and replaced as a whole, by any number of processes, that survives the end of any of them."""

from __future__ import annotations

import errno
import logging
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from thoth_ls.errors import FileUnreadable, FileUnwritable
from thoth_ls.paths import private
from thoth_ls.storage.locks import WAIT_SECONDS, locked

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

T = TypeVar("T")

Report = Callable[[str], None]
"""Gets a sentence for a person. May be called on any thread."""

MOST_ASIDE = 100
"""Broken files of one name that are kept."""
_BUSY_SECONDS = 2.0
"""Windows refuses to replace a file while somebody reads it."""


def to_log(sentence: str) -> None:
    """Reports where nobody else wants to know."""
    logger.warning("%s", sentence)


class WholeFile:
    """The bytes at `path`; its folder is made when it is first written to, for this user alone.

    A process that ends while it writes, whatever ends it, leaves the old bytes or the new ones. Errors are sentences:
    FileUnreadable and FileUnwritable.
    """

    def __init__(self, path: Path, max_bytes: int, report: Report = to_log) -> None:
        self.path = path
        self.max_bytes = max_bytes
        """Largest content that is read or written."""
        self._report = report

    def read(self) -> bytes | None:
        """The content, None where there is no file. Of a file larger than `max_bytes` a byte more than that."""
        flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
        try:
            descriptor = self._patiently(lambda: os.open(self.path, os.O_RDONLY | flags))
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise FileUnreadable(f"{self.path} is not a file. Move it away; Thoth makes it anew.")
                return file.read(self.max_bytes + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            said = "it is a link" if error.errno == errno.ELOOP else error.strerror or str(error)
            raise FileUnreadable(f"{self.path} cannot be read: {said}.") from None

    @contextmanager
    def alone(self, seconds: float = WAIT_SECONDS) -> Iterator[None]:
        """Inside the block nobody else changes the file; needed for `write` and `set_aside`."""
        with ExitStack() as stack:
            try:
                private(self.path.parent)
                stack.enter_context(locked(self.path.with_name(f"{self.path.name}.lock"), seconds))
            except OSError as error:
                raise self._unwritable(error) from None
            yield

    def write(self, content: bytes) -> None:
        """Replaces the content; when this returns it is on the disk."""
        if len(content) > self.max_bytes:
            raise FileUnwritable(
                f"{self.path} was not written: {len(content):,} bytes, {self.max_bytes:,} are allowed."
            )
        try:
            self._sweep()
            self._replace(content)
        except OSError as error:
            raise self._unwritable(error) from None

    def remove(self) -> None:
        """Deletes the file, so that there is none."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise self._unwritable(error) from None

    def set_aside(self, why: str) -> None:
        """Gives a file that makes no sense another name and reports it: nothing is lost, nothing stands in the way."""
        for number in range(1, MOST_ASIDE + 1):
            aside = self.path.with_name(f"{self.path.name}.broken{'' if number == 1 else f'-{number}'}")
            if os.path.lexists(aside):
                continue
            try:
                self.path.rename(aside)
            except FileNotFoundError:
                return
            except OSError as error:
                raise self._unwritable(error) from None
            self._report(f"{self.path} {why}. It is kept as {aside.name}, and what it said is forgotten.")
            return
        raise FileUnwritable(f"{self.path} {why}, and {MOST_ASIDE} such files are kept already. Delete some of them.")

    def _replace(self, content: bytes) -> None:
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=self._prefix, suffix=".tmp")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            self._patiently(lambda: Path(name).replace(self.path))
        except BaseException:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)
            raise
        self._sync_folder()

    def _sync_folder(self) -> None:
        """The new name is on the disk, too; not every system can be asked for that."""
        if sys.platform != "win32":
            with suppress(OSError):
                descriptor = os.open(self.path.parent, os.O_RDONLY)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)

    @property
    def _prefix(self) -> str:
        return f".{self.path.name}."

    def _sweep(self) -> None:
        """Removes what a process left that ended while it wrote: whoever else writes is kept out."""
        for name in os.listdir(self.path.parent):  # noqa: PTH208 - entries are compared by name alone
            if name.startswith(self._prefix) and name.endswith(".tmp"):
                with suppress(OSError):
                    (self.path.parent / name).unlink()

    @staticmethod
    def _patiently(action: Callable[[], T]) -> T:
        until = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                return action()
            except PermissionError:
                if sys.platform != "win32" or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    def _unwritable(self, error: OSError) -> FileUnwritable:
        said = error.strerror or str(error)
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            said = f"{said}: free some space and try again"
        return FileUnwritable(f"{self.path} was not written: {said}.")
