"""What was said over a WebSocket, with a filter and one message in full."""

import base64
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Literal

from explorer import glyphs, hex_dump, notices, sizes
from thoth_plugin import ui
from thoth_plugin.nodes import Node

MOST: Final = 500
"""Messages that are kept; the oldest goes first."""
LINE: Final = 300
"""Characters of one that a line shows."""
WHOLE: Final = 256 * 1024
"""Characters of one that are kept and shown in full."""
Side = Literal["sent", "received", "note", "error"]
SIDES: Final = (("all", "All"), ("sent", "Sent"), ("received", "Received"), ("note", "Events"))


@dataclass(frozen=True, slots=True)
class Line:
    """One message, or something that happened."""

    number: int
    side: Side
    text: str
    """Of bytes: base64."""
    size: int
    binary: bool = False
    at: float = field(default_factory=time.time)


class Log:
    """Of one tab."""

    def __init__(self) -> None:
        self.words = ""
        self.direction = "all"
        self._lines: deque[Line] = deque(maxlen=MOST)
        self._numbers = 0
        self._chosen: int | None = None
        self._bytes = {"sent": 0, "received": 0}
        self._count = {"sent": 0, "received": 0}

    def sent(self, message: str | bytes) -> None:
        """We said something."""
        self._said("sent", message)

    def received(self, message: str | bytes) -> None:
        """They said something."""
        self._said("received", message)

    def note(self, sentence: str) -> None:
        """Something happened."""
        self._add("note", sentence, 0)

    def failed(self, sentence: str) -> None:
        """Something went wrong."""
        self._add("error", sentence, 0)

    def closed(self, code: int, reason: str) -> None:
        """It ended."""
        named = CODES.get(code, "")
        said = f"Closed: {code}{f' ({named})' if named else ''}{f', {reason}' if reason else ''}"
        self._add("note" if code == 1000 else "error", said, 0)

    def choose(self, position: int) -> None:
        """A line of those that are shown."""
        shown = self._shown()
        if 0 <= position < len(shown):
            number = shown[position].number
            self._chosen = None if number == self._chosen else number

    def counts(self) -> Node:
        """How much was said."""
        said = " · ".join(
            f"{arrow} {self._count[side]} ({sizes.size(self._bytes[side])})"
            for arrow, side in (("↑", "sent"), ("↓", "received"))
        )
        return ui.text(said, variant="caption", color="muted")

    def view(self) -> Node:
        """Filter, lines, and one in full."""
        chosen = next((line for line in self._lines if line.number == self._chosen), None)
        return ui.column(
            ui.row(
                ui.input(
                    "socket-filter",
                    value=self.words,
                    placeholder="Filter",
                    aria_label="Filter Messages",
                    icon=glyphs.SEARCH,
                    desired_width=220,
                    size="Small",
                ),
                ui.button_group(
                    "socket-direction", items=SIDES, active=self.direction, aria_label="Messages That Are Shown"
                ),
                ui.button("socket-clear", "Clear", icon=glyphs.CLEAR, button_type="Text", button_size="Small"),
                gap=8,
            ),
            ui.list(
                "socket-log",
                [self._item(line) for line in self._shown()],
                empty_label="Nothing fits the filter." if self._lines else "Nothing was said yet.",
                compact=True,
                style="flush",
                framed=True,
                max_height=240,
                text_style="mono",
            ),
            _whole(chosen) if chosen is not None else None,
            gap=6,
        )

    def _shown(self) -> list[Line]:
        words = self.words.lower()
        wanted = {"note": ("note", "error"), "all": ("sent", "received", "note", "error")}.get(
            self.direction, (self.direction,)
        )
        return [line for line in reversed(self._lines) if line.side in wanted and words in line.text.lower()]

    def _item(self, line: Line) -> ui.Part:
        glyph, color = {
            "sent": (glyphs.UP, "accent"),
            "received": (glyphs.DOWN, "success"),
            "note": (glyphs.INFO, "muted"),
            "error": (glyphs.WARNING, "error"),
        }[line.side]
        text = line.text[:LINE].replace("\n", " ")
        clock = time.strftime("%H:%M:%S", time.localtime(line.at))
        return ui.item(
            text or "(empty)",
            key=str(line.number),
            prefix=ui.icon_before(glyph, color),
            meta=f"{sizes.size(line.size)} · {clock}" if line.side in ("sent", "received") else clock,
            badge=ui.Part(text="binary", color="secondary") if line.binary else None,
            title_color="error" if line.side == "error" else "muted" if line.side == "note" else None,
            selected=line.number == self._chosen,
        )

    def _said(self, side: Literal["sent", "received"], message: str | bytes) -> None:
        binary = isinstance(message, bytes)
        text = base64.b64encode(message).decode("ascii") if isinstance(message, bytes) else message
        size = len(message) if isinstance(message, bytes) else len(message.encode())
        self._bytes[side] += size
        self._count[side] += 1
        self._add(side, text, size, binary=binary)

    def _add(self, side: Side, text: str, size: int, *, binary: bool = False) -> None:
        self._numbers += 1
        self._lines.append(Line(self._numbers, side, text[:WHOLE], size, binary))


def _whole(line: Line) -> Node:
    if line.binary:
        content = base64.b64decode(line.text[: len(line.text) // 4 * 4])
        return ui.scroll(ui.code(hex_dump.of(content[: hex_dump.MOST])), max_height=260)
    try:
        value = json.loads(line.text)
    except (ValueError, RecursionError):
        return ui.scroll(ui.code(line.text), max_height=260)
    if not isinstance(value, dict | list):
        return ui.scroll(ui.code(line.text), max_height=260)
    return ui.column(
        ui.json_tree(value, id="socket-message"),
        ui.row(ui.button("", "Copy", icon=glyphs.COPY, button_type="Text", button_size="Small", copy=line.text)),
        notices.hint("Cut off.") if len(line.text) == WHOLE else None,
        gap=4,
    )


CODES: Final = {
    1000: "normal",
    1001: "going away",
    1002: "protocol error",
    1003: "unsupported data",
    1005: "no code",
    1006: "no goodbye",
    1007: "invalid data",
    1008: "not allowed",
    1009: "too large",
    1010: "extension missing",
    1011: "error of the server",
    1012: "restart",
    1013: "try again later",
    1014: "bad gateway",
    1015: "TLS failed",
}
"""RFC 6455, 7.4.1, and the registry of IANA."""
