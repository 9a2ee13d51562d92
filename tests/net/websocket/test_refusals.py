"""What stands against a WebSocket: rules, people, and changes of either while it is open."""

import asyncio
from pathlib import Path

import pytest

from tests.net.places import Names, grant
from tests.net.servers import Certificates, raw, sockets, talk, web
from tests.net.websocket.stage import FakeGuest, Stage
from thoth_ls.calling import HostRefusal


async def refusal(stage: Stage) -> tuple[str, int]:
    """What the plugin is told, and the code of its end."""
    error = await stage.guest.heard("ws-error")
    closed = await stage.guest.heard("ws-close")
    assert stage.guest.kinds() == ["ws-error", "ws-close"]
    return error.value, closed.told["code"]


async def test_a_websocket_to_a_blocked_host_is_refused(tmp_path: Path) -> None:
    """Although a person allowed it: no name is looked up, no socket opened."""
    stage = Stage(tmp_path, Names(a__example=["127.0.0.1"]), blocked=["*.example", "127.0.0.1"])
    async with talk() as server:
        port = server.url.rsplit(":", 1)[1].rstrip("/")
        for host in ("a.example", "127.0.0.1"):
            url = f"ws://{host}:{port}/"
            await stage.allow(url)
            await stage.connect(url)
        await stage.guest.heard("ws-close", 2)
        assert server.closes == []
    assert stage.names.asked == []
    assert [event.told["code"] for event in stage.guest.heard_of if event.kind == "ws-close"] == [1008, 1008]
    assert "blocked for all plugins" in stage.guest.heard_of[0].value
    assert [entry.verdict for entry in stage.log()] == ["refused", "refused"]
    await stage.close()


@pytest.mark.parametrize("address", ["169.254.169.254", "168.63.129.16", "224.0.0.1", "255.255.255.255", "[fe80::1]"])
async def test_a_websocket_to_metadata_is_refused(stage: Stage, address: str) -> None:
    """As to all that is never reached: nobody is asked either."""
    await stage.connect(f"ws://{address}/")
    said, code = await refusal(stage)
    assert "plugins never reach" in said
    assert code == 1008
    assert stage.person.asked == []


async def test_a_name_that_leads_to_metadata_is_refused(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Names(a__example=["169.254.169.254"]))
    await stage.allow("ws://a.example/")
    await stage.connect("ws://a.example/")
    assert (await refusal(stage))[1] == 1008
    await stage.close()


async def test_mixed_answers_are_refused(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Names(a__example=["93.184.216.34", "127.0.0.1"]))
    await stage.allow("ws://a.example/", local=False)
    await stage.connect("ws://a.example/")
    assert "at once" in (await refusal(stage))[0]
    await stage.close()


async def test_the_name_is_looked_up_once_and_that_answer_connected_to(tmp_path: Path) -> None:
    """Rebinding: what the name leads to a moment later does not matter."""
    stage = Stage(tmp_path, Names(a__example=[["127.0.0.1"], ["169.254.169.254"]]))
    async with talk() as server:
        url = server.url.replace("127.0.0.1", "a.example")
        await stage.opened(url)
    assert stage.names.asked == ["a.example"]
    await stage.close()


async def test_plain_websockets_are_refused_where_https_is_wanted(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Names(), require_https=True)
    await stage.connect("ws://a.example/")
    assert "not encrypted" in (await refusal(stage))[0]
    await stage.close()


async def test_a_connection_waits_for_the_person(stage: Stage) -> None:
    """Nothing is told meanwhile; allowed once, it opens, and that decision is for it alone."""
    async with talk() as server:
        number = await stage.connect(server.url)
        await stage.person.heard()
        assert stage.guest.heard_of == []
        assert server.closes == []
        stage.person.answer.set_result("once")
        await stage.guest.heard("ws-open")
        stage.sockets.grants_changed()
        await stage.call("websocket.send-text", number, "still here")
        assert (await stage.guest.heard("ws-message")).told == {"text": "still here"}
        await stage.call("websocket.close", number)
        await stage.guest.heard("ws-close")
    assert [entry.verdict for entry in stage.log()] == ["asked", "connected", "allowed"]


async def test_a_denial_is_told_as_1008(stage: Stage) -> None:
    stage.person.answer.set_result("you denied it")
    await stage.connect("ws://127.0.0.1:65001/")
    assert await refusal(stage) == ("you denied it", 1008)
    assert [entry.verdict for entry in stage.log()] == ["asked", "refused"]


async def test_a_question_can_be_left(stage: Stage) -> None:
    """By closing: nobody wants the answer any more."""
    number = await stage.connect("ws://127.0.0.1:65001/")
    await stage.person.heard()
    await stage.call("websocket.close", number)
    assert (await stage.guest.heard("ws-close")).told["code"] == 1006


async def test_a_revoked_grant_closes_what_is_open(stage: Stage) -> None:
    """And says so; other connections stay."""
    async with talk() as first, talk() as second:
        gone = await stage.opened(first.url)
        stays = await stage.opened(second.url)
        await stage.gate.decisions.forget(
            stage.plugin, "/".join(first.url.replace("ws", "http", 1).split("/")[:3]), "untilClosed"
        )
        stage.sockets.grants_changed(stage.plugin.id)
        closed = await stage.guest.heard("ws-close")
        assert (closed.widget_id, closed.told) == (gone, {"code": 1008, "reason": "refused"})
        assert "no longer allowed" in (await stage.guest.heard("ws-error")).value
        await stage.call("websocket.send-text", stays, "here")
        await stage.guest.heard("ws-message")
    assert first.closes == [(1001, "")]


async def test_a_denial_closes_what_is_open(stage: Stage) -> None:
    """Also what was allowed once."""
    async with talk() as server:
        stage.person.answer.set_result("once")
        await stage.connect(server.url)
        await stage.guest.heard("ws-open")
        await stage.gate.decisions.keep(
            stage.plugin, grant(f"http://127.0.0.1:{server.url.split(':')[2][:-1]}", decision="denied")
        )
        stage.sockets.grants_changed(stage.plugin.id)
        assert (await stage.guest.heard("ws-close")).told["code"] == 1008
        assert "denied" in (await stage.guest.heard("ws-error")).value


async def test_the_switch_closes_everything(stage: Stage) -> None:
    async with talk() as server:
        await stage.opened(server.url)
        stage.set(enabled=False)
        assert (await stage.guest.heard("ws-close")).told["code"] == 1008
        assert "thoth.network.enabled" in (await stage.guest.heard("ws-error")).value
        await stage.connect(server.url)
        await stage.guest.heard("ws-close", 2)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("expired", "has expired"), ("of_another", "is not for 127.0.0.1"), ("stranger", "does not know")],
)
async def test_wrong_certificates_are_refused(stage: Stage, certificates: Certificates, kind: str, said: str) -> None:
    """No request is sent."""
    async with raw(sockets.sink, tls=getattr(certificates, kind)()) as server:
        url = server.ws_url()
        await stage.allow(url, verification="caFile", ca_file=str(certificates.ca_file))
        await stage.connect(url)
        error, code = await refusal(stage)
        assert server.connections == 0
    assert said in error
    assert code == 1006
    assert [entry.verdict for entry in stage.log()] == ["failed"]


async def test_insecure_is_a_decision_of_its_own(stage: Stage, certificates: Certificates) -> None:
    async with web(tls=certificates.stranger()) as server:
        await stage.allow(server.ws_url(), verification="insecure")
        await stage.connect(server.ws_url())
        await stage.guest.heard("ws-open")


async def test_a_plugin_may_want_certificates_checked_and_not_that_they_are_not(
    stage: Stage, certificates: Certificates
) -> None:
    """False goes on only where the person has decided so; true holds whatever they decided."""
    async with web(tls=certificates.stranger()) as server:
        url = server.ws_url()
        await stage.allow(url)
        await stage.connect(url, options={"verify_tls": False})
        error, code = await refusal(stage)
        assert code == 1008
        assert "nobody has decided otherwise" in error
        await stage.allow(url, verification="insecure")
        await stage.connect(url, options={"verify_tls": True})
        assert "does not know" in (await stage.guest.heard("ws-error", 2)).value
        await stage.connect(url, options={"verify_tls": False})
        await stage.guest.heard("ws-open")
    assert [entry.verdict for entry in stage.log()][:2] == ["refused", "failed"]


async def test_a_proxy_variable_leads_nowhere(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would take the proxies of the environment by itself."""
    async with raw(sockets.sink) as proxy, talk() as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "WS_PROXY", "ws_proxy"):
            monkeypatch.setenv(name, proxy.url())
        await stage.opened(server.url)
        assert proxy.connections == 0


async def test_connections_end_with_their_guest(stage: Stage) -> None:
    """Closed properly, and those that wait for a person too."""
    async with talk() as server:
        await stage.opened(server.url)
        await stage.connect("ws://127.0.0.1:65001/")
        stage.guest.die()
        await stage.guest.heard("ws-close", 2)
    assert server.closes == [(1001, "")]


async def test_connections_of_another_guest_are_out_of_reach(stage: Stage) -> None:
    """Ids are easy to guess, so they are worth nothing elsewhere."""
    async with talk() as server:
        number = await stage.opened(server.url)
        other = stage.sockets.imports(stage.plugin, FakeGuest(2))
        with pytest.raises(HostRefusal, match="no WebSocket"):
            await asyncio.to_thread(other["websocket"]["send-text"], number, "x")
        await asyncio.to_thread(other["websocket"]["close"], number)
        await stage.call("websocket.send-text", number, "mine")
        assert (await stage.guest.heard("ws-message")).told == {"text": "mine"}


async def test_the_end_of_the_server_closes_everything(stage: Stage) -> None:
    async with talk() as server:
        await stage.opened(server.url)
        await stage.connect("ws://127.0.0.1:65001/")
        await stage.sockets.close()
    assert server.closes == [(1001, "")]
    assert stage.guest.kinds().count("ws-close") == 2
