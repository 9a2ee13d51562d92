"""A server as they are in use: HTTP/1.1, HTTP/2 (by ALPN, or without TLS by prior knowledge) and WebSocket."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any

from hypercorn.asyncio import serve
from hypercorn.config import Config, Sockets

from tests.net.servers.app import App

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator


class WebServer:
    """A running server and what it was asked."""

    def __init__(self, app: App, host: str, port: int, tls: bool) -> None:
        self.app = app
        self.host = host
        self.port = port
        self._tls = tls

    def url(self, path: str = "/hello", host: str | None = None) -> str:
        """The address of a route, by the server's address or by a name that leads there."""
        return f"http{'s' if self._tls else ''}://{self._authority(host)}{path}"

    def ws_url(self, path: str = "/ws/echo", host: str | None = None) -> str:
        """The same for WebSockets."""
        return f"ws{'s' if self._tls else ''}://{self._authority(host)}{path}"

    def _authority(self, host: str | None) -> str:
        host = host or self.host
        return f"{f'[{host}]' if ':' in host else host}:{self.port}"


class _Config(Config):
    """Takes a socket that is open and a TLS context that is made, where hypercorn takes names."""

    def __init__(self, listening: socket.socket, tls: ssl.SSLContext | None) -> None:
        super().__init__()
        self._listening = listening
        self._tls = tls
        self.accesslog = None
        self.errorlog = None
        self.graceful_timeout = 0.2
        self.shutdown_timeout = 1
        self.websocket_max_message_size = 64 * 1024 * 1024

    @property
    def ssl_enabled(self) -> bool:
        return self._tls is not None

    def create_ssl_context(self) -> ssl.SSLContext | None:
        return self._tls

    def create_sockets(self) -> Sockets:
        ours: list[socket.socket] = [self._listening]
        return Sockets(ours, [], []) if self._tls else Sockets([], ours, [])


@contextlib.asynccontextmanager
async def web(
    app: App | None = None,
    tls: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    http2: bool = True,
) -> AsyncIterator[WebServer]:
    """Runs a server in the loop of the caller, on a port that was free, until the block is left.

    HTTP/2 is offered by ALPN when there is TLS; `http2=False` offers HTTP/1.1 alone.
    """
    app = app or App()
    with contextlib.closing(listening(host, port)) as sock:
        if tls is not None:
            tls.set_alpn_protocols(["h2", "http/1.1"] if http2 else ["http/1.1"])
        stop = asyncio.Event()
        running = asyncio.create_task(_serve(app, _Config(sock, tls), stop))
        try:
            await app.started.wait()
            yield WebServer(app, host, sock.getsockname()[1], tls is not None)
        finally:
            app.stop()
            stop.set()
            await running


def listening(host: str, port: int = 0) -> socket.socket:
    """A listening socket; connections wait in it until they are accepted."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    made.listen(256)
    made.setblocking(False)
    return made


async def _serve(app: Any, config: Config, stop: asyncio.Event) -> None:
    await serve(app, config, shutdown_trigger=stop.wait)
