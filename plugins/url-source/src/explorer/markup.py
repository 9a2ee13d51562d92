"""XML and HTML over lines. Only spaces between elements are changed, so that what is read is what came."""

import re
from typing import Final

_PIECES: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<![^>]*>|</?[A-Za-z_][^\s/>]*(?:\"[^\"]*\"|'[^']*'|[^'\">])*>|[^<]+|<",
    re.DOTALL,
)
_NAME: Final = re.compile(r"</?([A-Za-z_][^\s/>]*)")
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_AS_IT_IS: Final = frozenset({"pre", "textarea", "script", "style"})
_HTML: Final = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
INDENT: Final = "  "
WIDE: Final = 100
"""Characters that an element and its text may have on one line."""


def laid_out(text: str) -> str:
    """Each element on a line of its own, indented; one that holds nothing but a short text on one line."""
    html = _HTML.match(text) is not None
    pieces = [piece for piece in _PIECES.findall(text) if piece.strip()]
    lines: list[str] = []
    depth = at = 0
    while at < len(pieces):
        piece = pieces[at]
        name = _name(piece)
        if piece.startswith("</"):
            depth = max(0, depth - 1)
            lines.append(INDENT * depth + piece)
        elif name and not _is_closed(piece, name, html):
            end = _end_of(pieces, at, name, html)
            if end is not None:
                lines.append(
                    INDENT * depth + "".join((piece, *(_text(one, name) for one in pieces[at + 1 : end]), pieces[end]))
                )
                at = end
            else:
                lines.append(INDENT * depth + piece)
                depth += 1
        else:
            lines.append(INDENT * depth + piece.strip())
        at += 1
    return "\n".join(lines)


def _name(piece: str) -> str:
    found = _NAME.match(piece)
    return found[1].lower() if found and not piece.startswith("</") else ""


def _is_closed(piece: str, name: str, html: bool) -> bool:
    return piece.endswith("/>") or (html and name in _VOID)


def _end_of(pieces: list[str], at: int, name: str, html: bool) -> int | None:
    """Where an element ends that goes on one line: an empty one, one with a short text, one that is left as it is."""
    if html and name in _AS_IT_IS:
        closing = f"</{name}"
        return next((to for to in range(at + 1, len(pieces)) if pieces[to].lower().startswith(closing)), None)
    for to in (at + 1, at + 2):
        if to < len(pieces) and pieces[to].lower().startswith(f"</{name}"):
            short = to == at + 1 or (not pieces[at + 1].startswith("<") and len("".join(pieces[at : to + 1])) <= WIDE)
            return to if short else None
    return None


def _text(piece: str, name: str) -> str:
    return piece if name in _AS_IT_IS or piece.startswith("<") else piece.strip()
