"""How much of the network one plugin may have: how often, and how much at once. Belongs to the event loop."""

from __future__ import annotations

import math
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from thoth_ls.calling import TOO_MANY
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.slots import LineFull, Slots

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.settings import NetworkSettings

AT_ONCE: Final = 32
"""Requests of one plugin that are under way at a time."""
WAITING: Final = 1_000
"""Requests of one plugin that wait for their turn."""
MOST_HOSTS: Final = 1_000
"""Hosts of one plugin that are counted; those that were not used longest are forgotten."""


@dataclass(slots=True)
class Bucket:
    """Holds as many as may be used in a minute, and is filled evenly over each minute."""

    tokens: float
    at: float

    def missing(self, per_minute: int, now: float) -> float:
        """Seconds until there is a token, 0 where there is one. `per_minute` may have changed; 0 is no limit."""
        if per_minute == 0:
            self.tokens, self.at = math.inf, now
            return 0.0
        self.tokens = min(per_minute, self.tokens + (now - self.at) * per_minute / 60)
        self.at = now
        return max(0.0, (1 - self.tokens) * 60 / per_minute)


@dataclass(slots=True)
class _Count:
    """Of one plugin."""

    bucket: Bucket
    hosts: dict[str, Bucket] = field(default_factory=dict)
    """Those used last at the end."""
    slots: Slots = field(default_factory=lambda: Slots(AT_ONCE, WAITING))


class Allowance:
    """Counts what plugins do; a plugin has one count, however many instances of it run.

    `settings` may be replaced at any time, and hold from then on. `clock` gives seconds that only grow.
    """

    def __init__(self, settings: NetworkSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._counts: dict[str, _Count] = {}

    def admit(self, plugin: Plugin, host: str) -> None:
        """Counts one request or connection to `host`; raises NetworkRefused (429) where there were too many.

        Then it says when there may be one again. What is refused is not counted. A rate of 0 is no limit; the
        `rate_limit_rpm` of a manifest can only lower the rate.
        """
        now = self._clock()
        rate, rule = self._rate(plugin)
        host_rate = self.settings.requests_per_minute_per_host
        count = self._count(plugin)
        bucket = count.hosts.pop(host, None) or Bucket(math.inf, now)
        count.hosts[host] = bucket
        if len(count.hosts) > MOST_HOSTS:
            del count.hosts[next(iter(count.hosts))]
        _refuse(count.bucket.missing(rate, now), f"{rate} requests a minute ({rule})")
        _refuse(
            bucket.missing(host_rate, now),
            f"{host_rate} requests a minute to {host} (setting thoth.network.requestsPerMinutePerHost)",
        )
        count.bucket.tokens -= 1
        bucket.tokens -= 1

    @asynccontextmanager
    async def slot(self, plugin: Plugin) -> AsyncIterator[None]:
        """Held while a request is under way: waits until fewer than `AT_ONCE` of this plugin are.

        Raises NetworkRefused (429) at once where `WAITING` wait already.
        """
        slots = self._count(plugin).slots
        try:
            async with slots.slot():
                yield
        except LineFull:
            raise NetworkRefused(
                f"{AT_ONCE} requests of this plugin are under way and {WAITING} more wait: let some end first", TOO_MANY
            ) from None

    def _count(self, plugin: Plugin) -> _Count:
        found = self._counts.get(plugin.id)
        if found is None:
            found = self._counts[plugin.id] = _Count(Bucket(math.inf, self._clock()))
        return found

    def _rate(self, plugin: Plugin) -> tuple[int, str]:
        """Requests a minute, and whose rule that is."""
        own = self.settings.requests_per_minute
        declared = plugin.manifest.network.rate_limit_rpm if plugin.manifest and plugin.manifest.network else 0
        if declared and (not own or declared < own):
            return declared, "network.rate_limit_rpm of its manifest"
        return own, "setting thoth.network.requestsPerMinute"


def _refuse(seconds: float, limit: str) -> None:
    if seconds > 0:
        raise NetworkRefused(
            f"this plugin has used up its {limit}: it may go on in {max(1, math.ceil(seconds))} s", TOO_MANY
        )
