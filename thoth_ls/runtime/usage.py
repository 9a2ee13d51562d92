"""What a plugin uses up, counted as it runs."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoth_ls.runtime.guest import Guest

LOOK_SECONDS = 1.0
"""Between two looks at the memory of one guest: a look takes a millisecond."""


class Usage:
    """The most any call of any instance of one plugin has taken. For any thread."""

    def __init__(self) -> None:
        self.calls = 0
        self.peak_fuel = 0
        """Instructions, roughly."""
        self.peak_seconds = 0.0
        self.peak_memory = 0
        """Bytes; 0 where that cannot be told."""
        self.crashes = 0
        self.last_crash: str | None = None
        """A sentence."""
        self._lock = threading.Lock()
        self._counting = itertools.count(1)

    def called(self, fuel: int, seconds: float) -> None:
        """A call has ended, well or not."""
        self.calls = next(self._counting)  # in one step, unlike +=; so most calls need no lock
        if fuel > self.peak_fuel or seconds > self.peak_seconds:
            with self._lock:
                self.peak_fuel = max(self.peak_fuel, fuel)
                self.peak_seconds = max(self.peak_seconds, seconds)

    def held(self, memory: int) -> None:
        """A guest was seen to have so many bytes of memory."""
        with self._lock:
            self.peak_memory = max(self.peak_memory, memory)

    def crashed(self, message: str) -> None:
        """A guest trapped or hit a limit and is gone."""
        with self._lock:
            self.crashes += 1
            self.last_crash = message


class Meter:
    """Counts the calls of one instance, on its thread."""

    def __init__(self, usage: Usage) -> None:
        self._usage = usage
        self._looks_at = 0.0

    def ended(self, guest: Guest, began: float) -> None:
        """A call that began at that time (`time.perf_counter`) has ended; costs about two microseconds."""
        now = time.perf_counter()
        self._usage.called(guest.fuel_used(), now - began)
        if now >= self._looks_at or guest.dead:
            self._looks_at = now + LOOK_SECONDS
            self._usage.held(guest.memory_held())
