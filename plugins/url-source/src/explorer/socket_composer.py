"""What is to be said over a WebSocket: text, JSON or bytes, written anew or taken from those that are kept."""

import base64
import binascii
from typing import Final, cast

import thoth_plugin as thoth
from explorer import glyphs, notices
from explorer.socket_log import Log
from explorer.workbench import Workbench
from rest import json_check
from rest.model import Message, MessageKind
from thoth_plugin import ui
from thoth_plugin.nodes import Node

KINDS: Final = (("text", "Text"), ("json", "JSON"), ("binary", "Binary"))


class SocketComposer(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.connection: thoth.websocket.Connection | None = None
        self.log = Log()
        self.message = Message(kind="text")
        self.message_problem = ""

    @property
    def is_connected(self) -> bool:
        """Whether messages can be sent."""
        return self.connection is not None and self.connection.is_open

    def composer(self) -> Node:
        """The field, what is kept, and Send."""
        message = self.message
        saved = [
            ("", "Saved Messages…"),
            *((str(at), one.name or one.text[:40]) for at, one in enumerate(self.request.socket.messages)),
        ]
        return ui.column(
            ui.row(
                ui.button_group("socket-kind", items=KINDS, active=message.kind, aria_label="Kind of Message"),
                ui.select("socket-saved", label="Saved Messages", options=saved, width=190) if len(saved) > 1 else None,
                ui.button(
                    "socket-keep",
                    "Save Message",
                    icon=glyphs.SAVE,
                    button_type="Text",
                    button_size="Small",
                    enabled=bool(message.text),
                ),
                ui.button("socket-forget", "Remove", icon=glyphs.TRASH, button_type="Text", button_size="Small")
                if message in self.request.socket.messages
                else None,
                gap=8,
            ),
            ui.code_editor("socket-text", value=message.text, syntax="json", rows=4, aria_label="Message")
            if message.kind == "json"
            else ui.input(
                "socket-text",
                value=message.text,
                multiline=True,
                rows=3,
                mono=True,
                aria_label="Message",
                placeholder="Base64, or bytes as 0x0102ff" if message.kind == "binary" else "Message",
            ),
            ui.row(
                ui.button("socket-send", "Send", icon=glyphs.SEND, color="Primary", enabled=self.is_connected),
                notices.problem(self.message_problem, "warning") if self.message_problem else None,
                gap=8,
            ),
            gap=6,
        )

    @thoth.on("socket-kind", "change")
    def message_kind_chosen(self, value: str) -> None:
        """Text, JSON or bytes."""
        if value in dict(KINDS):
            self.message.kind = cast("MessageKind", value)
            self._check()

    @thoth.on("socket-text", "change")
    def message_written(self, value: str) -> None:
        """What is to be said."""
        self.message = Message(self.message.name, self.message.kind, value)
        self._check()

    @thoth.on("socket-send", "click")
    @thoth.on("socket-text", "run")
    def message_sent(self) -> None:
        """Says it."""
        if self.connection is None or not self.is_connected:
            return
        expanded = self.library.expanded(self.message.text)
        try:
            content: str | bytes = bytes_of(expanded) if self.message.kind == "binary" else expanded
            self.connection.send(content)
        except (ValueError, thoth.PluginError) as error:
            self.message_problem = str(error)
            return
        self.log.sent(bytes_of(self.message.text) if self.message.kind == "binary" else self.message.text)

    @thoth.on("socket-saved", "change")
    def message_chosen(self, value: str) -> None:
        """One that was kept."""
        if value.isdecimal() and int(value) < len(self.request.socket.messages):
            kept = self.request.socket.messages[int(value)]
            self.message = Message(kept.name, kept.kind, kept.text)
            self._check()

    @thoth.on("socket-keep", "click")
    def message_kept(self) -> None:
        """Keeps it with the request, by how it begins."""
        if self.message.text and self.message not in self.request.socket.messages:
            self.message.name = self.message.text[:40].replace("\n", " ")
            self.request.socket.messages.append(Message(self.message.name, self.message.kind, self.message.text))
            self.edited()

    @thoth.on("socket-forget", "click")
    def message_forgotten(self) -> None:
        """Takes it out again."""
        self.request.socket.messages = [one for one in self.request.socket.messages if one != self.message]
        self.edited()

    def _check(self) -> None:
        self.message_problem = ""
        text = self.message.text
        if not text:
            return
        if self.message.kind == "json":
            fault = json_check.check_template(text)
            self.message_problem = "" if fault is None else str(fault)
        elif self.message.kind == "binary":
            try:
                bytes_of(text)
            except ValueError as error:
                self.message_problem = str(error)


def bytes_of(text: str) -> bytes:
    """Bytes as they are written: `0x…` in hexadecimal, else base64. Raises ValueError."""
    plain = "".join(text.split())
    if plain[:2].lower() == "0x":
        try:
            return bytes.fromhex(plain[2:])
        except ValueError:
            raise ValueError("these are no bytes in hexadecimal: after 0x come pairs of 0 to 9 and a to f") from None
    try:
        return base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("this is no base64; for hexadecimal begin with 0x") from None
