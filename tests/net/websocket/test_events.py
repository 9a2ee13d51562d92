"""What a plugin is told of its WebSockets, in the order of the contract."""

import json

import pytest

from tests.net.servers import Certificates, raw, sockets, talk, web
from tests.net.websocket.stage import Stage
from thoth_ls.calling import UNKNOWN_ID, HostRefusal


async def test_a_connection_from_beginning_to_end(stage: Stage) -> None:
    """Opened, texts and bytes both ways, closed."""
    async with talk() as server:
        number = await stage.opened(server.url)
        await stage.call("websocket.send-text", number, 'hällo "you"')
        await stage.call("websocket.send-binary", number, b"\x00\xfe\xff")
        await stage.guest.heard("ws-message", 2)
        await stage.call("websocket.close", number)
        await stage.guest.heard("ws-close")
    assert {event.widget_id for event in stage.guest.heard_of} == {number}
    assert [(event.kind, event.value) for event in stage.guest.heard_of] == [
        ("ws-open", ""),
        ("ws-message", '{"text":"hällo \\"you\\""}'),
        ("ws-message", '{"binary":"00feff","len":3}'),
        ("ws-close", '{"code":1000,"reason":""}'),
    ]
    assert server.closes == [(1000, "")]


async def test_what_is_sent_too_early_is_sent_in_its_order(stage: Stage) -> None:
    """`connect` returns at once, so plugins send at once."""
    async with web() as server:
        await stage.allow(server.ws_url())
        number = await stage.connect(server.ws_url("/ws/slow/0.2"))
        for text in ("one", "two", "three"):
            await stage.call("websocket.send-text", number, text)
        assert stage.guest.heard_of == []
        await stage.guest.heard("ws-open")
        await stage.call("websocket.send-text", number, "four")
        await stage.call("websocket.close", number)
        await stage.guest.heard("ws-close")
        assert server.app.messages == ["one", "two", "three", "four"]


async def test_too_much_that_is_sent_too_early_is_refused(stage: Stage) -> None:
    async with web() as server:
        number = await stage.connect(server.ws_url())  # nobody answers the question
        await stage.call("websocket.send-text", number, "x" * 1_000_000)
        with pytest.raises(HostRefusal, match="is not open yet, and 1,000,000 bytes wait for it"):
            await stage.call("websocket.send-text", number, "x" * 100_000)


async def test_subprotocols_are_offered_and_the_chosen_one_told(stage: Stage) -> None:
    async with web() as server:
        await stage.opened(server.ws_url(), options={"subprotocols": ["odd", "chat.v1"]})
    assert stage.guest.heard_of[0].told == {"subprotocol": "chat.v1"}


async def test_a_server_need_not_choose_a_subprotocol(stage: Stage) -> None:
    async with web() as server:
        await stage.opened(server.ws_url(), options={})
    assert stage.guest.heard_of[0].told == {"subprotocol": None}


async def test_headers_of_the_plugin_are_sent(stage: Stage) -> None:
    """With the path and the query as they were written."""
    async with web() as server:
        url = server.ws_url("/ws/headers") + "?token=s3cret&x=a%20b"
        await stage.opened(
            url, ("Authorization", "Bearer s3cret"), ("X-Name", "Jürgen"), ("Origin", "https://own.example")
        )
        headers = dict(json.loads((await stage.guest.heard("ws-message")).told["text"]))
    assert headers["authorization"] == "Bearer s3cret"
    assert headers["x-name"] == "Jürgen"
    assert headers["origin"] == "https://own.example"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert headers["user-agent"].startswith("thoth-ls/")
    assert server.app.requests[0].query == "token=s3cret&x=a%20b"
    assert "sec-websocket-extensions" not in headers


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [("/ws/close/1001", 1001, ""), ("/ws/close/4321/so+long%2C+%C3%BC", 4321, "so long, ü")],
)
async def test_the_code_and_reason_of_the_other_side_are_told(stage: Stage, path: str, code: int, reason: str) -> None:
    async with web() as server:
        await stage.opened(server.ws_url(path))
        closed = await stage.guest.heard("ws-close")
    assert closed.told == {"code": code, "reason": reason}
    assert stage.guest.kinds() == ["ws-open", "ws-close"]
    assert stage.log()[-1].status == code


async def test_a_close_frame_without_a_code_is_1005(stage: Stage) -> None:
    async with raw(sockets.websocket(sockets.frame(sockets.CLOSE, b""))) as server:
        await stage.opened(server.ws_url())
        assert (await stage.guest.heard("ws-close")).told == {"code": 1005, "reason": ""}


async def test_a_connection_that_drops_is_1006_and_an_error(stage: Stage) -> None:
    async with raw(sockets.websocket(sockets.frame(sockets.TEXT, b"last words"), then=sockets.drops)) as server:
        await stage.opened(server.ws_url())
        assert (await stage.guest.heard("ws-close")).told == {"code": 1006, "reason": ""}
    assert stage.guest.kinds() == ["ws-open", "ws-message", "ws-error", "ws-close"]
    assert "br" in stage.guest.heard_of[2].value


async def test_a_plugin_closes_with_a_code_of_its_own(stage: Stage) -> None:
    async with talk() as server:
        number = await stage.opened(server.url)
        await stage.call("websocket-control.close", number, 4000, "genug für heute")
        assert (await stage.guest.heard("ws-close")).told["code"] == 4000
    assert server.closes == [(4000, "genug für heute")]


async def test_what_arrives_after_the_plugin_has_closed_is_not_told(stage: Stage) -> None:
    async with web() as server:
        number = await stage.opened(server.ws_url("/ws/flood/100000/100"))
        await stage.guest.heard("ws-message", 10)
        await stage.call("websocket.close", number)
        before = len(stage.guest.heard_of)
        assert (await stage.guest.heard("ws-close")).told["code"] == 1000
    assert len(stage.guest.heard_of) <= before + 2


async def test_after_its_end_an_id_is_forgotten(stage: Stage) -> None:
    """Closing once more does nothing, all else is refused."""
    async with web() as server:
        number = await stage.opened(server.ws_url())
        await stage.call("websocket.close", number)
        await stage.call("websocket.close", number)
        await stage.guest.heard("ws-close")
        await stage.call("websocket.close", number)
    for name, arguments in (("websocket.send-text", ("x",)), ("websocket-control.close", (1000, ""))):
        with pytest.raises(HostRefusal, match="no WebSocket 'ws-1', or it is closed") as refused:
            await stage.call(name, number, *arguments)
        assert refused.value.code == UNKNOWN_ID
    assert stage.guest.kinds().count("ws-close") == 1


async def test_a_connection_can_be_closed_before_it_is_open(stage: Stage) -> None:
    async with web() as server:
        await stage.allow(server.ws_url())
        number = await stage.connect(server.ws_url("/ws/slow/30"))
        await stage.call("websocket.close", number)
        assert (await stage.guest.heard("ws-close")).told == {"code": 1006, "reason": "closed before it was open"}
    assert stage.guest.kinds() == ["ws-close"]
    assert [entry.verdict for entry in stage.log()] == ["cancelled"]


async def test_tls_is_checked_by_the_name_and_told_of(stage: Stage, certificates: Certificates) -> None:
    async with web(tls=certificates.server()) as server:
        url = server.ws_url()
        await stage.allow(url, verification="caFile", ca_file=str(certificates.ca_file))
        number = await stage.connect(url)
        await stage.guest.heard("ws-open")
        await stage.call("websocket.send-text", number, "hidden")
        assert (await stage.guest.heard("ws-message")).told == {"text": "hidden"}
        await stage.call("websocket.close", number)
        await stage.guest.heard("ws-close")
    entry = stage.log()[-1]
    assert (entry.verdict, entry.address, entry.status, entry.protocol) == (
        "allowed",
        "127.0.0.1",
        1000,
        "WebSocket, TLSv1.3",
    )
    assert entry.timing.tls is not None


async def test_the_log_has_what_happened_and_nothing_secret(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Not even at the level debug, where the library would write headers and messages down."""
    caplog.set_level("DEBUG")
    async with web() as server:
        url = server.ws_url("/ws/headers") + "?token=s3cret"
        number = await stage.opened(url, ("Authorization", "Bearer s3cret"), ("X-Api-Key", "s3cret"))
        await stage.call("websocket.send-text", number, "s3cret")
        await stage.guest.heard("ws-message")
        await stage.call("websocket.close", number)
        await stage.guest.heard("ws-close")
    connected, entry = stage.log()
    assert (connected.verdict, entry.verdict) == ("connected", "allowed")
    assert entry.kind == "websocket"
    assert entry.url.endswith("/ws/headers?token=…")
    assert ("Authorization", "…") in entry.request_headers
    assert entry.sent_bytes > 100
    assert entry.received_bytes > 100
    assert "s3cret" not in entry.model_dump_json()
    assert "s3cret" not in caplog.text
