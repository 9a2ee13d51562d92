"""What can be folded in a text: objects and arrays over several lines, the outermost first."""

from __future__ import annotations

import asyncio
from collections import deque

from thoth_ls.documents.buffers.index import TextIndex
from thoth_ls.wire.texts import Fold
from thoth_ls.wire.trees import Summary

MOST_VALUES = 50_000
"""Looked at in one text; most values are on one line."""
MOST_LEVELS = 200
AT_ONCE = 16
"""Values whose children are asked for at the same time."""

_Path = tuple[int, ...]


async def folds(index: TextIndex, most: int) -> list[Fold]:
    """At most `most`, in the order of the text.

    Where some hundred children in a row have nothing to fold, those behind them are not looked at: an array of a
    million numbers is no reason to wait.
    """
    finder = _Finder(index, most)
    for number, summary in enumerate(await index.roots(MOST_VALUES)):
        finder.take(summary, number, ())
    await finder.run()
    positions = index.positions
    return [Fold(positions.position(begin + 1), positions.position(end - 1)) for begin, end in sorted(finder.found)]


class _Finder:
    """Looks into what can be folded, level by level, until there is enough."""

    def __init__(self, index: TextIndex, most: int) -> None:
        self.found: list[tuple[int, int]] = []
        self._index = index
        self._most = most
        self._left = MOST_VALUES
        self._queue: deque[tuple[int, _Path]] = deque()

    def take(self, value: Summary, record: int, path: _Path) -> bool:
        """Keeps a value if it can be folded; whether it can."""
        self._left -= 1
        if value.at is None or value.kind not in ("object", "array") or len(self.found) >= self._most:
            return False
        begin, end = value.at
        if self._index.positions.line_of(begin) == self._index.positions.line_of(end - 1):
            return False
        self.found.append((begin, end))
        if len(path) < MOST_LEVELS:
            self._queue.append((record, path))
        return True

    async def run(self) -> None:
        """Looks into what was taken."""
        while self._queue and len(self.found) < self._most and self._left > 0:
            some = [self._queue.popleft() for _ in range(min(AT_ONCE, len(self._queue)))]
            await asyncio.gather(*(self._look_into(record, path) for record, path in some))

    async def _look_into(self, record: int, path: _Path) -> None:
        async for window in self._index.windows(record, path, self._left):
            kept = [self.take(child, record, (*path, child.index)) for child in window]
            if not any(kept) or self._left <= 0:
                return
