"""Connections that are kept: for the next request, for a while, and not without number."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import httpx

from tests.net.http.guests import stage
from tests.net.places import plugin
from tests.net.servers import raw
from tests.net.servers.rude import head_of, silent
from thoth_ls.net.dial import dial
from thoth_ls.net.http.connections import MOST_AT_REST, PATH, Connections
from thoth_ls.net.model import Checked, Target

if TYPE_CHECKING:
    import socket
    from pathlib import Path


async def stays(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers for as long as it is asked."""
    while True:
        await head_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


async def test_a_host_for_each_request_does_not_use_up_what_the_system_has(tmp_path: Path) -> None:
    """Each name has connections of its own, and their owner has names without number; the newest are kept."""
    many = MOST_AT_REST + 40
    async with raw(stays) as server, stage(tmp_path) as on:
        urls = [f"http://n{number}.example:{server.port}" for number in range(many)]
        for url in urls:
            on.names.answers[url.removeprefix("http://").partition(":")[0]] = ["127.0.0.1"]
            await on.allow(url)
        for url in urls:
            await on.ok(f"{url}/")
        await server.wait_ended(many - MOST_AT_REST)
        assert server.connections == many
        for url in urls[-MOST_AT_REST:]:
            await on.ok(f"{url}/")
        assert server.connections == many
        assert server.ended == many - MOST_AT_REST


async def test_a_request_cancelled_just_when_it_is_connected_leaves_no_connection() -> None:
    """Between connecting and the first byte httpcore waits for locks, and forgets what a cancellation finds there."""

    async def dialled(checked: Checked, seconds: float) -> socket.socket:
        sock = await dial(checked, seconds)
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        return sock

    async def asks(connections: Connections, checked: Checked) -> None:
        async with connections.use(plugin(), checked, "auto", 10) as pool:
            await pool.made.handle_async_request(httpx.Request("GET", server.url(), extensions={PATH: b"/"}))

    async with raw(silent) as server:
        connections = Connections(dialled)
        checked = Checked(Target("http", server.host, server.port), ("127.0.0.1",), local=True)
        for count in (1, 2):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.create_task(asks(connections, checked))
            await server.wait_ended(count)
        await connections.close()
