"""What a plugin writes to its standard error and output: cut into lines, kept within bounds, never to our own."""

from __future__ import annotations

import errno
import logging
import re
import threading
import time
from collections.abc import Callable
from typing import Literal

logger = logging.getLogger(__name__)

Level = Literal["info", "warning", "error"]
OnLog = Callable[[str, Level, str], None]
"""(plugin id, level, one line without its end). Called on a plugin's thread; must not block."""

MAX_LINE_BYTES = 8 * 1024
FLOOD = 16
"""A plugin that writes this many times more than allowed during one call is stopped."""
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class LogCapture:
    """Both streams of one instance. The callbacks it gives to wasmtime never raise and never wait."""

    def __init__(
        self,
        plugin_id: str,
        on_log: OnLog,
        bytes_per_minute: int,
        on_flood: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plugin_id = plugin_id
        self._on_log = on_log
        self._allowed = bytes_per_minute
        self._on_flood = on_flood
        self._clock = clock
        self._lock = threading.Lock()
        self._left = float(bytes_per_minute)
        self._refilled = clock()
        self._dropped = 0
        self._dropped_in_call = 0
        self._partial: dict[str, bytes] = {"stdout": b"", "stderr": b""}

    def stdout(self, data: bytes) -> int:
        """Takes what was written; answers with the number of bytes, or an error number below 0."""
        return self._take("stdout", data)

    def stderr(self, data: bytes) -> int:
        """Takes what was written; answers with the number of bytes, or an error number below 0."""
        return self._take("stderr", data)

    def begin_call(self) -> None:
        """Counts what is too much from here on."""
        self._dropped_in_call = 0

    def flush(self) -> None:
        """Passes on an unfinished last line, and how much was left out."""
        with self._lock:
            for stream, rest in self._partial.items():
                self._partial[stream] = b""
                if rest:
                    self._say(_level(rest), rest)
            self._say_dropped()

    def _take(self, stream: str, data: bytes) -> int:
        try:
            with self._lock:
                return self._accept(stream, data)
        except BaseException:  # noqa: BLE001 - leaving a callback of wasmtime's prints to our standard output
            logger.error("a line of plugin %s was lost", self._plugin_id)
            return -errno.EIO

    def _accept(self, stream: str, data: bytes) -> int:
        self._refill()
        if len(data) > self._left:
            self._dropped += len(data)
            self._dropped_in_call += len(data)
            if self._dropped_in_call > self._allowed * FLOOD:
                self._on_flood()
                return -errno.EIO
            return len(data)
        self._left -= len(data)
        self._say_dropped()
        *lines, rest = (self._partial[stream] + data).split(b"\n")
        while len(rest) > MAX_LINE_BYTES:
            lines.append(rest[:MAX_LINE_BYTES])
            rest = rest[MAX_LINE_BYTES:]
        self._partial[stream] = rest
        for line in lines:
            self._say(_level(line), line[:MAX_LINE_BYTES])
        return len(data)

    def _refill(self) -> None:
        now = self._clock()
        self._left = min(self._allowed, self._left + (now - self._refilled) * self._allowed / 60)
        self._refilled = now

    def _say_dropped(self) -> None:
        if self._dropped:
            dropped, self._dropped = self._dropped, 0
            self._say("warning", f"(left out {dropped:,} bytes: more than this plugin may log)".encode())

    def _say(self, level: Level, line: bytes) -> None:
        text = _CONTROL.sub("", line.decode("utf-8", "replace")).rstrip()
        if text:
            self._on_log(self._plugin_id, level, text)


def _level(line: bytes) -> Level:
    start = line.lstrip()[:12].lower()
    if start.startswith((b"error", b"[error", b"panic", b"fatal")):
        return "error"
    return "warning" if start.startswith((b"warn", b"[warn")) else "info"
