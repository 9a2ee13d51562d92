"""How far a command has come, on a terminal's standard error and nowhere else."""

from __future__ import annotations

import sys
import time

EVERY_SECONDS = 0.1
_CLEAR = "\r\033[K"


class Progress:
    """One line that is written over again and again, and gone at the end."""

    def __init__(self) -> None:
        self._shown = False
        self._last = 0.0
        self._on = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Shows a text, at most ten times a second; nothing where nobody would see it."""
        now = time.monotonic()
        if self._on and now - self._last >= EVERY_SECONDS:
            self._last, self._shown = now, True
            print(f"{_CLEAR}{text}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Takes the line away, before anything else is printed."""
        if self._shown:
            self._shown = False
            print(_CLEAR, end="", file=sys.stderr, flush=True)
