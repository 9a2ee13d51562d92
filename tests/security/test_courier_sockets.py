"""WebSockets of a real guest: floods, hosts it may not reach, and that none outlives it; redirects; our own ports."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.net.servers import App, raw, web
from tests.net.servers.rude import says
from tests.runtime.hostile.stage import Heart
from tests.security import courier_ends as ends
from tests.security.courier_stage import NO_RATE, courier_stage, until
from thoth_ls.errors import PluginRefused
from thoth_ls.net.model import WAITING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.courier import Courier

HERE = pytest.mark.usefixtures("servers_here")
SOCKETS = 3


class Doors(App):
    """Counts the WebSockets that have ended."""

    def __init__(self) -> None:
        super().__init__()
        self.ended = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await super().__call__(scope, receive, send)
        self.ended += scope["type"] == "websocket"


async def refused(courier: Courier, command: str, **values: Any) -> str:
    """Why a command reached nothing, said at once or by an event; fails where a WebSocket was opened."""
    try:
        await courier.run(command, **values)
    except PluginRefused as error:
        return str(error)
    events = await courier.until(lambda events: [event for event in events if event["kind"] == "ws-close"])
    assert "ws-open" not in [event["kind"] for event in events]
    return " ".join(str(event["value"]) for event in events)


@HERE
async def test_a_flood_of_messages_arrives_whole_and_in_order_and_waits_for_the_guest(tmp_path: Path) -> None:
    """More than may ever wait for it: the other side is made to wait, nothing is lost and nobody else is held up."""
    count, heart = 20_000, Heart()
    async with web() as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        async with heart.beating():
            (opened,) = await courier.run("websocket", url=server.ws_url(f"/ws/flood/{count}/100"))
            events = await courier.hears(count + 2, 120, id=opened["id"])
        assert [event["kind"] for event in events] == ["ws-open", *["ws-message"] * count, "ws-close"]
        assert {event["value"]["text"] for event in events[1:-1]} == {"x" * 100}
        assert events[-1]["value"] == {"code": 1000, "reason": ""}
        assert not [line for line in stage.logged if "was lost" in line]


@HERE
@pytest.mark.parametrize("end", [*ends.DEATHS, *ends.ENDS, *ends.TAKEN], ids=lambda act: str(act.__name__))
async def test_no_websocket_outlives_it(tmp_path: Path, end: ends.Act) -> None:
    doors = Doors()
    async with web(doors) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        for _ in range(SOCKETS):
            await courier.run("websocket", url=server.ws_url("/ws/echo"))
        opened = await courier.until(lambda events: len(events) >= SOCKETS)
        assert [event["kind"] for event in opened] == ["ws-open"] * SOCKETS
        assert doors.ended == 0
        await end(stage, courier)
        await until(lambda: doors.ended == SOCKETS, ends.SOON)
        if end in ends.DEATHS:
            for event in opened:
                with pytest.raises(PluginRefused):
                    await courier.run("say", id=event["id"], text="are you there?")
            assert await courier.heard() == []
        if end in ends.TAKEN:
            await courier.until(lambda events: sum(event["kind"] == "ws-close" for event in events) == SOCKETS)
        assert server.app.messages == []


@HERE
async def test_a_websocket_waits_for_the_person_and_each_answer_holds_as_long_as_it_says(tmp_path: Path) -> None:
    """Denied, at rest, allowed once, asked again, allowed, taken back: by a real guest, asked by the real desk."""
    async with web() as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        courier, url = await stage.courier(), server.ws_url()

        async def opens() -> bool:
            (opened,) = await courier.run("websocket", url=url)
            events = await courier.until(lambda events: events, id=opened["id"])
            if events[0]["kind"] == "ws-open":
                return True
            events = await courier.until(lambda events: len(events) == 2, id=opened["id"])
            assert [event["kind"] for event in events] == ["ws-error", "ws-close"]
            assert events[1]["value"]["code"] == 1008
            return False

        stage.person.choice = "deny"
        assert [await opens(), await opens()] == [False, False]
        assert len(stage.person.questions) == 1  # what was just denied is not asked again
        question = stage.person.questions[0]
        assert (question.kind, question.target, question.local) == ("websocket", server.url(""), True)
        stage.services.network_access.desk.ask_again(stage.plugin)
        stage.person.choice = "once"
        assert [await opens(), await opens()] == [True, True]
        assert len(stage.person.questions) == 3
        stage.person.choice = "untilClosed"
        assert [await opens(), await opens()] == [True, True]
        assert len(stage.person.questions) == 4
        await stage.forget(server.url(""))
        stage.person.choice = "deny"
        assert await opens() is False
        assert len(server.app.requests) == 4


@pytest.mark.parametrize(
    "url",
    [
        *("ws://169.254.169.254/latest/", "ws://[::ffff:169.254.169.254]/", "wss://2852039166/", "ws://0.0.0.0/"),
        *("ws://224.0.0.1/", "ws://255.255.255.255/", "ws://[fe80::1]/", "ws://blocked.example.com/"),
        *("ws://user@api.example.com/", "file:///etc/passwd", "ws:///", ""),
    ],
)
async def test_a_websocket_to_where_no_plugin_may_go_asks_nobody(tmp_path: Path, url: str) -> None:
    """And looks nothing up."""
    async with courier_stage(tmp_path, network=NO_RATE | {"blocked": ["blocked.example.com"]}) as stage:
        stage.person.choice = "always"
        courier = await stage.courier()
        said = await refused(courier, "websocket", url=url)
        assert WAITING not in said
        assert (stage.person.questions, stage.names.asked) == ([], [])


@HERE
@pytest.mark.parametrize(
    "to",
    [
        *("http://169.254.169.254/latest/meta-data/", "http://[::ffff:a9fe:a9fe]/", "http://0x7f000001:1/"),
        *("http://metadata.google.internal/", "file:///etc/passwd", "gopher://127.0.0.1/", "//169.254.169.254/"),
    ],
)
async def test_a_redirect_to_where_no_plugin_may_go_ends_there(tmp_path: Path, to: str) -> None:
    """By `fetch` and by `submit`, without a question; a name that leads there is asked about by nobody either."""
    answer = says(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())
    async with raw(answer) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = "always"
        stage.names.answers["metadata.google.internal"] = ["169.254.169.254"]
        await stage.allow(server.url(""))
        courier = await stage.courier()
        (request,) = await courier.run("submit", url=server.url())
        events = await courier.until(
            lambda events: [event for event in events if event["value"].get("err", {}).get("code") == "error"]
        )
        assert {event["id"] for event in events} == {request["id"]}
        with pytest.raises(PluginRefused):
            await courier.run("get", url=server.url())
        assert stage.person.questions == []
        assert all(entry.address in (None, "127.0.0.1") for entry in stage.activity())
        assert server.connections == 2


@pytest.mark.parametrize("command", ["get", "tcp", "websocket"])
async def test_our_own_listening_ports_are_out_of_reach(tmp_path: Path, command: str) -> None:
    """Whatever a person allowed: a server of this very process stands for those that editors and debuggers open."""
    async with web() as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        await stage.allow(f"tcp://127.0.0.1:{server.port}")
        courier = await stage.courier()
        values: dict[str, Any] = {
            "get": {"url": server.url()},
            "tcp": {"host": "127.0.0.1", "port": server.port},
            "websocket": {"url": server.ws_url()},
        }[command]
        assert "Thoth" in await refused(courier, command, **values)
        await asyncio.sleep(0.1)
        assert server.app.requests == []
