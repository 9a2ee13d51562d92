"""What waits to be done by one instance, the urgent first."""

from __future__ import annotations

import heapq
import itertools
import threading
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Priority(IntEnum):
    """Which jobs overtake which."""

    PERSON = -1
    """Somebody did something and waits to see it; what comes from elsewhere, however much, waits."""

    INTERACTIVE = 0
    """Somebody is looking at an empty space meanwhile."""
    BACKGROUND = 1
    """Reading on and searching."""


@dataclass(slots=True, eq=False)
class Job:
    """Something to be done by an instance, and where its outcome goes. `run` is given to whoever does it."""

    run: Callable[..., Any]
    outcome: Future[Any] = field(default_factory=Future)

    def begin(self) -> bool:
        """Whether it is still wanted: a job that was cancelled while waiting is not."""
        return self.outcome.set_running_or_notify_cancel()

    def succeed(self, value: Any) -> None:
        """Hands `value` to whoever waits; without effect when the job is over already."""
        with suppress(InvalidStateError):
            self.outcome.set_result(value)

    def fail(self, error: BaseException) -> None:
        """Raises `error` where somebody waits; without effect when the job is over already."""
        with suppress(InvalidStateError):
            self.outcome.set_exception(error)


class Mailbox:
    """A queue for any number of senders and one taker."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queue: list[tuple[int, int, Job]] = []
        self._order = itertools.count()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether it takes no more jobs."""
        return self._closed

    def put(self, job: Job, priority: Priority) -> bool:
        """Adds `job` behind those as urgent; false when the mailbox is closed."""
        with self._changed:
            if self._closed:
                return False
            heapq.heappush(self._queue, (priority, next(self._order), job))
            self._changed.notify()
            return True

    def take(self) -> Job | None:
        """The next job, waiting for one; None when the mailbox is closed and empty."""
        with self._changed:
            while not self._queue and not self._closed:
                self._changed.wait()
            return heapq.heappop(self._queue)[2] if self._queue else None

    def clear(self) -> list[Job]:
        """Takes out everything that waits, which will not be done then."""
        with self._changed:
            dropped = [] if self._closed else [job for _, _, job in self._queue]
            if dropped:
                self._queue = []
            return dropped

    def close(self, last: Job) -> list[Job]:
        """Takes no more jobs but `last`; returns those that will not be done. A closed mailbox keeps its last job."""
        with self._changed:
            if self._closed:
                return [last]
            self._closed = True
            dropped = [job for _, _, job in self._queue]
            self._queue = [(0, next(self._order), last)]
            self._changed.notify()
            return dropped
