"""A file a person picked in a dialog, anywhere on this machine: read as text, or replaced as a whole. Blocks."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from thoth_ls.errors import FileUnreadable, FileUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file to be read; raises FileUnreadable with a sentence that says why not."""
    flags = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
    shown = os.fsencode(path).decode("utf-8", "replace")
    try:
        file = os.fdopen(os.open(path, os.O_RDONLY | flags), "rb")
    except OSError as error:
        raise FileUnreadable(f"{shown} cannot be read: {error.strerror or error}") from None
    with file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileUnreadable(f"{shown} is not a file")
        yield file


def read_text(path: Path, max_bytes: int) -> str:
    """The whole text (UTF-8, without a byte order mark); raises FileUnreadable with a sentence that says why not."""
    shown = os.fsencode(path).decode("utf-8", "replace")
    with opened(path) as file:
        try:
            raw = file.read(max_bytes + 1)
        except OSError as error:
            raise FileUnreadable(f"{shown} cannot be read: {error.strerror or error}") from None
    if len(raw) > max_bytes:
        raise FileUnreadable(f"{shown} is larger than {max_bytes >> 20} MiB, which is the most a plugin is given")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable(f"{shown} is not text in UTF-8 (byte {error.start:,})") from None
    if "\0" in text:  # of UTF-16, or of no text at all
        raise FileUnreadable(f"{shown} is not text in UTF-8 (it holds null characters)")
    return text


def replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes the file, in place of what is there; raises FileUnwritable, and then all is as it was.

    A link stays one: what it leads to is replaced. Permissions stay what they are.
    """
    shown = os.fsencode(path).decode("utf-8", "replace")
    temporary: Path | None = None
    try:
        target = path.resolve()
        mode = _mode(target)
        name = target.parent / f".thoth-{secrets.token_hex(8)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(name, flags, 0o666 if mode is None else 0o600)
        temporary = name
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
        temporary = None
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise FileUnwritable(f"{shown} was not written: {_said(error)}") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _mode(target: Path) -> int | None:
    """Permissions of what is replaced, None where there is nothing."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not a file")
    return stat.S_IMODE(found.st_mode)


def _said(error: OSError | RuntimeError) -> str:
    strerror = getattr(error, "strerror", None) or str(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"{strerror}: free some space and try again"
    return str(strerror)
