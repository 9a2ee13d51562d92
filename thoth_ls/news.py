"""News that come in floods, told now and then."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Item = TypeVar("Item")


class Latest(Generic[Item]):
    """Passes on what it was told last, at once at first, then at most once in `seconds`. Belongs to one event loop."""

    def __init__(self, tell: Callable[[Item], None], seconds: float) -> None:
        self._tell = tell
        self._seconds = seconds
        self._next: list[Item] = []
        self._pause: asyncio.TimerHandle | None = None

    def __call__(self, item: Item) -> None:
        """Has `item` told, unless a later one comes first."""
        self._next = [item]
        if self._pause is None:
            self._pass_on()

    def begin_anew(self) -> None:
        """What waits is not told any more, and the next is told at once."""
        self._next = []
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None

    def _pass_on(self) -> None:
        self._pause = None
        if self._next:
            self._pause = asyncio.get_running_loop().call_later(self._seconds, self._pass_on)
            item, self._next = self._next[0], []
            self._tell(item)
