"""A socket and a function: servers that keep to no protocol, or to one as badly as the test wants."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.net.servers.web import listening

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LEAVING_SECONDS = 5.0


class RawServer:
    """A running server, how often it was connected to, and what it was sent at first."""

    def __init__(self, answer: Answer, host: str, tls: bool) -> None:
        self.host = host
        self.port = 0
        self.connections = 0
        """Connections that were accepted; of TLS, those whose handshake succeeded."""
        self.ended = 0
        """Connections whose other side is gone, or that the answer was done with."""
        self._answer = answer
        self._tls = tls
        self._tasks: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()

    def url(self, path: str = "/", host: str | None = None) -> str:
        """The address, as if it spoke HTTP."""
        host = host or self.host
        return f"http{'s' if self._tls else ''}://{f'[{host}]' if ':' in host else host}:{self.port}{path}"

    def ws_url(self, path: str = "/", host: str | None = None) -> str:
        """The address, as if it spoke WebSocket."""
        return "ws" + self.url(path, host).removeprefix("http")

    async def wait_connected(self, count: int = 1) -> None:
        """Returns once so many connections have come; fails after ten seconds."""
        async with asyncio.timeout(10):
            while self.connections < count:
                self._news.clear()
                await self._news.wait()

    async def wait_ended(self, count: int = 1) -> None:
        """Returns once so many connections have ended; fails after ten seconds."""
        async with asyncio.timeout(10):
            while self.ended < count:
                self._news.clear()
                await self._news.wait()

    async def accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers one connection, and lets go of it."""
        self.connections += 1
        self._news.set()
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        whole = False
        try:
            await self._answer(reader, writer)
            whole = True
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            pass  # the other side left, as these tests want it to
        except asyncio.CancelledError:
            pass  # by `stop`; Python 3.11 would write a traceback for each
        finally:
            self._tasks.discard(task)
            self.ended += 1
            self._news.set()
            if not whole and not writer.is_closing() and writer.transport.get_write_buffer_size():
                writer.transport.abort()
            writer.close()
            try:
                # What was written is still on its way; a peer that takes nothing is not waited for for ever.
                async with asyncio.timeout(LEAVING_SECONDS):
                    await writer.wait_closed()
            except (OSError, TimeoutError):
                writer.transport.abort()

    async def stop(self) -> None:
        """Ends every answer that is still going on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def raw(
    answer: Answer, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[RawServer]:
    """Runs a server in the loop of the caller, on a port that was free, until the block is left."""
    with contextlib.closing(listening(host, port)) as sock:
        made = RawServer(answer, host, tls is not None)
        made.port = sock.getsockname()[1]
        server = await asyncio.start_server(made.accepted, sock=sock, ssl=tls)
        try:
            yield made
        finally:
            server.close()
            await made.stop()
            await server.wait_closed()
