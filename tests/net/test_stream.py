"""One connection: read when asked, written whole, with TLS or without, and nothing left behind."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.net.servers import Certificates, raw
from tests.net.servers.raw import Answer
from thoth_ls.net.dial import dial
from thoth_ls.net.model import Checked, Target
from thoth_ls.net.stream import Silent, Stream

Secure = Callable[[Stream], Awaitable[None]]


@pytest.fixture(params=["plain", "tls"])
def tls(request: pytest.FixtureRequest) -> bool:
    """Everything here holds with TLS and without."""
    return request.param == "tls"


@asynccontextmanager
async def connected(answer: Answer, certificates: Certificates, tls: bool) -> AsyncIterator[Stream]:
    """A stream to a server that answers so."""
    async with raw(answer, tls=certificates.server() if tls else None) as server:
        stream = Stream(await dial(Checked(Target("tcp", "localhost", server.port), ("127.0.0.1",), local=True), 5))
        try:
            if tls:
                await stream.start_tls(certificates.client(), "localhost", 5)
            yield stream
        finally:
            stream.close()


async def whole(stream: Stream, most: int = 1 << 20) -> bytes:
    parts = []
    while part := await stream.read(most, 10):
        assert len(part) <= most
        parts.append(part)
    return b"".join(parts)


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(1 << 16):
        writer.write(part)
        await writer.drain()


CONTENT = bytes(range(256)) * 8192
"""Two MiB, more than the system keeps for anybody."""


@pytest.mark.parametrize("most", [1 << 20, 1000, 65537])
async def test_all_of_it_arrives(certificates: Certificates, tls: bool, most: int) -> None:
    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(CONTENT)
        await writer.drain()

    async with connected(send, certificates, tls) as stream:
        assert await whole(stream, most) == CONTENT
        assert stream.received_bytes == len(CONTENT)
        assert await stream.read(10, 5) == b""


async def test_all_of_it_is_sent(certificates: Certificates, tls: bool) -> None:
    """Whatever the system takes at a time."""
    came: list[bytes] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)  # until nothing more fits
        came.append(await reader.readexactly(len(CONTENT)))
        writer.write(b"got it")

    async with connected(take, certificates, tls) as stream:
        await stream.write(CONTENT, 10)
        assert await stream.read(100, 10) == b"got it"
        assert came == [CONTENT]
        assert stream.sent_bytes == len(CONTENT)


async def test_writing_nothing(certificates: Certificates, tls: bool) -> None:
    async with connected(echo, certificates, tls) as stream:
        await stream.write(b"", 5)
        await stream.write(b"x", 5)
        assert await stream.read(1, 5) == b"x"


async def test_a_silence_ends_the_wait_and_not_the_stream(certificates: Certificates, tls: bool) -> None:
    """And a smaller read afterwards gets no more than it has room for."""
    async with connected(echo, certificates, tls) as stream:
        with pytest.raises(Silent):
            await stream.read(1000, 0.05)
        await stream.write(b"abcdef", 5)
        assert await stream.read(2, 5) == b"ab"
        assert await stream.read(2, 5) == b"cd"
        assert await stream.read(1000, 5) == b"ef"
        assert stream.received_bytes == 6


async def test_a_read_that_is_given_up_loses_nothing(certificates: Certificates, tls: bool) -> None:
    """However the cancellation falls together with what arrives."""
    async with connected(echo, certificates, tls) as stream:
        for number in range(50):
            reading = asyncio.create_task(stream.read(100, 5))
            await asyncio.sleep(0)
            await stream.write(b"%02d" % number, 5)
            await asyncio.sleep(0.0005 * (number % 5))
            reading.cancel()
            (came,) = await asyncio.gather(reading, return_exceptions=True)
            text = came if isinstance(came, bytes) else b""
            while len(text) < 2:
                text += await stream.read(100, 5)
            assert text == b"%02d" % number


async def test_a_write_nobody_takes(certificates: Certificates, tls: bool) -> None:
    done = asyncio.Event()

    async def ignore(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()  # what comes meanwhile fills the reader, and then the system

    async with connected(ignore, certificates, tls) as stream:
        with pytest.raises(Silent):
            await stream.write(b"x" * (64 << 20), 0.2)
        assert 0 < stream.sent_bytes < 64 << 20
        with pytest.raises(OSError, match="closed"):  # of no use, once half of something was sent
            await stream.write(b"x", 1)
        done.set()


async def test_closing_ends_a_read(certificates: Certificates, tls: bool) -> None:
    async with connected(echo, certificates, tls) as stream:
        reading = asyncio.create_task(stream.read(100, 30))
        await asyncio.sleep(0.02)
        stream.close()
        with pytest.raises(OSError, match="closed"):
            await reading
        stream.close()
        await asyncio.sleep(0)
        assert stream._sock.fileno() == -1


async def test_closing_says_so(certificates: Certificates) -> None:
    """The other side can tell that this was the end and no accident."""
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.put_nowait(await reader.read())

    async with connected(listen, certificates, tls=True) as stream:
        await stream.write(b"bye", 5)
        stream.close()
        assert await asyncio.wait_for(heard.get(), 5) == b"bye"


async def test_an_end_without_an_end_of_tls_is_told(certificates: Certificates) -> None:
    """Somebody in between could have cut something off."""

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"half of it")
        await writer.drain()
        writer.transport.abort()

    async with connected(cut, certificates, tls=True) as stream:
        assert await stream.read(100, 5) == b"half of it"
        with pytest.raises((ssl.SSLEOFError, ConnectionResetError)):
            await stream.read(100, 5)


async def test_a_connection_that_is_reset(certificates: Certificates, tls: bool) -> None:
    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async with connected(reset, certificates, tls) as stream:
        with pytest.raises(ConnectionResetError):
            await stream.read(100, 5)


async def test_tls_is_told(certificates: Certificates) -> None:
    async with connected(echo, certificates, tls=True) as stream:
        assert stream.tls_version == "TLSv1.3"
    async with connected(echo, certificates, tls=False) as stream:
        assert stream.tls_version is None
