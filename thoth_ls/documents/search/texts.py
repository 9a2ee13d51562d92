"""Long texts, put together from parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

PART_BYTES = 4 << 20
LONGEST = 16 << 20
"""Characters of one text that are searched; more would be searched in memory that is not there."""

Part = Callable[[int, int], Awaitable[tuple[str, int | None]]]
"""The text from a byte on, at most so many bytes, and where to go on."""


async def whole_text(part: Part, first: int = 0) -> tuple[str, bool]:
    """A text from byte `first` on, and whether it is all of it: it ends behind `LONGEST` characters."""
    texts: list[str] = []
    size = 0
    at: int | None = first
    while at is not None and size < LONGEST:
        text, at = await part(at, PART_BYTES)
        texts.append(text)
        size += len(text)
    return "".join(texts), at is None
