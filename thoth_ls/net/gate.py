"""The one gate to the network: what the judge needs is gathered here, and what it says is carried out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol, assert_never

from thoth_ls.net.dial import refuse_our_own
from thoth_ls.net.judge import Allowed, Ask, Refused, judge, judge_addresses, judge_unseen
from thoth_ls.net.model import Checked, ConsentPending, NetworkRefused, Trust
from thoth_ls.net.own_ports import on_this_machine
from thoth_ls.net.patterns import is_named
from thoth_ls.net.policy import Blocked, Policy, policy, read_blocked
from thoth_ls.storage.whole_file import to_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.decisions import Decisions
    from thoth_ls.net.judge import Verdict
    from thoth_ls.net.model import Attempt
    from thoth_ls.net.policy import Granted
    from thoth_ls.settings import Settings
    from thoth_ls.storage.whole_file import Report

    class Finds(Protocol):
        """Of `Resolver`, what the gate needs."""

        async def resolve(self, host: str, port: int, seconds: float, whose: str = "") -> tuple[str, ...]:
            """The addresses in canonical form; raises HostNotFound."""

        def stands_for(self, addresses: Iterable[str]) -> Mapping[str, str]:
            """Of addresses that the network translates, the one of IPv4 each stands for."""

    class Admits(Protocol):
        """Of `Allowance`, what the gate needs."""

        def admit(self, plugin: Plugin, host: str) -> None:
            """Counts an attempt; raises NetworkRefused where there were too many."""


class Gate:
    """Lets attempts of plugins through, one by one. Belongs to one event loop.

    `granted` tells what a plugin declares for a need and was granted. `own` tells of an address whether it is this
    machine's: tests replace it that have "public" addresses on this machine. `report` hears of settings without sense.
    """

    def __init__(
        self,
        decisions: Decisions,
        resolver: Finds,
        allowance: Admits,
        settings: Settings,
        granted: Granted,
        own: Callable[[str], bool] = on_this_machine,
        report: Report = to_log,
    ) -> None:
        self.decisions = decisions
        self._resolver = resolver
        self._allowance = allowance
        self._granted = granted
        self._own = own
        self._report = report
        self._blocked: tuple[list[str], Blocked] = ([], Blocked())
        """The entries, and what they say."""
        self.settings = settings

    @property
    def settings(self) -> Settings:
        """The settings that hold; may be replaced."""
        return self._settings

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self._settings = settings
        if settings.network.blocked != self._blocked[0]:
            self._blocked = (settings.network.blocked, read_blocked(settings.network.blocked, self._report))

    async def check(self, plugin: Plugin, attempt: Attempt) -> Checked:
        """What may be connected to now for this attempt.

        No name is looked up before a person or a grant has allowed it. Raises NetworkRefused; ConsentPending where a
        person has to decide; HostNotFound.
        """
        verdict = self._judge(plugin, attempt)
        self._allowance.admit(plugin, attempt.target.host)
        match verdict:
            case Allowed():
                return await self._find(plugin, attempt, asking=False)
            case Ask():
                raise ConsentPending(attempt)
            case _:
                assert_never(verdict)

    def check_name(self, plugin: Plugin, attempt: Attempt) -> Checked:
        """As `check` where a proxy finds the host: judged by its name alone, and without addresses."""
        verdict = _passed(judge_unseen(attempt, self._policy(plugin)))
        self._allowance.admit(plugin, attempt.target.host)
        if not isinstance(verdict, Allowed):
            raise ConsentPending(attempt)
        return Checked(attempt.target, (), verdict.local, verdict.trust, verdict.because)

    def look_at_name(self, plugin: Plugin, attempt: Attempt) -> Checked:
        """As `look` where a proxy finds the host; raises NetworkRefused where nobody shall be asked."""
        verdict = _passed(judge_unseen(attempt, self._policy(plugin)))
        return Checked(attempt.target, (), verdict.local)

    async def look(self, plugin: Plugin, attempt: Attempt) -> Checked:
        """What a person would be asked about, who has not decided yet: where it leads now, if that passes.

        Raises NetworkRefused where nobody shall be asked, HostNotFound.
        """
        self._judge(plugin, attempt)
        checked = await self._find(plugin, attempt, asking=True)
        await refuse_our_own(checked.target, checked.addresses)  # else it would be refused once it is allowed
        return checked

    def verdict(self, plugin: Plugin, attempt: Attempt) -> Verdict:
        """What holds now for a place as it is written. Nothing is looked up, and nothing counted."""
        return judge(attempt, self._policy(plugin))

    def again(self, plugin: Plugin, attempt: Attempt, checked: Checked) -> Verdict:
        """What holds now for something that is under way, by what is decided and set now. Nothing is looked up."""
        if not checked.addresses:  # a proxy finds the host
            return judge_unseen(attempt, self._policy(plugin))
        return self._judge_addresses(plugin, attempt, checked.addresses)

    def require_still(
        self, plugin: Plugin, attempt: Attempt, checked: Checked, *, by_answer: bool, otherwise: str = ""
    ) -> bool:
        """Whether what is under way is allowed by a person's answer alone, so that there is no decision to be undone.

        `by_answer`: there was one. Raises NetworkRefused where nothing allows it by what is decided and set now; where
        that is no rule, the message ends with what becomes of it, `otherwise`.
        """
        match self.again(plugin, attempt, checked):
            case Allowed():
                return False
            case Refused(message):
                raise NetworkRefused(message)
            case Ask() if by_answer:
                return True
            case _:
                raise NetworkRefused(f"{checked.target} is no longer allowed{otherwise}")

    async def _find(self, plugin: Plugin, attempt: Attempt, *, asking: bool) -> Checked:
        target = attempt.target
        began = time.perf_counter()
        seconds = self._settings.network.connect_seconds
        addresses = await self._resolver.resolve(target.host, target.port, seconds, plugin.id)
        dns_ms = (time.perf_counter() - began) * 1000 if is_named(target) else None
        # What holds may have changed while the name was looked up.
        verdict = _passed(self._judge_addresses(plugin, attempt, addresses))
        match verdict:
            case Allowed():
                return Checked(target, addresses, verdict.local, verdict.trust, verdict.because, dns_ms)
            case Ask() if asking:
                return Checked(target, addresses, verdict.local, Trust(), "", dns_ms)
            case Ask():
                raise ConsentPending(attempt)
            case _:
                assert_never(verdict)

    def _judge(self, plugin: Plugin, attempt: Attempt) -> Allowed | Ask:
        return _passed(self.verdict(plugin, attempt))

    def _judge_addresses(self, plugin: Plugin, attempt: Attempt, addresses: Sequence[str]) -> Verdict:
        own = [address for address in addresses if self._own(address)]
        return judge_addresses(attempt, self._policy(plugin), addresses, own, self._resolver.stands_for(addresses))

    def _policy(self, plugin: Plugin) -> Policy:
        return policy(plugin, self._settings, self._blocked[1], self._granted, self.decisions.rules(plugin))


def _passed(verdict: Verdict) -> Allowed | Ask:
    if isinstance(verdict, Refused):
        raise NetworkRefused(verdict.message)
    return verdict
