"""WebSockets on the SDK, with the test as the other side."""

from __future__ import annotations

import pytest

import thoth_plugin as thoth
from thoth_plugin import ui
from thoth_plugin.testing import FakeHost, OpenedPanel


class Chat(thoth.Panel):
    """Connects, and shows what it hears."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.connection: thoth.websocket.Connection | None = None

    def render(self) -> ui.Node:
        return ui.column(
            ui.button("connect", "Connect"), ui.button("say", "Say"), ui.button("close", "Close"), *self.lines
        )

    @thoth.on("connect")
    async def connect(self) -> None:
        self.connection = thoth.websocket.connect("ws://a/b", [("X-A", "1")], ["chat"], timeout_ms=100)
        try:
            await self.connection
            self.lines.append(f"open, {self.connection.subprotocol}")
            async for message in self.connection:
                self.lines.append(f"heard {message!r}")
            self.lines.append(f"over, {self.connection.closed}")
        except thoth.websocket.WebSocketError as error:
            self.lines.append(f"broken: {error}")

    @thoth.on("say")
    def say(self) -> None:
        assert self.connection is not None
        self.connection.send("hello")
        self.connection.send(b"\0\1")

    @thoth.on("close")
    def close(self) -> None:
        assert self.connection is not None
        self.connection.close(3000, "enough")


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


@pytest.fixture
def panel(host: FakeHost) -> OpenedPanel:
    panel = host.open(Chat)
    panel.click("connect")
    return panel


def test_messages_come_in_order_and_as_they_are(host: FakeHost, panel: OpenedPanel) -> None:
    """Text and bytes, also several before anybody asks."""
    (socket,) = host.sockets
    assert (socket.url, socket.headers) == ("ws://a/b", [("X-A", "1")])
    assert socket.options == {"subprotocols": ["chat"], "timeout_ms": 100}
    socket.open("chat")
    socket.message("one")
    socket.message(b"\1\2")
    socket.close(1001, "gone")
    assert panel.panel.lines == [  # type: ignore[attr-defined]
        "open, chat",
        "heard 'one'",
        "heard b'\\x01\\x02'",
        "over, Closed(code=1001, reason='gone')",
    ]


def test_what_is_said_reaches_the_other_side(host: FakeHost, panel: OpenedPanel) -> None:
    """And the code of an end."""
    (socket,) = host.sockets
    socket.open()
    panel.click("say")
    assert socket.sent == ["hello", b"\0\1"]
    panel.click("close")
    assert socket.closed == (3000, "enough")
    assert "over, Closed(code=3000" in panel.text
    panel.click("close")  # once more does nothing
    panel.click("say")
    assert "there is no WebSocket" in panel.text


def test_a_connection_that_is_not_made_or_breaks_is_raised(host: FakeHost, panel: OpenedPanel) -> None:
    """With the sentence of the host."""
    host.sockets[0].fail("refused")
    assert "broken: refused" in panel.text
    panel.click("connect")
    host.sockets[1].open()
    host.sockets[1].message("one")
    host.sockets[1].fail("it went away")
    assert "broken: it went away" in panel.text


def test_a_connection_that_is_refused_at_once_is_an_error_of_the_panel(host: FakeHost) -> None:
    """No coroutine waits for it."""
    host.refuse("websocket-control.connect", "not declared")
    panel = host.open(Chat)
    assert "not declared" in panel.click("connect")
