"""What a real guest began ends with it: when it crashes, is stopped, loses its leave, is switched off or removed."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.courier import COURIER
from tests.net.servers import raw
from tests.net.servers.rude import silent
from tests.security.courier_ends import DEATHS, ENDS, SOON, TAKEN, Act
from tests.security.courier_stage import NO_RATE, CourierStage, courier_stage, until
from thoth_ls.errors import PluginDisabled, PluginRefused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.courier import Courier
    from tests.net.servers import RawServer

pytestmark = pytest.mark.usefixtures("servers_here")

STREAMS = 3
REQUESTS = 4


async def connected(stage: CourierStage, server: RawServer) -> Courier:
    """A courier with streams that are open and requests nobody answers."""
    await stage.allow(server.url(""))
    await stage.allow(f"tcp://127.0.0.1:{server.port}")
    courier = await stage.courier()
    opened = await courier.run("tcp", host="127.0.0.1", port=server.port, keep=True, streams=STREAMS)
    assert len(opened) == STREAMS
    await courier.run("flood", url=server.url("/{n}"), times=REQUESTS)
    await until(lambda: server.connections == STREAMS + REQUESTS)
    assert server.ended == 0
    return courier


async def all_ended(stage: CourierStage, server: RawServer) -> None:
    """Every socket is closed, and what went on is written down as over."""
    async with asyncio.timeout(SOON):
        await server.wait_ended(STREAMS + REQUESTS)
    await until(lambda: sum(entry.verdict != "connected" for entry in stage.activity()) >= STREAMS + REQUESTS)
    assert server.connections == STREAMS + REQUESTS


@pytest.mark.parametrize("end", [*DEATHS, *ENDS, *TAKEN], ids=lambda act: str(act.__name__))
async def test_no_socket_outlives_it(tmp_path: Path, end: Act) -> None:
    async with raw(silent) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        courier = await connected(stage, server)
        await end(stage, courier)
        await all_ended(stage, server)
        if end in TAKEN:
            events = await courier.hears(REQUESTS)
            assert {event["value"]["err"]["code"] for event in events} == {"error"}
            with pytest.raises(PluginRefused):
                await courier.run("stream", stream=1, read=1)


@pytest.mark.parametrize("death", DEATHS, ids=lambda act: str(act.__name__))
async def test_the_next_guest_knows_nothing_of_the_last_one(tmp_path: Path, death: Act) -> None:
    """Neither its streams nor what it was still to hear."""
    async with raw(silent) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        courier = await connected(stage, server)
        await death(stage, courier)
        await all_ended(stage, server)
        for stream in range(STREAMS + 2):
            with pytest.raises(PluginRefused) as caught:
                await courier.run("stream", stream=stream, read=1)
            assert caught.value.code == 4
        await asyncio.sleep(0.2)
        assert await courier.heard() == []


async def test_another_guest_cannot_use_its_streams(tmp_path: Path) -> None:
    """Also of the same plugin: numbers are easily guessed."""
    async with raw(silent) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await connected(stage, server)
        other = await stage.courier()
        for stream in range(STREAMS + 2):
            with pytest.raises(PluginRefused) as caught:
                await other.run("stream", stream=stream, send="x")
            assert caught.value.code == 4


@pytest.mark.parametrize("command", ["get", "tcp"])
async def test_a_call_that_waits_for_a_server_is_ended_at_once(tmp_path: Path, command: str) -> None:
    """The thread comes back, the socket is closed, and the next call is answered."""
    async with raw(silent) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        await stage.allow(f"tcp://127.0.0.1:{server.port}")
        courier = await stage.courier()
        values: dict[str, Any] = {"url": server.url()} if command == "get" else {}
        values |= {} if command == "get" else {"host": "127.0.0.1", "port": server.port, "read": 10}
        running = asyncio.create_task(courier.run(command, kill=True, **values))
        await until(lambda: server.connections == 1)
        began = time.monotonic()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await server.wait_ended()
        assert await courier.heard() == []
        assert time.monotonic() - began < SOON
        assert stage.services.runtime._abandoned is not None
        stage.services.runtime._abandoned.check(COURIER)  # raises where threads were left behind


async def test_a_request_that_is_cancelled_closes_its_socket_and_says_so(tmp_path: Path) -> None:
    """The others go on."""
    async with raw(silent) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        ids = [item["id"] for item in await courier.run("flood", url=server.url("/{n}"), times=3)]
        await until(lambda: server.connections == 3)
        for id_ in (ids[1], ids[1], "no such request"):
            await courier.run("cancel", id=id_)
        await server.wait_ended()
        (event,) = await courier.until(lambda events: events)
        assert (event["id"], event["value"]["err"]["code"]) == (ids[1], "cancelled")
        await asyncio.sleep(0.1)
        assert server.ended == 1


async def test_a_guest_that_dies_of_each_answer_is_given_up(tmp_path: Path) -> None:
    """After three crashes within a minute it is not started again, and its requests end with it."""
    async with raw(silent) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        for _ in range(3):
            before = server.ended
            await courier.run("flood", url=server.url("/{n}"), times=2)
            (request,) = await courier.run("submit", url=server.url(), fatal=True)
            await until(lambda before=before: server.connections >= before + 3)  # type: ignore[misc]
            await courier.run("cancel", id=request["id"])  # the answer, which is too much for it
            await server.wait_ended(before + 3)
        with pytest.raises(PluginDisabled, match="crashed three times"):
            await courier.run("get", url=server.url())
        assert server.connections == server.ended
