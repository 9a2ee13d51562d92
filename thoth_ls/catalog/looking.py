"""Looks at files without ever failing: what cannot be looked at, for whatever reason, is not there."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether an ordinary file is there, or a link that leads to one."""
    return stat.S_ISREG(_mode(path, follow=True))


def is_folder(path: Path) -> bool:
    """Whether a folder is there, or a link that leads to one."""
    return stat.S_ISDIR(_mode(path, follow=True))


def is_link(path: Path) -> bool:
    """Whether a link is there."""
    return stat.S_ISLNK(_mode(path, follow=False))


def is_there(path: Path) -> bool:
    """Whether anything is there, be it a link that leads nowhere."""
    return _mode(path, follow=False) != 0


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a path leads to something in a folder once all links are followed; never for a link to itself."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def without_links(path: Path, folder: Path) -> bool:
    """Whether no link is on the way from a folder to a path in it, nor at its end; what is not there yet is no link."""
    try:
        return path.resolve() == folder.resolve() / path.relative_to(folder)
    except (OSError, RuntimeError, ValueError):
        return False


def folders_in(folder: Path) -> list[Path]:
    """The folders in a folder, by name, but for hidden ones."""
    try:
        found = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
    except (OSError, ValueError):
        return []
    return [child for child in found if is_folder(child)]


def _mode(path: Path, *, follow: bool) -> int:
    try:
        return path.stat(follow_symlinks=follow).st_mode
    except (OSError, ValueError):
        return 0
