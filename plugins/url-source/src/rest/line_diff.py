"""Two texts, compared line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

CONTEXT: Final = 3
MOST_PAIRS: Final = 4_000_000
"""Lines of the parts that differ, multiplied, up to which equal lines are looked for in them."""
LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what is shown."""

    kind: Literal["same", "removed", "added", "skipped"]
    text: str = ""
    before: int | None = None
    """Its number in the first text, from 1; None where it is not in it."""
    after: int | None = None


def lines(before: str, after: str, most: int) -> tuple[list[Line], bool]:
    """Lines that differ with some around them, and whether there are more than `most`."""
    old, new = before.splitlines(), after.splitlines()
    shown: list[Line] = []
    at = new_at = 0
    for start, end, new_start, new_end in _blocks(old, new):
        _between(shown, old, (at, start), (new_at, new_start), first=at == 0 and new_at == 0)
        shown += [Line("removed", _cut(old[place]), place + 1) for place in range(start, min(end, start + most))]
        shown += [
            Line("added", _cut(new[place]), None, place + 1)
            for place in range(new_start, min(new_end, new_start + most))
        ]
        at, new_at = end, new_end
        if len(shown) > most:
            return shown[:most], True
    if shown:
        last = min(at + CONTEXT, len(old))
        shown += [Line("same", _cut(old[place]), place + 1, new_at + place - at + 1) for place in range(at, last)]
        if last < len(old):
            shown.append(Line("skipped"))
    return shown[:most], len(shown) > most


def _between(
    shown: list[Line], old: list[str], stretch: tuple[int, int], new_stretch: tuple[int, int], *, first: bool
) -> None:
    """Equal lines between two places that differ: the nearest of them."""
    start, end = stretch
    shift = new_stretch[1] - end
    places = list(range(start, end))
    if len(places) > 2 * CONTEXT or (first and len(places) > CONTEXT):
        head = [] if first else places[:CONTEXT]
        shown += [Line("same", _cut(old[place]), place + 1, place + shift + 1) for place in head]
        shown.append(Line("skipped"))
        places = places[-CONTEXT:]
    shown += [Line("same", _cut(old[place]), place + 1, place + shift + 1) for place in places]


def _blocks(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Stretches of two texts that are not the same."""
    most = min(len(old), len(new))
    front = 0
    while front < most and old[front] == new[front]:
        front += 1
    back = 0
    while back < most - front and old[-1 - back] == new[-1 - back]:
        back += 1
    inner, new_inner = old[front : len(old) - back], new[front : len(new) - back]
    if not inner and not new_inner:
        return []
    if len(inner) * len(new_inner) > MOST_PAIRS:
        return [(front, len(old) - back, front, len(new) - back)]
    return [
        (front + start, front + end, front + new_start, front + new_end)
        for kind, start, end, new_start, new_end in SequenceMatcher(
            None, inner, new_inner, autojunk=False
        ).get_opcodes()
        if kind != "equal"
    ]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
