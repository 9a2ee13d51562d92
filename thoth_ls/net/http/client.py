"""A request of a plugin with its redirects: every hop is judged, asked about where need be, sent and written down."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from thoth_ls.calling import IO_FAILED, HostRefusal
from thoth_ls.net.activity import written_down
from thoth_ls.net.certificates import trusted
from thoth_ls.net.dial import dial
from thoth_ls.net.http import headers as h
from thoth_ls.net.http.connections import Connections
from thoth_ls.net.http.cookies import Cookies
from thoth_ls.net.http.exchange import Terms, exchange
from thoth_ls.net.http.proxies import found_proxy, proxy_url
from thoth_ls.net.http.redirects import MOST_REDIRECTS, followed, redirection
from thoth_ls.net.http.running import Running
from thoth_ls.net.judge import Allowed
from thoth_ls.net.model import Attempt, ConsentPending, NetworkRefused
from thoth_ls.net.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.activity import ActivityLog, Entry
    from thoth_ls.net.allowance import Allowance
    from thoth_ls.net.gate import Gate
    from thoth_ls.net.http.bodies import BodyFolder
    from thoth_ls.net.http.connections import Dial, Version
    from thoth_ls.net.http.exchange import Hop, Incoming
    from thoth_ls.net.http.proxies import Proxy
    from thoth_ls.net.http.redirects import Outgoing
    from thoth_ls.net.http.room import Room
    from thoth_ls.net.model import Checked, Target
    from thoth_ls.net.once import Shot
    from thoth_ls.settings import NetworkSettings


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request as the plugin asked for it, with how it is to be made."""

    request: Outgoing
    seconds: float
    """Of the whole exchange, without what people take to answer."""
    follow: bool = True
    most_redirects: int = MOST_REDIRECTS
    cookies: bool = False
    version: Version = "auto"
    most_bytes: int | None = None
    """Of the body, where no more can be handed over."""
    verify_tls: bool | None = None
    """Whether certificates are checked; None as was decided for each host, and False not unless it was decided."""
    room: Room | None = None
    """For the response, which has to be there before anything is sent; None where it waits for nobody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it."""

    incoming: Incoming
    hops: Sequence[Hop]
    """Each that was made, the last one too."""
    url: str
    """Where the response is from."""
    duration_ms: float
    """Without what people took to answer."""


class OnPending(Protocol):
    """What is done about a hop that a person has to decide about."""

    async def __call__(self, pending: ConsentPending) -> Checked:
        """What may be connected to, for this hop alone; raises HostRefusal, ConsentPending where nobody waits."""


@dataclass(eq=False, slots=True)
class _Once:
    """What a person allowed once, and an exchange has taken for itself: no other goes by it meanwhile."""

    shots: list[Shot] = field(default_factory=list)
    checked: dict[Target, Checked] = field(default_factory=dict)
    """For further hops to the same places."""


class Client:
    """Requests of all plugins. Belongs to one event loop."""

    def __init__(
        self,
        gate: Gate,
        allowance: Allowance,
        activity: ActivityLog,
        folder: BodyFolder,
        dial: Dial = dial,
    ) -> None:
        self._resolver = Resolver()
        self._gate = gate
        self._allowance = allowance
        self._activity = activity
        self._folder = folder
        self._connections = Connections(dial)
        self._cookies: dict[tuple[str, Path], Cookies] = {}
        self._running = Running(gate)

    @property
    def settings(self) -> NetworkSettings:
        """Those that hold now. For any thread."""
        return self._gate.settings.network

    async def look(self, plugin: Plugin, attempt: Attempt) -> Checked:
        """What a person would be asked about; raises HostRefusal."""
        if self._proxy_url(attempt.target) is not None:
            return self._gate.look_at_name(plugin, attempt)
        return await self._gate.look(plugin, attempt)

    def allows(self, plugin: Plugin, attempt: Attempt, checked: Checked) -> bool:
        """Whether an attempt that was let through would be so again, without a question."""
        return isinstance(self._gate.again(plugin, attempt, checked), Allowed)

    def once(self, plugin: Plugin, checked: Checked) -> None:
        """Lets the next exchange through that goes there within a few minutes."""
        self._gate.decisions.once(plugin, checked)

    async def send(self, plugin: Plugin, wanted: Wanted, on_pending: OnPending) -> Answer:
        """The response, after at most `most_redirects` of them; raises HostRefusal.

        What was allowed once for places it went to is used up by it, unless it ends with a question.
        """
        once = _Once()
        try:
            return await self._followed(plugin, wanted, on_pending, once)
        except ConsentPending:
            self._gate.decisions.give_back(plugin, once.shots)
            raise

    async def _followed(self, plugin: Plugin, wanted: Wanted, on_pending: OnPending, once: _Once) -> Answer:
        request, left = wanted.request, wanted.seconds
        came_from: Target | None = None
        hops: list[Hop] = []
        while True:
            began = time.monotonic()
            attempt = Attempt("http", request.target, request.method, request.url, came_from)
            incoming, waited = await self._hop(plugin, wanted, request, attempt, on_pending, once, left)
            left -= time.monotonic() - began - waited
            hops.append(incoming.hop)
            location = redirection(incoming.status, incoming.headers) if wanted.follow else None
            if location is None:
                duration = (wanted.seconds - left) * 1000
                return Answer(incoming, hops, request.url, duration)
            incoming.body.remove()
            if len(hops) > wanted.most_redirects:
                raise HostRefusal(
                    f"{wanted.request.target} redirects more than {wanted.most_redirects} times", IO_FAILED
                )
            came_from, request = request.target, followed(request, incoming.status, location)

    def grants_changed(self, plugin_id: str | None = None) -> None:
        """Of one plugin, or all: connections at rest are closed, and what is no longer allowed is ended."""
        self._connections.forget(plugin_id)
        self._running.judge_again(plugin_id)

    async def close(self) -> None:
        """Ends everything."""
        await self._connections.close()

    async def _hop(
        self,
        plugin: Plugin,
        wanted: Wanted,
        request: Outgoing,
        attempt: Attempt,
        on_pending: OnPending,
        once: _Once,
        seconds: float,
    ) -> tuple[Incoming, float]:
        """The response of one hop, and how long people and others in line took."""
        permitted = once.checked.get(attempt.target)
        waited = 0.0
        while True:
            entry = self._activity.begin(plugin.id, attempt)
            try:
                began = time.monotonic()
                with written_down(entry, "the plugin, or its end, ended it"):
                    async with self._turn(plugin, wanted.room):
                        waited += time.monotonic() - began
                        made = await self._made(plugin, wanted, request, attempt, permitted, once, entry, seconds)
                        return made, waited
            except ConsentPending as pending:
                asked = time.monotonic()
                permitted = await self._answered(plugin, pending, on_pending)
                waited += time.monotonic() - asked

    @asynccontextmanager
    async def _turn(self, plugin: Plugin, room: Room | None) -> AsyncIterator[None]:
        """Held while a request is under way; none is held while there is no room for what would come of it."""
        while True:
            if room is not None:
                await room.left()
            async with self._allowance.slot(plugin):
                if room is None or room.is_left:
                    yield
                    return

    async def _answered(self, plugin: Plugin, pending: ConsentPending, on_pending: OnPending) -> Checked:
        try:
            return await on_pending(pending)
        except ConsentPending:
            raise
        except NetworkRefused as error:
            self._activity.begin(plugin.id, pending.attempt).end("refused", str(error))
            raise

    async def _made(
        self,
        plugin: Plugin,
        wanted: Wanted,
        request: Outgoing,
        attempt: Attempt,
        permitted: Checked | None,
        once: _Once,
        entry: Entry,
        seconds: float,
    ) -> Incoming:
        terms = Terms(self.settings, self._folder, wanted.version, wanted.most_bytes)
        try:
            async with asyncio.timeout(seconds):
                checked, proxy = await self._let_through(plugin, attempt, permitted, once)
                checked = trusted(checked, wanted.verify_tls, plugin)
                by_answer = permitted is not None or attempt.target in once.checked
                jar = self._jar(plugin) if wanted.cookies and not h.has(request.headers, b"cookie") else None
                cookie = jar.header(request.target, request.path) if jar else None
                async with self._running.watched(plugin, attempt, checked, by_answer=by_answer):
                    incoming = await exchange(self._connections, plugin, checked, request, cookie, terms, entry, proxy)
                if jar:
                    jar.take(request.target, request.path, incoming.headers)
        except TimeoutError:
            raise HostRefusal(
                f"{request.target} took longer than {wanted.seconds:g} s (setting thoth.network.totalSeconds, or the"
                " option timeout_ms)",
                IO_FAILED,
            ) from None
        entry.end("allowed", checked.because or "a person allowed it this once")
        return incoming

    async def _let_through(
        self, plugin: Plugin, attempt: Attempt, permitted: Checked | None, once: _Once
    ) -> tuple[Checked, Proxy | None]:
        url = self._proxy_url(attempt.target)
        if permitted is not None:
            checked = permitted
        else:
            by_name = url is not None
            checked = self._gate.check_name(plugin, attempt) if by_name else await self._gate.check(plugin, attempt)
            if shots := self._gate.decisions.spend(plugin, [attempt.target]):
                once.shots += shots
                once.checked[attempt.target] = checked
        if url is None:
            return checked, None
        return checked, await found_proxy(url, self._resolver, self.settings.connect_seconds)

    def _proxy_url(self, target: Target) -> str | None:
        return proxy_url(target) if self.settings.use_proxy else None

    def _jar(self, plugin: Plugin) -> Cookies:
        return self._cookies.setdefault((plugin.id.lower(), plugin.folder), Cookies())
