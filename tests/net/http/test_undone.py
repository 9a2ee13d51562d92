"""Decisions that are undone end what is under way because of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import stage
from tests.net.places import grant
from tests.net.servers import raw, rude, web
from thoth_ls.calling import HostRefusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kept", [True, False])
async def test_a_decision_that_is_undone_ends_what_is_under_way(tmp_path: Path, kept: bool) -> None:
    async with raw(rude.endless_body) as server, stage(tmp_path, response_megabytes=100_000) as on:
        if kept:
            await on.allow(server.url(""))
        else:  # decided by the answer to the very question

            async def answer(checked: object) -> object:
                await on.allow(server.url(""))
                return checked

            on.person.answers[server.url("")] = answer  # type: ignore[assignment]
        number = await on.submit(server.url())
        await server.wait_connected()
        await asyncio.sleep(0.1)
        await on.gate.decisions.forget(on.plugin, server.url(""), "untilClosed")
        error = (await on.guest.event(number, 0 if kept else 1))["err"]
        assert (error["code"], "no longer allowed" in error["message"]) == ("error", True)
        await server.wait_ended()
        assert on.log()[-1].verdict == "refused"
        assert on.files() == []


async def test_what_was_allowed_once_goes_on_unless_it_is_denied(tmp_path: Path) -> None:
    async with raw(rude.endless_body) as server, stage(tmp_path, response_megabytes=100_000) as on:
        on.person.allows(server.url(""))
        number = await on.submit(server.url())
        await server.wait_connected()
        await on.allow("http://elsewhere.example:80")
        await asyncio.sleep(0.1)
        assert len(on.guest.events) == 1
        await on.gate.decisions.keep(on.plugin, grant(server.url(""), decision="denied"))
        assert "was denied" in (await on.guest.event(number, 1))["err"]["message"]


async def test_the_switch_ends_everything_at_once(tmp_path: Path) -> None:
    async with raw(rude.silent) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        number = await on.submit(server.url())
        await server.wait_connected()
        on.settings(enabled=False)
        assert "thoth.network.enabled" in (await on.guest.event(number))["err"]["message"]
        await server.wait_ended()
        with pytest.raises(HostRefusal, match=r"thoth\.network\.enabled"):
            await on.fetch(server.url())


async def test_connections_at_rest_are_closed_when_decisions_change(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        await on.ok(server.url("/hello"))
        await on.gate.decisions.keep(on.plugin, grant("https://other.example"))
        await on.ok(server.url("/hello"))
        assert len({request.client for request in server.app.requests}) == 2
