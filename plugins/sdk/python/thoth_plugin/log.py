"""The plugin's log, which its author reads: Thoth: Show Plugin Log. `print` goes there, too."""

from __future__ import annotations

import linecache
import logging
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_plugin import current

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def info(message: object) -> None:
    """Writes a line."""
    current.instance().host.write_log(f"{message}\n")


def warning(message: object) -> None:
    """Writes a line that is marked as a warning."""
    info(f"warning: {message}")


def error(message: object) -> None:
    """Writes a line that is marked as an error."""
    info(f"error: {message}")


def exception(failure: BaseException, doing: str) -> None:
    """Writes what failed, and its traceback."""
    told = "".join(traceback.format_exception(failure)).rstrip()
    for folder, shown in _roots.items():
        told = told.replace(f'File "{folder}', f'File "{shown}')
    error(f"{doing}: {type(failure).__name__}: {failure}\n{told}")


class LogHandler(logging.Handler):
    """Takes what is written by Python's `logging`."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record."""
        write = error if record.levelno >= logging.ERROR else warning if record.levelno >= logging.WARNING else info
        write(self.format(record))


_roots: dict[str, str] = {}


def keep_sources(roots: Mapping[str, str], modules: Sequence[str]) -> None:
    """Keeps the lines of modules, and how folders are shown, for tracebacks; called while a plugin is built."""
    _roots.update(roots)
    for name in modules:
        path = getattr(sys.modules.get(name), "__file__", None)
        if path is not None:
            lines = Path(path).read_text("utf-8").splitlines(keepends=True)
            # Without a time of change nobody looks whether the file, which will be gone, has changed.
            linecache.cache[path] = (len(lines), None, lines, path)
