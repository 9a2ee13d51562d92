"""A JSON object in a file that outlives the process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thoth_ls.storage.whole_file import WholeFile, to_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from thoth_ls.storage.whole_file import Report


class JsonFile:
    """The object in the file at `path`; no file is an empty object. For any thread, and any number of processes.

    A file that does not hold an object, or is larger than `max_bytes`, is kept under another name and `report` gets a
    sentence; then there is an empty object. Errors are sentences: FileUnreadable and FileUnwritable.
    """

    def __init__(self, path: Path, max_bytes: int, report: Report = to_log) -> None:
        self._file = WholeFile(path, max_bytes, report)

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._file.path

    def read(self) -> dict[str, Any]:
        """The object as it is now."""
        try:
            return self._decoded(self._file.read())
        except _NoObjectError:
            with self._file.alone():
                return self._read_alone()

    def update(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
        """Replaces the object by what `change` makes of it, and returns that.

        Nobody else writes meanwhile. `change` may alter what it is given; when it raises, nothing is written.
        """
        with self._file.alone():
            before = self._file.read()
            try:
                old = self._decoded(before)
            except _NoObjectError:
                old = self._read_alone()
            new = change(old)
            content = json.dumps(new, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")
            if content != before:
                self._file.write(content)
            return new

    def _read_alone(self) -> dict[str, Any]:
        """The object, with nobody else writing; what is none is set aside."""
        try:
            return self._decoded(self._file.read())
        except _NoObjectError as error:
            self._file.set_aside(str(error))
            return {}

    def _decoded(self, raw: bytes | None) -> dict[str, Any]:
        if raw is None:
            return {}
        if len(raw) > self._file.max_bytes:
            raise _NoObjectError(f"is larger than {self._file.max_bytes:,} bytes")
        try:
            found = json.loads(raw.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError) as error:
            raise _NoObjectError(f"is not JSON ({error})") from None
        if not isinstance(found, dict):
            raise _NoObjectError("does not hold a JSON object")
        return found


class _NoObjectError(Exception):
    """What is wrong with the file, to go behind its name."""
