"""Keeps compiled plugins between runs.

Machine code is run as it is, so a file of the cache is believed only when it lies in a folder that nobody else can
write to and carries a signature (HMAC-SHA256) made with this user's key. Whatever is odd about it, the plugin is
compiled again.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.paths import private

if TYPE_CHECKING:
    from thoth_ls.paths import Paths

logger = logging.getLogger(__name__)

MAGIC = b"thoth compiled plugin 1\n"
KEY_BYTES = 32
SIGNATURE_BYTES = 32
MAX_ENTRY_BYTES = 1 << 30
MAX_CACHE_BYTES = 1 << 30
_FORGOTTEN_SECONDS = 3600.0
"""A half-written file older than this was left by a process that died."""


class CompileCache:
    """Machine code by the plugin's digest and the fingerprint of what compiled it. For any thread."""

    def __init__(self, paths: Paths, max_bytes: int = MAX_CACHE_BYTES) -> None:
        self._folder = paths.cache / "compiled"
        self._key_file = paths.state / "compiled.key"
        self._max_bytes = max_bytes

    def read(self, digest: bytes, fingerprint: str) -> bytes | None:
        """The machine code kept for this plugin, None where there is none that can be trusted."""
        path = self._path(digest, fingerprint)
        try:
            private(self._folder)
            raw = _read_own(path, MAX_ENTRY_BYTES)
            key = self._key()
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.warning("the cache of compiled plugins cannot be used: %s", error)
            return None
        start = len(MAGIC) + SIGNATURE_BYTES
        signature, code = raw[len(MAGIC) : start], memoryview(raw)[start:]
        expected = _sign(key, digest, fingerprint, code)
        if raw[: len(MAGIC)] != MAGIC or not hmac.compare_digest(signature, expected):
            logger.warning("%s was not written by this user's Thoth, or was changed; it is made anew", path.name)
            return None
        with suppress(OSError):
            os.utime(path)
        return bytes(code)

    def write(self, digest: bytes, fingerprint: str, code: bytes) -> None:
        """Keeps `code`; a cache that cannot be written to costs time, not more."""
        if len(code) > min(MAX_ENTRY_BYTES, self._max_bytes):
            return
        try:
            private(self._folder)
            signature = _sign(self._key(), digest, fingerprint, code)
            write_atomically(self._path(digest, fingerprint), MAGIC + signature + code)
            self._clean()
        except OSError as error:
            logger.warning("a compiled plugin could not be kept: %s", error)

    def discard(self, digest: bytes, fingerprint: str) -> None:
        """Forgets what is kept for this plugin."""
        with suppress(OSError):
            self._path(digest, fingerprint).unlink(missing_ok=True)

    def _path(self, digest: bytes, fingerprint: str) -> Path:
        return self._folder / f"{hashlib.sha256(digest + fingerprint.encode()).hexdigest()}.cwasm"

    def _key(self) -> bytes:
        """This user's key, made when it is first needed; a new one makes every file of the cache worthless."""
        private(self._key_file.parent)
        with suppress(FileNotFoundError, PermissionError):
            key = _read_own(self._key_file, KEY_BYTES)
            if len(key) == KEY_BYTES:
                return key
        key = secrets.token_bytes(KEY_BYTES)
        write_atomically(self._key_file, key)
        return key

    def _clean(self) -> None:
        """Removes the files used least recently until the rest fits."""
        found = [(path, path.lstat()) for path in self._folder.iterdir()]
        for path, status in found:
            if path.suffix == ".tmp" and time.time() - status.st_mtime > _FORGOTTEN_SECONDS:
                path.unlink(missing_ok=True)
        kept = sorted(
            ((status.st_mtime, status.st_size, path) for path, status in found if path.suffix == ".cwasm"),
            reverse=True,
        )
        total = 0
        for _, size, path in kept:
            total += size
            if total > self._max_bytes:
                path.unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Puts `content` at `path` for this user alone; a reader finds the old file or the new one, never half of it."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}.", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _read_own(path: Path, limit: int) -> bytes:
    """The content of a regular file that this user alone can write to, at most `limit` bytes.

    Raises PermissionError when it is anything else.
    """
    # Without O_NONBLOCK, opening a pipe somebody put there would wait for a writer for ever.
    flags = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
    descriptor = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in flags))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            raise PermissionError(f"{path} is not a file of the cache")
        if sys.platform != "win32" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
            raise PermissionError(f"{path} can be written to by others")
        return file.read()


def _sign(key: bytes, digest: bytes, fingerprint: str, code: bytes | memoryview) -> bytes:
    signature = hmac.new(key, MAGIC + digest + fingerprint.encode() + b"\0", hashlib.sha256)
    signature.update(code)
    return signature.digest()
