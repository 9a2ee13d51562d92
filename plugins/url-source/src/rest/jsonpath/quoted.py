"""Texts in quotes within a query."""

import re
from typing import Final

_ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "/": "/", "\\": "\\"}
_UNICODE: Final = re.compile("u([0-9A-Fa-f]{4})")
_LOW: Final = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")


class BadPath(ValueError):
    """A text is no JSONPath; the message says where and why."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(f"at character {at + 1}: {why}")


def quoted(text: str, at: int, quote: str) -> tuple[str, int]:
    """The text that begins at `at`, behind its quote, and where what follows it begins; raises BadPath."""
    said: list[str] = []
    while True:
        sign = text[at : at + 1]
        if not sign:
            raise BadPath(at, f"the quote {quote} is not closed")
        if sign < " " or "\ud800" <= sign <= "\udfff":
            raise BadPath(at, "a control character stands in a text: write it as an escape")
        if sign == quote:
            return "".join(said), at + 1
        if sign == "\\":
            sign, at = _escaped(text, at + 1, quote)
            said.append(sign)
        else:
            said.append(sign)
            at += 1


def _escaped(text: str, at: int, quote: str) -> tuple[str, int]:
    """What an escape stands for, and where what follows it begins."""
    sign = text[at : at + 1]
    if sign and (sign == quote or sign in _ESCAPES):
        return _ESCAPES.get(sign, sign), at + 1
    first = _UNICODE.match(text, at)
    if first is None:
        raise BadPath(at, "a backslash is followed by what it does not go with")
    code, at = int(first[1], 16), first.end()
    if 0xD800 <= code < 0xDC00 and (low := _LOW.match(text, at)):
        return chr(0x10000 + ((code - 0xD800) << 10) + (int(low[1], 16) - 0xDC00)), low.end()
    if 0xD800 <= code < 0xE000:
        raise BadPath(at, "half of a surrogate pair stands alone")
    return chr(code), at
