"""A person who is asked about the network, and what is decided, without files and hosts."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.catalog.plugins import found
from tests.clock import Clock
from thoth_ls.calling import NOT_ALLOWED
from thoth_ls.consent.desk import Desk
from thoth_ls.errors import FileUnwritable
from thoth_ls.net.judge import Allowed, Ask, Refused, Verdict
from thoth_ls.net.model import Attempt, Checked, NetworkRefused, Target
from thoth_ls.wire.network import Choice, ConsentAnswer, ConsentQuestion, NetworkGrant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.catalog.plugin import Plugin

REASON = "Asks the API."
PUBLIC = ("93.184.215.14",)


def target(host: str = "api.example.com", port: int = 443) -> Target:
    return Target("https", host, port)


def attempt(host: str = "api.example.com", method: str = "GET") -> Attempt:
    return Attempt("http", target(host), method, f"https://{host}/")


def plugin(folder: Path = Path("plugin"), plugin_id: str = "org.example.plugin") -> Plugin:
    declared = {
        "network": {"hosts": ["*"], "reason": REASON},
        "tcp": {"hosts": ["*:*"], "reason": "Asks the database."},
    }
    return found(folder, declared, plugin_id=plugin_id)


PLUGIN = plugin()


class FakeDecisions:
    """Those in memory, and a gate that allows what was allowed and asks about the rest."""

    def __init__(self) -> None:
        self.grants: list[NetworkGrant] = []
        self.unwritable = False
        self.changed: Callable[[], None] = lambda: None
        self.looked: list[str] = []
        self.addresses: Sequence[str] = PUBLIC
        self.local = False
        self.off = False

    def of(self, plugin: Plugin) -> Sequence[NetworkGrant]:
        return [grant for grant in self.grants if grant.plugin_id == plugin.id]

    async def keep(self, plugin: Plugin, grant: NetworkGrant) -> NetworkGrant:
        if self.unwritable and grant.duration != "untilClosed":
            raise FileUnwritable("The disk is full.")
        self.grants.append(grant)
        self.changed()
        await asyncio.sleep(0)
        return grant

    def checked(self, attempt: Attempt) -> Checked:
        return Checked(attempt.target, tuple(self.addresses), self.local)

    def verdict(self, plugin: Plugin, attempt: Attempt) -> Verdict:
        if self.off:
            return Refused("The network is off.")
        known = {grant.pattern: grant.decision for grant in self.of(plugin)}
        match known.get(f"https://{attempt.target.host}"):
            case "allowed":
                return Allowed("granted")
            case "denied":
                return Refused(f"{attempt.target} was denied")
            case _:
                return Ask()

    def again(self, plugin: Plugin, attempt: Attempt, checked: Checked) -> Verdict:
        return self.verdict(plugin, attempt)

    async def look(self, attempt: Attempt) -> Checked:
        self.looked.append(attempt.target.host)
        await asyncio.sleep(0)
        return self.checked(attempt)


class Person:
    """Answers when told to; remembers what was on the screen."""

    def __init__(self) -> None:
        self.questions: list[ConsentQuestion] = []
        self.withdrawn: list[str] = []
        self._open: list[asyncio.Future[ConsentAnswer | None]] = []
        self._news = asyncio.Event()

    async def __call__(self, question: ConsentQuestion) -> ConsentAnswer | None:
        self.questions.append(question)
        answer: asyncio.Future[ConsentAnswer | None] = asyncio.get_running_loop().create_future()
        assert not self._open, "two questions at once"
        self._open.append(answer)
        self._news.set()
        try:
            return await answer
        except asyncio.CancelledError:
            self.withdrawn.append(question.target)
            raise
        finally:
            self._open.remove(answer)

    async def asked(self) -> ConsentQuestion:
        """The question that is on the screen, once there is one."""
        async with asyncio.timeout(5):
            while not self._open:
                self._news.clear()
                await self._news.wait()
        return self.questions[-1]

    async def answer(self, choice: Choice | None) -> ConsentQuestion:
        """Answers the question that is on the screen, or the next; None waves it away."""
        question = await self.asked()
        self._open[0].set_result(None if choice is None else ConsentAnswer(choice=choice))
        await settle()
        return question


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


class Room:
    """A desk, the person at it, and what was decided."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.person = Person()
        self.decisions = FakeDecisions()
        self.reports: list[str] = []
        self.desk = Desk(self.decisions, self.decisions, self.person, report=self.reports.append, clock=self.clock)
        self.decisions.changed = self.desk.look_again

    def ask(self, about: Attempt | None = None, by: Plugin = PLUGIN) -> asyncio.Task[Checked]:
        wanted = about or attempt()
        return asyncio.create_task(self.desk.ask(by, wanted, partial(self.decisions.look, wanted)))

    async def denied(self, choice: Choice | None = "deny", about: Attempt | None = None) -> str:
        """Asks, and says no; what the plugin is told."""
        asking = self.ask(about)
        await self.person.answer(choice)
        with pytest.raises(NetworkRefused) as caught:
            await asking
        assert caught.value.code == NOT_ALLOWED
        return str(caught.value)

    async def refused(self, about: Attempt | None = None) -> str:
        """Asks and is refused without a question."""
        before = len(self.person.questions)
        with pytest.raises(NetworkRefused) as caught:
            await asyncio.wait_for(self.ask(about), 5)
        assert len(self.person.questions) == before
        return str(caught.value)
