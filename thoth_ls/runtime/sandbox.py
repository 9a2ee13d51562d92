"""What a plugin can see of the file system: the one file it is to open, or at worst the folder that file is in.

The guest is given a folder, so the file is linked into a private one on the same file system. Where no such link can
be made (another file system, a file of somebody else) it is given the file's own folder, read-only, and that is said.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from thoth_ls.errors import FileUnreadable
from thoth_ls.paths import private

if TYPE_CHECKING:
    from thoth_ls.paths import Paths

GUEST_FOLDER = "/data"
"""Where a guest finds the one folder it is given."""
_OWNED = re.compile(r"(\d+)-\w+")
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What one instance may read."""

    kind: Literal["file", "folder"]
    """Whether the guest sees the file alone or the folder it is in."""
    folder: Path
    """On this machine."""
    guest_path: str
    """The file as the guest sees it."""
    size_bytes: int
    """Of the file, when the sandbox was made."""

    def close(self) -> None:
        """Removes the private folder; the file itself stays. Closing twice is no error."""
        if self.kind == "file":
            shutil.rmtree(self.folder, ignore_errors=True)


class Sandboxes:
    """Makes sandboxes below Thoth's own folders, never beside the user's files."""

    def __init__(self, paths: Paths) -> None:
        self._roots = [paths.temp / "open", paths.cache / "open"]

    def make(self, path: Path) -> Sandbox:
        """A sandbox for the file at `path`; raises FileUnreadable with a sentence when it is none that can be read."""
        real, status = _regular_file(path)
        for root in self._roots:
            linked = _link(real, status, root, path.name)
            if linked is not None:
                return linked
        if not _is_text(real.name):
            raise FileUnreadable(f"{path.name!r} cannot be opened: its name is not valid Unicode")
        return Sandbox("folder", real.parent, f"{GUEST_FOLDER}/{real.name}", status.st_size)

    def sweep(self) -> None:
        """Removes what servers left behind that are gone."""
        for root in self._roots:
            try:
                left = list(root.iterdir())
            except OSError:
                continue
            for folder in left:
                owner = _OWNED.fullmatch(folder.name)
                if owner is not None and not _is_alive(int(owner[1])):
                    shutil.rmtree(folder, ignore_errors=True)


def _regular_file(path: Path) -> tuple[Path, os.stat_result]:
    """The file `path` leads to, which can be read. Never opens what is not a file: that might wait for ever."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
        for is_kind, name in _KINDS:
            if is_kind(status.st_mode):
                raise FileUnreadable(f"{path} is {name}; only files can be opened")
        if not stat.S_ISREG(status.st_mode):
            raise FileUnreadable(f"{path} is not a file")
        with real.open("rb"):
            return real, status
    except FileNotFoundError:
        raise FileUnreadable(f"{path} does not exist") from None
    except PermissionError:
        raise FileUnreadable(f"{path} may not be read by you") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise FileUnreadable(f"{path} cannot be opened: {getattr(error, 'strerror', None) or error}") from None


def _link(real: Path, status: os.stat_result, root: Path, name: str) -> Sandbox | None:
    """A private folder below `root` that holds nothing but the file, None where there can be none."""
    folder = None
    try:
        if private(root).stat().st_dev != status.st_dev:
            return None
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=root))
        shown = name if _is_text(name) else f"file{real.suffix if _is_text(real.suffix) else ''}"
        os.link(real, folder / shown)
        if os.path.samestat((folder / shown).stat(), status):
            return Sandbox("file", folder, f"{GUEST_FOLDER}/{shown}", status.st_size)
    except OSError:
        pass
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    return None


def _is_text(name: str) -> bool:
    """Whether the name can be told to a guest: names on disk may be any bytes."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
