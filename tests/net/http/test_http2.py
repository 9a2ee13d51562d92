"""HTTP/2, where several requests share a connection: one that ends early costs the others nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import Stage, stage
from tests.net.servers import Certificates, WebServer, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

MIB = 1 << 20


@pytest.fixture
async def both(tmp_path: Path, certificates: Certificates) -> AsyncIterator[tuple[WebServer, Stage]]:
    """A server that speaks HTTP/2, and a plugin that may ask it."""
    async with web(tls=certificates.server()) as server, stage(tmp_path, response_megabytes=40) as on:
        trusted = {"verification": "caFile", "ca_file": str(certificates.ca_file)}
        await on.allow(server.url("", "localhost"), **trusted)
        yield server, on


def clients(server: WebServer) -> int:
    """Connections that requests came by."""
    return len({request.client for request in server.app.requests})


async def test_many_requests_share_a_connection(both: tuple[WebServer, Stage]) -> None:
    server, on = both
    numbers = [await on.submit(server.url("/stream/100000", "localhost")) for _ in range(20)]
    for number in numbers:
        assert (await on.guest.event(number))["ok"]["body_bytes"] == 100_000
    assert clients(server) == 1
    assert {request.http_version for request in server.app.requests} == {"2"}


@pytest.mark.parametrize("how", ["cancelled", "too large"])
async def test_one_that_ends_early_holds_nobody_up(both: tuple[WebServer, Stage], how: str) -> None:
    """What the server had sent of it counts for the connection, which the others could not go on with otherwise."""
    server, on = both
    await on.ok(server.url("/hello", "localhost"))
    large = await on.submit(server.url(f"/stream/{(39 if how == 'cancelled' else 60) * MIB}", "localhost"))
    other = await on.submit(server.url(f"/stream/{38 * MIB}", "localhost"))
    if how == "cancelled":
        await asyncio.sleep(0.05)
        await on.call("http-control", "cancel", large)
    assert (await on.guest.event(large))["err"]["code"] == ("cancelled" if how == "cancelled" else "error")
    assert (await on.guest.event(other))["ok"]["body_bytes"] == 38 * MIB
    assert clients(server) == 1
