"""JSON laid out over lines, every number and text as it was written."""

import re
from typing import Final

from rest import json_check, templates

INDENT: Final = "  "
_PIECES: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\{\{.*?\}\}|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def laid_out(text: str) -> str | None:
    """The text over lines; None where it is no JSON (variables count as values)."""
    if not text.strip() or json_check.check_template(text) is not None:
        return None
    lines: list[str] = []
    line, depth = "", 0
    pieces = _pieces(text)
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece in ("{", "["):
            if following in ("}", "]"):
                line += piece
                continue
            lines.append(line + piece)
            depth += 1
            line = INDENT * depth
        elif piece in ("}", "]"):
            if pieces[at - 1] in ("{", "["):
                line += piece
                continue
            depth -= 1
            lines.append(line)
            line = INDENT * depth + piece
        elif piece == ",":
            lines.append(line + piece)
            line = INDENT * depth
        elif piece == ":":
            line += ": "
        else:
            line += piece
    lines.append(line)
    return "\n".join(lines)


def _pieces(text: str) -> list[str]:
    """Signs, texts, values and variables, in order."""
    found: list[str] = []
    for piece in templates.scan(text):
        if isinstance(piece, templates.Token):
            found.append(piece.text)
        else:
            found.extend(_PIECES.findall(piece))
    return found
