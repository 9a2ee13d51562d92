"""A real guest that asks for too much: a thousand requests at once, more than may wait, and more than a minute has."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.net.servers import App, raw, web
from tests.net.servers.rude import endless_body
from tests.runtime.hostile.stage import Heart
from tests.security.courier_stage import NO_RATE, courier_stage, until
from thoth_ls.net.allowance import AT_ONCE, WAITING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.courier import Record

pytestmark = pytest.mark.usefixtures("servers_here")


def outcomes(events: list[Record]) -> dict[str, Record]:
    """The outcome of each request that has ended; fails where one ended twice."""
    found: dict[str, Record] = {}
    for event in events:
        if event["value"].get("err", {}).get("code") != "consent_pending":
            assert event["id"] not in found, event
            found[event["id"]] = event["value"]
    return found


def kinds(events: list[Record]) -> Counter[str]:
    """How often requests went well, and the codes of those that did not."""
    return Counter("ok" if "ok" in value else value["err"]["code"] for value in outcomes(events).values())


class Crowded(App):
    """Counts how many requests it is answering at a time, each of which takes a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0
        self._now = 0

    async def pause(self, seconds: float) -> None:
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            await super().pause(seconds)
        finally:
            self._now -= 1


async def test_a_thousand_parallel_submits_all_end_once(tmp_path: Path) -> None:
    """Some at a time, and the server of ours stays awake."""
    app, heart = Crowded(), Heart()
    async with web(app) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        async with heart.beating():
            asked = await courier.run("flood", url=server.url("/slow/0.01?{n}"), times=1000)
            events = await courier.hears(1000, 60)
        ids = {item["id"] for item in asked}
        assert len(ids) == 1000
        found = outcomes(events)
        assert found.keys() == ids
        assert {value["ok"]["status"] for value in found.values()} == {200}
        assert {request.query for request in app.requests} == {str(number + 1) for number in range(1000)}
        assert 1 < app.most <= AT_ONCE
        assert stage.person.questions == []


async def test_beyond_those_that_may_wait_a_flood_is_refused_at_once(tmp_path: Path) -> None:
    """Each is told so; those before it are none the worse."""
    async with web() as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        await courier.run("flood", url=server.url("/slow/60"), times=AT_ONCE)
        await until(lambda: len(server.app.requests) == AT_ONCE)
        more = await courier.run("flood", url=server.url("/hello"), times=WAITING + 500)
        events = await courier.hears(500)
        refused = outcomes(events)
        assert kinds(events) == {"error": 500}
        assert refused.keys() == {item["id"] for item in more[WAITING:]}
        assert all("under way" in value["err"]["message"] for value in refused.values())


@pytest.mark.parametrize("command", ["flood", "beg"])
async def test_a_minute_has_only_so_many_requests(tmp_path: Path, command: str) -> None:
    """Whether the plugin waits for each or not; what is refused reaches no socket."""
    async with web() as server, courier_stage(tmp_path, network={"requestsPerMinutePerHost": 50}) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        if command == "beg":
            counts = await courier.one("beg", url=server.url(), times=200)
            assert (counts["answered"], counts["limited"]) in [(50, 150), (51, 149), (52, 148)]
            assert "50 requests a minute to 127.0.0.1" in counts["last"]
        else:
            await courier.run("flood", url=server.url(), times=200)
            events = await courier.hears(200)
            assert kinds(events)["ok"] in (50, 51, 52)
            assert kinds(events).total() == 200
        assert len(server.app.requests) in (50, 51, 52)


async def test_another_instance_of_the_plugin_has_no_minute_of_its_own(tmp_path: Path) -> None:
    """Nor has one that was started after a crash."""
    async with web() as server, courier_stage(tmp_path, network={"requestsPerMinutePerHost": 5}) as stage:
        await stage.allow(server.url(""))
        answered = 0
        for _ in range(4):
            courier = await stage.courier()
            answered += (await courier.one("beg", url=server.url(), times=5))["answered"]
        assert answered in (5, 6)


async def test_bodies_without_an_end_fill_no_disk(tmp_path: Path) -> None:
    """Many at a time are all ended by the cap, and nothing is left of them."""
    async with (
        raw(endless_body) as server,
        courier_stage(tmp_path, network=NO_RATE | {"responseMegabytes": 1}) as stage,
    ):
        await stage.allow(server.url(""))
        courier = await stage.courier()
        await courier.run("flood", url=server.url("/{n}"), times=40)
        events = await courier.hears(40)
        assert kinds(events) == {"error": 40}
        assert all("thoth.network.responseMegabytes" in value["err"]["message"] for value in outcomes(events).values())
        await server.wait_ended(40)
        responses = stage.paths.temp / "responses"
        await until(lambda: not [path for path in responses.rglob("*") if path.is_file()])


async def test_waits_beyond_the_limit_end_the_call_and_not_the_plugin(tmp_path: Path) -> None:
    """A plugin that fetches from a slow server in a loop is told that its call has waited enough."""
    async with web() as server, courier_stage(tmp_path, {"host_wait_seconds": 1.0}, NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        began = time.monotonic()
        counts = await courier.one("beg", url=server.url("/slow/0.4"), times=50)
        assert time.monotonic() - began < 5
        assert (counts["answered"], counts["failed"]) == (2, 48)
        assert "may wait 1 s for the host" in counts["last"]
        await until(lambda: all(entry.verdict in ("allowed", "cancelled") for entry in stage.activity()))
        again = await courier.one("get", url=server.url("/hello"))
        assert again["status"] == 200
