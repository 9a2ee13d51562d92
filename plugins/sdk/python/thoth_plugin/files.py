"""Text files a person chooses. Needs `file-dialog`; for files of any kind that are sent, see `http.pick`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoth_plugin import current

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file a person chose."""

    path: str
    """To be shown; it cannot be opened from here."""
    contents: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.replace("\\", "/").rpartition("/")[2]


def open(title: str, extensions: Sequence[str] = ()) -> OpenedFile | None:
    """Asks for a file; None where they cancelled. Extensions without the dot. Raises HostError."""
    told = current.host_call("file-dialog", "open-file", title, [*extensions])
    return None if told is None else OpenedFile(told["path"], told["contents"])


def save(title: str, default_name: str, contents: str, extensions: Sequence[str] = ()) -> str | None:
    """Asks where to save, and saves; the path, or None where they cancelled. Raises HostError."""
    path: str | None = current.host_call("file-dialog", "save-file", title, default_name, [*extensions], contents)
    return path
