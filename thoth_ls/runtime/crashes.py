"""When to stop trying."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CRASHES = 3
WITHIN_SECONDS = 60.0


class Crashes:
    """The latest crashes of one instance. Three within a minute are enough, until `forget`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=MAX_CRASHES)
        self._enough = False

    def note(self) -> None:
        """One more."""
        self._times.append(self._clock())
        if len(self._times) == MAX_CRASHES and self._times[-1] - self._times[0] <= WITHIN_SECONDS:
            self._enough = True

    @property
    def enough(self) -> bool:
        """Whether to stop trying."""
        return self._enough

    def forget(self) -> None:
        """Tries again."""
        self._times.clear()
        self._enough = False
