"""The outline of a text: its values as symbols, outermost first, as many as an editor can use."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from thoth_ls.documents.buffers.index import TextIndex
from thoth_ls.wire.texts import Symbol
from thoth_ls.wire.trees import Summary

MOST_SYMBOLS = 5_000
MOST_CHILDREN = 500
"""Of one value; a symbol says how many more there are."""
MOST_LEVELS = 100
"""Symbols in each other: what passes them on goes by recursion."""
AT_ONCE = 16
"""Values whose children are asked for at the same time."""
NAME_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class _Open:
    """A value whose children are to be listed in `into`."""

    record: int
    path: tuple[int, ...]
    summary: Summary
    into: list[Symbol]


async def outline(index: TextIndex) -> list[Symbol]:
    """The values of a text; where there is one record only, its children are at the top."""
    outliner = _Outliner(index)
    top = await index.roots(MOST_CHILDREN)
    symbols: list[Symbol] = []
    if index.records == 1 and top and top[0].kind in ("object", "array"):
        outliner.queue.append(_Open(0, (), top[0], symbols))
    else:
        for number, summary in enumerate(top):
            name = f"Record {number + 1}" if index.records > 1 else "$"
            outliner.add(summary, name, number, (), symbols)
        outliner.add_more(top, index.records, index.positions.size, symbols)
    await outliner.run()
    return symbols


class _Outliner:
    """Lists values level by level, until there are enough."""

    def __init__(self, index: TextIndex) -> None:
        self.queue: deque[_Open] = deque()
        self._index = index
        self._left = MOST_SYMBOLS

    async def run(self) -> None:
        """Lists what is in the values that were added."""
        while self.queue and self._left > 0:
            some = [self.queue.popleft() for _ in range(min(AT_ONCE, len(self.queue)))]
            asked = (self._index.children(item.record, item.path, min(MOST_CHILDREN, self._left)) for item in some)
            for item, children in zip(some, await asyncio.gather(*asked), strict=True):
                self._list(item, children[: max(0, self._left)])

    def add(self, summary: Summary, name: str, record: int, path: tuple[int, ...], into: list[Symbol]) -> None:
        """One value; what is in it comes later."""
        if summary.at is None or summary.at[0] == summary.at[1]:
            return
        positions = self._index.positions
        begin, end = summary.at
        named = summary.key_at or (begin, end)
        area = positions.area(min(begin, named[0]), end)
        symbol = Symbol(name, summary.preview, summary.kind, area, positions.area(*named))
        into.append(symbol)
        self._left -= 1
        if summary.kind in ("object", "array") and summary.count != 0 and len(path) < MOST_LEVELS:
            self.queue.append(_Open(record, path, summary, symbol.children))

    def add_more(self, listed: list[Summary], count: int | None, end: int, into: list[Symbol]) -> None:
        """What stands for the values that are not listed."""
        if (
            not listed
            or listed[-1].at is None
            or count == len(listed)
            or (count is None and len(listed) < MOST_CHILDREN)
        ):
            return
        begin = min(listed[-1].at[1], end)
        positions = self._index.positions
        said = f"{count - len(listed):,} more" if count is not None else "more"
        into.append(Symbol("…", said, "more", positions.area(begin, end), positions.area(begin, begin)))

    def _list(self, item: _Open, children: list[Summary]) -> None:
        for child in children:
            self.add(child, _name(child), item.record, (*item.path, child.index), item.into)
        if item.summary.at is not None:
            self.add_more(children, item.summary.count, item.summary.at[1], item.into)


def _name(summary: Summary) -> str:
    """A name that can be seen: editors refuse symbols without one."""
    if summary.key is None:
        return str(summary.index)
    name = summary.key if summary.key.strip() else f'"{summary.key}"'
    return name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - 1]}…"
