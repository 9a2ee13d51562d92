"""Notices of the host to the guest of a panel: something it may show is different by now."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from thoth_ls.errors import ThothError
from thoth_ls.news import Latest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SECONDS = 0.25
"""Between two notices."""
STORAGE_CHANGED = "storage-changed"
"""What the plugin keeps was written by another instance."""
SETTINGS_CHANGED = "settings-changed"
"""It has been told other settings."""


class Notices:
    """An event of one kind, however often there is reason for it. Belongs to the event loop."""

    def __init__(self, widget_id: str, tell: Callable[[dict[str, str]], Awaitable[None]]) -> None:
        """`tell` hands an event to the guest; it may raise ThothError, which somebody else has heard of."""
        self._event = {"widget_id": widget_id, "kind": "notify", "value": ""}
        self._give = tell
        self._tasks: set[asyncio.Task[None]] = set()
        self._latest: Latest[None] = Latest(self._tell, SECONDS)

    def __call__(self) -> None:
        """There is reason for it; of many notices one is given."""
        self._latest(None)

    def _tell(self, nothing: None) -> None:
        task = asyncio.create_task(self._told())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _told(self) -> None:
        with suppress(ThothError):
            await self._give(self._event)
