"""How much one guest may be behind with: responses it was handed as events and has not taken in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from thoth_ls.calling import soon

if TYPE_CHECKING:
    from concurrent.futures import Future

MOST_UNTAKEN: Final = 16 << 20
"""Characters of events; the requests that are under way then still come to their end."""


class Room:
    """For one guest. Belongs to the event loop, though it may be made elsewhere."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._untaken = 0
        self._news = asyncio.Event()

    @property
    def is_left(self) -> bool:
        """Whether more may be begun."""
        return self._untaken < MOST_UNTAKEN

    async def left(self) -> None:
        """Returns once there is some."""
        while not self.is_left:
            self._news.clear()
            await self._news.wait()

    def handed_over(self, count: int, taken: Future[None]) -> None:
        """Counts so many characters until the guest has taken them in, or is gone."""
        self._untaken += count
        taken.add_done_callback(lambda _: soon(self._loop, self._taken, count))

    def _taken(self, count: int) -> None:
        self._untaken -= count
        self._news.set()
