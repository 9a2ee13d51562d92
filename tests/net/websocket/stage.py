"""A guest with its WebSockets, a person to be asked, and what came of both."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import defaultdict
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.net.callers import Guest
from tests.net.places import Names, gate, grant, plugin
from thoth_ls.net.activity import ActivityLog
from thoth_ls.net.model import Checked, NetworkRefused
from thoth_ls.net.websocket import WebSockets
from thoth_ls.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.model import Attempt
    from thoth_ls.wire.network import NetworkActivity


class Event(NamedTuple):
    """What `handle-event` is called with."""

    widget_id: str
    kind: str
    value: str

    @property
    def told(self) -> Any:
        """The value, where it is JSON."""
        return json.loads(self.value)


class FakeGuest(Guest):
    """Takes events in at once, or not while it is busy."""

    def __init__(self, number: int = 1, takes_events: bool = True) -> None:
        super().__init__()
        self.number = number
        self.takes_events = takes_events
        self.heard_of: list[Event] = []
        self._of_kind: defaultdict[str, list[Event]] = defaultdict(list)
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._lock = threading.Lock()
        self._busy = False
        self._untaken: list[Future[None]] = []

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        taken: Future[None] = Future()
        with self._lock:
            self.heard_of.append(Event(widget_id, kind, value))
            self._of_kind[kind].append(self.heard_of[-1])
            if self._busy:
                self._untaken.append(taken)
            else:
                taken.set_result(None)
        self._loop.call_soon_threadsafe(self._news.set)
        return taken

    # For tests

    def be_busy(self) -> None:
        """Takes nothing in from here on."""
        self._busy = True

    def go_on(self) -> None:
        """Takes in what waits, and what comes."""
        with self._lock:
            self._busy = False
            untaken, self._untaken = self._untaken, []
        for taken in untaken:
            taken.set_result(None)

    def die(self) -> None:
        self.go_on()
        super().die()

    async def heard(self, kind: str, count: int = 1, seconds: float = 10) -> Event:
        """The event of that kind, of several the last; fails after a time."""
        async with asyncio.timeout(seconds):
            while True:
                if len(self._of_kind[kind]) >= count:
                    return self._of_kind[kind][count - 1]
                self._news.clear()
                await self._news.wait()

    def kinds(self) -> list[str]:
        """Of the events so far."""
        return [event.kind for event in self.heard_of]


class Person:
    """`net.model.Consent`: answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._is_asked = asyncio.Event()
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        """`once`, or why not."""

    async def ask(self, plugin: Plugin, attempt: Attempt, look: Callable[[], Awaitable[Checked]]) -> Checked:
        self.asked.append(str(attempt.target))
        self._is_asked.set()
        answer = await asyncio.shield(self.answer)
        if answer != "once":
            raise NetworkRefused(answer)
        return await look()

    async def heard(self) -> None:
        """Returns once there was a question; fails after ten seconds."""
        async with asyncio.timeout(10):
            await self._is_asked.wait()


class Stage:
    """Everything below the runtime."""

    def __init__(self, folder: Path, names: Names | None = None, **network: Any) -> None:
        self.names = names or Names()
        self.gate = gate(folder / "state", self.names, **network)
        self.person = Person()
        self.activity = ActivityLog(folder / "log")
        self.sockets = WebSockets(self.gate, self.person, self.activity, asyncio.get_running_loop())
        self.plugin = plugin()
        self.guest = FakeGuest()
        self.table = self.sockets.imports(self.plugin, self.guest)

    async def allow(self, url: str, **fields: Any) -> None:
        """As a person who allowed it for good, with what is on this machine."""
        pattern = "/".join(url.replace("ws", "http", 1).split("/")[:3])
        await self.gate.decisions.keep(self.plugin, grant(pattern, **{"local": True, **fields}))

    def set(self, **network: Any) -> None:
        """Other settings hold from here on."""
        self.gate.settings = Settings.model_validate({"network": network})
        self.sockets.grants_changed()

    async def call(self, name: str, *arguments: object) -> Any:
        """Calls a host function, as guests do."""
        interface, _, function = name.partition(".")
        return await asyncio.to_thread(self.table[interface][function], *arguments)

    async def connect(self, url: str, *headers: tuple[str, str], options: dict[str, object] | None = None) -> str:
        """The id of a connection that is being made."""
        if options is None:
            return str(await self.call("websocket.connect", url, list(headers)))
        return str(await self.call("websocket-control.connect", url, list(headers), json.dumps(options)))

    async def opened(self, url: str, *headers: tuple[str, str], options: dict[str, object] | None = None) -> str:
        """The id of one that is allowed and open."""
        await self.allow(url)
        number = await self.connect(url, *headers, options=options)
        await self.guest.heard("ws-open")
        return number

    def log(self) -> list[NetworkActivity]:
        """What was noted, in the order in which it ended."""
        return list(self.activity.entries(0, 1000).entries)

    async def close(self) -> None:
        """Ends everything."""
        if not self.person.answer.done():
            self.person.answer.cancel()
        self.guest.go_on()
        await self.sockets.close()
        await self.activity.close()
