"""The plugin's log, which its author reads: Thoth: Show Plugin Log. `print` goes there, too."""

from __future__ import annotations

import logging
import traceback

from thoth_plugin import current


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
    error(f"{doing}: {type(failure).__name__}: {failure}\n{told}")


class LogHandler(logging.Handler):
    """Takes what is written by Python's `logging`."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record."""
        write = error if record.levelno >= logging.ERROR else warning if record.levelno >= logging.WARNING else info
        write(self.format(record))
