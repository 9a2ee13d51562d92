"""Connections that are kept: for the next request, for a while, and not without number."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.net.http.guests import stage
from tests.net.servers import raw
from tests.net.servers.rude import head_of
from thoth_ls.net.http.connections import MOST_AT_REST

if TYPE_CHECKING:
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
