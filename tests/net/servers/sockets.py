"""Answers for `raw` below HTTP: plain TCP, TLS that begins late, and WebSockets that break the rules."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import struct
from typing import TYPE_CHECKING

from tests.net.servers.rude import head_of

if TYPE_CHECKING:
    import ssl

    from tests.net.servers.raw import Answer

KEY_SUFFIX = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
"""Opcodes of frames (RFC 6455, 5.2); 0 continues a message."""


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Sends back what it is sent, until the other side has ended."""
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


async def sink(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Takes everything in and says nothing."""
    while await reader.read(1 << 20):
        pass


async def deaf(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Reads nothing at all, so that whoever writes to it has to wait at last."""
    await asyncio.Event().wait()


async def source(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Sends as fast as it can, without an end."""
    piece = bytes(65536)
    while True:
        writer.write(piece)
        await writer.drain()


def greets(text: bytes) -> Answer:
    """Says one thing at once, then sends back what it is sent."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        await echo(reader, writer)

    return answer


def start_tls(context: ssl.SSLContext, asked: bytes = b"STARTTLS\n", agreed: bytes = b"S") -> Answer:
    """Plain until it is sent `asked`; answers `agreed`, speaks TLS from there on and sends everything back."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(asked)
        writer.write(agreed)
        await writer.drain()
        await writer.start_tls(context)
        await echo(reader, writer)

    return answer


async def accept_websocket(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Agrees to the handshake of a WebSocket; returns the head that asked."""
    head = await head_of(reader)
    key = next(
        line.split(b":", 1)[1].strip() for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key")
    )
    digest = base64.b64encode(hashlib.sha1(key + KEY_SUFFIX).digest())
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + digest + b"\r\n\r\n"
    )
    await writer.drain()
    return head


def frame(opcode: int, data: bytes, final: bool = True, length: int | None = None) -> bytes:
    """One frame of a server, that is without a mask; `length` is what it claims to hold."""
    count = len(data) if length is None else length
    if count < 126:
        size = bytes([count])
    elif count < 1 << 16:
        size = b"\x7e" + struct.pack("!H", count)
    else:
        size = b"\x7f" + struct.pack("!Q", count)
    return bytes([(0x80 if final else 0) | opcode]) + size + data


def websocket(*sent: bytes, then: Answer = sink) -> Answer:
    """Agrees to a handshake and sends exactly these bytes (see `frame`); `then` goes on from there."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept_websocket(reader, writer)
        for piece in sent:
            writer.write(piece)
            await writer.drain()
        await then(reader, writer)

    return answer


async def drops(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ends the connection by a reset."""
    writer.transport.abort()


async def endless_messages(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Texts without an end, as fast as they are taken."""
    piece = frame(TEXT, b"m" * 1000) * 64
    while True:
        writer.write(piece)
        await writer.drain()


async def endless_fragments(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One message of fragments that never ends."""
    writer.write(frame(TEXT, b"f" * 65536, final=False))
    while True:
        writer.write(frame(0, b"f" * 65536, final=False))
        await writer.drain()


async def endless_pings(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pings without an end, whose pongs are never read."""
    while True:
        writer.write(frame(PING, b"p" * 125) * 64)
        await writer.drain()
