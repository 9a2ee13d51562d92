"""One WebSocket connection on one socket: frames to messages, pings, and how it ends. Knows of no plugins.

The protocol is that of the library `websockets`, the input and output ours: what is read is bounded by what whoever
iterates over the messages takes, and not by what the other side sends.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Final, cast

from websockets.client import ClientProtocol
from websockets.exceptions import PayloadTooBig
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import WebSocketURI

from thoth_ls.net.http.headers import AGENT
from thoth_ls.net.turns import Turns
from thoth_ls.net.websocket.asked import MOST_MESSAGE
from thoth_ls.net.websocket.message import Message, Unreadable

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import AsyncGenerator

    from websockets.frames import Frame
    from websockets.protocol import Event
    from websockets.typing import Subprotocol

    from thoth_ls.net.websocket.asked import Asked

CHUNK: Final = 8 << 10
"""Bytes that are parsed at a time; other work has its turn between two of them."""
PING_SECONDS: Final = 30.0
"""Between two pings; whoever has said nothing at all from one to the next is gone."""
CLOSE_SECONDS: Final = 5.0
"""For the other side to answer a Close frame."""
LINGER_SECONDS: Final = 1.0
"""For the other side to end the connection where nothing it could still say counts: RFC 6455, 7.1.1."""
NO_CODE: Final = 1006
"""No Close frame came: RFC 6455, 7.1.5."""

_quiet = logging.getLogger(f"{__name__}.protocol")
"""The library would write headers and messages into the log, secrets among them."""
_quiet.setLevel(logging.CRITICAL)


class Link:
    """A connection whose handshake may begin; `open` makes one. `messages` has to be iterated over for it to live."""

    def __init__(
        self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, turns: Turns | None = None
    ) -> None:
        target = asked.target
        uri = WebSocketURI(target.scheme == "https", target.host, target.port, asked.resource, "")
        subprotocols = cast("list[Subprotocol]", list(asked.subprotocols)) or None
        self._protocol = ClientProtocol(uri, subprotocols=subprotocols, max_size=MOST_MESSAGE, logger=_quiet)
        self._reader = reader
        self._writer = writer
        self._turns = turns or Turns()
        self._events: list[Event] = []
        self._message = Message()
        self._reading_since: float | None = None
        """When it began to wait for the other side; None while it waits for whoever takes the messages."""
        self._end: asyncio.TimerHandle | None = None
        self.request_headers: list[tuple[str, str]] = []
        self.response_headers: list[tuple[str, str]] = []
        self.sent_bytes = 0
        self.received_bytes = 0
        """Of the socket, or within TLS."""
        self.failure: str | None = None
        """Why it ended, as a sentence, where neither side meant it to."""

    @classmethod
    async def on(
        cls, asked: Asked, sock: socket.socket, tls: ssl.SSLContext | None, turns: Turns | None = None
    ) -> Link:
        """A link on a connected socket, which it owns from here on, once TLS is agreed on (where there is to be any).

        Raises OSError, of which SSLError is one.
        """
        try:
            reader, writer = await asyncio.open_connection(
                sock=sock, limit=4 * CHUNK, ssl=tls, server_hostname=asked.target.host if tls else None
            )
        except BaseException:
            sock.close()
            raise
        return cls(asked, reader, writer, turns)

    @property
    def tls_version(self) -> str | None:
        """For instance `TLSv1.3`; None without TLS."""
        ssl_object = self._writer.get_extra_info("ssl_object")
        return None if ssl_object is None else ssl_object.version()

    @property
    def peer(self) -> str:
        """The address it is connected to."""
        return str(self._writer.get_extra_info("peername")[0])

    @property
    def subprotocol(self) -> str | None:
        """The one the other side chose."""
        return self._protocol.subprotocol

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self._protocol.state is State.OPEN

    @property
    def close_code(self) -> int:
        """That of the Close frame that was received, 1005 where it had none; 1006 where none came."""
        received = self._protocol.close_rcvd
        return NO_CODE if received is None else int(received.code)

    @property
    def close_reason(self) -> str:
        """That of the Close frame that was received."""
        received = self._protocol.close_rcvd
        return "" if received is None else received.reason

    async def shake_hands(self, asked: Asked) -> None:
        """Sends the request and checks the answer; raises InvalidHandshake of the library, or OSError."""
        request = self._protocol.connect()
        request.headers.update(asked.headers)
        request.headers.setdefault("User-Agent", AGENT)
        self.request_headers = list(request.headers.raw_items())
        self._protocol.send_request(request)
        await self._flush()
        while True:
            await self._read()
            events = self._protocol.events_received()
            if events and isinstance(events[0], Response):
                self.response_headers = list(events[0].headers.raw_items())
                self._events = events[1:]
            if self._protocol.handshake_exc is not None:
                raise self._protocol.handshake_exc
            if self._protocol.state is not State.CONNECTING:
                return

    async def messages(self) -> AsyncGenerator[str | bytes, None]:
        """What arrives, until the connection has ended."""
        pinging = asyncio.create_task(self._ping())
        try:
            while True:
                events, self._events = self._events, []
                for event in events:
                    try:
                        message = self._message.add(cast("Frame", event))
                    except Unreadable as error:
                        self._fail(error.code, str(error))
                        break
                    if message is not None:
                        yield message
                if self._protocol.state is State.CLOSED:
                    return
                await self._read()
                self._events = self._protocol.events_received()
        finally:
            pinging.cancel()
            await self.drop()

    async def send(self, message: str | bytes) -> None:
        """Sends a message; returns once the system has taken in most of what waits. Raises OSError."""
        # One that is given up while it waits here is not sent: else those that nobody waits for would pile up.
        await self._writer.drain()
        if not self.is_open:
            raise ConnectionResetError("it is being closed")
        if isinstance(message, str):
            self._protocol.send_text(message.encode())
        else:
            self._protocol.send_binary(message)
        await self._flush()

    def close(self, code: int, reason: str) -> None:
        """Begins to close; `messages` ends once the other side has closed too, or has not in time."""
        if self.is_open:
            self._protocol.send_close(code, reason)
            self._write()

    def give_up(self, why: str) -> None:
        """Ends it at once."""
        self.failure = self.failure or why
        self._writer.transport.abort()

    async def drop(self) -> None:
        """Lets go of the socket."""
        if self._end is not None:
            self._end.cancel()
        self._writer.transport.abort()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def _read(self) -> None:
        """Takes in what is there, waiting for it; other work has its turn."""
        loop = asyncio.get_running_loop()
        self._reading_since = loop.time()
        try:
            data = await self._reader.read(CHUNK)
        except OSError as error:
            self.failure = self.failure or f"the connection broke: {error.strerror or error}"
            data = b""
        await self._turns.mine()
        if data:
            self.received_bytes += len(data)
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
        if self._protocol.parser_exc is not None and self.failure is None:
            self.failure = _broken(self._protocol.parser_exc)
        with contextlib.suppress(OSError):  # reading tells of it, too
            await self._flush()
        await asyncio.sleep(0)
        self._reading_since = None

    def _fail(self, code: int, why: str) -> None:
        self.failure = self.failure or why
        self._protocol.fail(code, why)
        self._write()

    def _write(self) -> None:
        """Hands what is to be sent to the system, or to the buffer before it."""
        for data in self._protocol.data_to_send():
            if data:
                self.sent_bytes += len(data)
                self._writer.write(data)
            elif self._writer.can_write_eof():
                with contextlib.suppress(OSError):
                    self._writer.write_eof()
        if self._protocol.close_expected():
            # Nothing that could come still counts where both have said it, or where we gave up on the other side.
            over = self._protocol.close_rcvd is not None or self.failure is not None
            self._abort_in(LINGER_SECONDS if over else CLOSE_SECONDS)

    def _abort_in(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        if self._end is None or self._end.when() > loop.time() + seconds:
            if self._end is not None:
                self._end.cancel()
            self._end = loop.call_later(seconds, self._writer.transport.abort)

    async def _flush(self) -> None:
        self._write()
        await self._writer.drain()

    async def _ping(self) -> None:
        """Sees to it that neither side, nor anything between them, takes the connection for dead, unless it is."""
        loop = asyncio.get_running_loop()
        asked: float | None = None
        while True:
            await asyncio.sleep(PING_SECONDS)
            if not self.is_open:
                return
            if asked is not None and self._reading_since is not None and self._reading_since <= asked:
                self.give_up(f"the other side has not answered a ping for {PING_SECONDS:g} s")
                return
            asked = loop.time()
            self._protocol.send_ping(b"")
            self._write()


def _broken(error: Exception) -> str:
    if isinstance(error, PayloadTooBig):
        return f"a message is larger than {MOST_MESSAGE >> 20} MiB"
    if isinstance(error, EOFError):
        return "the other side broke off without closing"
    return f"the other side broke the rules of WebSocket: {error}"
