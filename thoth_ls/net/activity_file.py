"""The log of the network on the disk: a JSON object a line, in two files that take turns."""

from __future__ import annotations

import json
import os
import stat
from collections import deque
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thoth_ls.paths import private
from thoth_ls.storage.locks import locked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NAME = "network.jsonl"
MOST_BYTES = 8 << 20
"""Of one file. The older one is deleted when the newer one is full."""
PATIENCE_SECONDS = 2.0
"""Longest wait for another server that writes, too."""
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))


class ActivityFile:
    """Lines in `folder`, for this user alone, written to by any number of servers. For any thread.

    What it raises is OSError.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.path = folder / NAME
        self.older = folder / f"{NAME}.1"
        self._most_bytes = most_bytes

    def append(self, lines: Sequence[str]) -> None:
        """Adds lines, each without its end."""
        private(self.path.parent)
        with locked(self.path.with_name(f"{NAME}.lock"), PATIENCE_SECONDS):
            descriptor = self._open()
            try:
                size = os.fstat(descriptor).st_size
                for line in lines:
                    data = f"{line}\n".encode("utf-8", "replace")
                    if size and size + len(data) > self._most_bytes:
                        os.close(descriptor)
                        descriptor = -1
                        self.path.replace(self.older)
                        descriptor, size = self._open(), 0
                    size += _write(descriptor, data)
            finally:
                if descriptor >= 0:
                    os.close(descriptor)

    def last(self, count: int, plugin_id: str | None = None) -> list[dict[str, Any]]:
        """The newest `count` objects (of that plugin), in their order; lines that are none are passed over."""
        found: deque[dict[str, Any]] = deque(maxlen=count)
        for line in chain(_lines(self.older), _lines(self.path)):
            try:
                entry = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(entry, dict) and (plugin_id is None or entry.get("pluginId") == plugin_id):
                found.append(entry)
        return list(found)

    def _open(self) -> int:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _FLAGS, 0o600)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise PermissionError(f"{self.path} is not a file")
        return descriptor


def _write(descriptor: int, data: bytes) -> int:
    written = 0
    while written < len(data):
        written += os.write(descriptor, data[written:])
    return written


def _lines(path: Path) -> Iterator[bytes] | Iterable[bytes]:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _FLAGS), "rb") as file:
            yield from file
    except FileNotFoundError:
        return
