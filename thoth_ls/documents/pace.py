"""How much background work to ask for at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_STEP = 1 << 20
SMALLEST_STEP = 256 << 10
LARGEST_STEP = 32 << 20
AIM_SECONDS = 0.008
"""One step: short enough for a page to overtake unnoticed, long enough for the cost of a call to vanish."""

STUCK_STEPS = 100
"""So many steps in a row that read nothing mean that a plugin will never end."""


class Pace:
    """Adapts the size of steps to how long the last ones took."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._started = 0.0
        self._idle = 0
        self.step_bytes = FIRST_STEP

    def start(self) -> int:
        """Bytes to read in the step that begins now."""
        self._started = self._clock()
        return self.step_bytes

    def stop(self) -> None:
        """The step has ended; at most doubles or halves the next, since one slow step may just have waited."""
        seconds = max(self._clock() - self._started, 1e-6)
        factor = min(2.0, max(0.5, AIM_SECONDS / seconds))
        self.step_bytes = int(min(LARGEST_STEP, max(SMALLEST_STEP, self.step_bytes * factor)))

    def stuck(self, moved: bool) -> bool:
        """Whether too many steps in a row did not move; `moved` says whether the last one did."""
        self._idle = 0 if moved else self._idle + 1
        return self._idle >= STUCK_STEPS


class Rhythm:
    """Says when something that must not happen too often is due again."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._last = clock()

    def due(self) -> bool:
        """True at most once in the time given; counts from the last time it was true."""
        now = self._clock()
        if now - self._last < self._seconds:
            return False
        self._last = now
        return True

    def restart(self) -> None:
        """It happened now, asked for or not."""
        self._last = self._clock()
