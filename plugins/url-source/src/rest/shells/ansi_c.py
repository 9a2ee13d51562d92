r"""Texts in `$'…'`, with escapes as C has them."""

import re
from typing import Final

from rest.shells.commands import Unfinished, line_of

_LETTERS: Final = {
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "E": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "?": "?",
}
_ESCAPE: Final = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(.)|(.))", re.DOTALL
)


def ansi_c(text: str, start: int) -> tuple[str, int]:
    """The text that begins at `start`, behind its quote, and where what follows it begins; raises Unfinished.

    Bytes that make no UTF-8 are surrogates (PEP 383).
    """
    written = bytearray()
    at = start
    while True:
        if at >= len(text):
            raise Unfinished(f"the quote $' in line {line_of(text, start - 1)} is not closed")
        sign = text[at]
        if sign == "'":
            said, _, _ = written.partition(b"\0")  # where a text ends for shells
            return said.decode("utf-8", "surrogateescape"), at + 1
        found = _ESCAPE.match(text, at) if sign == "\\" else None
        if found is None:
            written += sign.encode("utf-8", "surrogateescape" if "\udc80" <= sign <= "\udcff" else "replace")
            at += 1
        else:
            written += _escaped(found)
            at = found.end()


def _escaped(found: re.Match[str]) -> bytes:
    octal, byte, short, long, control, letter = found.groups()
    if octal is not None or byte is not None:
        return bytes([int(octal, 8) & 0xFF if octal is not None else int(byte, 16)])
    if short is not None or long is not None:
        number = int(short or long, 16)
        return chr(number).encode("utf-8", "replace") if number < 0x110000 else b"\xef\xbf\xbd"
    if control is not None:
        return bytes([ord(control[0]) & 0x1F]) if control.isascii() else control.encode()
    return _LETTERS.get(letter, f"\\{letter}").encode("utf-8", "replace")
