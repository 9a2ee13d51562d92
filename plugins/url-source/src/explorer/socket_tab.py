"""WebSockets: connect, talk, and see all that was said."""

import time
from typing import Final

import thoth_plugin as thoth
from explorer import glyphs, notices
from explorer.options_tab import certificate_options
from explorer.socket_composer import SocketComposer
from explorer.socket_log import Log
from rest.prepare import prepare
from rest.secrets import redact, redacted_url
from thoth_plugin import ui
from thoth_plugin.nodes import Node

TRIES: Final = 5
"""How often it is connected again by itself, one after the other, before a person has to."""
STEADY: Final = 60.0
"""Seconds after which a connection counts as one that holds, though nothing was said."""


class SocketTab(SocketComposer):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.close_code, self.close_reason = 1000, ""
        self.wanted = False
        """Whether the person wants it to be connected."""
        self.tries = 0
        self.stood = False
        """Whether there was a connection since the person asked for one."""

    def edited(self) -> None:
        """A request that is no WebSocket any more has no connection: nothing in the tab could end it."""
        super().edited()
        if self.connection is not None and self.request.protocol != "websocket":
            self.wanted = False
            self.connection.close()

    def socket_button(self) -> Node:
        """In place of Send."""
        if self.connection is None:
            return ui.button("socket-connect", "Connect", icon=glyphs.PLUG, color="Primary")
        if not self.is_connected:
            return ui.button("socket-close", "Cancel", icon=glyphs.CANCEL, color="Danger")
        return ui.button("socket-close", "Disconnect", icon=glyphs.UNPLUG, color="Danger")

    def socket_view(self) -> Node:
        """The lower half: what was said, and what is to be said."""
        return ui.column(
            self._state(),
            self.log.view(),
            self.composer(),
            gap=8,
        )

    def socket_options(self) -> Node:
        """The tab Options of a WebSocket."""
        socket = self.request.socket
        return ui.column(
            ui.input(
                "socket-protocols",
                label="Subprotocols",
                value=", ".join(socket.subprotocols),
                placeholder="graphql-transport-ws, chat",
                mono=True,
            ),
            *certificate_options(self.request.options),
            ui.checkbox("socket-reconnect", "Connect again when the connection breaks", checked=socket.reconnect),
            ui.row(
                ui.number_input(
                    "socket-close-code", label="Code When Closing", value=self.close_code, min=1000, max=4999
                ),
                ui.input("socket-close-reason", label="Reason", value=self.close_reason, desired_width=220),
                gap=8,
            ),
            notices.hint("1000, or 3000 to 4999; the reason has at most 123 bytes."),
            gap=10,
        )

    def _state(self) -> Node:
        if self.is_connected:
            protocol = self.connection.subprotocol if self.connection is not None else None
            return ui.row(
                ui.badge("Connected", color="success", icon=glyphs.PLUG, mono=False),
                ui.text(f"by {protocol}", color="muted") if protocol else None,
                self.log.counts(),
                gap=10,
            )
        if self.connection is not None:
            return ui.row(
                ui.spinner(),
                ui.text("Connecting; it may wait for approval"),
                notices.network_access(),
                gap=8,
            )
        return ui.row(ui.badge("Not connected", soft=True, mono=False), self.log.counts(), gap=10)

    @thoth.on("socket-connect", "click")
    async def socket_connected(self) -> None:
        """Connects, and stays until it is closed."""
        if self.connection is not None:
            return
        self.wanted, self.tries, self.stood = True, 0, False
        while self.wanted:
            broke = await self._talked()
            self.tries += 1
            again = broke and self.stood and self.request.socket.reconnect
            if not (again and self.wanted and self.tries <= TRIES):
                break
            self.log.note(f"Connecting again ({self.tries} of {TRIES})")
        self.wanted = False

    async def _talked(self) -> bool:
        """One connection, from its beginning to its end; whether it broke."""
        prepared = prepare(self.request, self.variables())
        self.attempted, self.live = True, self.looked_at()
        if prepared.errors:
            return False
        since: float | None = None
        try:
            self.connection = thoth.websocket.connect(
                prepared.url,
                prepared.headers,
                prepared.subprotocols,
                timeout_ms=self.request.options.timeout_ms,
                verify_tls=self.request.options.verify_tls,
            )
            thoth.signals.emit("ws", "connecting", "loading")
            await self.connection
            self.log.note(f"Connected to {redacted_url(prepared.url, prepared.secrets)}")
            self.stood, since = True, time.monotonic()
            thoth.signals.emit("ws", "connected")
            async for message in self.connection:
                self.tries = 0
                self.log.received(message)
        except thoth.PluginError as error:
            self.log.failed(redact(error.message, prepared.secrets))
        if since is not None and time.monotonic() - since >= STEADY:
            self.tries = 0
        closed = self.connection.closed if self.connection is not None else None
        self.connection = None
        if closed is not None:
            self.log.closed(closed.code, closed.reason)
        broke = closed is None or closed.code not in (1000, 1008)
        thoth.signals.emit("ws", "closed" if not broke else "broken", "error" if broke else "ready", 10_000)
        return broke and closed is not None  # where the host did not even begin it will not a moment later

    @thoth.on("socket-close", "click")
    def socket_closed(self) -> None:
        """Says goodbye."""
        self.wanted = False
        if self.connection is not None:
            self.connection.close(self.close_code, self.close_reason)

    @thoth.on("socket-protocols", "change")
    def protocols_changed(self, value: str) -> None:
        """Names to offer, in order."""
        self.request.socket.subprotocols = [name.strip() for name in value.split(",") if name.strip()]
        self.edited()

    @thoth.on("socket-reconnect", "change")
    def reconnect_changed(self, value: bool) -> None:
        """Whether it is connected again by itself."""
        self.request.socket.reconnect = value
        self.edited()

    @thoth.on("socket-close-code", "change")
    def close_code_changed(self, value: float) -> None:
        """For Disconnect."""
        self.close_code = round(value)

    @thoth.on("socket-close-reason", "change")
    def close_reason_changed(self, value: str) -> None:
        """For Disconnect."""
        self.close_reason = value

    @thoth.on("socket-filter", "change")
    def filter_written(self, value: str) -> None:
        """Which messages are shown."""
        self.log.words = value

    @thoth.on("socket-direction", "change")
    def direction_chosen(self, value: str) -> None:
        """Those of one side."""
        self.log.direction = value

    @thoth.on("socket-log", "click")
    def message_opened(self, value: int) -> None:
        """Shows one in full, or no longer."""
        self.log.choose(value)

    @thoth.on("socket-clear", "click")
    def log_cleared(self) -> None:
        """Begins a new page."""
        self.log = Log()
