"""What came from other sides is taken in one piece at a time, so that everybody else has their turn in between."""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """Lets one go on in each turn of the event loop, first come, first served. Belongs to one event loop.

    Bytes may be made to cost much: a piece of a few KiB takes some milliseconds then. Of many connections at once, that
    would be seconds in which nothing else is done.
    """

    def __init__(self) -> None:
        self._line: deque[asyncio.Future[None]] = deque()
        self._taken = False
        """Whether somebody has this turn of the loop."""

    async def mine(self) -> None:
        """Returns when it is the turn of whoever calls, at once where nobody else has it."""
        loop = asyncio.get_running_loop()
        if not self._taken:
            self._taken = True
            loop.call_soon(self._next)
            return
        turn: asyncio.Future[None] = loop.create_future()
        self._line.append(turn)
        await turn

    def _next(self) -> None:
        while self._line:
            turn = self._line.popleft()
            if not turn.done():  # else whoever waited has left
                turn.set_result(None)
                asyncio.get_running_loop().call_soon(self._next)
                return
        self._taken = False
