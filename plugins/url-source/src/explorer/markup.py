"""XML and HTML over lines. Only spaces between elements are changed, so that what is read is what came."""

import re
from collections.abc import Iterator
from typing import Final

_TAG: Final = re.compile(r"</?[A-Za-z_][^\s/>'\"<]*+(?:\"[^\"]*+\"|'[^']*+'|[^'\"<>])*+>")
"""Nothing is given back: what looks like a tag is read once, whatever is wrong with it. Pages come from strangers."""
_ENDS: Final = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_NAME: Final = re.compile(r"</?([A-Za-z_][^\s/>]*)")
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_AS_IT_IS: Final = frozenset({"pre", "textarea", "script", "style"})
_HTML: Final = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
INDENT: Final = "  "
WIDE: Final = 100
"""Characters that an element and its text may have on one line."""
DEEPEST: Final = 40
"""Levels that are indented: those below stand beneath each other."""


def laid_out(text: str) -> str:
    """Each element on a line of its own, indented; one that holds nothing but a short text on one line."""
    html = _HTML.match(text) is not None
    pieces = [piece for piece in _pieces(text) if piece.strip()]
    lines: list[str] = []
    endless: set[str] = set()
    depth = at = 0
    while at < len(pieces):
        piece = pieces[at]
        name = _name(piece)
        if piece.startswith("</"):
            depth = max(0, depth - 1)
            lines.append(_indent(depth) + piece)
        elif name and not _is_closed(piece, name, html):
            end = _end_of(pieces, at, name, html, endless)
            if end is not None:
                lines.append(
                    _indent(depth) + "".join((piece, *(_text(one, name) for one in pieces[at + 1 : end]), pieces[end]))
                )
                at = end
            else:
                lines.append(_indent(depth) + piece)
                depth += 1
        else:
            lines.append(_indent(depth) + piece.strip())
        at += 1
    return "\n".join(lines)


def _pieces(text: str) -> Iterator[str]:
    """Tags, comments and the like, and the texts between them; a sign that begins nothing stands alone."""
    endless: set[str] = set()
    at = 0
    while at < len(text):
        end = _tag_end(text, at, endless) if text[at] == "<" else text.find("<", at)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end


def _tag_end(text: str, at: int, endless: set[str]) -> int:
    """`endless` gets the ends that come nowhere any more, so that each is looked for in vain once."""
    for begins, ends in _ENDS:
        if text.startswith(begins, at) and ends not in endless:
            found = text.find(ends, at + len(begins))
            if found >= 0:
                return found + len(ends)
            endless.add(ends)
    tag = _TAG.match(text, at)
    return tag.end() if tag else at + 1


def _indent(depth: int) -> str:
    return INDENT * min(depth, DEEPEST)


def _name(piece: str) -> str:
    found = _NAME.match(piece)
    return found[1].lower() if found and not piece.startswith("</") else ""


def _is_closed(piece: str, name: str, html: bool) -> bool:
    return piece.endswith("/>") or (html and name in _VOID)


def _end_of(pieces: list[str], at: int, name: str, html: bool, endless: set[str]) -> int | None:
    """Where an element ends that goes on one line: an empty one, one with a short text, one that is left as it is.

    `endless` gets the names of those that end nowhere, so that each is looked for in vain once.
    """
    if html and name in _AS_IT_IS:
        if name in endless:
            return None
        closing = f"</{name}"
        end = next((to for to in range(at + 1, len(pieces)) if pieces[to].lower().startswith(closing)), None)
        if end is None:
            endless.add(name)
        return end
    for to in (at + 1, at + 2):
        if to < len(pieces) and pieces[to].lower().startswith(f"</{name}"):
            short = to == at + 1 or (not pieces[at + 1].startswith("<") and len("".join(pieces[at : to + 1])) <= WIDE)
            return to if short else None
    return None


def _text(piece: str, name: str) -> str:
    return piece if name in _AS_IT_IS or piece.startswith("<") else piece.strip()
