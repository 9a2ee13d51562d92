"""A plugin that is busy, or waits for something, while what it asked for arrives."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import TYPE_CHECKING

from tests.net.http.guests import request, stage
from tests.net.servers import web
from thoth_ls.net.allowance import AT_ONCE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SIZE = 1 << 19
ROOM = 4 * SIZE


async def test_responses_that_are_not_taken_in_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may be a MiB in memory, and thousands may be begun; no request is lost by that, and others go on."""
    monkeypatch.setattr("thoth_ls.net.http.room.MOST_UNTAKEN", ROOM)
    untaken: list[Future[None]] = []
    async with web() as server, stage(tmp_path) as on:
        deliver = on.guest.deliver

        def busy(widget_id: str, kind: str, value: str) -> Future[None]:
            deliver(widget_id, kind, value)
            untaken.append(Future())
            return untaken[-1]

        monkeypatch.setattr(on.guest, "deliver", busy)
        await on.allow(server.url(""))
        numbers = [await on.submit(server.url(f"/stream/{SIZE}")) for _ in range(60)]
        await on.guest.heard(ROOM // SIZE)
        await asyncio.sleep(0.5)
        assert len(server.app.requests) <= ROOM // SIZE + AT_ONCE
        assert len((await on.fetch(server.url("/stream/10")))["body"]) == 10  # it waits for nobody, and nobody for it
        taken = 0
        while taken < len(numbers):
            await on.guest.heard(taken + 1)
            untaken[taken].set_result(None)
            taken += 1
        assert {(await on.guest.event(number))["ok"]["body_bytes"] for number in numbers} == {SIZE}


async def test_one_that_is_cancelled_waits_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thoth_ls.net.http.room.MOST_UNTAKEN", 1)
    async with web() as server, stage(tmp_path) as on:
        deliver = on.guest.deliver

        def busy(widget_id: str, kind: str, value: str) -> Future[None]:
            deliver(widget_id, kind, value)
            return Future()

        monkeypatch.setattr(on.guest, "deliver", busy)
        await on.allow(server.url(""))
        await on.ok(server.url("/hello"))
        waiting = await on.submit(server.url("/hello"))
        await on.call("http-control", "cancel", waiting)
        assert (await on.guest.event(waiting))["err"]["code"] == "cancelled"
        assert len(server.app.requests) == 1


async def test_requests_that_are_all_refused_leave_everybody_else_their_turns(tmp_path: Path) -> None:
    """However many are begun at once: each is judged and written down, which takes a while for long addresses."""
    async with stage(tmp_path, blocked=["blocked.example"]) as on:
        submit = on.network.imports(on.plugin, on.guest)["http-client"]["submit"]
        for _ in range(200):
            submit(request("https://blocked.example/"))
        while (before := on.activity.entries(0, 1).last) < 200:
            await asyncio.sleep(0)
            assert on.activity.entries(0, 1).last <= before + 1
        await on.guest.heard(200)
