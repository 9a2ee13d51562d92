"""A lock between processes (and threads) that ends with its holder, however that ends."""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

WAIT_SECONDS = 10.0
"""Longest wait for another process: writing a file takes milliseconds, a process that was stopped may take for ever."""
_STEP_SECONDS = 0.005
_UNSUPPORTED = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""What file systems say that know no locks."""


@contextmanager
def locked(path: Path, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Keeps everybody else who locks `path` out of the block.

    `path` is a file of its own beside what is protected; it is made, and stays. Raises TimeoutError when it stays
    locked for `seconds`, and OSError when it cannot be made. Where the file system knows no locks there is none.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        _acquire(descriptor, path, seconds)
        try:
            yield
        finally:
            _release(descriptor)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            _try(descriptor)
        except (BlockingIOError, PermissionError):
            if time.monotonic() > until:
                raise TimeoutError(f"another process has kept it locked for {seconds:g} s ({path.name})") from None
            time.sleep(_STEP_SECONDS)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
            logger.warning("%s cannot be locked here (%s); other processes are not kept out", path, error.strerror)
            return
        else:
            return


if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        except OSError:
            logger.debug("nothing was locked")
else:
    import fcntl

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(descriptor: int) -> None:
        """Closing the file does it."""
