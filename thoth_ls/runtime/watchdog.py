"""One thread that watches the clock for every running call."""

from __future__ import annotations

import heapq
import itertools
import math
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(slots=True, eq=False)
class Watch:
    """The clock of one call: `expired` runs at the deadline, `overdue` if the call is still there later on."""

    seconds: float
    grace: float
    expired: Callable[[], None]
    overdue: Callable[[], None]
    due: float = 0.0
    over: bool = False
    """Whether the deadline has passed."""
    ended: bool = False
    paused: int = 0
    left: float = field(default=0.0)
    version: int = 0
    """Entries of the queue made for an older version are ignored."""


_Entry = tuple[float, int, int, Watch]


def _is_stale(entry: _Entry) -> bool:
    """Whether the call has ended, or its clock has been stopped since the entry was made."""
    return entry[3].ended or entry[2] != entry[3].version


def _nothing() -> None:
    pass


class Watchdog:
    """Deadlines of all instances. Its thread starts with the first call and sleeps until something is due.

    `expired` and `overdue` run with the lock held, so that they can never hit the call after the one they were
    meant for: once `watching` is left, neither runs. They must be short and must not call back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._queue: list[_Entry] = []
        self._order = itertools.count()
        self._stale = 0
        self._wakes_at = math.inf
        """When the thread looks next by itself; only something due earlier has to wake it."""
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextmanager
    def watching(self, watch: Watch) -> Iterator[Watch]:
        """The clock runs inside the block."""
        with self._changed:
            self._ensure_thread()
            watch.due = self._clock() + watch.seconds
            self._push(watch)
        try:
            yield watch
        finally:
            with self._changed:
                self._end(watch)

    @contextmanager
    def paused(self, watch: Watch) -> Iterator[None]:
        """The clock stands still inside the block: a person is being asked. May be nested."""
        with self._changed:
            if watch.paused == 0:
                watch.left = watch.due - self._clock()
                watch.version += 1
                self._stale += 1
            watch.paused += 1
        try:
            yield
        finally:
            with self._changed:
                watch.paused -= 1
                if watch.paused == 0 and not watch.ended:
                    watch.due = self._clock() + watch.left
                    self._push(watch)

    def hurry(self, watch: Watch) -> None:
        """The deadline is now, or as soon as the clock runs again; nothing happens where the call has ended."""
        with self._changed:
            if watch.ended or watch.over:
                return
            watch.left = 0.0
            if watch.paused == 0:
                watch.due = self._clock()
                self._stale += 1
                self._push(watch)

    def close(self) -> None:
        """Ends the thread; calls that are running lose their deadline."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _ensure_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="thoth-watchdog", daemon=True)
            self._thread.start()

    def _push(self, watch: Watch) -> None:
        watch.version += 1
        heapq.heappush(self._queue, (watch.due, next(self._order), watch.version, watch))
        if watch.due < self._wakes_at:
            self._changed.notify()

    def _end(self, watch: Watch) -> None:
        """Lets go of the guest, and of queue entries that no longer matter once most are such."""
        watch.ended = True
        watch.expired = watch.overdue = _nothing
        self._stale += 1
        if self._stale > 64 and self._stale * 2 > len(self._queue):
            self._queue = [entry for entry in self._queue if not _is_stale(entry)]
            heapq.heapify(self._queue)
            self._stale = 0

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                now = self._clock()
                while self._queue and _is_stale(self._queue[0]):
                    heapq.heappop(self._queue)
                self._wakes_at = self._queue[0][0] if self._queue else math.inf
                if self._wakes_at > now:
                    self._changed.wait(None if self._wakes_at == math.inf else self._wakes_at - now)
                else:
                    self._fire(heapq.heappop(self._queue)[3])

    def _fire(self, watch: Watch) -> None:
        if watch.over:
            watch.overdue()
            return
        watch.over = True
        watch.expired()
        watch.due = self._clock() + watch.grace
        self._push(watch)
