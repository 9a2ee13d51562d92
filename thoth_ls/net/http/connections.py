"""Connections that are kept for the next request, apart for each plugin and each place."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, cast
from weakref import WeakKeyDictionary

import httpcore
import httpx

from thoth_ls.net.http.streams import Offer, Stream
from thoth_ls.net.turns import Turns

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.http.proxies import Proxy
    from thoth_ls.net.model import Checked, Target, Trust

    Dial = Callable[[Checked, float], Awaitable[socket.socket]]

logger = logging.getLogger(__name__)

Version = Literal["auto", "1.1", "2"]

KEPT_SECONDS: Final = 30.0
"""How long a connection at rest is kept."""
PATH: Final = "path"
"""In the extensions of a request: path and query as they are to be sent, bytes."""
MOST_KEPT: Final = 32
"""Of one plugin and place, at rest or not: with more, those at rest are closed. As many as may be busy at a time."""
MOST_AT_REST: Final = 64
"""Of one plugin, at all places that nothing goes to just now: a name for each request would use up all descriptors."""
PROTOCOLS: Final[Mapping[Version, tuple[str, ...]]] = {
    "auto": ("h2", "http/1.1"),
    "1.1": ("http/1.1",),
    "2": ("h2",),
}
"""Offered by ALPN."""


@dataclass(eq=False, slots=True)
class Pool:
    """The connections of one plugin to one place at addresses that were checked."""

    plugin_id: str
    place: tuple[Target, Trust, Version, Proxy | None]
    addresses: frozenset[str]
    made: Transport
    backend: _Backend
    users: int = 0
    retired: bool = False
    """Whether nobody new may use it."""
    ending: asyncio.TimerHandle | None = None

    @property
    def size(self) -> int:
        """Connections in it, one at least."""
        return max(1, len(self.made.connections))


class Connections:
    """All pools. Belongs to one event loop."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._turns = Turns()
        self._pools: list[Pool] = []
        self._closing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def use(
        self, plugin: Plugin, checked: Checked, version: Version, connect_seconds: float, proxy: Proxy | None = None
    ) -> AsyncIterator[Pool]:
        """The pool for a place, kept for a while afterwards; connections in it lead to checked addresses alone."""
        place = (checked.target, checked.trust, version, proxy)
        addresses = frozenset(checked.addresses if proxy is None else proxy.checked.addresses)
        found = next(
            (
                pool
                for pool in self._pools
                if pool.place == place and pool.plugin_id == plugin.id and pool.addresses <= addresses
            ),
            None,
        )
        if found is None:
            backend = _Backend(
                self._dial, checked if proxy is None else proxy.checked, checked, connect_seconds, self._turns
            )
            found = Pool(plugin.id, place, addresses, _pool(backend, version, proxy), backend)
            self._pools.append(found)
        found.users += 1
        if found.ending is not None:
            found.ending.cancel()
            found.ending = None
        try:
            yield found
        except BaseException:
            # Cancelled between connecting and the first byte, httpcore keeps a connection that it never uses or closes.
            if found.backend.abandon(asyncio.current_task()):
                self.retire(found)
            raise
        finally:
            found.users -= 1
            if not found.users:
                self._at_rest(found)

    def retire(self, pool: Pool) -> None:
        """Nobody new uses it; it is closed as soon as nobody does."""
        if not pool.retired:
            pool.retired = True
            if pool in self._pools:
                self._pools.remove(pool)
            if not pool.users:
                self._close(pool)

    def forget(self, plugin_id: str | None = None) -> None:
        """Retires all pools, or those of one plugin: what was allowed may be so no longer."""
        for pool in list(self._pools):
            if plugin_id is None or pool.plugin_id.lower() == plugin_id.lower():
                self.retire(pool)

    async def close(self) -> None:
        """Closes every connection, in use or not."""
        for pool in list(self._pools):
            self.retire(pool)
            if pool.users:
                self._close(pool)
        await asyncio.gather(*self._closing, return_exceptions=True)

    def _at_rest(self, pool: Pool) -> None:
        if pool.retired:
            self._close(pool)
        else:
            pool.ending = asyncio.get_running_loop().call_later(KEPT_SECONDS, self.retire, pool)
            self._pools.remove(pool)
            self._pools.append(pool)  # those that rest longest come first
            self._thin_out(pool.plugin_id)

    def _thin_out(self, plugin_id: str) -> None:
        resting = [pool for pool in self._pools if not pool.users and pool.plugin_id == plugin_id]
        if len(resting) < 2:
            return
        count = sum(pool.size for pool in resting)
        for pool in resting:
            if count <= MOST_AT_REST:
                return
            count -= pool.size
            self.retire(pool)

    def _close(self, pool: Pool) -> None:
        if pool.ending is not None:
            pool.ending.cancel()
            pool.ending = None
        task = asyncio.get_running_loop().create_task(_closed(pool))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


class Transport(httpx.AsyncHTTPTransport):
    """httpx's transport over connections of ours: those it would make by itself find their hosts by themselves."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    @property
    def connections(self) -> list[httpcore.AsyncConnectionInterface]:
        """Those that are open or being opened."""
        return self._pool.connections


class _Connections(httpcore.AsyncConnectionPool):
    """Sends what was judged.

    httpx writes some characters of a path in another way, and addresses of IPv6 without the brackets that proxies need.
    """

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        request.url.target = request.extensions[PATH]
        if b":" in request.url.host and not request.url.host.startswith(b"["):
            request.url.host = b"[%b]" % request.url.host
        return await super().handle_async_request(request)


async def _closed(pool: Pool) -> None:
    try:
        await pool.made.aclose()
    except Exception as error:  # noqa: BLE001 - a connection that ends badly has ended
        logger.debug("closing connections to %s: %s", pool.place[0], error)


@dataclass(slots=True)
class _Backend(httpcore.AsyncNetworkBackend):
    """Connects to what was checked, whatever name httpcore gives."""

    dial: Dial
    checked: Checked
    """What to connect to: the place itself, or a proxy."""
    place: Checked
    """What to begin TLS with."""
    connect_seconds: float
    turns: Turns
    opened: WeakKeyDictionary[asyncio.Task[Any], Stream] = field(default_factory=WeakKeyDictionary)
    """The last connection that each task made."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        seconds = self.connect_seconds if timeout is None else timeout
        deadline = time.monotonic() + seconds
        sock = await self.dial(self.checked, seconds)
        stream = Stream(sock, self.place.target, self.place.trust, deadline, self.turns)
        task = asyncio.current_task()
        assert task is not None
        self.opened[task] = stream
        return stream

    def abandon(self, task: asyncio.Task[Any] | None) -> bool:
        """Closes the connection that a task made where nothing was sent over it; whether there was one."""
        stream = None if task is None else self.opened.pop(task, None)
        if stream is None or stream.used:
            return False
        stream.abort()
        return True

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _pool(backend: _Backend, version: Version, proxy: Proxy | None) -> Transport:
    pool = _Connections(
        ssl_context=cast("ssl.SSLContext", Offer(*PROTOCOLS[version])),
        proxy=None if proxy is None else httpcore.Proxy(proxy.url, auth=proxy.auth),
        max_connections=None,  # how many there may be at a time is counted before
        max_keepalive_connections=MOST_KEPT,
        keepalive_expiry=KEPT_SECONDS,
        http1=version != "2",
        http2=version != "1.1",
        network_backend=backend,
    )
    return Transport(pool)
