"""The composition: what is offered to whom, what it costs who does not use it, and what is written down of refusals."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.manager.conftest import until
from tests.net.http.guests import stage
from tests.net.servers import web
from tests.security.courier_stage import courier_stage
from thoth_ls.catalog.needs import RULES, TOLD
from thoth_ls.errors import PluginRefused
from thoth_ls.net.network import MOST_REFUSALS, OFFERED
from thoth_ls.wire.permissions import SetPermissionParams

if TYPE_CHECKING:
    from pathlib import Path


async def test_every_function_of_the_network_has_a_row_and_says_itself_what_it_must(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        table = on.network.imports(on.plugin, on.guest)
        assert set(table) == set(OFFERED)
        for interface, functions in table.items():
            assert set(functions) == set(RULES[interface])
            for name, rule in RULES[interface].items():
                if rule.refused is TOLD:
                    assert callable(functions[name].refused)


def test_a_plugin_that_stays_at_home_does_not_wait_for_libraries_of_the_network() -> None:
    """They are loaded by the first call."""
    names = "('httpx', 'httpcore', 'h2', 'websockets')"
    said = f"import thoth_ls.services, sys; print([m for m in {names} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", said], text=True).strip() == "[]"


@pytest.mark.parametrize(
    ("function", "target", "kind", "shown"),
    [
        ("http-client.fetch", "https://u.example/a?secret=1", "http", "https://u.example/a?secret=…"),
        ("http-control.submit", "http://u.example", "http", "http://u.example/"),
        ("websocket.connect", "wss://u.example/w", "websocket", "wss://u.example/w"),
        ("tcp-client.connect", "u.example:5432", "tcp", "tcp://u.example:5432"),
        ("tcp-client.connect", "[::1]:5432", "tcp", "tcp://[::1]:5432"),
    ],
)
async def test_what_the_guard_kept_back_is_written_down(
    tmp_path: Path, function: str, target: str, kind: str, shown: str
) -> None:
    async with stage(tmp_path) as on:
        await asyncio.to_thread(on.network.refused, on.plugin, function, target, "it was denied")
        await asyncio.sleep(0)
        (entry,) = on.log()
        assert (entry.kind, entry.url, entry.verdict, entry.why) == (kind, shown, "refused", "it was denied")


async def test_what_nobody_can_read_is_not(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        for function, target in (("http-client.fetch", "no address"), ("tcp-client.connect", "host:port")):
            on.network.refused(on.plugin, function, target, "why")
        await asyncio.sleep(0.01)
        assert on.log() == []


async def test_a_flood_of_refusals_does_not_hold_anybody_up(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:

        def flood() -> None:
            for _ in range(5 * MOST_REFUSALS):
                on.network.refused(on.plugin, "http-client.fetch", "http://u.example/", "why")

        async def written(count: int) -> None:
            while (before := on.activity.entries(0, 1).last) < count:
                await asyncio.sleep(0)
                assert on.activity.entries(0, 1).last <= before + 1  # everybody else has a turn after each

        flood()
        await written(MOST_REFUSALS)
        assert len(on.log()) == MOST_REFUSALS
        flood()
        await written(2 * MOST_REFUSALS)
        await asyncio.sleep(0.01)
        assert on.activity.entries(0, 1).last == 2 * MOST_REFUSALS


async def test_a_real_guest_whose_need_was_denied_is_told_and_written_down(tmp_path: Path) -> None:
    """`fetch` fails; `submit` returns an id, and the event says the same."""
    async with courier_stage(tmp_path) as on:
        courier = await on.courier()
        denied = SetPermissionParams(plugin_id=on.plugin.id, need="network", decision="denied")
        await on.services.plugins.set_permission(denied)
        with pytest.raises(PluginRefused, match=r"needs the permission network .*which was denied") as caught:
            await courier.run("get", url="http://u.example/")
        assert caught.value.code == 403
        number = (await courier.one("submit", url="http://u.example/"))["id"]
        events = await courier.until(lambda heard: heard, id=number)
        assert events[0]["value"]["err"]["code"] == "error"
        assert "which was denied" in events[0]["value"]["err"]["message"]
        assert [(entry.verdict, entry.url) for entry in on.activity()] == [("refused", "http://u.example/")] * 2


async def test_bodies_are_gone_with_the_server_and_those_of_one_that_died_when_the_next_starts(tmp_path: Path) -> None:
    async with web() as server, courier_stage(tmp_path) as on:
        responses = on.paths.temp / "responses"
        left = responses / "999999999-abcd" / "bodies"
        left.mkdir(parents=True)
        (left / "1.body").write_bytes(b"left behind")
        await on.services.start()
        await until(lambda: not left.exists())
        await on.allow(server.url(""))
        courier = await on.courier()
        number = (await courier.one("submit", url=server.url("/bytes/2000000")))["id"]
        await courier.until(lambda heard: heard, id=number)
        assert [path.stat().st_size for path in responses.rglob("*.body")] == [2_000_000]
    assert list(responses.iterdir()) == []
