"""How often a person is asked about the network: what they denied, and a plugin they keep denying, rest."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

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
MOST_KEPT = 1000
"""Targets of a plugin that are remembered."""


class Patience:
    """What was denied lately, by plugin (`own`: whatever names one) and target. Belongs to one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._denied: dict[str, dict[Target, list[float]]] = {}

    def denied(self, own: str, target: Target) -> None:
        """Notes that a person said no, or nothing."""
        targets = self._denied.setdefault(own, {})
        targets.setdefault(target, []).append(self._clock())
        while len(targets) > MOST_KEPT:
            del targets[next(iter(targets))]

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
        return None

    def forget(self, own: str) -> None:
        """Has the plugin start anew: a person decided something about it."""
        self._denied.pop(own, None)


def _left(seconds: float, word: str = "for") -> str:
    if seconds > 90:
        return f"{word} {round(seconds / 60)} minutes"
    return f"{word} {max(1, round(seconds))} s"
