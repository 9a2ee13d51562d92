"""How often a person is asked about the network: what they denied, and a plugin they keep denying, rest.

A question takes a lookup of the name, by which the name itself leaves the machine: names that nobody approves are few.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from thoth_ls.net.patterns import is_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.net.model import Target

DENIED_SECONDS = 60.0
"""So long a target that was denied, or waved away, is not asked about again."""
PATIENCE = 3
"""So often a target is denied within `REST_SECONDS` before it rests for as long."""
PLUGIN_PATIENCE = 6
"""So often a plugin is denied whatever it wants within `REST_SECONDS` before all it wants rests for as long."""
REST_SECONDS = 600.0
MOST_LOOKED_UP = 10
"""Names of one plugin looked up for questions within `REST_SECONDS` that nobody approved, whether found or not."""
MOST_KEPT = 1000
"""Targets of a plugin that are remembered."""


class Patience:
    """What was denied lately, by plugin (`own`: whatever names one) and target. Belongs to one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._denied: dict[str, dict[Target, list[float]]] = {}
        self._looked_up: dict[str, dict[str, float]] = {}
        """By plugin and name, when."""

    def denied(self, own: str, target: Target) -> None:
        """Notes that a person said no, or nothing."""
        targets = self._denied.setdefault(own, {})
        targets.setdefault(target, []).append(self._clock())
        while len(targets) > MOST_KEPT:
            del targets[next(iter(targets))]

    def looked_up(self, own: str, target: Target) -> None:
        """Notes that the name of a target is looked up for a question."""
        if is_named(target):
            self._looked_up.setdefault(own, {})[target.host] = self._clock()

    def approved(self, own: str, target: Target) -> None:
        """Notes that a person said yes."""
        self._looked_up.get(own, {}).pop(target.host, None)

    def against(self, own: str, target: Target) -> str | None:
        """Why a person is not asked now, as the end of a sentence; None where they may be."""
        now = self._clock()
        recent = {
            each: kept
            for each, times in self._denied.get(own, {}).items()
            if (kept := [when for when in times if now - when < REST_SECONDS])
        }
        self._denied[own] = recent
        times = recent.get(target, [])
        if len(times) >= PATIENCE:
            return f"was denied {len(times)} times and rests {_left(times[-1] + REST_SECONDS - now)}"
        everything = sorted(when for each in recent.values() for when in each)
        if len(everything) >= PLUGIN_PATIENCE:
            left = _left(everything[-1] + REST_SECONDS - now)
            return f"is not asked about: the plugin was denied {len(everything)} times lately and rests {left}"
        if times and now - times[-1] < DENIED_SECONDS:
            return f"was denied just now and is asked about again {_left(times[-1] + DENIED_SECONDS - now, 'in')}"
        return self._against_lookup(own, target, now)

    def forget(self, own: str) -> None:
        """Has the plugin start anew: a person decided something about it."""
        self._denied.pop(own, None)
        self._looked_up.pop(own, None)

    def _against_lookup(self, own: str, target: Target, now: float) -> str | None:
        names = {name: when for name, when in self._looked_up.get(own, {}).items() if now - when < REST_SECONDS}
        self._looked_up[own] = names
        if not is_named(target) or target.host in names or len(names) < MOST_LOOKED_UP:
            return None
        rests = _left(min(names.values()) + REST_SECONDS - now)
        looked_up = f"{len(names)} names of this plugin were looked up that nobody approved"
        return f"is not asked about: {looked_up}, it rests {rests}"


def _left(seconds: float, word: str = "for") -> str:
    if seconds > 90:
        return f"{word} {round(seconds / 60)} minutes"
    return f"{word} {max(1, round(seconds))} s"
