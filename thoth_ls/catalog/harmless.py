"""Texts of plugin authors, made safe to stand among our own words."""

from __future__ import annotations

import unicodedata

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control and formatting characters (colours of terminals, changes of direction, what is not seen), line breaks, and
what no font shows."""
MARKS_IN_A_ROW = 4
"""Accents on one letter; more pile up over the lines above."""


def harmless(text: str, most: int) -> str:
    """`text` as one line of at most `most` characters that shows everything it holds, in the order it holds it."""
    text = text[: 16 * most]
    kept: list[str] = []
    marks = 0
    if text.isascii() and text.isprintable():  # as most are, and long ones take long
        kept, text = [text], ""
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _DROPPED:
            kept.append(" ")
        elif marks <= MARKS_IN_A_ROW:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
