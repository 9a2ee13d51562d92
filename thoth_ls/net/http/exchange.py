"""One hop: a request to a checked place, and the whole response."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx

from thoth_ls.calling import IO_FAILED, HostRefusal
from thoth_ls.net.http import headers as h
from thoth_ls.net.http.bodies import MIB, Body, BodyFolder, BodyWriter, pieces_of
from thoth_ls.net.http.connections import PATH
from thoth_ls.net.http.decoding import decoders
from thoth_ls.net.http.failures import explained, is_of_http2
from thoth_ls.net.http.http2 import give_up

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.activity import Entry
    from thoth_ls.net.http.connections import Connections, Pool, Version
    from thoth_ls.net.http.proxies import Proxy
    from thoth_ls.net.http.redirects import Outgoing
    from thoth_ls.net.model import Checked
    from thoth_ls.settings import NetworkSettings

SENT_AT_A_TIME: Final = 64 * 1024
MOST_AT_A_TIME: Final = 1 * MIB
"""Bytes of a large body that are handed to a thread together."""
MOST_PIECES: Final = 4096
"""Of those; in HTTP/2 there are pieces of nothing."""
_AGAIN: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Methods that may be sent twice where a connection that was kept turns out to have ended (RFC 9110, 9.2.2)."""
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class Hop:
    """Where a redirect came from, and how long it took."""

    url: str
    status: int
    address: str | None
    protocol: str
    dns_ms: float | None
    connect_ms: float | None
    tls_ms: float | None
    first_byte_ms: float | None
    total_ms: float


@dataclass(frozen=True, slots=True)
class Incoming:
    """A whole response."""

    status: int
    headers: list[tuple[str, str]]
    body: Body
    hop: Hop


@dataclass(frozen=True, slots=True)
class Terms:
    """How an exchange is to be made."""

    settings: NetworkSettings
    folder: BodyFolder
    version: Version = "auto"
    most_bytes: int | None = None
    """Of the body, where whoever asked can take no more than that."""


async def exchange(
    connections: Connections,
    plugin: Plugin,
    checked: Checked,
    request: Outgoing,
    cookie: str | None,
    terms: Terms,
    entry: Entry,
    proxy: Proxy | None = None,
) -> Incoming:
    """The response, its body decompressed; what there is to know goes into `entry`. The caller sees to the whole time.

    Raises HostRefusal.
    """
    sending = _Sending(request, cookie, terms.settings, entry)
    for once_more in (True, False):
        seconds = max(0.1, terms.settings.connect_seconds - (checked.dns_ms or 0.0) / 1000)
        async with connections.use(plugin, checked, terms.version, seconds, proxy) as pool:
            try:
                return await _sent(sending, pool, checked, terms, entry)
            except (HostRefusal, asyncio.CancelledError):
                await asyncio.shield(give_up(pool.made.connections))
                raise
            except Exception as error:  # noqa: BLE001 - whatever the libraries raise is told by what it is
                connections.retire(pool)
                stale = sending.stands_for_nothing(error)
                if not (stale and once_more):
                    raise explained(error, request.target, terms.settings) from None
    raise AssertionError("the second time returns or raises")


async def _sent(sending: _Sending, pool: Pool, checked: Checked, terms: Terms, entry: Entry) -> Incoming:
    try:
        response = await pool.made.handle_async_request(sending.made())
    except ValueError:  # of a status, which HTTP/2 has as text
        raise httpx.RemoteProtocolError("its status is no number") from None
    try:
        if not 100 <= response.status_code <= 999:
            raise httpx.RemoteProtocolError(f"there is no status {response.status_code}")
        if response.status_code == 101:
            raise HostRefusal("the server began to speak another protocol, which nobody asked it for", IO_FAILED)
        stream = response.extensions["network_stream"]
        tls = stream.get_extra_info("ssl_object")
        entry.status, entry.address = response.status_code, str(stream.get_extra_info("server_addr")[0])
        version = response.extensions["http_version"].decode("ascii", "replace")
        entry.protocol = f"{version}, {tls.version()}" if tls is not None else version
        headers = h.as_text(response.headers.raw)
        entry.response_headers = headers
        sending.filled_in(checked)
        body = await _body(response, headers, sending.request.method, terms, entry)
    finally:
        await response.aclose()
    return Incoming(response.status_code, headers, body, sending.hop(response.status_code, entry))


async def _body(
    response: httpx.Response, headers: list[tuple[str, str]], method: str, terms: Terms, entry: Entry
) -> Body:
    most, rule = terms.settings.response_megabytes * MIB, "setting thoth.network.responseMegabytes"
    if terms.most_bytes is not None and terms.most_bytes < most:
        most, rule = terms.most_bytes, "http-client.fetch hands no more over; http-control.submit does"
    none = method == "HEAD" or response.status_code in (204, 304)
    writer = BodyWriter(terms.folder, [] if none else decoders(headers), most, rule)
    length = h.first(headers, "content-length") or ""
    if not none and length.isascii() and length.isdecimal() and len(length) < 20:
        writer.expect(int(length))
    try:
        async for pieces in _together(response.stream, writer):
            entry.received_bytes += sum(map(len, pieces))
            if writer.is_light:
                _take(writer, pieces)
            else:
                await asyncio.to_thread(_take, writer, pieces)
        return writer.finish() if writer.is_light else await asyncio.to_thread(writer.finish)
    except BaseException:
        await asyncio.shield(asyncio.to_thread(writer.discard))
        raise


def _take(writer: BodyWriter, pieces: list[bytes]) -> None:
    for piece in pieces:
        writer.write(piece)


async def _together(stream: Any, writer: BodyWriter) -> AsyncIterator[list[bytes]]:
    """What arrives, a piece at a time while it is little, much of it together once a thread is needed."""
    held: list[bytes] = []
    size = 0
    async for piece in stream:
        held.append(piece)
        size += len(piece)
        if size >= MOST_AT_A_TIME or len(held) >= MOST_PIECES or writer.is_light:
            yield held
            held, size = [], 0
    if held:
        yield held


class _Content(httpx.AsyncByteStream):
    """A body on its way out."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._pieces


class _Sending:
    """A request on its way: what was measured of it, and how far it came."""

    def __init__(self, request: Outgoing, cookie: str | None, settings: NetworkSettings, entry: Entry) -> None:
        self.request = request
        self._entry = entry
        self._began = time.perf_counter()
        self._since: dict[str, float] = {}
        self._took: dict[str, float] = {}
        self._answered = False
        body = request.body
        size = None if body is None else len(body) if isinstance(body, bytes) else body.size
        if size is None and request.method in _WITH_BODY:
            size = 0
        written = h.completed(request.headers, request.target, size)
        if cookie is not None:
            written.append((b"Cookie", cookie.encode("utf-8")))
        self._headers = written
        entry.request_headers = h.as_text(written)
        self._timeout = {
            "connect": None,  # kept by the connections themselves
            "read": settings.read_seconds,
            "write": settings.read_seconds,
            "pool": None,
        }

    def made(self) -> httpx.Request:
        """The request, once more from its beginning."""
        self._entry.sent_bytes = 0
        self._began = time.perf_counter()
        self._since.clear()
        self._took.clear()
        target = self.request.target
        made = httpx.Request(
            self.request.method,
            httpx.URL(scheme=target.scheme, host=target.host, port=None if h.is_default_port(target) else target.port),
            headers=self._headers,
            stream=_Content(self._content()),
            extensions={
                "timeout": self._timeout,
                "trace": self._trace,
                PATH: self.request.path.encode("ascii"),
            },
        )
        made.method = self.request.method  # httpx writes all in capitals, and case counts (RFC 9110, 9.1)
        return made

    def stands_for_nothing(self, error: Exception) -> bool:
        """Whether a connection that was kept had ended, so that nothing was done with this request."""
        if is_of_http2(error) and "send_request_headers" not in self._took:
            return True  # it had ended before anything was sent
        kept = "connect_tcp" not in self._took
        lost = isinstance(error, httpx.ReadError | httpx.WriteError | httpx.RemoteProtocolError)
        return kept and lost and not self._answered and self.request.method in _AGAIN

    def filled_in(self, checked: Checked) -> None:
        """Tells the log what was measured."""
        entry = self._entry
        entry.dns_ms = checked.dns_ms
        entry.connect_ms = self._took.get("connect_tcp")
        entry.tls_ms = self._took.get("start_tls")
        entry.first_byte_ms = self._took.get("first_byte")

    def hop(self, status: int, entry: Entry) -> Hop:
        """The same for the plugin."""
        return Hop(
            self.request.url,
            status,
            entry.address,
            (entry.protocol or "").partition(",")[0],
            entry.dns_ms,
            entry.connect_ms,
            entry.tls_ms,
            entry.first_byte_ms,
            (time.perf_counter() - self._began) * 1000,
        )

    async def _trace(self, name: str, info: dict[str, Any]) -> None:
        """What httpcore tells of its steps: `connection.connect_tcp.started` and the like."""
        step, _, state = name.partition(".")[2].rpartition(".")
        now = time.perf_counter()
        if state == "started":
            self._since[step] = now
        elif state == "complete":
            self._took[step] = (now - self._since.get(step, now)) * 1000
            if step == "receive_response_headers":
                self._answered = True
                self._took["first_byte"] = (now - self._since.get("send_request_headers", now)) * 1000

    async def _content(self) -> AsyncIterator[bytes]:
        body = self.request.body
        if isinstance(body, bytes):
            for at in range(0, len(body), SENT_AT_A_TIME):
                piece = body[at : at + SENT_AT_A_TIME]
                yield piece
                self._entry.sent_bytes += len(piece)
        elif body is not None:
            for offset, count in pieces_of(body, MOST_AT_A_TIME):
                piece = await asyncio.to_thread(body.read, offset, count)
                yield piece
                self._entry.sent_bytes += len(piece)
