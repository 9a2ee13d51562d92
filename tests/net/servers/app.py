"""What the web server of tests answers, by path, and a record of what it was asked."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from tests.net.servers import app_sockets

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Whole = tuple[int, bytes, list[tuple[str, str]]]
"""Status, body, headers."""
SQUEEZED = b"squeezed " * 1000


@dataclass(frozen=True)
class Request:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: list[tuple[str, str]]
    body: bytes
    http_version: str
    client: tuple[str, int]

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next((value for key, value in self.headers if key == name.lower()), None)


class App:
    """An ASGI application. Paths (any method unless said otherwise):

    `/hello` text · `/echo` the request as JSON · `/bytes/N` N bytes with their length · `/stream/N` N bytes without ·
    `/status/N` · `/redirect/CODE?to=URL` · `/hops/N` N redirects and then `/hello` · `/headers?name=value…` these
    headers · `/cookies/set?name=value…` · `/cookies` the header sent · `/gzip`, `/deflate` text, compressed ·
    `/slow/SECONDS` · `/drip/N/SECONDS` N bytes, a pause before each. WebSockets: see `app_sockets`.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        """In the order in which their bodies were complete."""
        self.started = asyncio.Event()
        self.messages: list[str | bytes] = []
        """What came by WebSocket."""
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Ends what waits."""
        self._stopped.set()

    async def pause(self, seconds: float) -> None:
        """Waits so long, or until the server is stopped."""
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            self.requests.append(_request(scope, b""))
            await app_sockets.answer(self, scope, receive, send)
        else:
            body = await _whole(receive)
            if body is not None:
                self.requests.append(_request(scope, body))
                await self._answer(self.requests[-1], send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        self.started.set()
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, request: Request, send: Send) -> None:
        match request.path.strip("/").split("/"):
            case ["bytes", count]:
                await self._stream(send, int(count), ("content-length", count))
            case ["stream", count]:
                await self._stream(send, int(count))
            case ["slow", seconds]:
                await self.pause(float(seconds))
                await reply(send, 200, b"at last")
            case ["drip", count, seconds]:
                await self._drip(send, int(count), float(seconds))
            case parts:
                status, body, headers = _moved(request, parts) or _content(request, parts)
                await reply(send, status, body, *headers)

    async def _stream(self, send: Send, count: int, *headers: tuple[str, str]) -> None:
        await start(send, 200, ("content-type", "application/octet-stream"), *headers)
        piece = bytes(range(256)) * 256
        while count > 0 and not self._stopped.is_set():
            await send({"type": "http.response.body", "body": piece[:count], "more_body": True})
            count -= len(piece)
        await send({"type": "http.response.body", "body": b""})

    async def _drip(self, send: Send, count: int, seconds: float) -> None:
        await start(send, 200)
        for _ in range(count):
            await self.pause(seconds)
            await send({"type": "http.response.body", "body": b".", "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _moved(request: Request, parts: list[str]) -> Whole | None:
    match parts:
        case ["redirect", code]:
            return int(code), b"moved", [("location", dict(parse_qsl(request.query))["to"])]
        case ["hops", count]:
            return 302, b"", [("location", f"/hops/{int(count) - 1}" if int(count) else "/hello")]
    return None


def _content(request: Request, parts: list[str]) -> Whole:
    match parts:
        case ["hello"]:
            return 200, b"hello", [("content-type", "text/plain; charset=utf-8")]
        case ["echo"]:
            return 200, json.dumps(_told(request)).encode(), [("content-type", "application/json")]
        case ["status", code]:
            return int(code), b"" if code in ("204", "304") else b"status " + code.encode(), []
        case ["headers"]:
            return 200, b"headers", parse_qsl(request.query, keep_blank_values=True)
        case ["cookies", "set"]:
            return 200, b"set", [("set-cookie", f"{name}={value}; Path=/") for name, value in parse_qsl(request.query)]
        case ["cookies"]:
            return 200, (request.header("cookie") or "").encode(), []
        case ["gzip"]:
            return 200, gzip.compress(SQUEEZED), [("content-encoding", "gzip")]
        case ["deflate"]:
            return 200, zlib.compress(SQUEEZED), [("content-encoding", "deflate")]
    return 404, b"no such path", []


async def reply(send: Send, status: int, body: bytes, *headers: tuple[str, str]) -> None:
    """A whole response."""
    length = () if status in (204, 304) else (("content-length", str(len(body))),)
    await start(send, status, *headers, *length)
    await send({"type": "http.response.body", "body": body})


async def start(send: Send, status: int, *headers: tuple[str, str]) -> None:
    """The head of a response."""
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


async def _whole(receive: Receive) -> bytes | None:
    """The body; None when the client left before it was complete."""
    pieces = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)


def _request(scope: Scope, body: bytes) -> Request:
    return Request(
        scope.get("method", "GET"),
        scope["path"],
        scope["query_string"].decode(),
        [(name.decode(), value.decode("latin-1")) for name, value in scope["headers"]],
        body,
        scope["http_version"],
        scope["client"],
    )


def _told(request: Request) -> dict[str, object]:
    return {
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "headers": request.headers,
        "body_base64": base64.b64encode(request.body).decode(),
        "http_version": request.http_version,
    }
