"""What a person allowed once: a few minutes, until one exchange has gone through."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from thoth_ls.net.patterns import reach_of
from thoth_ls.net.policy import Rule
from thoth_ls.net.stored import now
from thoth_ls.wire.network import NetworkGrant

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from thoth_ls.net.model import Checked, Target

SECONDS: Final = 300.0
MOST_RETURNS: Final = 10
"""So often it may be given back: each redirect to another place may be a question of its own."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One exchange that a person allowed, to one place."""

    until: float
    target: Target
    rule: Rule
    era: int
    """Whatever is undone begins another one, in which those that were taken before are not given back."""
    returns: int = MOST_RETURNS


class OneShots:
    """Those of every plugin, by whatever names plugins to the caller."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._era = 0
        self._shots: dict[tuple[str, str], list[Shot]] = {}

    def rules(self, key: tuple[str, str]) -> Sequence[Rule]:
        """What still holds for a plugin."""
        return [shot.rule for shot in self._fresh(key)]

    def add(self, key: tuple[str, str], plugin_id: str, checked: Checked) -> None:
        """Allows one exchange to go to what was checked, to these addresses where they are local."""
        reach = reach_of(checked.target)
        grant = NetworkGrant(
            plugin_id=plugin_id,
            pattern=str(reach),
            decision="allowed",
            duration="untilClosed",
            local=checked.local,
            addresses=list(checked.addresses) if checked.local else [],
            verification=checked.trust.verification,
            ca_file=str(checked.trust.ca_file) if checked.trust.ca_file else None,
            since=now(),
        )
        others = [shot for shot in self._fresh(key) if shot.target != checked.target]
        self._shots[key] = [*others, Shot(self._clock() + SECONDS, checked.target, Rule(reach, grant), self._era)]

    def spend(self, key: tuple[str, str], targets: Container[Target]) -> list[Shot]:
        """Uses up what was allowed for these places, and returns it."""
        fresh = self._fresh(key)
        self._shots[key] = [shot for shot in fresh if shot.target not in targets]
        return [shot for shot in fresh if shot.target in targets]

    def give_back(self, key: tuple[str, str], shots: Iterable[Shot]) -> None:
        """Has them hold again, where they may still be given back and nothing newer holds for their places."""
        for shot in shots:
            fresh = self._fresh(key)
            if shot.era == self._era and shot.returns and all(other.target != shot.target for other in fresh):
                self._shots[key] = [*fresh, replace(shot, returns=shot.returns - 1)]

    def forget(self, plugin_id: str, pattern: str | None = None) -> None:
        """Drops what was allowed to plugins of this id (lower case), under one pattern or all."""
        self._era += 1
        for key in [key for key in self._shots if key[0] == plugin_id]:
            self._shots[key] = [shot for shot in self._shots[key] if pattern not in (None, str(shot.rule.reach))]

    def _fresh(self, key: tuple[str, str]) -> list[Shot]:
        fresh = [shot for shot in self._shots.get(key, ()) if shot.until > self._clock()]
        if fresh:
            self._shots[key] = fresh
        else:
            self._shots.pop(key, None)
        return fresh
