"""Files that appear when they are complete: written beside their place, and moved there as a whole."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import platform
import re
import secrets
import stat
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from thoth_ls.documents.processes import process_lives
from thoth_ls.documents.uris import display_name, path_of
from thoth_ls.errors import FileExists, FileUnreadable, FileUnwritable

MACHINE = hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]
_TEMPORARY = re.compile(rf"\.thoth-{MACHINE}-([0-9]+)-[0-9a-f]+\.part")
"""Names say which process of which machine writes, so that those of processes that are gone can be removed."""
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EINVAL}
REMOVING_SECONDS = 0.05
"""How long whoever gives up waits for the file to be gone; what then is left to do goes on by itself."""


def target_of(uri: str) -> Path:
    """The path a `file:` URI names; raises FileUnwritable for any other."""
    try:
        return path_of(uri)
    except FileUnreadable as error:
        raise FileUnwritable(str(error).replace("Cannot open", "Cannot write", 1)) from None


class TargetFile:
    """One file being written. `create` first; then any number of `write`, and `commit` or `discard`.

    All methods raise FileUnwritable or FileExists with a sentence; nothing is left behind then.
    """

    def __init__(self, path: Path, *, overwrite: bool, sources: Sequence[Path]) -> None:
        """`sources` are files that must not be replaced."""
        self.path = path
        self.size = 0
        """Bytes written."""
        self._overwrite = overwrite
        self._sources = sources
        self._temporary: Path | None = None
        self._file: int | None = None
        self._lock = threading.Lock()
        self._given_up = False

    async def create(self) -> None:
        """Looks whether the file may be written, and begins it."""
        await asyncio.to_thread(self._create)

    async def write(self, data: bytes) -> None:
        """Adds to the file."""
        if data:
            await asyncio.to_thread(self._write, data)

    async def commit(self) -> None:
        """Puts the file in its place, once it is safely on disk."""
        await asyncio.to_thread(self._commit)

    async def discard(self) -> None:
        """Removes what was written, unless it has been put in its place; doing so twice is no error."""
        self._given_up = True
        if self._temporary is not None:
            removing = asyncio.ensure_future(asyncio.to_thread(self._discard))
            await asyncio.wait({removing}, timeout=REMOVING_SECONDS)

    def check(self) -> None:
        """Looks whether the file may be written; blocks."""
        name = display_name(self.path)
        try:
            found = os.lstat(self.path)
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from None
        if stat.S_ISLNK(found.st_mode):
            said = f"it is a symbolic link; export to the file it leads to, {shown(Path(os.path.realpath(self.path)))}"
            raise FileUnwritable(f"Cannot write {name}: {said}.")
        if stat.S_ISDIR(found.st_mode):
            raise FileUnwritable(f"Cannot write {name}: there is a folder of that name. Choose another name.")
        if not stat.S_ISREG(found.st_mode):
            raise FileUnwritable(f"Cannot write {name}: it is a device, a pipe or a socket. Choose another name.")
        for source in self._sources:
            with contextlib.suppress(OSError):
                if os.path.samestat(found, source.stat()):
                    said = "it is the file that is being exported. Choose another name"
                    raise FileUnwritable(f"Cannot write {name}: {said}.")
        if not self._overwrite:
            raise self._exists()

    def _create(self) -> None:
        self.check()
        folder = self.path.parent
        _sweep(folder)
        temporary = folder / f".thoth-{MACHINE}-{os.getpid()}-{secrets.token_hex(8)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._file = os.open(temporary, flags, 0o666)
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from None
        self._temporary = temporary
        if self._given_up:
            self._discard()

    def _write(self, data: bytes) -> None:
        with self._lock:
            try:
                view = memoryview(data)
                while view and self._file is not None and not self._given_up:
                    written = os.write(self._file, view[: 1 << 20])
                    view = view[written:]
                    self.size += written
            except OSError as error:
                raise self._unwritable(error) from None

    def _commit(self) -> None:
        with self._lock:
            temporary = self._temporary
            if temporary is None or self._file is None or self._given_up:
                return
            try:
                os.fsync(self._file)
                file, self._file = self._file, None
                os.close(file)
                if self._given_up:
                    return
                self._put(temporary)
            except OSError as error:
                raise self._unwritable(error) from None
            self._temporary = None
            _sync_folder(self.path.parent)

    def _put(self, temporary: Path) -> None:
        """Gives the file its name; of two who do so at the same time without leave to replace, one is told."""
        self.check()
        if self._overwrite:
            with contextlib.suppress(OSError):
                temporary.chmod(stat.S_IMODE(self.path.stat().st_mode))
            temporary.replace(self.path)
            return
        try:
            os.link(temporary, self.path, follow_symlinks=False)
        except FileExistsError:
            raise self._exists() from None
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno not in _NO_LINKS:
                raise
            temporary.rename(self.path)  # which on Windows replaces nothing
        else:
            temporary.unlink()

    def _discard(self) -> None:
        temporary = self._temporary
        if temporary is not None:
            with contextlib.suppress(OSError):  # before waiting for a write to end; on Windows it has to wait
                temporary.unlink()
        with self._lock:
            file, self._file = self._file, None
            if file is not None:
                os.close(file)
            temporary, self._temporary = self._temporary, None
            if temporary is not None:
                with contextlib.suppress(OSError):
                    temporary.unlink()

    def _exists(self) -> FileExists:
        where = f"{display_name(self.path)} exists already in {shown(self.path.parent)}"
        return FileExists(f"{where}. Say that it may be replaced, or choose another name.")

    def _unwritable(self, error: OSError | ValueError) -> FileUnwritable:
        name, folder = display_name(self.path), shown(self.path.parent)
        if isinstance(error, ValueError):
            return FileUnwritable(f"Cannot write {name}: {error}.")
        match error.errno:
            case errno.ENOSPC | errno.EDQUOT:
                said = f"there is no space left in {folder} after {self.size:,} bytes; nothing was left behind"
            case errno.EACCES | errno.EPERM:
                said = f"there is no permission to write in {folder}"
            case errno.EROFS:
                said = f"{folder} can only be read"
            case errno.ENOENT:
                said = f"there is no folder {folder}"
            case errno.ENOTDIR:
                said = f"{folder} is no folder"
            case errno.ENAMETOOLONG:
                said = "the name is too long"
            case errno.EFBIG:
                said = f"the file system of {folder} takes no files of more than {self.size:,} bytes"
            case _:
                said = error.strerror or str(error)
        return FileUnwritable(f"Cannot write {name}: {said}.")


def shown(path: Path) -> str:
    """A path as it can be shown and sent."""
    return os.fsencode(path).decode("utf-8", "replace")


def _sweep(folder: Path) -> None:
    """Removes what processes left behind that were killed while they exported into this folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = _TEMPORARY.fullmatch(entry.name)
            if match is not None and not process_lives(int(match[1])):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a power failure, where that can be asked for."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
