"""What a real guest sends and receives in confidence stands nowhere afterwards: whole flows, and then every file."""

from __future__ import annotations

import gzip
import logging
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.net.servers import raw, sockets, web
from tests.net.servers.rude import says
from tests.security.courier_stage import NO_RATE, CourierStage, courier_stage, until
from thoth_ls.errors import PluginRefused, PluginTrapped

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("servers_here")

SECRET = "hush-8f1d5c0a"
"""In everything that is confidential below."""
HEADERS = f"Authorization: Bearer {SECRET}\nCookie: session={SECRET}\nX-Api-Key: {SECRET}\nX-Odd: {SECRET}"
SPELLINGS = {SECRET, quote(SECRET), SECRET.encode().hex(), SECRET.upper()}


def places(stage: CourierStage, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Where the secret stands: files by name, and what was logged, told and asked."""
    home = stage.paths.state.parent
    found = []
    for path in home.rglob("*"):
        if path.is_file() and path.suffix not in (".wasm", ".cwasm"):
            content = path.read_bytes()
            content += gzip.decompress(content) if path.suffix == ".gz" else b""
            if any(spelling.encode() in content for spelling in SPELLINGS):
                found.append(str(path.relative_to(home)))
    said = {
        "log": [record.getMessage() for record in caplog.records] + [str(record.exc_info) for record in caplog.records],
        "plugin's log": [*stage.logged, str(stage.services.plugins.logs.last(stage.plugin.id))],
        "reports": stage.told.reports,
        "told": [str(event) for event in stage.told.plugins],
        "questions": [str(question) for question in stage.person.questions],
        "activity": [str(entry) for entry in stage.activity()],
        "grants": [str(grant) for grant in stage.grants()],
    }
    return found + [name for name, texts in said.items() if any(part in text for text in texts for part in SPELLINGS)]


async def test_nothing_confidential_of_a_request_is_written_down(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither when it goes well nor when it is asked about, refused, redirected, fails, or the guest dies over it."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.DEBUG, "thoth_ls")  # as `thoth_ls.cli.serve` has it
    answer = says(
        b"HTTP/1.1 302 Found\r\nLocation: http://user:%b@elsewhere.example.com/?t=%b#%b\r\nSet-Cookie: a=%b\r\n"
        b"X-Token: %b\r\nContent-Length: 0\r\n\r\n" % ((SECRET.encode(),) * 5)
    )
    async with web() as server, raw(answer) as odd, courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = "deny"
        await stage.allow(server.url(""))
        await stage.allow(odd.url(""))
        courier = await stage.courier()
        path = f"/headers?set-cookie=a%3D{SECRET}&token={SECRET}&authorization={SECRET}"
        told = await courier.one("get", url=server.url(path), header=HEADERS, method="POST", body=SECRET)
        assert told["status"] == 200
        assert SECRET in told["headers"]  # so that there was something to leak
        assert SECRET in str(server.app.requests[-1])
        for url in (
            odd.url(f"/?key={SECRET}"),
            server.url(f"/slow/0#{SECRET}"),
            f"http://user:{SECRET}@127.0.0.1:{server.port}/",
            f"http://api.example.com/?key={SECRET}",
            f"http://127.0.0.1:1/?key={SECRET}",
        ):
            for header in (HEADERS, f"Proxy-Authorization: {SECRET}", f"X-Odd: {SECRET}\rX-More: {SECRET}"):
                await courier.run("submit", url=url, header=header, body=SECRET)
                with suppress(PluginRefused):
                    await courier.run("get", url=url, header=header, body=SECRET)
        await courier.until(lambda events: sum(event["kind"] == "http-response" for event in events) >= 15)
        with pytest.raises(PluginTrapped):
            await courier.run("trap")
        await until(lambda: len(stage.activity()) >= 7)
        await stage.services.network_access.activity.close()
        assert places(stage, caplog) == []


async def test_nothing_of_a_websocket_is_written_down(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Neither what is sent and received, nor headers, nor reasons, opened or refused."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.DEBUG, "thoth_ls")  # as `thoth_ls.cli.serve` has it
    closing = sockets.websocket(sockets.frame(sockets.CLOSE, (4000).to_bytes(2, "big") + SECRET.encode()))
    async with web() as server, raw(closing) as odd, courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = "deny"
        await stage.allow(server.url(""))
        await stage.allow(odd.url(""))
        courier = await stage.courier()
        for url in (server.ws_url("/ws/echo"), server.ws_url("/ws/refuse"), odd.ws_url()):
            await courier.run("websocket", url=f"{url}?token={SECRET}", header=HEADERS)
        await courier.run("websocket", url=f"ws://api.example.com/?key={SECRET}", header=HEADERS)
        (opened,) = await courier.run("websocket", url=server.ws_url(), options=f'{{"subprotocols": ["{SECRET}"]}}')
        await courier.run("say", id=opened["id"], text=SECRET)
        events = await courier.until(
            lambda events: (
                sum(event["kind"] == "ws-close" for event in events) >= 3
                and {"text": SECRET} in [event["value"] for event in events]
            )
        )
        assert {"code": 4000, "reason": SECRET} in [event["value"] for event in events]
        await courier.run("hang-up", id=opened["id"], code=4001, reason=SECRET)
        with pytest.raises(PluginTrapped):
            await courier.run("trap")
        await until(lambda: len(stage.activity()) >= 5)
        await stage.services.network_access.activity.close()
        assert places(stage, caplog) == []


async def test_nothing_of_a_stream_is_written_down(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What goes over TCP is nobody's business."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.DEBUG, "thoth_ls")  # as `thoth_ls.cli.serve` has it
    async with raw(says(SECRET.encode())) as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        await stage.allow(f"tcp://127.0.0.1:{server.port}")
        courier = await stage.courier()
        answer = await courier.one("tcp", host="127.0.0.1", port=server.port, send=f"{SECRET}\r\n\r\n", read=100)
        assert answer["received"] == SECRET
        await until(lambda: stage.activity())
        await stage.services.network_access.activity.close()
        assert places(stage, caplog) == []
