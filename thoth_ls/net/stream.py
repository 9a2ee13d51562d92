"""One connection of a plugin, as it is or with TLS: read when somebody asks, and never ahead of that."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

CHUNK: Final = 256 << 10
"""Bytes that are sent, or received for TLS, at a time."""


class Silent(Exception):
    """The other side neither sent nor took anything for as long as it may."""


class Stream:
    """Over a connected, non-blocking socket, which it closes. Of one event loop; one read and one write at a time.

    `seconds` is the longest silence of the other side. Everything raises OSError (that of TLS too), and Silent. A read
    that is given up loses nothing: what comes is there for the next one. A stream whose write or handshake was given up
    is in a state that nobody knows, and to be closed.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sent_bytes = 0
        """That the plugin sent; TLS adds some."""
        self.received_bytes = 0
        self._sock = sock
        self._loop = asyncio.get_running_loop()
        self._pending: set[asyncio.Task[object]] = set()
        self._receiving: asyncio.Task[bytes] | None = None
        self._surplus = b""
        self._tls: ssl.SSLObject | None = None
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._closed = False

    @property
    def tls_version(self) -> str | None:
        """For instance `TLSv1.3`; None without TLS."""
        return self._tls.version() if self._tls else None

    @property
    def surplus(self) -> bool:
        """Whether something has come already that was not read."""
        return bool(self._surplus) or (self._receiving is not None and self._receiving.done())

    async def read(self, most: int, seconds: float) -> bytes:
        """At least one byte and at most `most`; none where the other side has ended the stream."""
        self._still_open()
        if self._tls is None:
            came = self._surplus or await self._receive(most, seconds)
            came, self._surplus = came[:most], came[most:]
        else:
            came = await self._decrypted(self._tls, most, seconds)
        self.received_bytes += len(came)
        return came

    async def write(self, content: bytes, seconds: float) -> None:
        """Returns when the system has taken all of it."""
        self._still_open()
        rest = memoryview(content)
        while rest:
            part = rest[:CHUNK]
            if self._tls is None:
                await self._send(part, seconds)
                count = len(part)
            else:
                count = await self._step(partial(self._tls.write, part), seconds)
            self.sent_bytes += count
            rest = rest[count:]

    async def start_tls(self, context: ssl.SSLContext, name: str, seconds: float) -> None:
        """Goes over to TLS; the certificate has to carry `name`. There must be no `surplus`, nor TLS already."""
        assert self._tls is None
        self._still_open()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=name)
        await self._step(self._tls.do_handshake, seconds)

    def close(self) -> None:
        """Ends the stream, and whatever waits for it; closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        with suppress(OSError):
            if self._tls is not None:
                with suppress(ssl.SSLError):
                    self._tls.unwrap()  # what says to the other side that this is the end, and no accident
                self._sock.send(self._outgoing.read())
        for task in self._pending:
            # The loop watches the socket for it, and has to stop before the system gives the number to another one.
            task.add_done_callback(self._let_go)
            task.cancel()
        self._let_go()

    def _ended(self, task: asyncio.Task[T]) -> None:
        self._pending.discard(task)
        if not task.cancelled():
            task.exception()  # is heard, should nobody wait for it any more

    def _let_go(self, done: asyncio.Task[object] | None = None) -> None:
        if not self._pending:
            self._sock.close()

    async def _decrypted(self, tls: ssl.SSLObject, most: int, seconds: float) -> bytes:
        try:
            came = await self._step(lambda: tls.read(most), seconds)
        except ssl.SSLZeroReturnError:
            return b""
        parts, count = [came], len(came)
        with suppress(ssl.SSLError):  # all that is here already; what goes wrong with the rest is told next time
            while came and count < most:
                came = tls.read(most - count)
                parts.append(came)
                count += len(came)
        return b"".join(parts)

    async def _step(self, act: Callable[[], T], seconds: float) -> T:
        """What `act` gives, once TLS has sent and received what it takes."""
        while True:
            try:
                result = act()
            except ssl.SSLWantReadError:
                await self._flush(seconds)
                came = await self._receive(CHUNK, seconds)
                if came:
                    self._incoming.write(came)
                else:
                    self._incoming.write_eof()
                continue
            except ssl.SSLError:
                with suppress(OSError, Silent):
                    await self._flush(1.0)  # tells the other side what it is
                raise
            await self._flush(seconds)
            return result

    async def _flush(self, seconds: float) -> None:
        while self._outgoing.pending:
            await self._send(memoryview(self._outgoing.read(CHUNK)), seconds)

    async def _receive(self, most: int, seconds: float) -> bytes:
        if self._receiving is None:
            with suppress(BlockingIOError, InterruptedError):
                return self._sock.recv(most)
            self._receiving = self._begun(self._loop.sock_recv(self._sock, most))
        receiving = self._receiving
        await self._finished(receiving, seconds)
        self._receiving = None
        return receiving.result()

    async def _send(self, content: memoryview, seconds: float) -> None:
        count = 0
        with suppress(BlockingIOError, InterruptedError):
            count = self._sock.send(content)
        if count < len(content):
            sending = self._begun(self._loop.sock_sendall(self._sock, content[count:]))
            try:
                await self._finished(sending, seconds)
            except BaseException:
                self.close()  # nobody knows how much of it is gone
                raise
            sending.result()

    def _begun(self, work: Coroutine[object, object, T]) -> asyncio.Task[T]:
        task = self._loop.create_task(work)
        self._pending.add(task)
        task.add_done_callback(self._ended)
        return task

    async def _finished(self, task: asyncio.Task[T], seconds: float) -> None:
        """Returns when the task is done; raises Silent where that takes longer, which leaves it going on."""
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if not done:
            raise Silent
        if task.cancelled():
            self._still_open()

    def _still_open(self) -> None:
        if self._closed:
            raise ConnectionAbortedError("the stream was closed")
