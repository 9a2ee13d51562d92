"""Servers that speak HTTP/2 as none should, frame by frame."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import hpack
import pytest
from hyperframe.frame import DataFrame, HeadersFrame, PingFrame, SettingsFrame, WindowUpdateFrame

from tests.net.http.guests import stage
from tests.net.servers import Certificates, raw

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

    from tests.net.servers.raw import Answer

MIB = 1 << 20
HEADERS = 1
INITIAL_WINDOW_SIZE = 4
WIDE_OPEN = 2**31 - 1


def offering_h2(certificates: Certificates) -> ssl.SSLContext:
    context = certificates.server()
    context.set_alpn_protocols(["h2"])
    return context


async def asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, window: int = 65_535) -> int:
    """Says hello and returns the number of the stream of the first request."""
    await reader.readexactly(len(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
    writer.write(SettingsFrame(0, settings={INITIAL_WINDOW_SIZE: window}).serialize())
    writer.write(SettingsFrame(0, flags=["ACK"]).serialize())
    while True:
        head = await reader.readexactly(9)
        await reader.readexactly(int.from_bytes(head[:3], "big"))
        if head[3] == HEADERS:
            return int.from_bytes(head[5:], "big")


async def takes_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Lets everything be sent and reads none of it."""
    await asked(reader, writer, WIDE_OPEN)
    writer.write(WindowUpdateFrame(0, window_increment=WIDE_OPEN - 65_535).serialize())
    writer.transport.pause_reading()
    await asyncio.sleep(60)


async def pings_only(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pings as fast as it is listened to, and reads no answer."""
    await asked(reader, writer)
    writer.transport.pause_reading()
    while True:
        writer.write(PingFrame(0, opaque_data=b"thothing").serialize() * 1000)
        await writer.drain()


@pytest.mark.parametrize(("answer", "method"), [(takes_nothing, "POST"), (pings_only, "GET")])
async def test_one_that_takes_nothing_in_gets_no_more_than_the_whole_time(
    tmp_path: Path, certificates: Certificates, answer: Answer, method: str
) -> None:
    """It was told that the stream is given up, and had all the time in the world to take that in."""
    async with (
        raw(answer, tls=offering_h2(certificates)) as server,
        stage(tmp_path, total_seconds=1, read_seconds=60) as on,
    ):
        place = server.url("", "localhost")
        await on.allow(place, verification="caFile", ca_file=str(certificates.ca_file))
        outcome = await on.err(f"{place}/", method, body=bytes(16 * MIB) if method == "POST" else None)
        assert "took longer than 1 s" in outcome["message"]


@pytest.mark.parametrize("status", [b"abc", b"", b"-5", b"99", b"70000"])
async def test_a_status_that_is_none_is_no_response(tmp_path: Path, certificates: Certificates, status: bytes) -> None:
    """The interface of plugins has no number for it, and nobody else has a meaning."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = await asked(reader, writer)
        head = hpack.Encoder().encode([(b":status", status)])
        writer.write(HeadersFrame(number, head, flags=["END_HEADERS", "END_STREAM"]).serialize())
        await reader.read()

    async with raw(answer, tls=offering_h2(certificates)) as server, stage(tmp_path) as on:
        place = server.url("", "localhost")
        await on.allow(place, verification="caFile", ca_file=str(certificates.ca_file))
        outcome = await on.err(f"{place}/")
        assert "did not answer as HTTP demands" in outcome["message"]
        assert on.log()[-1].verdict == "failed"


async def test_one_that_breaks_the_rules_is_told_to_have_and_the_next_request_has_a_connection_of_its_own(
    tmp_path: Path, certificates: Certificates
) -> None:
    """What came by the broken connection at the same time is sent again where nothing of it had been sent."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = await asked(reader, writer)
        if server.connections == 1:
            writer.write(DataFrame(number, b"before any header").serialize())
        else:
            head = hpack.Encoder().encode([(b":status", b"204")])
            writer.write(HeadersFrame(number, head, flags=["END_HEADERS", "END_STREAM"]).serialize())
        await reader.read()

    async with raw(answer, tls=offering_h2(certificates)) as server, stage(tmp_path) as on:
        place = server.url("", "localhost")
        await on.allow(place, verification="caFile", ca_file=str(certificates.ca_file))
        first = await on.submit(f"{place}/")
        second = await on.submit(f"{place}/", "POST")
        assert "did not answer as HTTP demands" in (await on.guest.event(first))["err"]["message"]
        assert (await on.guest.event(second))["ok"]["status"] == 204
