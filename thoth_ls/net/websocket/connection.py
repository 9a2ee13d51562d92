"""One WebSocket of a plugin: judged, asked about, connected, told of, ended. Belongs to the event loop."""

from __future__ import annotations

import asyncio
import ssl
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from websockets.exceptions import InvalidHandshake

from thoth_ls.calling import CANNOT_CONNECT, IO_FAILED, TOO_MANY, UNKNOWN_ID, HostRefusal
from thoth_ls.net import tls
from thoth_ls.net.activity import written_down
from thoth_ls.net.certificates import trusted
from thoth_ls.net.dial import CannotConnect, dial
from thoth_ls.net.model import ConsentPending, NetworkRefused
from thoth_ls.net.turns import Turns
from thoth_ls.net.websocket.events import Events
from thoth_ls.net.websocket.failures import handshake_failed
from thoth_ls.net.websocket.link import NO_CODE, Link

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.activity import ActivityLog, Entry
    from thoth_ls.net.gate import Gate
    from thoth_ls.net.model import Checked, Consent
    from thoth_ls.net.websocket.asked import Asked
    from thoth_ls.settings import NetworkSettings

    Dial = Callable[[Checked, float], Awaitable[socket.socket]]
    """`net.dial.dial`."""

REFUSED: Final = 1008
"""The code a plugin is told where a rule or a person stood against the connection."""
GOING_AWAY: Final = 1001
MOST_WAITING: Final = 1 << 20
"""Bytes of messages that wait for the connection to be made."""


@dataclass(slots=True)
class Way:
    """What every connection passes on its way out."""

    gate: Gate
    consent: Consent
    activity: ActivityLog
    dial: Dial = dial
    turns: Turns = field(default_factory=Turns)

    @property
    def settings(self) -> NetworkSettings:
        """Those that hold now."""
        return self.gate.settings.network


class Connection:
    """From `connect` to `ws-close`, which comes exactly once, and last."""

    def __init__(self, number: str, plugin: Plugin, asked: Asked, caller: Caller, way: Way) -> None:
        self.id = number
        self.plugin = plugin
        self.asked = asked
        self._events = Events(number, caller)
        self._way = way
        self._link: Link | None = None
        self._waiting: list[str | bytes] = []
        """Messages that were sent before there was a connection."""
        self._is_up = False
        """Whether those are sent, so that others may follow."""
        self._ending: tuple[int, str] | None = None
        """What `ws-close` says where it was not the other side that decided."""
        self._checked: Checked | None = None
        """Once it was allowed."""
        self._once = False
        """Whether a person allowed this connection alone, so that there is no decision that could be undone."""
        self._attempt: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """All of it; ends with the event `ws-close`, but where it is cancelled."""
        self._attempt = asyncio.current_task()
        code, reason = NO_CODE, ""
        try:
            if self._events.left.is_set():
                raise asyncio.CancelledError
            entry, link = await self._connected()
        except NetworkRefused as refused:
            self._events.failed(str(refused))
            if refused.code not in (CANNOT_CONNECT, IO_FAILED):
                code, reason = REFUSED, "refused"
        except asyncio.CancelledError:
            if not self._events.left.is_set():
                raise  # the server is going
            code, reason = self._ending or (NO_CODE, "closed before it was open")
        else:
            code, reason = await self._live(entry, link)
        self._events.closed(code, reason)

    async def send(self, message: str | bytes) -> None:
        """Sends a message, or keeps it until the connection is made. Raises HostRefusal."""
        link = self._link
        if self._events.left.is_set() or (link is not None and not link.is_open):
            raise HostRefusal(f"{self.id} is closed, or about to be", UNKNOWN_ID)
        if link is None or not self._is_up:
            waiting = sum(map(len, self._waiting))
            if waiting + len(message) > MOST_WAITING and self._waiting:
                raise HostRefusal(
                    f"{self.id} is not open yet, and {waiting:,} bytes wait for it: wait for ws-open", TOO_MANY
                )
            self._waiting.append(message)
        else:
            await self._send(link, message)

    def close(self, code: int, reason: str) -> None:
        """The plugin wants no more of it."""
        if self._events.left.is_set():
            return
        self._events.left.set()
        if self._link is not None:
            self._link.close(code, reason)
        elif self._attempt is not None:
            self._attempt.cancel()

    def judge_again(self) -> None:
        """Closes it, and tells the plugin why, where it is no longer allowed by what is decided now."""
        if self._checked is None or self._events.left.is_set():
            return  # what is not allowed yet is judged in its turn
        try:
            self._way.gate.require_still(self.plugin, self.asked.attempt, self._checked, by_answer=self._once)
        except NetworkRefused as refused:
            self._ending = REFUSED, "refused"
            self._events.failed(str(refused))
            self.close(GOING_AWAY, "")

    def tell_broken(self) -> None:
        """Its end was a fault of ours, and has not been told."""
        self._events.failed("the connection ended by a fault in Thoth; its log says more")
        self._events.closed(NO_CODE, "")

    async def _connected(self) -> tuple[Entry, Link]:
        """A link that is open, and the note about it. Raises NetworkRefused, which is noted."""
        plugin, attempt, gate = self.plugin, self.asked.attempt, self._way.gate
        try:
            with self._written_down() as entry:
                checked = await gate.check(plugin, attempt)
                gate.decisions.spend(plugin, [attempt.target])
                return entry, await self._allowed(entry, checked)
        except ConsentPending:
            with self._written_down() as entry:
                checked = await self._way.consent.ask(plugin, attempt, lambda: gate.look(plugin, attempt))
                return entry, await self._allowed(entry, checked)

    def _written_down(self) -> AbstractContextManager[Entry]:
        entry = self._way.activity.begin(self.plugin.id, self.asked.attempt)
        return written_down(entry, "it was closed before it was open")

    async def _allowed(self, entry: Entry, checked: Checked) -> Link:
        """A link to what was allowed, unless something was decided against it since."""
        self._once = self._way.gate.require_still(self.plugin, self.asked.attempt, checked, by_answer=True)
        self._checked = checked
        entry.dns_ms = checked.dns_ms
        return await self._opened(entry, trusted(checked, self.asked.verify_tls, self.plugin))

    async def _opened(self, entry: Entry, checked: Checked) -> Link:
        seconds = self._way.settings.connect_seconds
        if self.asked.seconds is not None:
            seconds = min(seconds, self.asked.seconds)
        target = self.asked.target
        link: Link | None = None
        try:
            async with asyncio.timeout(seconds):
                link = await self._linked(entry, checked, seconds)
                began = time.perf_counter()
                await link.shake_hands(self.asked)
                entry.first_byte_ms = (time.perf_counter() - began) * 1000
        except (InvalidHandshake, OSError) as error:
            await self._abandon(entry, link)
            if isinstance(error, TimeoutError):
                raise CannotConnect(f"{target} opened no WebSocket within {seconds:g} s") from None
            raise handshake_failed(error, target) from None
        except BaseException:
            await self._abandon(entry, link)
            raise
        self._note(entry, link)
        return link

    async def _linked(self, entry: Entry, checked: Checked, seconds: float) -> Link:
        target = checked.target
        began = time.perf_counter()
        context = await asyncio.to_thread(tls.context, checked.trust) if target.scheme == "https" else None
        sock = await self._way.dial(checked, seconds)
        connected = time.perf_counter()
        entry.connect_ms = (connected - began) * 1000
        entry.address = str(sock.getpeername()[0])
        try:
            link = await Link.on(self.asked, sock, context, self._way.turns)
        except (ssl.SSLError, OSError) as error:
            if context is None or isinstance(error, TimeoutError):
                raise
            raise tls.failure(error, target, target.host) from None
        if context is not None:
            entry.tls_ms = (time.perf_counter() - connected) * 1000
        return link

    async def _abandon(self, entry: Entry, link: Link | None) -> None:
        if link is not None:
            self._note(entry, link)
            await link.drop()

    async def _live(self, entry: Entry, link: Link) -> tuple[int, str]:
        """Passes messages on until the end; what to say of it."""
        self._link = link
        self._events.opened(link.subprotocol, with_value=self.asked.tells_subprotocol)
        entry.connected(self._checked.because if self._checked else "")
        catching_up = asyncio.create_task(self._catch_up(link))
        try:
            async with aclosing(link.messages()) as messages:
                async for message in messages:
                    if not self._events.left.is_set():
                        await self._events.arrived(message)
        finally:
            catching_up.cancel()
            self._note(entry, link)
            entry.status = link.close_code
            because = self._checked.because if self._checked else ""
            entry.end("allowed", because if link.failure is None else f"{because}; {link.failure}")
        if link.failure is not None and not self._events.left.is_set():
            self._events.failed(f"{self.asked.target}: {link.failure}")
        return self._ending or (link.close_code, link.close_reason)

    async def _catch_up(self, link: Link) -> None:
        """Sends what was sent too early, in its order."""
        try:
            while self._waiting and link.is_open:
                await self._send(link, self._waiting[0])
                del self._waiting[0]
        except HostRefusal:
            self._waiting.clear()  # the connection is gone, and the plugin told
        self._is_up = True

    async def _send(self, link: Link, message: str | bytes) -> None:
        seconds = self._way.settings.read_seconds
        try:
            async with asyncio.timeout(seconds):
                await link.send(message)
        except TimeoutError:
            link.give_up(f"the other side has taken in nothing for {seconds:g} s")
            raise HostRefusal(f"{self.id}: the other side has taken in nothing for {seconds:g} s", IO_FAILED) from None
        except OSError as error:
            raise HostRefusal(f"{self.id}: the connection broke: {error.strerror or error}", IO_FAILED) from None

    def _note(self, entry: Entry, link: Link) -> None:
        version = link.tls_version
        entry.protocol = f"WebSocket, {version}" if version else "WebSocket"
        entry.sent_bytes, entry.received_bytes = link.sent_bytes, link.received_bytes
        entry.request_headers, entry.response_headers = link.request_headers, link.response_headers
