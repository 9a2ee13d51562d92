"""What to show of a hit: a part of its text around the first place found, and what to mark in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 200
BEFORE = 60
"""So many characters in front of the first place are shown where the text is long."""
MOST_PLACES = LONGEST
"""More places than characters are not shown."""
CUT = "…"
_HALF = re.compile("[\ud800-\udfff]")


def excerpt(text: str, places: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """At most `LONGEST` characters of `text`, and the places in it in UTF-16 code units, cut where the text is cut."""
    text, places = _written(text, places)
    begin, end = _window(text, places)
    head, tail = (CUT if begin else ""), (CUT if end < len(text) else "")
    shown = text[begin:end]
    ranges = []
    for start, stop in places:
        start, stop = max(start, begin), min(stop, end)  # noqa: PLW2901
        if start < stop:
            first = len(head) + _units(shown, start - begin)
            ranges.append((first, first + _units(shown[start - begin :], stop - start)))
    return f"{head}{shown}{tail}", ranges


def shortened(text: str) -> str:
    """The beginning of a text of any length."""
    return excerpt(text, [])[0]


def _window(text: str, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= LONGEST:
        return 0, len(text)
    first = places[0][0] if places else 0
    begin = first - BEFORE if first > BEFORE else 0
    room = LONGEST - (1 if begin else 0)
    if len(text) - begin <= room:
        begin = max(1, len(text) - (LONGEST - 1))
        return begin, len(text)
    return begin, begin + room - 1


def _units(text: str, characters: int) -> int:
    part = text[:characters]
    return characters if part.isascii() else len(part.encode("utf-16-le")) // 2


def clean(text: str) -> str:
    """Halves of surrogate pairs, which no message can hold, as the escapes they are in the file."""
    return text if text.isascii() else _HALF.sub(_escape, text)


def _escape(half: re.Match[str]) -> str:
    return f"\\u{ord(half.group()):04x}"


def _written(text: str, places: Sequence[tuple[int, int]]) -> tuple[str, Sequence[tuple[int, int]]]:
    """The text as `clean` has it, and where the places are in that."""
    if text.isascii() or not _HALF.search(text):
        return text, places
    return clean(text), [(len(clean(text[:start])), len(clean(text[:stop]))) for start, stop in places[:MOST_PLACES]]
