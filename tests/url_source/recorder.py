"""A server that keeps what it was sent to the byte, and what of it both curl and the host may say as they like."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.net.servers.raw import RawServer, raw

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ADDED = {
    "host": "follows from the address: compared with it, not with curl's",
    "user-agent": "each says its own where none was given",
    "accept": "*/* by both where none was given",
    "accept-encoding": "the host asks for compressed responses, curl only with --compressed",
    "content-length": "the host says 0 for POST, PUT and PATCH without a body; compared by the body",
    "expect": "curl waits before it sends a large body; the host sends it at once",
    "connection": "connections are shared",
}
"""Headers that are not compared where the command line did not say them, and why."""


@dataclass
class Sent:
    """A request as it came."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def comparable(self, said: frozenset[str] = frozenset()) -> tuple[object, ...]:
        """What has to be equal: not the order of headers, nor the boundary, nor the case of percent escapes."""
        boundary = re.search(rb"boundary=\"?([^\";]+)", dict(self.lower()).get("content-type", "").encode())
        known = {boundary[1]: b"BOUNDARY"} if boundary else {}
        headers = sorted(
            (key, _renamed(_as_text(value).encode(), known))
            for key, value in self.lower()
            if key not in ADDED or key in said
        )
        return self.method, _spelled(self.target), tuple(headers), _renamed(self.body, known)

    def lower(self) -> list[tuple[str, str]]:
        """Headers with their names in lower case."""
        return [(key.lower(), value) for key, value in self.headers]


def _renamed(data: bytes, names: dict[bytes, bytes]) -> bytes:
    for old, new in names.items():
        data = data.replace(old, new)
    return data


def _as_text(value: str) -> str:
    """The host sends headers in Latin-1 where it can, curl as they were typed."""
    with contextlib.suppress(UnicodeDecodeError):
        return value.encode("latin-1").decode("utf-8")
    return value


def _spelled(target: str) -> str:
    """Escapes in capitals, and signs that no URL has as they are: the host escapes them, curl does not."""

    def one(found: re.Match[str]) -> str:
        sign = chr(int(found[0][1:], 16))
        return sign if sign in "'\"<>^|{}\\`" else found[0].upper()

    escaped = "".join(sign if sign.isascii() else f"%{ord(sign):02X}" for sign in target)
    return re.sub("%[0-9a-f]{2}", one, escaped, flags=re.IGNORECASE)


@dataclass
class Recorder:
    """The server, and what it was sent, in order."""

    server: RawServer = field(init=False)
    sent: list[Sent] = field(default_factory=list)
    challenge: str | None = None
    """Answered with 401 to requests without Authorization, as WWW-Authenticate."""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            line, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
            method, target, _ = line.split(" ")
            headers = [(key, value.strip(" \t")) for key, _, value in (each.partition(":") for each in lines)]
            known = {key.lower(): value for key, value in headers}
            if known.get("expect", "").lower() == "100-continue":
                writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = await _body(reader, known)
            self.sent.append(Sent(method, target, headers, body))
            status = "200 OK"
            more = ""
            if self.challenge is not None and "authorization" not in known:
                status, more = "401 Unauthorized", f"WWW-Authenticate: {self.challenge}\r\n"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{more}\r\n".encode())
            await writer.drain()


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return body
    return await reader.readexactly(int(headers.get("content-length", "0")))


@contextlib.asynccontextmanager
async def recorder() -> AsyncIterator[Recorder]:
    """Runs one."""
    made = Recorder()
    async with raw(made.answer) as server:
        made.server = server
        yield made
