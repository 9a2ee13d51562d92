"""One thread that watches the clock for every running call."""

from __future__ import annotations

import heapq
import itertools
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


class Watchdog:
    """Deadlines of all instances. Its thread starts with the first call and sleeps until something is due.

    `expired` and `overdue` run with the lock held, so that they can never hit the call after the one they were
    meant for: once `watching` is left, neither runs. They must be short and must not call back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._queue: list[tuple[float, int, int, Watch]] = []
        self._order = itertools.count()
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
                watch.ended = True

    @contextmanager
    def paused(self, watch: Watch) -> Iterator[None]:
        """The clock stands still inside the block: a person is being asked. May be nested."""
        with self._changed:
            if watch.paused == 0:
                watch.left = watch.due - self._clock()
                watch.version += 1
            watch.paused += 1
        try:
            yield
        finally:
            with self._changed:
                watch.paused -= 1
                if watch.paused == 0 and not watch.ended:
                    watch.due = self._clock() + watch.left
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
        earliest = not self._queue or watch.due < self._queue[0][0]
        heapq.heappush(self._queue, (watch.due, next(self._order), watch.version, watch))
        if earliest:
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                now = self._clock()
                self._drop_stale()
                if not self._queue:
                    self._changed.wait()
                elif self._queue[0][0] > now:
                    self._changed.wait(self._queue[0][0] - now)
                else:
                    self._fire(heapq.heappop(self._queue)[3])

    def _drop_stale(self) -> None:
        while self._queue and (self._queue[0][3].ended or self._queue[0][2] != self._queue[0][3].version):
            heapq.heappop(self._queue)

    def _fire(self, watch: Watch) -> None:
        if watch.over:
            watch.overdue()
            return
        watch.over = True
        watch.expired()
        watch.due = self._clock() + watch.grace
        self._push(watch)
