"""Connections as httpcore wants them: a socket that was dialled to a checked address, plain or in TLS."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final, cast

import httpcore

from thoth_ls.net import tls
from thoth_ls.net.turns import Turns

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Iterable

    from thoth_ls.net.model import Target, Trust

MOST_BUFFERED: Final = 512 * 1024
"""Bytes that may lie here unread; the other side has to wait then."""
LEAST_PORTION: Final = 4 * 1024
LONG_SECONDS: Final = 0.02
"""That what was handed over last may take before less of it is."""
CLOSING_SECONDS: Final = 1.0


class _Wire(asyncio.Protocol):
    """Keeps what arrives until it is read, and stops the other side meanwhile."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.arrived = bytearray()
        self.ended = False
        """Whether nothing more will arrive."""
        self.error: Exception | None = None
        self._paused = False
        self._news: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.arrived += data
        if len(self.arrived) > MOST_BUFFERED and not self._paused and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self.ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended, self.error = True, exc
        self._wake()
        self.resume_writing()

    def pause_writing(self) -> None:
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    async def read(self, most: int, turns: Turns) -> bytes:
        """Some bytes, in their turn; none at the end."""
        while not self.arrived:
            if self.ended:
                if self.error is not None:
                    raise self.error
                return b""
            self._news = asyncio.get_running_loop().create_future()
            await self._news
        await turns.mine()
        data = bytes(self.arrived[:most])
        del self.arrived[:most]
        if self._paused and len(self.arrived) <= MOST_BUFFERED // 2 and self.transport is not None:
            self._paused = False
            self.transport.resume_reading()
        return data

    async def room(self) -> None:
        """Returns when there is room to write more."""
        if self._room is not None:
            await asyncio.shield(self._room)
        if self.error is not None:
            raise self.error

    def _wake(self) -> None:
        news, self._news = self._news, None
        if news is not None and not news.done():
            news.set_result(None)


class Stream(httpcore.AsyncNetworkStream):
    """One connection. The transport begins with the first use, so that TLS may be what begins."""

    def __init__(
        self, sock: socket.socket, target: Target, trust: Trust, deadline: float, turns: Turns | None = None
    ) -> None:
        self.used = False
        """Whether something was written that the plugin sends, not the handshake of TLS."""
        self._sock: socket.socket | None = sock
        """Until a transport has it."""
        self._peer = sock.getpeername()
        self._target = target
        self._trust = trust
        self._deadline = deadline
        self._wire = _Wire()
        self._turns = turns or Turns()
        self._size = LEAST_PORTION
        self._handed_over = 0.0
        """When something was last."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        try:
            async with asyncio.timeout(timeout):
                await self._begun()
                portion = self._portion(max_bytes)
                if self._wire.arrived:
                    await asyncio.sleep(0)  # others have their turn, however fast the other side is
                data = await self._wire.read(portion, self._turns)
                self._handed_over = time.perf_counter()
                return data
        except TimeoutError:
            raise httpcore.ReadTimeout from None
        except OSError as error:
            raise httpcore.ReadError(_said(error)) from None

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if not buffer:
            return
        try:
            async with asyncio.timeout(timeout):
                transport = await self._begun()
                self.used = True
                if transport.is_closing():
                    raise httpcore.WriteError("the connection was closed")
                transport.write(buffer)
                await self._wire.room()
        except TimeoutError:
            raise httpcore.WriteTimeout from None
        except OSError as error:
            raise httpcore.WriteError(_said(error)) from None

    async def aclose(self) -> None:
        self.abort()

    def abort(self) -> None:
        """Ends the connection at once, begun or not."""
        if self._sock is not None:
            self._sock.close()
        if self._wire.transport is not None:
            self._wire.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """Begins TLS, with the certificates this connection trusts and the protocols `ssl_context` was told of."""
        name = server_hostname or self._target.host
        try:
            protocols = ssl_context.protocols if isinstance(ssl_context, Offer) else ()
            context = await asyncio.to_thread(tls.context, self._trust, protocols)
            async with asyncio.timeout(max(0.0, self._deadline - time.monotonic())):
                await self._in_tls(context, name)
            self._demand(protocols)
        except TimeoutError:
            await self.aclose()
            raise httpcore.ConnectTimeout from None
        except (OSError, ValueError) as error:  # errors of TLS are errors of the system
            await self.aclose()
            raise tls.failure(error, self._target, name) from None
        except BaseException:
            await self.aclose()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore and we ask for."""
        transport = self._wire.transport
        match info:
            case "ssl_object":
                return transport.get_extra_info("ssl_object") if transport is not None else None
            case "server_addr":
                return self._peer
            case "is_readable":  # asked of a connection at rest: whatever arrives then is its end, or not for us
                return (
                    self._wire.ended or bool(self._wire.arrived) or (transport is not None and transport.is_closing())
                )
        return None

    def _portion(self, most: int) -> int:
        """Bytes to hand over next: fewer where the last ones kept everybody else waiting, as chunks of a byte do."""
        if time.perf_counter() - self._handed_over > LONG_SECONDS:
            self._size = max(LEAST_PORTION, self._size // 2)
        else:
            self._size = min(most, 2 * self._size)
        return self._size

    async def _begun(self) -> asyncio.Transport:
        if self._wire.transport is None:
            sock, self._sock = self._sock, None
            if sock is None:
                raise ConnectionAbortedError("the connection was closed")
            await asyncio.get_running_loop().create_connection(lambda: self._wire, sock=sock)
        assert self._wire.transport is not None
        return self._wire.transport

    def _demand(self, protocols: tuple[str, ...]) -> None:
        """Raises TlsFailed where h2 alone was offered, and the server did not take it."""
        transport = self._wire.transport
        assert transport is not None
        if protocols == ("h2",) and transport.get_extra_info("ssl_object").selected_alpn_protocol() != "h2":
            raise tls.TlsFailed(f"{self._target} does not speak HTTP/2; leave the option http_version out")

    async def _in_tls(self, context: ssl.SSLContext, name: str) -> None:
        loop = asyncio.get_running_loop()
        if self._wire.transport is None:
            sock, self._sock = self._sock, None
            await loop.create_connection(
                lambda: self._wire, sock=sock, ssl=context, server_hostname=name, ssl_shutdown_timeout=CLOSING_SECONDS
            )
            return
        before, self._wire = self._wire, _Wire()  # behind a proxy, with which there was some talk before
        if before.arrived:
            raise ConnectionAbortedError("the proxy said more than it was asked")
        assert before.transport is not None
        try:
            self._wire.transport = await loop.start_tls(
                before.transport, self._wire, context, server_hostname=name, ssl_shutdown_timeout=CLOSING_SECONDS
            )
        except BaseException:
            before.transport.abort()
            raise


class Offer:
    """Stands where httpcore wants a context of TLS, with the protocols to offer: contexts are shared here."""

    def __init__(self, *protocols: str) -> None:
        self.protocols = protocols

    def set_alpn_protocols(self, protocols: Iterable[str]) -> None:
        """What httpcore calls before each handshake; what it offers is not what it then speaks."""


def _said(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
