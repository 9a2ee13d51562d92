"""Connections as the library reads them."""

from __future__ import annotations

import asyncio
import socket
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import httpcore
import pytest

from tests.net.servers import raw
from thoth_ls.net.http.streams import LEAST_PORTION, LONG_SECONDS, MOST_BUFFERED, Stream
from thoth_ls.net.model import Target, Trust
from thoth_ls.net.turns import Turns

if TYPE_CHECKING:
    from tests.net.servers import RawServer

MIB = 1 << 20
ASKED = 65_536


async def pours(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Sends as much as is taken."""
    while True:
        writer.write(bytes(MIB))
        await writer.drain()


async def connected(server: RawServer, turns: Turns | None = None) -> Stream:
    sock = socket.create_connection((server.host, server.port))
    sock.setblocking(False)
    return Stream(sock, Target("http", server.host, server.port), Trust(), time.monotonic() + 10, turns)


async def test_more_is_handed_over_while_it_is_taken_quickly_and_less_where_it_holds_others_up() -> None:
    """A server that makes each byte cost much, as by chunks of one, cannot keep the editor waiting for long."""
    async with raw(pours) as server:
        stream = await connected(server)
        sizes = []
        for number in range(24):
            await asyncio.sleep(0.01)  # so that there is always enough
            stream._handed_over = time.perf_counter() - (LONG_SECONDS if number > 8 else 0)  # what taking it took
            sizes.append(len(await stream.read(ASKED)))
        await stream.aclose()
    assert sizes[7] == ASKED
    assert sizes[-1] == LEAST_PORTION
    assert sizes[:8] == sorted(sizes[:8])
    assert sizes[8:] == sorted(sizes[8:], reverse=True)


async def test_what_is_not_read_waits_at_the_other_side() -> None:
    async with raw(pours) as server:
        stream = await connected(server)
        await stream.read(1)
        await asyncio.sleep(0.2)
        assert len(stream._wire.arrived) <= MOST_BUFFERED + 256 * 1024
        for _ in range(100):
            assert await stream.read(ASKED)
        await stream.aclose()


async def test_a_closed_one_is_neither_read_nor_written() -> None:
    async with raw(pours) as server:
        stream = await connected(server)
        await stream.aclose()
        with pytest.raises(httpcore.ReadError):
            await stream.read(1)
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"x")
        await stream.aclose()


async def test_many_at_once_are_taken_in_one_by_one() -> None:
    """However much each of them costs, whoever else waits has a turn after the first, and not after the last."""
    turns, order = Turns(), list[str]()

    async def reading(stream: Stream) -> None:
        for _ in range(3):
            await stream.read(ASKED)
            order.append("read")

    async def others() -> None:
        while order.count("read") < 30:
            order.append("others")
            await asyncio.sleep(0)

    async with raw(pours) as server:
        streams = [await connected(server, turns) for _ in range(10)]
        for stream in streams:
            await stream.read(1)
        await asyncio.gather(*map(reading, streams), others())
        for stream in streams:
            await stream.aclose()
    assert not any(pair == ("read", "read") for pair in pairwise(order))
