"""So many at a time, and so many that wait for their turn."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class LineFull(Exception):
    """As many wait already as may."""


class Slots:
    """`at_once` may hold one; `waiting` more stand in line, first come, first served. Belongs to the event loop."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = at_once
        self._at_once = at_once
        self._most_waiting = waiting
        self._line: deque[asyncio.Future[None]] = deque()

    @property
    def idle(self) -> bool:
        """Whether nobody holds one or waits."""
        return self._free == self._at_once

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Held inside. Raises LineFull at once where the line is full."""
        if self._free:
            self._free -= 1
        else:
            await self._turn()
        try:
            yield
        finally:
            self._hand_on()

    async def _turn(self) -> None:
        if len(self._line) >= self._most_waiting:
            raise LineFull
        turn = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came just now, and nobody is left to use it
                self._hand_on()
            elif turn in self._line:  # whoever handed on has passed over it, where both happened at once
                self._line.remove(turn)
            raise

    def _hand_on(self) -> None:
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
