"""What is remembered once for the user and once for the open workspace."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Any, Literal

from thoth_ls.errors import ThothError
from thoth_ls.storage.json_file import JsonFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from thoth_ls.storage.whole_file import Report

logger = logging.getLogger(__name__)

Scope = Literal["user", "workspace"]
MAX_BYTES = 4 << 20


class ScopedFile:
    """A JSON object of the user and, where a workspace is open, one of that workspace. For any thread.

    `user` and `workspace` are what was read last; `refresh` looks for what other processes wrote.
    """

    def __init__(self, state: Path, name: str, workspace: str | None, report: Report) -> None:
        self._files: dict[Scope, JsonFile] = {"user": JsonFile(state / name, MAX_BYTES, report)}
        if workspace is not None:
            folder = state / "workspaces" / hashlib.sha256(workspace.encode("utf-8", "replace")).hexdigest()
            self._files["workspace"] = JsonFile(folder / name, MAX_BYTES, report)
        self.version = 0
        """Another one after each change, whoever made it."""
        self._report = report
        self._seen: dict[Scope, tuple[int, int, int] | None] = {}
        self._content: dict[Scope, Mapping[str, Any]] = {}

    @property
    def has_workspace(self) -> bool:
        """Whether a workspace is open."""
        return "workspace" in self._files

    @property
    def user(self) -> Mapping[str, Any]:
        """The user's object; not to be changed."""
        return self._content.get("user", {})

    @property
    def workspace(self) -> Mapping[str, Any]:
        """The workspace's object; not to be changed."""
        return self._content.get("workspace", {})

    def refresh(self) -> None:
        """Reads what was written since the last time. Looks at two files."""
        for scope, file in self._files.items():
            signature = _signature(file.path)
            if scope in self._seen and self._seen[scope] == signature:
                continue
            self._seen[scope] = signature
            try:
                found = file.read()
            except ThothError as error:
                self._report(str(error))
                continue
            if found != self._content.get(scope, {}):
                self.version += 1
            self._content[scope] = found

    def update(self, scope: Scope, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Replaces an object by what `change` makes of it; raises FileUnwritable."""
        self._content[scope] = self._files[scope].update(change)
        self.version += 1


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
