"""The TCP streams of one guest: opened through the gate, written down in the log, closed when they may no longer be."""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from thoth_ls.calling import INVALID, IO_FAILED, NOT_ALLOWED, TOO_MANY, UNKNOWN_ID, HostRefusal
from thoth_ls.net.activity import written_down
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.stream import Silent, Stream
from thoth_ls.net.target import parse_tcp
from thoth_ls.net.tls import context, failure

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Iterator

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.activity import ActivityLog, Entry, Verdict
    from thoth_ls.net.gate import Gate
    from thoth_ls.net.model import Attempt, Checked, Consent, Target
    from thoth_ls.settings import NetworkSettings

    Dial = Callable[[Checked, float], Awaitable[socket.socket]]

MOST_STREAMS: Final = 32
"""Of one plugin at a time, in all its instances."""
MOST_READ: Final = 1 << 20
"""Bytes that one `read` returns."""
CANCELLED: Final = "the plugin's call was ended under way"
MOST_CARRIED: Final = 64 << 30
"""Bytes that one stream carries each way; then the plugin has to connect anew, and is judged anew."""


@dataclass(slots=True)
class Ways:
    """What the streams of all plugins share."""

    gate: Gate
    consent: Consent
    activity: ActivityLog
    dial: Dial
    count: Counter[str] = field(default_factory=Counter)
    """Streams by plugin, with those that are being connected."""

    @property
    def settings(self) -> NetworkSettings:
        """What holds now."""
        return self.gate.settings.network


@dataclass(eq=False, slots=True)
class Open:
    """One stream that is connected."""

    stream: Stream
    attempt: Attempt
    checked: Checked
    entry: Entry
    once: bool
    """Whether a person allowed it alone, so that there is no decision that could be undone."""
    ended: HostRefusal | None = None
    """What whoever still waits for it is told, once it was ended."""


class GuestStreams:
    """Belongs to the event loop; whatever it raises for the plugin is HostRefusal."""

    def __init__(self, ways: Ways, plugin: Plugin) -> None:
        self.plugin = plugin
        self._ways = ways
        self._streams: dict[int, Open] = {}
        self._last = 0
        self._over = False

    async def ask(self, attempt: Attempt) -> Checked:
        """What a person allows; that they do not is written down."""
        gate = self._ways.gate
        with written_down(self._ways.activity.begin(self.plugin.id, attempt), CANCELLED):
            return await self._ways.consent.ask(self.plugin, attempt, lambda: gate.look(self.plugin, attempt))

    async def connect(self, attempt: Attempt, tls: bool, permitted: Checked | None = None) -> int:
        """The id of a new stream; `permitted` is what a person has just allowed for it. Raises ConsentPending."""
        gate, count = self._ways.gate, self._ways.count
        entry = self._ways.activity.begin(self.plugin.id, attempt)
        with written_down(entry, CANCELLED):
            if count[self.plugin.id] >= MOST_STREAMS:
                raise NetworkRefused(
                    f"this plugin has {MOST_STREAMS} streams open, and there may be no more: close one first", TOO_MANY
                )
            count[self.plugin.id] += 1
            try:
                checked = permitted or await gate.check(self.plugin, attempt)
                stream = await self._connected(checked, tls, entry)
                once = self._still_allowed(attempt, checked, stream, by_answer=permitted is not None)
            except BaseException:
                count[self.plugin.id] -= 1
                raise
        self._last += 1
        self._streams[self._last] = Open(stream, attempt, checked, entry, once)
        entry.connected(_because(self._streams[self._last]))
        if self._over:
            self._end(self._last, "cancelled", "the plugin ended while it was connecting")
        return self._last

    async def read(self, number: int, most: int) -> bytes:
        """See `tcp-client.read`; at most `MOST_READ` bytes. It outlives a silence and a read that is given up."""
        opened = self._stream(number)
        if most < 1:
            raise HostRefusal("read has to be given room for one byte at least", INVALID)
        if opened.stream.received_bytes > MOST_CARRIED:
            raise self._end(number, "failed", _worn_out(opened))
        with self._failing(number, opened, reading=True):
            return await opened.stream.read(min(most, MOST_READ), self._ways.settings.read_seconds)

    async def write(self, number: int, content: bytes) -> int:
        """See `tcp-client.write`."""
        opened = self._stream(number)
        if opened.stream.sent_bytes + len(content) > MOST_CARRIED:
            raise self._end(number, "failed", _worn_out(opened))
        with self._failing(number, opened):
            await opened.stream.write(content, self._ways.settings.read_seconds)
        return len(content)

    async def start_tls(self, number: int, host: str) -> None:
        """See `tcp-client.start-tls`."""
        opened = self._stream(number)
        name = parse_tcp(host, opened.checked.target.port).host
        if opened.stream.tls_version is not None:
            raise HostRefusal(f"stream {number} is encrypted already", INVALID)
        if opened.stream.surplus:
            # Somebody in between could have put it there, to be taken for something that came by TLS.
            raise self._end(number, "failed", f"{opened.checked.target} sent more in the clear after TLS was agreed on")
        with self._failing(number, opened):
            await self._encrypted(opened.stream, opened.checked, name, opened.entry)

    async def close(self, number: int) -> None:
        """See `tcp-client.close`."""
        if number in self._streams:
            self._end(number, "allowed", _because(self._streams[number]))

    def end(self) -> None:
        """The guest is gone, and its streams with it."""
        self._over = True
        for number, opened in list(self._streams.items()):
            self._end(number, "allowed", f"{_because(opened)}; closed when the plugin ended")

    def judge_again(self) -> None:
        """Closes what would not be allowed by what is decided now."""
        for number, opened in list(self._streams.items()):
            try:
                self._ways.gate.require_still(
                    self.plugin,
                    opened.attempt,
                    opened.checked,
                    by_answer=opened.once,
                    otherwise=": the stream was closed",
                )
            except NetworkRefused as refused:
                if opened.ended is None:  # else looking at the decisions found new ones, by which it was ended already
                    self._end(number, "refused", str(refused), NOT_ALLOWED)

    async def _connected(self, checked: Checked, tls: bool, entry: Entry) -> Stream:
        seconds = self._ways.settings.connect_seconds
        entry.dns_ms = checked.dns_ms
        began = time.perf_counter()
        sock = await self._ways.dial(checked, seconds)
        took = time.perf_counter() - began
        entry.address, entry.connect_ms = str(sock.getpeername()[0]), took * 1000
        stream = Stream(sock)
        try:
            if tls:
                await self._encrypted(stream, checked, checked.target.host, entry, took)
        except BaseException:
            stream.close()
            raise
        return stream

    def _still_allowed(self, attempt: Attempt, checked: Checked, stream: Stream, *, by_answer: bool) -> bool:
        """Whether it is an answer of a person alone that allows it; raises NetworkRefused, the stream being closed.

        What is connecting is not among the streams that are judged when something is decided.
        """
        try:
            return self._ways.gate.require_still(
                self.plugin, attempt, checked, by_answer=by_answer, otherwise=": it was given up while connecting"
            )
        except NetworkRefused:
            stream.close()
            raise

    async def _encrypted(self, stream: Stream, checked: Checked, name: str, entry: Entry, took: float = 0.0) -> None:
        """Goes over to TLS, in what is left of the time; raises HostRefusal with what is to be said."""
        limit = self._ways.settings.connect_seconds
        made = await asyncio.to_thread(context, checked.trust)
        began = time.perf_counter()
        try:
            async with asyncio.timeout(max(0.1, limit - took)):
                await stream.start_tls(made, name, limit)
        except (TimeoutError, Silent):
            said = f"{checked.target} did not agree on TLS within {limit:g} s (setting thoth.network.connectSeconds)"
            raise HostRefusal(said, IO_FAILED) from None
        except OSError as error:
            raise failure(error, checked.target, name) from None
        entry.tls_ms = (time.perf_counter() - began) * 1000
        entry.protocol = stream.tls_version

    def _stream(self, number: int) -> Open:
        found = self._streams.get(number)
        if found is None:
            raise HostRefusal(f"there is no stream {number}: it was closed, or never opened", UNKNOWN_ID)
        return found

    @contextmanager
    def _failing(self, number: int, opened: Open, *, reading: bool = False) -> Iterator[None]:
        """Ends the stream where what is done inside fails, and says why."""
        try:
            yield
        except asyncio.CancelledError:
            if not reading and opened.ended is None:
                self._end(number, "cancelled", CANCELLED)
            raise
        except Silent:
            seconds = f"{self._ways.settings.read_seconds:g} s (setting thoth.network.readSeconds)"
            said = f"{opened.checked.target} was silent for {seconds}"
            raise HostRefusal(said, IO_FAILED) if reading else self._end(number, "failed", said) from None
        except HostRefusal as refusal:
            if opened.ended is None:
                self._end(number, "failed", str(refusal))
            raise opened.ended or refusal from None
        except OSError as error:
            raise opened.ended or self._end(number, "failed", _lost(error, opened.checked.target)) from None

    def _end(self, number: int, verdict: Verdict, why: str, code: int = IO_FAILED) -> HostRefusal:
        """Closes a stream and says in the log what became of it."""
        opened = self._streams.pop(number)
        opened.ended = HostRefusal(why, code)
        self._ways.count[self.plugin.id] -= 1
        opened.entry.sent_bytes, opened.entry.received_bytes = opened.stream.sent_bytes, opened.stream.received_bytes
        opened.stream.close()
        opened.entry.end(verdict, why)
        return opened.ended


def _because(opened: Open) -> str:
    return opened.checked.because or "a person allowed it this once"


def _worn_out(opened: Open) -> str:
    return f"the stream to {opened.checked.target} has carried {MOST_CARRIED >> 30} GiB: connect anew"


def _lost(error: OSError, target: Target) -> str:
    if isinstance(error, ssl.SSLEOFError):
        return f"{target} ended the connection without ending TLS: something may be missing"
    if isinstance(error, ssl.SSLError):
        return str(failure(error, target, target.host))
    why = os.strerror(error.errno) if error.errno else str(error)
    return f"the connection to {target} was lost: {why[:1].lower()}{why[1:]}"
