"""Whether a panel keeps somebody waiting."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_SECONDS = 0.3
"""How long nothing is said of it."""


class Waiting:
    """Counts what is under way, and tells when that has taken a moment, and when it is over. Belongs to the loop."""

    def __init__(self, tell: Callable[[bool], None]) -> None:
        self.count = 0
        """What is under way."""
        self._tell = tell
        self._told = False
        self._timer: asyncio.TimerHandle | None = None

    def begins(self) -> None:
        """One more."""
        self.count += 1
        if self.count == 1:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._late)

    def ends(self) -> None:
        """One less."""
        self.count -= 1
        if self.count == 0:
            self.forget()
            if self._told:
                self._told = False
                self._tell(False)

    def forget(self) -> None:
        """Nothing is told any more of what is under way now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        self._told = True
        self._tell(True)


class Pause:
    """Calls `act` once nothing has happened for a moment, or it has been long enough. Belongs to the loop."""

    def __init__(self, act: Callable[[], None], seconds: float, at_most: float) -> None:
        self._act = act
        self._seconds = seconds
        self._at_most = at_most
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        """Something happened."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._timer is None:
            self._due = now + self._at_most
        else:
            self._timer.cancel()
        self._timer = loop.call_at(min(now + self._seconds, self._due), self._pass)

    def forget(self) -> None:
        """Nothing is called for what happened so far."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _pass(self) -> None:
        self._timer = None
        self._act()
