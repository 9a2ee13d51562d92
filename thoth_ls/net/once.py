"""What a person allowed once: a few minutes, until one exchange has gone through."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from thoth_ls.net.patterns import reach_of
from thoth_ls.net.policy import Rule
from thoth_ls.net.stored import now
from thoth_ls.wire.network import NetworkGrant

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from thoth_ls.net.model import Checked, Target

SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True)
class _Shot:
    until: float
    target: Target
    rule: Rule


class OneShots:
    """Those of every plugin, by whatever names plugins to the caller."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shots: dict[tuple[str, str], list[_Shot]] = {}

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
        self._shots[key] = [*others, _Shot(self._clock() + SECONDS, checked.target, Rule(reach, grant))]

    def spend(self, key: tuple[str, str], targets: Container[Target]) -> None:
        """Uses up what was allowed for these places."""
        self._shots[key] = [shot for shot in self._fresh(key) if shot.target not in targets]

    def forget(self, plugin_id: str, pattern: str | None = None) -> None:
        """Drops what was allowed to plugins of this id (lower case), under one pattern or all."""
        for key in [key for key in self._shots if key[0] == plugin_id]:
            self._shots[key] = [shot for shot in self._shots[key] if pattern not in (None, str(shot.rule.reach))]

    def _fresh(self, key: tuple[str, str]) -> list[_Shot]:
        fresh = [shot for shot in self._shots.get(key, ()) if shot.until > self._clock()]
        if fresh:
            self._shots[key] = fresh
        else:
            self._shots.pop(key, None)
        return fresh
