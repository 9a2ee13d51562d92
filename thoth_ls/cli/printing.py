"""Text of files and plugins, as a terminal can show it."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """A text in one line that a terminal shows as it is."""
    return "".join("↵" if char == "\n" else "�" if unicodedata.category(char)[0] == "C" else char for char in text)


def one_line(text: str) -> str:
    """Words of a person or an author, whose blanks and line ends mean nothing."""
    return printable(" ".join(text.split()))
