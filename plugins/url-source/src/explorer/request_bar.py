"""The line everything begins with: method, URL, Send; above it name, environment and what to do with the request."""

from typing import Final

import thoth_plugin as thoth
from explorer import glyphs, notices
from explorer.environments_dialog import EnvironmentsDialog
from rest import params, secrets, urls
from rest.model import METHODS
from rest.telling import LEFT_OUT
from thoth_plugin import ui
from thoth_plugin.nodes import Node

WEBSOCKET: Final = "WebSocket"
OTHER: Final = "Other…"
_HIDDEN: Final = urls.encoded_component(LEFT_OUT)
METHOD_COLORS: Final = {
    "GET": "success",
    "HEAD": "success",
    "OPTIONS": "info",
    "POST": "warning",
    "PUT": "accent",
    "PATCH": "secondary",
    "DELETE": "error",
}


class RequestBar(EnvironmentsDialog):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.own_method = False
        """Whether a method is being written that is not in the list."""

    def heading(self) -> Node:
        """Name, environment, actions."""
        return ui.row(
            ui.text(self.request.name or "New Request", variant="heading"),
            ui.badge("not saved", soft=True, color="warning", mono=False) if self.is_dirty else None,
            ui.spacer(4),
            self.environment_choice(),
            ui.button(
                "save",
                "Save",
                icon=glyphs.SAVE,
                button_type="Soft",
                button_size="Small",
                hover_text="Save to the collection",
            ),
            ui.button(
                "save-as",
                "Save As…",
                button_type="Text",
                button_size="Small",
                hover_text="Save to the collection once more, under another name",
            )
            if self.library.item(self.request.id) is not None
            else None,
            ui.button("curl-export", "Copy as cURL", icon=glyphs.TERMINAL, button_type="Text", button_size="Small"),
            ui.button("curl-import", "Import cURL", icon=glyphs.IMPORT, button_type="Text", button_size="Small"),
            ui.button("clear", "Clear", icon=glyphs.CLEAR, button_type="Text", button_size="Small"),
            gap=8,
        )

    def request_bar(self) -> Node:
        """Method, URL, Send."""
        shown = self._shown_url()
        return ui.column(
            ui.row(
                *self._method(),
                ui.input(
                    "url",
                    value=self.request.url,
                    aria_label="URL",
                    focus=self.is_fresh,
                    placeholder="wss://example.com/socket" if self.is_socket else "https://api.example.com/items",
                    grow=True,
                    mono=True,
                ),
                self.primary_button(),
                gap=6,
            ),
            *notices.about(self.problems, "url", "method"),
            ui.row(ui.icon("→", color="muted", size=12), ui.text(shown, variant="mono", color="muted"), gap=6)
            if shown
            else None,
            gap=4,
        )

    @property
    def is_socket(self) -> bool:
        """Whether the tab is for a WebSocket."""
        return self.request.protocol == "websocket"

    def primary_button(self) -> Node:
        """Send, or what takes its place."""
        if self.stage != "idle":
            return ui.button("cancel", "Cancel", icon=glyphs.CANCEL, color="Danger")
        return ui.button("send", "Send", icon=glyphs.SEND, color="Primary")

    def _method(self) -> list[Node]:
        method = self.request.method
        chosen = WEBSOCKET if self.is_socket else OTHER if self.own_method or method not in METHODS else method
        return [
            ui.select("method", label="Method", value=chosen, options=[*METHODS, OTHER, WEBSOCKET], width=116),
            *(
                [
                    ui.input(
                        "own-method",
                        value=method,
                        placeholder="METHOD",
                        aria_label="Own Method",
                        mono=True,
                        desired_width=110,
                    )
                ]
                if chosen == OTHER
                else []
            ),
        ]

    def _shown_url(self) -> str:
        """What the URL becomes, where it is not what is written."""
        if self.live is None or "{{" not in self.request.url or any(one.where == "url" for one in self.live.errors):
            return ""
        return secrets.redacted_url(self.live.url, self.live.secrets).replace(_HIDDEN, LEFT_OUT)

    @thoth.on("method", "change")
    def method_chosen(self, value: str) -> None:
        """Another method, one of one's own, or a WebSocket."""
        self.request.protocol = "websocket" if value == WEBSOCKET else "http"
        self.own_method = value == OTHER
        if value in METHODS:
            self.request.method = value
        self.edited()

    @thoth.on("own-method", "change")
    def method_written(self, value: str) -> None:
        """A method that is not in the list."""
        self.own_method = True
        self.request.method = value.strip().upper()
        self.edited()

    @thoth.on("url", "change")
    def url_changed(self, value: str) -> None:
        """The table of parameters follows."""
        params.set_url(self.request, value)
        if value.lower().startswith(("ws://", "wss://")):
            self.request.protocol = "websocket"
        elif value.lower().startswith(("http://", "https://")):
            self.request.protocol = "http"
        self.edited()
