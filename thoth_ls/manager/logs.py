"""The last lines each plugin wrote to its log."""

from __future__ import annotations

import threading
from collections import deque

LINES = 200
LINE_CHARACTERS = 4_000


class Logs:
    """For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, deque[str]] = {}

    def add(self, plugin_id: str, level: str, text: str) -> None:
        """A plugin wrote something, of one line or several."""
        mark = "" if level == "info" else f"{level}: "
        with self._lock:
            lines = self._lines.setdefault(plugin_id, deque(maxlen=LINES))
            lines.extend(mark + line[:LINE_CHARACTERS] for line in text.splitlines()[-LINES:])

    def last(self, plugin_id: str) -> list[str]:
        """What it wrote last, the oldest first."""
        with self._lock:
            return list(self._lines.get(plugin_id, ()))

    def forget(self, plugin_id: str) -> None:
        """Forgets what it wrote."""
        with self._lock:
            self._lines.pop(plugin_id, None)
