"""Frames to messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from websockets.frames import Opcode

if TYPE_CHECKING:
    from websockets.frames import Frame

MOST_FRAGMENTS: Final = 16_384
"""Of one message."""


class Unreadable(Exception):
    """Frames that make no message; with the code to close with."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Message:
    """Puts the frames of messages together, which follow each other as the protocol has checked."""

    def __init__(self) -> None:
        self._parts = bytearray()
        self._fragments = 0
        self._is_text = False

    def add(self, frame: Frame) -> str | bytes | None:
        """The message this frame completes, None where there is more to come; raises Unreadable."""
        if frame.opcode is not Opcode.CONT:
            if frame.opcode not in (Opcode.TEXT, Opcode.BINARY):
                return None
            self._is_text = frame.opcode is Opcode.TEXT
            self._fragments = 0
        self._fragments += 1
        if self._fragments > MOST_FRAGMENTS:
            raise Unreadable(1009, f"a message came in more than {MOST_FRAGMENTS:,} fragments")
        self._parts += frame.data
        if not frame.fin:
            return None
        whole, self._parts = bytes(self._parts), bytearray()
        if not self._is_text:
            return whole
        try:
            return whole.decode()
        except UnicodeDecodeError:
            raise Unreadable(1007, "a message of text was not UTF-8") from None
