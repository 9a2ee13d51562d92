"""A server for WebSockets alone, by another library than the web server's: it tells how clients closed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.net.servers.web import listening

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable

    Talk = Callable[[ServerConnection], Awaitable[None]]


@dataclass
class TalkServer:
    """A running server."""

    url: str
    messages: list[str | bytes] = field(default_factory=list)
    """In the order in which they came."""
    closes: list[tuple[int, str]] = field(default_factory=list)
    """Codes and reasons by which connections ended; 1006 where a client just left."""


async def echo(connection: ServerConnection) -> None:
    """Sends back what it is sent."""
    async for message in connection:
        await connection.send(message)


@contextlib.asynccontextmanager
async def talk(with_each: Talk = echo, tls: ssl.SSLContext | None = None) -> AsyncIterator[TalkServer]:
    """Runs a server in the loop of the caller until the block is left."""

    async def answer(connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            await with_each(connection)
        await connection.wait_closed()
        made.closes.append((connection.close_code or 1006, connection.close_reason or ""))

    sock = listening("127.0.0.1")
    made = TalkServer(f"ws{'s' if tls else ''}://127.0.0.1:{sock.getsockname()[1]}/")
    async with serve(answer, sock=sock, ssl=tls, max_size=64 << 20):
        yield made
