"""Answers for `raw` that speak HTTP as no server should."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.net.servers.raw import Answer

MIB = 1024 * 1024


async def head_of(reader: asyncio.StreamReader) -> bytes:
    """The head of a request, to and with its empty line."""
    return await reader.readuntil(b"\r\n\r\n")


def says(response: bytes, heads: list[bytes] | None = None) -> Answer:
    """Sends exactly these bytes for the first request, keeps its head in `heads`, and closes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await head_of(reader)
        if heads is not None:
            heads.append(head)
        writer.write(response)
        await writer.drain()

    return answer


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Takes everything in and never answers."""
    while await reader.read(MIB):
        pass


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads a request and drops the connection by a reset."""
    await head_of(reader)
    writer.transport.abort()


async def truncated(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Promises 1,000 bytes, sends ten and closes."""
    await says(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789")(reader, writer)


def slow_loris(seconds: float) -> Answer:
    """A head without an end, one byte after another, each after a pause."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head_of(reader)
        for byte in b"HTTP/1.1 200 OK\r\nX-Wait: " + b"z" * MIB:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(seconds)

    return answer


async def endless_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Header after header, without an end."""
    await head_of(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: and more\r\n" * 1000)
        await writer.drain()


async def endless_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A chunked body without an end, as fast as it is taken."""
    await head_of(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"e" * 65536 + b"\r\n")
        await writer.drain()


def endless_redirects(heads: list[bytes] | None = None) -> Answer:
    """Redirects to itself, a new path each time."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = 0
        while True:
            head = await head_of(reader)
            if heads is not None:
                heads.append(head)
            number += 1
            writer.write(f"HTTP/1.1 302 Found\r\nLocation: /{number}\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()

    return answer


def bomb(expanded: int, encoding: str = "gzip", layers: int = 1) -> Answer:
    """A body of a few bytes that becomes `expanded` zeros, compressed once for each layer."""
    body = _squeezed(expanded, encoding)
    for _ in range(layers - 1):
        body = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    named = ", ".join([encoding] * layers)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {named}\r\nContent-Length: {len(body)}\r\n\r\n"
    return says(head.encode() + body)


def _squeezed(count: int, encoding: str) -> bytes:
    """So many zeros, compressed without ever holding them."""
    packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    zeros = bytes(MIB)
    pieces = [packer.compress(zeros[: min(MIB, count - at)]) for at in range(0, count, MIB)]
    return b"".join([*pieces, packer.flush()])


BAD_HEADS = {
    "no status line": b"hello there\r\n\r\n",
    "status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "header without a colon": b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
    "space before the colon": b"HTTP/1.1 200 OK\r\nX-Odd : 1\r\nContent-Length: 0\r\n\r\n",
    "zero byte in a value": b"HTTP/1.1 200 OK\r\nX-Odd: a\x00b\r\nContent-Length: 0\r\n\r\n",
    "bare line feed in a value": b"HTTP/1.1 200 OK\r\nX-Odd: a\nSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
    "two lengths that differ": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "length below zero": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "length and chunks": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunk size of letters": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "location of control characters": b"HTTP/1.1 302 Found\r\nLocation: http://a\tb/\r\nContent-Length: 0\r\n\r\n",
}
"""Responses whose head or framing is wrong, by what is wrong with them; some clients take some of them."""
