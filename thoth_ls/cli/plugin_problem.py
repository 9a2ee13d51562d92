"""Tells editors that a plugin could not be built, and that it could."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from thoth_ls.authoring.building.sources import write_atomically
from thoth_ls.catalog.development import problem_file
from thoth_ls.catalog.looking import without_links

if TYPE_CHECKING:
    from pathlib import Path


def keep_problem(folder: Path, said: str) -> None:
    """Leaves what is wrong where editors look for it; not by way of a link, nor where nothing can be written."""
    told = problem_file(folder)
    if without_links(told.parent, folder):
        with suppress(OSError):
            told.parent.mkdir(exist_ok=True)
            write_atomically(told, said.encode("utf-8", "replace"))


def forget_problem(folder: Path) -> None:
    """Takes it away, by whomever it was left."""
    told = problem_file(folder)
    if without_links(told.parent, folder):
        with suppress(OSError):
            told.unlink(missing_ok=True)
