"""The servers that tests of the REST explorer talk to, in a process of their own: httpbin, one for what it has not, and
a WebSocket that repeats what it hears.

Prints one line of JSON, `{"httpbin": port, "own": port, "socket": port}`, and after that a line for each request to our
own server and each thing that happens at the WebSocket. Ends when its standard input does.
"""

import asyncio
import json
import logging
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol
from werkzeug.serving import make_server

HERE = "127.0.0.1"
HUGE = 100 * 1000 * 1000
STATUS = {200: "OK", 302: "Found", 404: "Not Found"}


def say(line: str) -> None:
    """Tells whoever started us."""
    print(line, flush=True)


def httpbin_port() -> int:
    """Starts httpbin on threads."""
    from httpbin import app

    server = make_server(HERE, 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


async def huge(size: int) -> AsyncIterator[bytes]:
    """A list of records as JSON, of about so many bytes."""
    yield b"["
    sent, number = 1, 0
    while sent < size:
        lines = []
        for _ in range(5000):
            record = {
                "id": number,
                "name": f"record {number}",
                "even": number % 2 == 0,
                "tags": ["a", "b"],
                "at": {"row": number, "text": f"what is written about record {number}"},
            }
            lines.append(("," if number else "") + json.dumps(record) + "\n")
            number += 1
        piece = "".join(lines).encode()
        sent += len(piece)
        yield piece
    yield b"]"


class Own:
    """Our own server: /huge?bytes=N, /slow?seconds=N, /version (another answer each time), /login, /hello."""

    def __init__(self) -> None:
        self.versions = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await self._request(head, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            say("gone")
        finally:
            writer.close()

    async def _request(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, _ = head.split("\r\n", 1)[0].split(" ")
        length = next(
            (int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length:")), 0
        )
        body = await reader.readexactly(length)
        say(json.dumps({"method": method, "target": target, "body": body.decode("utf-8", "replace")}))
        url = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        if url.path == "/huge":
            await self._stream(writer, huge(int(query.get("bytes", HUGE))))
            return
        if url.path == "/slow":
            await _patience(reader, float(query.get("seconds", "60")))
        status, value = self._value(url.path)
        text = json.dumps(value).encode()
        writer.write(_head(status, f"Content-Type: application/json\r\nContent-Length: {len(text)}") + text)
        await writer.drain()

    def _value(self, path: str) -> tuple[int, object]:
        if path == "/version":
            self.versions += 1
            return 200, {"version": self.versions, "name": "thoth", "stable": self.versions > 1}
        if path == "/login":
            return 200, {"token": "token-of-the-server", "user": {"name": "Ada"}}
        return (200, {"hello": path}) if path in ("/hello", "/slow") else (404, {"error": f"there is no {path}"})

    async def _stream(self, writer: asyncio.StreamWriter, pieces: AsyncIterator[bytes]) -> None:
        writer.write(_head(200, "Content-Type: application/json\r\nTransfer-Encoding: chunked"))
        async for piece in pieces:
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        await writer.drain()


async def _patience(reader: asyncio.StreamReader, seconds: float) -> None:
    """Lets time go by; ends sooner where the other side leaves."""
    left = asyncio.create_task(reader.read(1))
    await asyncio.wait({left}, timeout=seconds)
    if left.done():
        raise ConnectionResetError
    left.cancel()


def _head(status: int, headers: str) -> bytes:
    return f"HTTP/1.1 {status} {STATUS[status]}\r\n{headers}\r\n\r\n".encode()


async def repeat(connection: ServerConnection) -> None:
    """Says again what it hears; `drop` breaks the connection, `bye` ends it with 4001."""
    say(f"socket open {connection.subprotocol or ''}".rstrip())
    async for message in connection:
        say(f"socket heard {message!r}")
        if message == "drop":
            connection.transport.abort()
            return
        if message == "bye":
            await connection.close(4001, "as you wish")
            return
        await connection.send(message)
    say(f"socket closed {connection.close_code} {connection.close_reason}")


def _first(connection: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """The first that a client offers; none where it offers none."""
    return offered[0] if offered else None


async def main() -> None:
    """Serves until nobody is there any more."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    own = await asyncio.start_server(Own().answer, HERE, 0)
    async with serve(repeat, HERE, 0, select_subprotocol=_first) as socket:
        ports = {
            "httpbin": httpbin_port(),
            "own": own.sockets[0].getsockname()[1],
            "socket": next(iter(socket.sockets)).getsockname()[1],
        }
        say(json.dumps(ports))
        await asyncio.to_thread(sys.stdin.read)


asyncio.run(main())
