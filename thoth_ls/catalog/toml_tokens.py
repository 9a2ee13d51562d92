"""Words of TOML, and places in a text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

Path = tuple[str | int, ...]
"""Keys and places in lists from the top, for instance ("file-loader", 0, "encodings")."""

Kind = Literal["key", "value", "header", "list header", "nothing"]
"""What can stand at a place."""
BLANK = re.compile(r"[ \t]*")
LINE = re.compile(r"[^\n]*\n?")
BARE = re.compile(r"[A-Za-z0-9_-]+")
SCALAR = re.compile(r"[^\s,\]}#\"']+(?: [0-9][^\s,\]}#]*)?")
STRINGS = (
    ('"""', re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL)),
    ("'''", re.compile(r"'''(?:[^']|'(?!''))*'{3,5}", re.DOTALL)),
    ('"', re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')),
    ("'", re.compile(r"'[^'\n]*'")),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text, by indices of characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Here:
    """What the end of a text is in the middle of."""

    kind: Kind
    table: Path
    """The table whose key or value it is, or whose header the text has begun."""
    path: Path
    """Of a value its own, else that of the table."""
    start: int
    """Where the word begins that ends here."""


def unquoted(text: str) -> str:
    """What a string with its quotes stands for."""
    if text.startswith("'"):
        return text.strip("'")
    try:
        return str(json.loads(text))
    except ValueError:
        return text.strip('"')
