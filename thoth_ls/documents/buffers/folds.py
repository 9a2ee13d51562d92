"""What can be folded in a text: objects and arrays over several lines, the outermost first."""

from __future__ import annotations

import asyncio
from collections import deque

from thoth_ls.documents.buffers.index import TextIndex
from thoth_ls.wire.texts import Fold
from thoth_ls.wire.trees import Summary

MOST_VALUES = 100_000
"""Looked at in one text; most of them are on one line."""
AT_ONCE = 16

_Place = tuple[int, tuple[int, ...]]


async def folds(index: TextIndex, most: int) -> list[Fold]:
    """At most `most`, in the order of the text."""
    found: list[tuple[int, int]] = []
    queue: deque[_Place] = deque()
    left = MOST_VALUES

    def take(summary: Summary, place: _Place) -> None:
        if summary.at is None or summary.kind not in ("object", "array") or len(found) >= most:
            return
        begin, end = summary.at
        if index.positions.line_of(begin) < index.positions.line_of(end - 1):
            found.append((begin, end))
            queue.append(place)

    for number, summary in enumerate(await index.roots(min(index.records, left))):
        left -= 1
        take(summary, (number, ()))
    while queue and len(found) < most and left > 0:
        some = [queue.popleft() for _ in range(min(AT_ONCE, len(queue)))]
        asked = (index.children(record, path, left) for record, path in some)
        for (record, path), children in zip(some, await asyncio.gather(*asked), strict=True):
            left -= len(children)
            for child in children:
                take(child, (record, (*path, child.index)))
    positions = index.positions
    return [Fold(positions.position(begin + 1), positions.position(end - 1)) for begin, end in sorted(found)]
