"""One text in a file that outlives the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.errors import FileUnreadable, FileUnwritable
from thoth_ls.storage.whole_file import WholeFile, to_log

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.storage.whole_file import Report

MOST_BYTES = 1 << 30
"""What is read at most, however small the cap for writing is by now: a lower cap must not make anybody lose data."""

PATIENCE_SECONDS = 2.0
"""Longest wait for another process: whoever writes is a plugin, whose call may not take long."""


class TextFile:
    """The text (UTF-8) in the file at `path`; no file is an empty text. For any thread, and any number of processes.

    A file that is not text is kept under another name and `report` gets a sentence; then the text is empty.
    """

    def __init__(self, path: Path, report: Report = to_log) -> None:
        self._file = WholeFile(path, MOST_BYTES, report)

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._file.path

    def read(self) -> str:
        """The text as it is now; raises FileUnreadable."""
        try:
            return self._decoded(self._file.read())
        except UnicodeDecodeError:
            with self._file.alone():
                try:
                    return self._decoded(self._file.read())
                except UnicodeDecodeError as error:
                    self._file.set_aside(f"is not UTF-8 (byte {error.start:,})")
                    return ""

    def write(self, text: str, max_bytes: int) -> None:
        """Replaces the text; raises FileUnwritable, also where it has more than `max_bytes` bytes of UTF-8."""
        content = text.encode("utf-8", "replace")
        if len(content) > max_bytes:
            raise FileUnwritable(f"{len(content):,} bytes are too much to keep: {max_bytes:,} are allowed.")
        with self._file.alone(PATIENCE_SECONDS):
            self._file.write(content)

    def _decoded(self, raw: bytes | None) -> str:
        if raw is None:
            return ""
        if len(raw) > self._file.max_bytes:
            raise FileUnreadable(f"{self.path} is larger than {self._file.max_bytes:,} bytes.")
        return raw.decode("utf-8")
