"""A guest and a person for tests of HTTP: host functions are called on threads, events arrive in a list."""

from __future__ import annotations

import asyncio
import contextlib
import json
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.net.places import Names, declared, grant, plugin
from thoth_ls.net.activity import ActivityLog
from thoth_ls.net.allowance import Allowance
from thoth_ls.net.decisions import Decisions
from thoth_ls.net.gate import Gate
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.network import Network
from thoth_ls.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.model import Attempt, Checked
    from thoth_ls.wire.network import NetworkActivity

    Event = tuple[str, str, str]


class Guest:
    """`calling.Caller`."""

    number = 1
    takes_events = True
    panel_id: str | None = None

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._acts: list[Callable[[], None]] = []

    def wait(self, outcome: Future[Any], seconds: float) -> Any:
        return outcome.result(seconds + 20)

    def ask(self, outcome: Future[Any]) -> Any:
        return outcome.result(20)

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        self._loop.call_soon_threadsafe(self._take, (widget_id, kind, value))
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def at_end(self, act: Callable[[], None]) -> None:
        self._acts.append(act)

    def end(self) -> None:
        """As if the guest had died."""
        for act in self._acts:
            act()

    async def event(self, widget_id: str, at: int = 0) -> Any:
        """The value of an event for this id, the first or the one `at` that place; fails after ten seconds."""
        async with asyncio.timeout(10):
            while True:
                found = [value for name, kind, value in self.events if name == widget_id]
                if len(found) > at:
                    return json.loads(found[at])
                self._news.clear()
                await self._news.wait()

    async def heard(self, count: int, seconds: float = 10) -> None:
        """Returns once it was told so many events."""
        async with asyncio.timeout(seconds):
            while len(self.events) < count:
                self._news.clear()
                await self._news.wait()

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._news.set()


class Person:
    """`net.model.Consent` of somebody who answers what they were told to, by target."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[Checked], Awaitable[Checked]]] = {}
        self.asked: list[tuple[str, Checked]] = []
        self.was_asked = asyncio.Event()

    def allows(self, target: str) -> None:
        """Answers at once."""

        async def answer(checked: Checked) -> Checked:
            return checked

        self.answers[target] = answer

    async def ask(self, plugin: Plugin, attempt: Attempt, look: Callable[[], Awaitable[Checked]]) -> Checked:
        answer = self.answers.get(str(attempt.target))
        if answer is None:
            raise NetworkRefused(f"{attempt.target} was denied by the person")
        checked = await look()
        self.asked.append((str(attempt.target), checked))
        self.was_asked.set()
        return await answer(checked)


@dataclass
class Stage:
    """A network, a plugin that declares all of it, one guest and one person."""

    network: Network
    gate: Gate
    guest: Guest
    person: Person
    activity: ActivityLog
    names: Names
    folder: Path
    plugin: Plugin
    shown: list[Any] = field(default_factory=list)
    save_as: Path | None = None
    picked: Path | None = None

    def __post_init__(self) -> None:
        self._table = self.network.imports(self.plugin, self.guest)

    async def allow(self, pattern: str, **fields: Any) -> None:
        """A decision; of this machine unless said otherwise."""
        await self.gate.decisions.keep(self.plugin, grant(pattern, local=fields.pop("local", True), **fields))

    async def call(self, interface: str, function: str, *arguments: Any) -> Any:
        """A host function, called on a thread as guests do."""
        return await asyncio.to_thread(self._table[interface][function], *arguments)

    async def fetch(self, url: str, method: str = "GET", headers: Any = (), body: bytes | None = None) -> Any:
        """`http-client.fetch`."""
        return await self.call("http-client", "fetch", request(url, method, headers, body))

    async def submit(
        self, url: str, method: str = "GET", headers: Any = (), body: bytes | None = None, **options: Any
    ) -> str:
        """`http-control.submit` with options, else `http-client.submit`."""
        asked = request(url, method, headers, body)
        if options:
            return str(await self.call("http-control", "submit", asked, json.dumps(options)))
        return str(await self.call("http-client", "submit", asked))

    async def ok(
        self, url: str, method: str = "GET", headers: Any = (), body: bytes | None = None, **options: Any
    ) -> Any:
        """The good outcome of a `submit`."""
        outcome = await self.guest.event(await self.submit(url, method, headers, body, **options))
        assert "ok" in outcome, outcome
        return outcome["ok"]

    async def err(
        self, url: str, method: str = "GET", headers: Any = (), body: bytes | None = None, **options: Any
    ) -> Any:
        """The bad outcome of a `submit`."""
        outcome = await self.guest.event(await self.submit(url, method, headers, body, **options))
        assert "err" in outcome, outcome
        return outcome["err"]

    def log(self) -> list[NetworkActivity]:
        """What was written down."""
        return self.activity.entries(0, 1000).entries

    def files(self) -> list[Path]:
        """Files of bodies that are kept."""
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def settings(self, **network: Any) -> None:
        """Other settings."""
        self.gate.settings = Settings.model_validate({"network": network})
        self.network.grants_changed()


def request(url: str, method: str = "GET", headers: Any = (), body: bytes | None = None) -> dict[str, Any]:
    """`http-request` as it comes from a guest."""
    return {"url": url, "method": method, "headers": list(headers), "body": body}


@contextlib.asynccontextmanager
async def stage(
    path: Path, names: Names | None = None, own: tuple[str, ...] = (), permissions: Any = None, **network: Any
) -> AsyncIterator[Stage]:
    """Everything, with nothing granted; `network` are settings."""
    settings = Settings.model_validate({"network": network})
    allowance = Allowance(settings.network)
    names = names or Names(localhost=["127.0.0.1"])
    decisions = Decisions(path / "state", None, lambda sentence: None)
    gate = Gate(decisions, names, allowance, settings, declared, own=lambda address: address in own)
    activity = ActivityLog(path / "log")
    person = Person()

    async def pick(plugin: Plugin, title: str, name: str) -> Path | None:
        return made.save_as

    async def pick_source(plugin: Plugin, title: str, extensions: list[str]) -> Path | None:
        return made.picked

    async def show(params: Any) -> None:
        made.shown.append(params)

    made_network = Network(
        gate, person, activity, allowance, path / "bodies", pick=pick, pick_source=pick_source, show_file=show
    )
    made = Stage(made_network, gate, Guest(), person, activity, names, path / "bodies", plugin(permissions))
    try:
        yield made
    finally:
        made.guest.end()
        await made_network.close()
        await activity.close()
