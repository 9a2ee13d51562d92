"""Writing tables in a file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Option:
    """One choice a person has before exporting."""

    key: str
    label: str
    default: str = ""
    kind: Literal["text", "bool", "select"] = "text"
    choices: Sequence[str] = ()
    """For `select`."""


class Exporter:
    """Writes one file. A new one is made for each file; nothing but what it keeps itself is in memory."""

    name: ClassVar[str] = ""
    """For people, in the menu."""
    extension: ClassVar[str] = ""
    """Without the dot."""
    feed: ClassVar[Literal["cells", "records"]] = "cells"
    """Whether `write` is given rows (lists of cells) or records (any values)."""

    def options(self) -> Sequence[Option]:
        """What a person can choose."""
        return ()

    def begin(self, columns: Sequence[Mapping[str, str]], options: Mapping[str, str]) -> str | bytes:
        """What comes first. A column is `{"name", "type"}`; `options` has a value for each. Raises PluginError."""
        return ""

    def write(self, rows: Sequence[Any]) -> str | bytes:
        """Some rows or records. Of cells: str, int, float, bool, list, dict, or None where there is no value."""
        raise NotImplementedError

    def finish(self) -> str | bytes:
        """What comes last."""
        return ""
