"""Opening files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from thoth_plugin.json_text import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_plugin.nodes import Node


class Loader:
    """Opens a file and hands out its records. One instance has one file open."""

    extensions: ClassVar[Sequence[str]] = ()
    """Lower case, without the dot; the list of `plugin.toml` is what counts."""

    def open(self, path: str) -> int:
        """Opens the file at `path` (to be read with `open`) and returns how many records it has; raises PluginError."""
        raise NotImplementedError

    def get(self, index: int) -> Any:
        """Record `index`, as a value that JSON can hold; of tables a dict by column name. Raises IndexError."""
        raise NotImplementedError

    def get_range(self, start: int, count: int) -> list[Any]:
        """Up to `count` records from `start`; fewer at the end. Do better than one by one where that is possible."""
        found: list[Any] = []
        for index in range(start, start + count):
            try:
                found.append(self.get(index))
            except IndexError:
                break
        return found

    def raw_bytes(self, index: int) -> bytes:
        """Record `index` as it stands in the file."""
        return dumps(self.get(index)).encode()

    def columns(self) -> list[str] | None:
        """Headings of a table; None for the keys of the first record (capability `file-viewer`)."""
        return None

    def render_record(self, record: Any) -> Node:
        """Draws a record; a loader that has this method shows its records so (capability `file-viewer`)."""
        raise NotImplementedError

    def draws_records(self) -> bool:
        """Whether `render_record` is used."""
        return type(self).render_record is not Loader.render_record
