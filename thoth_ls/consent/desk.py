"""Where a person decides what a plugin may reach: one question at a time, equal ones once, and not for ever."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol

from thoth_ls.calling import NOT_ALLOWED, TOO_MANY
from thoth_ls.catalog.grants import own_name
from thoth_ls.consent.patience import Patience
from thoth_ls.consent.questions import Questions
from thoth_ls.consent.wording import allowing, how_to_allow, question
from thoth_ls.errors import FileUnwritable, InputInvalid
from thoth_ls.net.judge import Allowed, Refused
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.patterns import parse_reach, reach_of
from thoth_ls.net.stored import now
from thoth_ls.storage.whole_file import to_log
from thoth_ls.wire.network import NetworkGrant

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.judge import Verdict
    from thoth_ls.net.model import Attempt, Checked
    from thoth_ls.storage.whole_file import Report
    from thoth_ls.wire.network import Choice, ConsentAnswer, ConsentQuestion, Duration

    Ask = Callable[[ConsentQuestion], Awaitable[ConsentAnswer | None]]
    """Puts a question to a person; None when they waved it away or cannot be reached."""
    Look = Callable[[], Awaitable[Checked]]
    Outcome = Checked | NetworkRefused

MOST_QUESTIONS = 10
"""Different questions of one plugin that wait for a person at a time."""


class Decisions(Protocol):
    """What is needed of `net.decisions.Decisions`."""

    def of(self, plugin: Plugin) -> Sequence[NetworkGrant]:
        """What was decided about a plugin."""

    async def keep(self, plugin: Plugin, grant: NetworkGrant) -> NetworkGrant:
        """Keeps a decision; raises FileUnwritable, and InputInvalid where there are too many."""


class Judges(Protocol):
    """What is needed of `net.gate.Gate`."""

    def verdict(self, plugin: Plugin, attempt: Attempt) -> Verdict:
        """What holds now for a place as it is written."""

    def again(self, plugin: Plugin, attempt: Attempt, checked: Checked) -> Verdict:
        """What holds now for a place that was looked up."""


@dataclass(eq=False, slots=True)
class _Waiter:
    """One attempt that waits for an answer."""

    plugin: Plugin
    attempt: Attempt
    look: Look
    known: Sequence[NetworkGrant]
    """What had been decided about its target when it began to wait."""
    outcome: Outcome | None = None


class Desk:
    """`net.model.Consent`. Belongs to one event loop.

    Attempts of a plugin that differ in nothing a person is shown share one question; its answer `once` is for those
    that waited when it was put, and any that come later are asked about anew. Whatever was decided elsewhere meanwhile
    withdraws the question.
    """

    def __init__(
        self,
        decisions: Decisions,
        gate: Judges,
        ask: Ask | None = None,
        *,
        turn: asyncio.Lock | None = None,
        report: Report = to_log,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.ask_person = ask
        """None where there is nobody to ask; may be replaced."""
        self._decisions = decisions
        self._gate = gate
        self._report = report
        self._questions = Questions(clock, turn)
        self._patience = Patience(clock)
        self._waiting: defaultdict[str, list[_Waiter]] = defaultdict(list)
        """By question."""
        self._keeping: set[asyncio.Task[None]] = set()

    async def ask(self, plugin: Plugin, attempt: Attempt, look: Look) -> Checked:
        """What may be connected to for this attempt, once a person has allowed it; see `net.model.Consent`."""
        key = _key(plugin, attempt)
        while True:
            self._require_time(plugin, attempt, key)
            waiter = _Waiter(plugin, attempt, look, self._decided(plugin, attempt))
            self._waiting[key].append(waiter)
            try:
                put = await self._questions.once(key, partial(self._put, key), partial(self._is_answered, key))
            finally:
                self._waiting[key].remove(waiter)
                if not self._waiting[key]:
                    del self._waiting[key]
            match waiter.outcome:
                case None if not put:
                    raise NetworkRefused(f"{attempt.target} is not asked about: a question was just waved away")
                case None:
                    await asyncio.sleep(0)  # a question that is just over is not joined again
                case NetworkRefused() as refused:
                    raise NetworkRefused(str(refused), refused.code)
                case checked:
                    return checked
            decided = await self._now(waiter)  # decided elsewhere, or the question came too early for this one
            if decided is not None:
                return decided

    def look_again(self) -> None:
        """Withdraws questions about what was decided elsewhere meanwhile: in the view, or at the command line."""
        self._questions.look_again()

    def stop(self, plugin_id: str, why: str) -> None:
        """Withdraws the questions of a plugin that may not run any more; `why` is a sentence."""
        for waiters in self._waiting.values():
            for waiter in waiters:
                if waiter.plugin.id.lower() == plugin_id.lower():
                    waiter.outcome = NetworkRefused(why)
        self._questions.look_again()

    def ask_again(self, plugin: Plugin) -> None:
        """Whatever was denied lately may be asked about at once: a person decided something about the plugin."""
        self._patience.forget(own_name(plugin))

    def _require_time(self, plugin: Plugin, attempt: Attempt, key: str) -> None:
        """Raises NetworkRefused unless a person may be asked about this now."""
        target = attempt.target
        if self.ask_person is None:
            said = f"{target} is not approved, and there is nobody to ask; run: {allowing(plugin, target)}"
            raise NetworkRefused(said, NOT_ALLOWED)
        why = self._patience.against(own_name(plugin), target)
        if why is not None:
            raise NetworkRefused(f"{target} {why}; {how_to_allow(plugin, target)}", NOT_ALLOWED)
        own = f"{own_name(plugin)} "
        if key not in self._waiting and sum(each.startswith(own) for each in self._waiting) >= MOST_QUESTIONS:
            raise NetworkRefused(
                f"{target} is not asked about: {MOST_QUESTIONS} questions of this plugin wait for an answer already",
                TOO_MANY,
            )

    async def _put(self, key: str) -> bool:
        """Asks, keeps what was decided, and tells those who wait. True: what was denied is counted here."""
        shared = list(self._waiting[key])
        first = shared[0]  # somebody waits, else the question would have been withdrawn
        plugin, target = first.plugin, first.attempt.target
        why = self._patience.against(own_name(plugin), target)
        if why is not None:
            self._tell(key, NetworkRefused(f"{target} {why}; {how_to_allow(plugin, target)}"))
            return True
        if self._is_news(first):
            return True
        self._patience.looked_up(own_name(plugin), target)
        try:
            checked = await first.look()
        except NetworkRefused as refused:
            self._tell(key, refused)
            return True
        ask = self.ask_person
        if ask is None or self._is_news(first):
            return True
        answer = await ask(question(plugin, first.attempt, checked, len(shared)))
        choice: Choice = "deny" if answer is None else answer.choice
        if choice not in ("deny", "denyAlways"):
            self._patience.approved(own_name(plugin), target)
            against = self._gate.again(plugin, first.attempt, checked)
            if isinstance(against, Refused):  # by what was set or decided while the person thought
                self._tell(key, NetworkRefused(against.message))
                return True
        match choice:
            case "once":
                self._tell(key, replace(checked, because="you allowed it once"), shared)
            case "always" | "untilClosed":
                self._tell(key, replace(checked, because=f"you allowed {reach_of(target)}"))
                await self._keep(
                    plugin, _grant(plugin, checked, "allowed", "user" if choice == "always" else "untilClosed")
                )
            case "denyAlways":
                self._tell(key, _denied(plugin, checked, "you denied it for good"))
                await self._keep(plugin, _grant(plugin, checked, "denied", "user"))
            case _:
                self._patience.denied(own_name(plugin), target)
                self._tell(key, _denied(plugin, checked, "you denied it"))
        return True

    def _tell(self, key: str, outcome: Outcome, to: Sequence[_Waiter] | None = None) -> None:
        for waiter in self._waiting.get(key, ()) if to is None else to:
            waiter.outcome = outcome

    async def _keep(self, plugin: Plugin, grant: NetworkGrant) -> None:
        """Keeps a decision, whoever leaves meanwhile; those who wait have been told before, and are let go after it.

        One that cannot be written holds until the server ends, and the person is told.
        """
        keeping = asyncio.create_task(self._kept(plugin, grant))
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        await asyncio.shield(keeping)

    async def _kept(self, plugin: Plugin, grant: NetworkGrant) -> None:
        try:
            await self._decisions.keep(plugin, grant)
        except (FileUnwritable, InputInvalid) as error:
            self._report(f"What you decided about {grant.pattern} holds until Thoth is closed: {error}")
            with suppress(InputInvalid):  # there are too many of that kind, too
                await self._decisions.keep(plugin, grant.model_copy(update={"duration": "untilClosed"}))

    async def _now(self, waiter: _Waiter) -> Checked | None:
        """What may be connected to without a question, None where there has to be one; raises NetworkRefused.

        Nothing is looked up that is not allowed.
        """
        plugin, attempt = waiter.plugin, waiter.attempt
        verdict, checked = self._gate.verdict(plugin, attempt), None
        if isinstance(verdict, Allowed):
            checked = await waiter.look()
            verdict = self._gate.again(plugin, attempt, checked)
        match verdict:
            case Allowed() if checked is not None:
                return replace(checked, local=verdict.local, trust=verdict.trust, because=verdict.because)
            case Refused():
                raise NetworkRefused(verdict.message)
            case _:
                return None

    def _is_answered(self, key: str) -> bool:
        """Whether nobody needs the question any longer."""
        return all(self._is_news(waiter) for waiter in self._waiting.get(key, ()))

    def _is_news(self, waiter: _Waiter) -> bool:
        """Whether what is decided or set now answers the question."""
        if waiter.outcome is not None:
            return True
        plugin, attempt = waiter.plugin, waiter.attempt
        return self._decided(plugin, attempt) != waiter.known or isinstance(
            self._gate.verdict(plugin, attempt), Refused
        )

    def _decided(self, plugin: Plugin, attempt: Attempt) -> Sequence[NetworkGrant]:
        """What was decided about its target."""
        return [grant for grant in self._decisions.of(plugin) if parse_reach(grant.pattern).covers(attempt.target)]


def _key(plugin: Plugin, attempt: Attempt) -> str:
    """What a person is shown of it; begins with the plugin."""
    shown = (attempt.kind, attempt.method, str(attempt.target), str(attempt.redirected_from))
    return " ".join((own_name(plugin), *shown))


def _grant(
    plugin: Plugin, checked: Checked, decision: Literal["allowed", "denied"], duration: Duration
) -> NetworkGrant:
    target = checked.target
    local = checked.local and decision == "allowed"
    by_name = local and target.host != "localhost" and not target.host.endswith(".localhost")
    return NetworkGrant(
        plugin_id=plugin.id,
        pattern=str(reach_of(target)),
        decision=decision,
        duration=duration,
        local=local,
        addresses=list(checked.addresses) if by_name else [],
        verification="verify",
        ca_file=None,
        since=now(),
    )


def _denied(plugin: Plugin, checked: Checked, said: str) -> NetworkRefused:
    remedy = how_to_allow(plugin, checked.target, local=checked.local)
    return NetworkRefused(f"{checked.target} was not reached: {said}; to undo that, {remedy}", NOT_ALLOWED)
