"""Follows plugin folders, and what other servers decide, by looking at them from time to time."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Protocol

from thoth_ls.catalog.discovery import development_folders

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)

FILES = ("plugin.toml", "plugin.wasm", "theme.json", ".build/problem.txt")
DEVELOPMENT_SECONDS = 0.15
"""Between two looks at development folders. A file has to be the same in two of them: a build may be half written."""
SHARE = 0.05
"""Of one processor's time that looking may take: with many plugins it is done less often."""
OTHERS_SECONDS = 1.0
"""Between two looks at what other servers wrote, and at the user's plugins."""

Stamp = tuple[tuple[int, int, int] | None, ...]
"""Time, size and number of each of `FILES`."""


class Watched(Protocol):
    """Where plugins are; read at each look."""

    @property
    def development_folders(self) -> Sequence[Path]:
        """Of plugins being written."""


class PluginWatcher:
    """Calls `changed` with the development folders whose files are others and have come to rest, `look` each second."""

    def __init__(
        self,
        watched: Watched,
        user_folder: Path,
        changed: Callable[[set[Path]], Awaitable[None]],
        look: Callable[[], Awaitable[None]],
    ) -> None:
        self._watched = watched
        self._user_folder = user_folder
        self._changed = changed
        self._look = look
        self._known: Mapping[Path, Stamp] = {}
        self._last: Mapping[Path, Stamp] = {}
        self._cost = 0.0
        """Seconds the last look took."""

    async def begin(self) -> None:
        """Takes what lies there now as known; called before the folders are read, so that no change is missed."""
        self._known = self._last = await asyncio.to_thread(self._stamps)

    async def run(self) -> None:
        """Until it is cancelled; `begin` has to have been called."""
        looked = time.monotonic()
        while True:
            await asyncio.sleep(self._pause())
            try:
                await self._look_at_plugins()
                if time.monotonic() - looked >= OTHERS_SECONDS:
                    looked = time.monotonic()
                    await self._look()
            except Exception:
                logger.exception("looking at plugins failed")
                await asyncio.sleep(OTHERS_SECONDS)

    def _pause(self) -> float:
        if not self._watched.development_folders:
            return OTHERS_SECONDS
        return max(DEVELOPMENT_SECONDS, self._cost / SHARE)

    async def _look_at_plugins(self) -> None:
        now = await asyncio.to_thread(self._stamps)
        at_rest = now == self._last
        self._last = now
        if not at_rest or now == self._known:
            return
        before, self._known = self._known, now
        await self._changed({folder for folder in {*before, *now} if before.get(folder) != now.get(folder)})

    def _stamps(self) -> Mapping[Path, Stamp]:
        """Of every development folder; of the user's plugins only that they are there."""
        began = time.thread_time()
        folders = {folder for root in self._watched.development_folders for folder in development_folders(root)}
        found: dict[Path, Stamp] = {folder: tuple(_stamp(folder / name) for name in FILES) for folder in folders}
        found[self._user_folder] = (_stamp(self._user_folder),)
        self._cost = time.thread_time() - began
        return found


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
