"""WebSockets in a tab."""

import pytest

from explorer import socket_tab
from tests.url_source_ui.tabs import opened
from thoth_plugin.testing import FakeHost, FakeSocket, OpenedPanel


def connected() -> tuple[FakeHost, OpenedPanel, FakeSocket]:
    host, tab = opened("wss://a.example/chat")
    tab.click("socket-connect")
    host.sockets[0].open()
    return host, tab, host.sockets[0]


def test_a_url_of_a_websocket_makes_the_tab_one() -> None:
    _, tab = opened("wss://a.example/chat")
    assert tab.find("method").value == "WebSocket"
    assert tab.tree.has("socket-connect")
    assert not tab.tree.has("send")


def test_messages_are_sent_and_listed_newest_first() -> None:
    host, tab, socket = connected()
    tab.change("socket-text", "hello")
    tab.click("socket-send")
    socket.message('{"n": 1}')
    socket.message(b"\x01\x02")
    assert socket.sent == ["hello"]
    titles = [item["title"] for item in tab.find("socket-log")["items"]]
    assert titles == ["AQI=", '{"n": 1}', "hello", "Connected to wss://a.example/chat"]
    assert "↑ 1 (5 B) · ↓ 2 (10 B)" in tab.text
    assert host.signals[-1].key == "ws"


def test_the_log_is_filtered_by_words_and_side_and_opens_a_message() -> None:
    _, tab, socket = connected()
    socket.message('{"a": [1, 2]}')
    socket.message("other")
    tab.change("socket-filter", "OTHER")
    assert [item["title"] for item in tab.find("socket-log")["items"]] == ["other"]
    tab.change("socket-filter", "")
    tab.change("socket-direction", "received")
    tab.event("socket-log", "click", "1")
    assert tab.find("socket-message").value == {"a": [1, 2]}


def test_bytes_are_written_in_hexadecimal_or_base64() -> None:
    _, tab, socket = connected()
    tab.change("socket-kind", "binary")
    tab.change("socket-text", "0x0102 ff")
    tab.click("socket-send")
    tab.change("socket-text", "AQI=")
    tab.click("socket-send")
    tab.change("socket-text", "0x0")
    tab.click("socket-send")
    assert socket.sent == [b"\x01\x02\xff", b"\x01\x02"]
    assert "no bytes in hexadecimal" in tab.text


def test_json_is_checked_as_it_is_typed() -> None:
    _, tab, _ = connected()
    tab.change("socket-kind", "json")
    tab.change("socket-text", "{")
    assert "it ends too early" in tab.text


def test_a_message_is_kept_with_the_request_and_taken_again() -> None:
    _, tab, socket = connected()
    tab.change("socket-text", "ping")
    tab.click("socket-keep")
    tab.change("socket-text", "else")
    tab.change("socket-saved", "0")
    tab.click("socket-send")
    assert socket.sent == ["ping"]
    tab.click("socket-forget")
    assert not tab.tree.has("socket-saved")


def test_closing_says_code_and_reason() -> None:
    _, tab, socket = connected()
    tab.change("socket-close-code", "4000")
    tab.change("socket-close-reason", "enough")
    tab.click("socket-close")
    assert socket.closed == (4000, "enough")
    assert "Closed: 4000, enough" in tab.text
    assert tab.tree.has("socket-connect")


def test_a_connection_that_is_not_made_says_why() -> None:
    host, tab = opened("wss://a.example/chat")
    tab.click("socket-connect")
    host.sockets[0].fail("a.example does not speak WebSocket")
    assert "a.example does not speak WebSocket" in tab.text
    assert tab.tree.has("socket-connect")


def test_what_breaks_is_connected_again_where_that_is_wanted() -> None:
    host, tab, socket = connected()
    tab.change("socket-reconnect", "true")
    socket.close(1006, "")
    assert len(host.sockets) == 2
    assert "Connecting again (1 of 5)" in tab.text
    host.sockets[1].open()
    tab.click("socket-close")
    assert len(host.sockets) == 2


def test_subprotocols_are_offered() -> None:
    host, tab = opened("wss://a.example/chat")
    tab.change("socket-protocols", "chat, superchat")
    tab.click("socket-connect")
    assert host.sockets[0].options["subprotocols"] == ["chat", "superchat"]


def test_a_connection_that_breaks_at_once_again_and_again_is_given_up() -> None:
    host, tab, _ = connected()
    tab.change("socket-reconnect", "true")
    for _ in range(20):
        host.sockets[-1].close(1006, "")
        if tab.tree.has("socket-connect"):
            break
        host.sockets[-1].open()
    assert len(host.sockets) == 6
    assert "Connecting again (5 of 5)" in tab.text


def test_one_that_said_something_begins_to_count_anew() -> None:
    host, tab, _ = connected()
    tab.change("socket-reconnect", "true")
    for _ in range(8):
        host.sockets[-1].message("hello")
        host.sockets[-1].close(1006, "")
        host.sockets[-1].open()
    assert len(host.sockets) == 9


def test_what_never_stood_or_is_refused_is_not_connected_again() -> None:
    host, tab = opened("wss://a.example/chat")
    tab.change("socket-reconnect", "true")
    tab.click("socket-connect")
    host.sockets[0].fail("a.example does not speak WebSocket")
    assert len(host.sockets) == 1
    host.refuse("websocket-control", "not allowed here")
    tab.click("socket-connect")
    assert "Connecting again" not in tab.text
    assert "not allowed here" in tab.text


def test_a_refusal_ends_a_row_of_connections() -> None:
    host, tab, socket = connected()
    tab.change("socket-reconnect", "true")
    host.refuse("websocket-control", "not allowed any more")
    socket.close(1006, "")
    assert "Connecting again (1 of 5)" in tab.text
    assert "Connecting again (2 of 5)" not in tab.text
    assert tab.tree.has("socket-connect")


def test_another_protocol_ends_the_connection() -> None:
    _, tab, socket = connected()
    tab.change("url", "https://a.example/chat")
    assert socket.closed == (1000, "")
    assert tab.tree.has("send")
    tab.change("url", "wss://a.example/chat")
    assert tab.tree.has("socket-connect")


def test_one_that_held_for_a_while_begins_to_count_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    host, tab, _ = connected()
    tab.change("socket-reconnect", "true")
    monkeypatch.setattr(socket_tab, "STEADY", 0.0)
    for _ in range(8):
        host.sockets[-1].close(1006, "")
        host.sockets[-1].open()
    assert len(host.sockets) == 9


def test_the_certificate_of_the_server_is_checked_unless_told_otherwise() -> None:
    """The host asks the person, as it does for requests; what it means is said."""
    host, tab = opened("wss://a.example/chat")
    tab.click("socket-connect")
    assert host.sockets[0].options["verify_tls"] is True
    host.sockets[0].open()
    host.sockets[0].close(1000)
    tab.change("option-verify", False)
    assert "Whoever is on the way can be that server" in tab.text
    tab.click("socket-connect")
    assert host.sockets[1].options["verify_tls"] is False
    assert tab.state()["request"]["options"] == {"verify_tls": False}
