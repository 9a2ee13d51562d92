"""What a plugin that can search its own file is asked, and what it answers (`tree-loader.search`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from thoth_ls.wire.trees import Kind


@dataclass(frozen=True, slots=True)
class Needle:
    """A text that is in every hit."""

    text: str
    fold: Sequence[Sequence[str]] | None
    """For each position the texts accepted there, None where only the text itself is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: names and values that hold one of the needles, or without needles all of them."""

    needles: Sequence[Needle]
    keys: bool
    values: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name or value that may be a hit."""

    record: int
    path: Sequence[int]
    keys: Sequence[str | int] | None
    """The path with names where it goes through objects, None where the plugin does not tell."""
    part: Literal["key", "value"]
    kind: Kind
    text: str
    """Decoded; of a long one a part around the first needle."""
    cut: bool
    """Whether `text` is a part only."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one bounded step found."""

    found: Sequence[Candidate]
    next_byte: int
    """Where to go on."""
    record: int
    """All records below have been searched."""
    done: bool
    """Whether it came to the end of what has been read so far."""
    cut_short: int | None = None
    """The first record with a text of which only the beginning was compared."""


class GuestSearch(Protocol):
    """Searches in the background. May raise PluginError."""

    async def search(self, wanted: Wanted, from_byte: int, max_bytes: int) -> Candidates:
        """One bounded step, from a byte of the file on."""
