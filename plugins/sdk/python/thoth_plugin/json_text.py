"""JSON as it crosses the border to the host: as short as can be, and always text that UTF-8 can hold."""

from __future__ import annotations

import json
import re
from typing import Any, Final

DEEPEST: Final = 1000
"""Levels of values in each other that are read. Python counts none of them; a guest's stack holds twice as many."""
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_PIECE: Final = 512
_HALF = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def check_depth(text: str) -> None:
    """Raises JSONDecodeError where JSON is nested so deeply that reading it would end the instance."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    bare = _STRINGS.sub("", text)
    depth = 0
    for start in range(0, len(bare), _PIECE):
        piece = bare[start : start + _PIECE]
        opened = piece.count("[") + piece.count("{")
        if depth + opened > DEEPEST:
            deepest = depth
            for sign in piece:
                deepest += (sign in "[{") - (sign in "]}")
                if deepest > DEEPEST:
                    raise json.JSONDecodeError(f"more than {DEEPEST} levels", text, 0)
        depth += opened - piece.count("]") - piece.count("}")


def guard_reading() -> None:
    """Has everything that reads JSON in this interpreter look at its depth first; called once, in a component."""
    read = json.JSONDecoder.raw_decode

    def raw_decode(self: json.JSONDecoder, s: str, idx: int = 0) -> tuple[Any, int]:
        check_depth(s)
        return read(self, s, idx)

    json.JSONDecoder.raw_decode = raw_decode  # type: ignore[method-assign]


def dumps(value: Any) -> str:
    """`value` as JSON; raises TypeError or ValueError where it cannot be written.

    Half a character, which JSON can hold and texts of the contract cannot, is written as its escape.
    """
    text = _encode(value)
    return text if is_whole(text) else _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def is_whole(text: str) -> bool:
    """Whether UTF-8 can hold a text: there is no half character in it."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
