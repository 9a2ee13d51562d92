"""A real guest at servers that mean harm: each way is ended and told in words, and the plugin goes on afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.courier import COURIER
from tests.net.servers import Certificates, raw, rude, sockets, web
from tests.runtime.hostile.stage import Heart
from tests.security.courier_stage import NO_RATE, CourierStage, courier_stage, until
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.network import SetNetworkGrantParams

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.courier import Courier
    from tests.net.servers import RawServer
    from tests.net.servers.raw import Answer

pytestmark = pytest.mark.usefixtures("servers_here")

IMPATIENT = NO_RATE | {"connectSeconds": 1, "readSeconds": 0.5, "totalSeconds": 1, "responseMegabytes": 2}
EXPANDED = 128 << 20
TOO_SLOW = r"thoth\.network\.\w+Seconds"
TOO_LARGE = r"thoth\.network\.responseMegabytes"
NOT_HTTP = "did not answer as HTTP demands"

SERVERS: dict[str, tuple[Callable[[], Answer], str]] = {
    "slow-loris": (lambda: rude.slow_loris(0.02), TOO_SLOW),
    "silence": (lambda: rude.silent, TOO_SLOW),
    "an endless head": (lambda: rude.endless_head, NOT_HTTP),
    "an endless body": (lambda: rude.endless_body, TOO_LARGE),
    "an oversized body": (
        lambda: rude.says(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + bytes(100)),
        TOO_LARGE,
    ),
    "a gzip bomb": (lambda: rude.bomb(EXPANDED), TOO_LARGE),
    "a bomb of gzip bombs": (lambda: rude.bomb(EXPANDED, layers=3), TOO_LARGE),
    "a reset": (lambda: rude.hangs_up, NOT_HTTP),
    "a promise that is not kept": (lambda: rude.truncated, NOT_HTTP),
}
"""What answers, and what is said of it."""


async def failure(courier: Courier, command: str, **values: Any) -> str:
    """Why a request, WebSocket or stream came to nothing, said at once or by events."""
    try:
        (begun,) = await courier.run(command, **values)
    except PluginRefused as error:
        return str(error)
    assert command in ("submit", "websocket"), begun
    events = await courier.until(
        lambda events: [event for event in events if event["kind"] == "ws-close" or _failed(event)], id=begun["id"]
    )
    assert "ws-open" not in [event["kind"] for event in events]
    return " ".join(str(event["value"]) for event in events)


def _failed(event: dict[str, Any]) -> bool:
    return event["kind"] == "http-response" and event["value"].get("err", {}).get("code") == "error"


async def goes_on(stage: CourierStage, courier: Courier) -> None:
    """The plugin is alive, and nothing was left on the disk."""
    async with web() as good:
        await stage.allow(good.url(""))
        assert (await courier.one("get", url=good.url()))["status"] == 200
    await until(lambda: not [path for path in (stage.paths.temp / "responses").rglob("*") if path.is_file()])


@pytest.mark.parametrize("command", ["get", "submit"])
@pytest.mark.parametrize("name", SERVERS)
async def test_a_server_that_means_harm(tmp_path: Path, name: str, command: str) -> None:
    """Slow-loris, oversized and endless responses, bombs: ended in time, its socket closed, the rest undisturbed."""
    make, said = SERVERS[name]
    heart = Heart()
    async with raw(make()) as server, courier_stage(tmp_path, network=IMPATIENT) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        async with heart.beating():
            told = await failure(courier, command, url=server.url())
            await server.wait_ended()
        assert re.search(said, told), told
        assert "Traceback" not in told
        await goes_on(stage, courier)


async def test_endless_redirects_end_after_ten(tmp_path: Path) -> None:
    heads: list[bytes] = []
    async with raw(rude.endless_redirects(heads)) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        assert "redirect" in await failure(courier, "submit", url=server.url())
        assert len(heads) == 11
        await goes_on(stage, courier)


@pytest.mark.parametrize("kind", ["expired", "of_another", "stranger"])
async def test_a_wrong_certificate_is_believed_by_none_of_the_clients(tmp_path: Path, kind: str) -> None:
    """HTTP, WebSocket and TCP; nothing was sent, and the message has the way out."""
    certificates = Certificates(tmp_path)
    async with raw(sockets.echo, tls=getattr(certificates, kind)()) as server, courier_stage(tmp_path) as stage:
        for target in (server.url(""), f"tcp://127.0.0.1:{server.port}"):
            params = SetNetworkGrantParams(
                plugin_id=COURIER,
                pattern=target,
                decision="allowed",
                duration="untilClosed",
                local=True,
                verification="caFile",
                ca_file=str(certificates.ca_file),
            )
            await stage.services.network_access.set(params)
        courier = await stage.courier()
        for command, values in at(server).items():
            told = await failure(courier, command, **values)
            assert "certificate" in told
            assert "--ca-file" in told
        assert server.connections == 0


def at(server: RawServer) -> dict[str, dict[str, Any]]:
    """How each client is sent to a server."""
    return {
        "get": {"url": server.url()},
        "submit": {"url": server.url()},
        "websocket": {"url": server.ws_url()},
        "tcp": {"host": server.host, "port": server.port, "tls": True},
    }


async def test_a_redirect_chain_to_a_private_address_stops_before_it(tmp_path: Path) -> None:
    """Through two servers that are allowed; of the third place the person is told what led there, and denies."""
    async with web() as first, web() as second, courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = "deny"
        await stage.allow(first.url(""))
        await stage.allow(second.url(""))
        courier = await stage.courier()
        chain = first.url(f"/redirect/302?to={second.url('/redirect/307?to=http://10.99.88.77/admin')}")
        assert "10.99.88.77" in await failure(courier, "submit", url=chain)
        (question,) = stage.person.questions
        assert (question.target, question.local) == ("http://10.99.88.77:80", True)
        assert question.redirected_from == second.url("")
        assert "10.99.88.77" in await failure(courier, "get", url=chain)
        assert len(stage.person.questions) == 1
        assert {entry.address for entry in stage.activity()} == {None, "127.0.0.1"}


async def test_a_redirect_that_downgrades_is_asked_about(tmp_path: Path) -> None:
    """From https to http: what was allowed for the one is not for the other."""
    certificates = Certificates(tmp_path)
    async with (
        web() as plain,
        web(tls=certificates.server()) as secure,
        courier_stage(tmp_path, network=NO_RATE) as stage,
    ):
        params = SetNetworkGrantParams(
            plugin_id=COURIER,
            pattern=secure.url(""),
            decision="allowed",
            duration="untilClosed",
            local=True,
            verification="caFile",
            ca_file=str(certificates.ca_file),
        )
        await stage.services.network_access.set(params)
        courier = await stage.courier()
        url = secure.url(f"/redirect/302?to={plain.url('/hello')}")
        stage.person.choice = "deny"
        assert "denied" in await failure(courier, "submit", url=url, header="Authorization: Bearer 1")
        assert plain.app.requests == []
        assert stage.person.questions[0].redirected_from == secure.url("")
        stage.services.network_access.desk.ask_again(stage.plugin)
        stage.person.choice = "once"
        (begun,) = await courier.run("submit", url=url, header="Authorization: Bearer 1")
        events = await courier.until(lambda events: "ok" in events[-1]["value"] if events else False, id=begun["id"])
        assert events[-1]["value"]["ok"]["body"] == "hello"
        assert plain.app.requests[0].header("authorization") is None


@pytest.mark.parametrize(
    "line",
    [
        *("Host: elsewhere.example.com", "Content-Length: 3", "Transfer-Encoding: chunked", "Connection: upgrade"),
        *("Upgrade: h2c", "Keep-Alive: 1", "TE: trailers", "Trailer: X", "Proxy-Authorization: Basic eDp5"),
        *("X-Split: a\rHost: elsewhere.example.com", "X-Zero: a\x00b", "X Space: a", ": nameless", "X-\u00fc: a"),
    ],
)
async def test_no_header_is_smuggled(tmp_path: Path, line: str) -> None:
    """Neither into a request nor into the handshake of a WebSocket: it is refused before anything is connected to."""
    async with raw(rude.silent) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(server.url(""))
        courier = await stage.courier()
        for command in ("get", "submit", "websocket"):
            values = at(server)[command]
            assert "header" in await failure(courier, command, header=line, body="12345", **values) or line[0] == ":"
        assert server.connections == 0


async def test_a_proxy_variable_leads_none_of_the_clients_astray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with raw(rude.silent) as proxy, web() as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "WS_PROXY", "WSS_PROXY"):
            monkeypatch.setenv(name, proxy.url())
            monkeypatch.setenv(name.lower(), proxy.url())
        for target in (server.url(""), f"tcp://127.0.0.1:{server.port}"):
            await stage.allow(target)
        courier = await stage.courier()
        assert (await courier.one("get", url=server.url()))["status"] == 200
        await courier.run("websocket", url=server.ws_url())
        await courier.until(lambda events: events and events[-1]["kind"] == "ws-open")
        request = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
        answer = await courier.one("tcp", host="127.0.0.1", port=server.port, send=request, read=1000)
        assert answer["received"].startswith("HTTP/1.1 200")
        assert proxy.connections == 0
