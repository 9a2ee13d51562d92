"""Notices when an open file changes on disk, and says so once, when the change has come to rest."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar, TypeVarTuple

from thoth_ls.documents.identity import Change, FileState, Snapshot, compare, look, unchanged
from thoth_ls.documents.uris import display_name
from thoth_ls.errors import DocumentChanged

logger = logging.getLogger(__name__)

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")

MESSAGES: dict[Change, str] = {
    "replaced": "{name} was replaced by another file. Reload to see it.",
    "truncated": "{name} became shorter on disk. Reload to see what is left.",
    "appended": "{name} grew at its end. Reload to see the new rows.",
    "modified": "{name} was changed on disk. Reload to see it as it is now.",
    "deleted": "{name} was deleted or moved. Its rows can be shown again once it is back.",
    "restored": "{name} is back. Reload to see it.",
}


@dataclass(frozen=True, slots=True)
class WatchTiming:
    """How closely files are watched, in seconds."""

    poll: float = 1.0
    """Between two looks at a file nobody asks about."""
    settle: float = 0.3
    """How long a file has to stay as it is before a change is told."""
    gap: float = 2.0
    """Least time between two tellings, and the longest a change of a file that never rests is held back."""


Tell = Callable[[Change, str], None]


class Watch(Protocol):
    """What a reading asks of whoever knows whether what it reads is still the same."""

    @property
    def path(self) -> Path | None:
        """The file as it was opened, whatever the plugin reads in its place; None where it is no file."""

    @property
    def changed(self) -> bool:
        """Whether it is no longer what was read."""

    @property
    def told_at(self) -> float:
        """When a change was last told, on the monotonic clock; handed on when it is read again."""

    def require_unchanged(self) -> None:
        """Raises DocumentChanged if it is known to have changed; looks at nothing."""

    async def verify(self) -> None:
        """Looks at it; raises DocumentChanged if it changed since it was read."""


class Watcher:
    """Follows one file for one reading of it."""

    def __init__(
        self,
        path: Path,
        known: Snapshot,
        threads: ThreadPoolExecutor,
        on_change: Tell,
        timing: WatchTiming,
        told_at: float = float("-inf"),
    ) -> None:
        self._path = path
        self._name = display_name(path)
        self._read: Snapshot = known
        """The file as it was read; its links may change, its content may not."""
        self._known: Snapshot | None = known
        """The file as it was last told about."""
        self._threads = threads
        self._on_change = on_change
        self._timing = timing
        self._suspect = asyncio.Event()
        self.told_at = told_at
        """When a change was last told, on the monotonic clock; handed on when the file is read again."""

    @property
    def path(self) -> Path:
        """The file as it was opened, whatever the plugin reads in its place."""
        return self._path

    @property
    def changed(self) -> bool:
        """Whether the file is no longer the one that was read."""
        return self._suspect.is_set()

    @property
    def snapshot(self) -> Snapshot:
        """The file as it was read."""
        return self._read

    def require_unchanged(self) -> None:
        """Raises DocumentChanged if the file is known to have changed; looks at nothing."""
        if self.changed:
            raise DocumentChanged(f"{self._name} changed on disk since it was read. Reload it to go on.")

    async def verify(self) -> None:
        """Looks at the file; raises DocumentChanged if it changed since it was read."""
        self.require_unchanged()
        same = await self._on_thread(unchanged, self._path, self._read)
        if same is None:
            self._suspect.set()
        elif not self.changed:
            self._read = self._known = same
        self.require_unchanged()

    async def follow(self) -> None:
        """Watches until cancelled; tells each change once."""
        await self._wait_for_suspicion()
        first = True
        while True:
            await self._settle()
            change, self._known = await self._on_thread(compare, self._path, self._known)
            # A file that was changed and changed back in no time is told of as well: its rows were refused meanwhile.
            if change is not None or first:
                first = False
                self._tell(change or "modified")
            await self._wait_for_difference()

    async def _wait_for_suspicion(self) -> None:
        while not self.changed:
            with contextlib.suppress(TimeoutError):
                # not `wait_for`, which loses a cancellation that comes together with the event
                async with asyncio.timeout(self._timing.poll):
                    await self._suspect.wait()
            with contextlib.suppress(DocumentChanged):
                await self.verify()

    def _tell(self, change: Change) -> None:
        self.told_at = time.monotonic()
        logger.info("a file changed on disk: %s", change)
        self._on_change(change, MESSAGES[change].format(name=self._name))

    async def _wait_for_difference(self) -> None:
        known = self._known.state if self._known is not None else None
        while True:
            if await self._look() != known:
                return
            await asyncio.sleep(self._timing.poll)

    async def _settle(self) -> None:
        """Waits until the file rests and the last telling is long enough ago, but not for ever."""
        started = time.monotonic()
        await asyncio.sleep(max(0.0, self.told_at + self._timing.gap - started))
        before = await self._look()
        while True:
            await asyncio.sleep(self._timing.settle)
            now = await self._look()
            if now == before or time.monotonic() - started >= self._timing.gap:
                return
            before = now

    async def _look(self) -> FileState | None:
        return await self._on_thread(look, self._path)

    async def _on_thread(self, function: Callable[[*Given], Answer], *given: *Given) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *given)
