"""What plugins ask for is read strictly: what cannot be meant is refused at once, and says why."""

import json

import pytest

from tests.net.websocket.stage import FakeGuest, Stage
from thoth_ls.calling import INVALID, UNKNOWN_ID, HostRefusal
from thoth_ls.net.websocket import asked


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "https://a.example/",
        "ftp://a.example/",
        "//a.example/",
        "a.example",
        "",
        "ws://",
        "ws:///path",
        "ws://user:secret@a.example/",
        "ws://a.example:0/",
        "ws://a.example:65536/",
        "ws://a example/",
        "ws://a.example\r\nHost: b.example/",
        "ws://0x7f.1/",
        "ws://2130706433/",
        "ws://127.1/",
        "ws://[fe80::1%25eth0]/",
        "ws://a.example%2fb/",
    ],
)
async def test_addresses_that_are_none_are_refused_at_once(stage: Stage, url: str) -> None:
    """And nothing is begun."""
    with pytest.raises(HostRefusal) as refused:
        await stage.connect(url)
    assert refused.value.code == INVALID
    assert stage.guest.heard_of == []
    assert stage.names.asked == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Host", "b.example", "Host"),
        ("Connection", "close", "the handshake does"),
        ("upgrade", "h2c", "the handshake does"),
        ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==", "the handshake does"),
        ("Sec-WebSocket-Version", "8", "the handshake does"),
        ("sec-websocket-extensions", "permessage-deflate", "the handshake does"),
        ("Sec-WebSocket-Protocol", "chat", "options of websocket-control.connect"),
        ("Content-Length", "5", "Content-Length"),
        ("Transfer-Encoding", "chunked", "Transfer-Encoding"),
        ("Proxy-Authorization", "Basic x", "Proxy-Authorization"),
        ("X-Split", "a\r\nHost: b.example", "line break"),
        ("X-Split", "a\nb", "line break"),
        ("X-Nul", "a\x00b", "control character"),
        ("X Space", "a", "no name of a header"),
        ("X:Colon", "a", "no name of a header"),
        ("", "a", "no name of a header"),
    ],
)
async def test_headers_that_would_say_something_else_are_refused(
    stage: Stage, name: str, value: str, said: str
) -> None:
    """Header smuggling: no plugin writes another request, another host, or the handshake."""
    with pytest.raises(HostRefusal, match=said) as refused:
        await stage.connect("ws://a.example/", (name, value))
    assert refused.value.code == INVALID


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("", "options cannot be read"),
        ("null", "options cannot be read"),
        ("[]", "options cannot be read"),
        ("{", "options cannot be read"),
        ('{"subprotocol": "a"}', "subprotocol: "),
        ('{"timeout_ms": 0}', "timeout_ms: "),
        ('{"timeout_ms": 300001}', "timeout_ms: "),
        ('{"timeout_ms": "1"}', "timeout_ms: "),
        ('{"timeout_ms": true}', "timeout_ms: "),
        ('{"subprotocols": "chat"}', "subprotocols: "),
        ('{"subprotocols": [1]}', "subprotocols.0: "),
        ('{"subprotocols": ["a b"]}', "'a b' is no name of a subprotocol"),
        ('{"subprotocols": ["a\\r\\nHost: b"]}', "is no name of a subprotocol"),
        ('{"subprotocols": ["", "a"]}', "is no name of a subprotocol"),
        ('{"subprotocols": ["a", "a"]}', "offered once"),
        (json.dumps({"subprotocols": [f"n{n}" for n in range(17)]}), "subprotocols: "),
    ],
)
async def test_options_that_are_not_known_are_refused(stage: Stage, options: str, said: str) -> None:
    with pytest.raises(HostRefusal, match=said) as refused:
        await stage.call("websocket-control.connect", "ws://a.example/", [], options)
    assert refused.value.code == INVALID


@pytest.mark.parametrize("code", [0, 999, 1001, 1005, 1006, 1015, 2999, 5000, 65535])
async def test_codes_that_are_not_for_programs_are_refused(stage: Stage, code: int) -> None:
    """RFC 6455, 7.4."""
    with pytest.raises(HostRefusal, match=f"{code} is no code to close with") as refused:
        await stage.call("websocket-control.close", "ws-1", code, "")
    assert refused.value.code == INVALID


async def test_a_reason_fits_into_a_frame(stage: Stage) -> None:
    """Its bytes count."""
    with pytest.raises(HostRefusal, match="123 bytes at most"):
        await stage.call("websocket-control.close", "ws-1", 1000, "ü" * 62)
    with pytest.raises(HostRefusal) as refused:
        await stage.call("websocket-control.close", "ws-1", 1000, "ü" * 61)
    assert refused.value.code == UNKNOWN_ID


async def test_a_plugin_that_cannot_be_told_has_no_websockets(stage: Stage) -> None:
    table = stage.sockets.imports(stage.plugin, FakeGuest(2, takes_events=False))
    with pytest.raises(HostRefusal, match="does not export ui-component"):
        table["websocket"]["connect"]("ws://127.0.0.1/", [])


@pytest.mark.parametrize(
    ("url", "resource"),
    [
        ("ws://a.example", "/"),
        ("wss://A.Example.:443?x=1", "/?x=1"),
        ("ws://a.example/b;c=1/d?e#f", "/b;c=1/d?e"),
        ("ws://[::1]:80/ä", "/%C3%A4"),
    ],
)
def test_the_path_is_sent_as_it_was_written(url: str, resource: str) -> None:
    """Parameters of the path too, which some parsers take off."""
    assert asked.connection(url, []).resource == resource
