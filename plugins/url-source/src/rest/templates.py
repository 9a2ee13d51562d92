r"""Where a text has variables: `{{name}}`, `{{name|in its absence}}`, `{{$dynamic 1 10}}`.

Defaults and names may hold variables themselves (`{{host|{{fallback}}}}`, `{{url_{{stage}}}}`). What does not read like
one of these is text like any other, so JSON needs no care. `\{{` stands for two braces that begin no variable.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 4096
"""Characters between the braces; what is longer is text."""
DEEPEST: Final = 8
"""Variables within names and defaults of others; deeper ones are text."""
_NAME: Final = re.compile(r"\s*(\$?[^\W\d][\w.-]*)(?:\s+([^|]*?))?\s*")
_BRACES: Final = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Token:
    """One variable in a text."""

    text: str
    """As it stands, with its braces."""
    name: str
    """With the `$` of a dynamic one; may hold tokens."""
    arguments: str = ""
    """What follows the name of a dynamic one."""
    default: str | None = None


def scan(text: str) -> Iterator[str | Token]:
    """The text in pieces: what is written as it stands, and variables."""
    kept: list[str] = []
    at = closing = 0
    while (found := text.find("{{", at)) >= 0:
        if closing < found + 2:
            closing = text.find("}}", found + 2)
            if closing < 0:
                closing = len(text) + LONGEST
        if text[found - 1 : found] == "\\" and found > at:
            kept.append(f"{text[at : found - 1]}{{{{")
            at = found + 2
            continue
        kept.append(text[at:found])
        token = token_at(text, found) if closing < found + LONGEST else None
        if token is None:
            kept.append("{")
            at = found + 1
            continue
        if said := "".join(kept):
            yield said
        kept.clear()
        yield token
        at = found + len(token.text)
    if said := "".join((*kept, text[at:])):
        yield said


def names(text: str) -> set[str]:
    """The variables a text asks for, those in defaults too."""
    asked: set[str] = set()
    for piece in scan(text):
        if isinstance(piece, Token):
            asked |= names(piece.name) if "{{" in piece.name else {piece.name}
            asked |= names(piece.default or "")
    return asked


def is_only_variables(text: str) -> bool:
    """Whether nothing in a text is written out, so that it can hold no secret itself: `{{token}}`."""
    return all(isinstance(piece, Token) and piece.default is None for piece in scan(text))


def blanked(text: str) -> str:
    """The text with every variable replaced by as many digits, for what checks it before anything is known."""
    return "".join(piece if isinstance(piece, str) else "1" * len(piece.text) for piece in scan(text))


def literal(text: str) -> str:
    """A text that says exactly this, whatever braces are in it."""
    written: list[str] = []
    at = 0
    while (found := text.find("{{", at)) >= 0:
        taken = token_at(text, found) is not None or text[found - 1 : found] == "\\"
        written.append(text[at:found] + ("\\{{" if taken else "{"))
        at = found + (2 if taken else 1)
    return "".join((*written, text[at:]))


def token_at(text: str, start: int) -> Token | None:
    """The variable whose braces begin at `start`; None where none does."""
    depth, bar = 0, -1
    if text.find("}}", start + 2, start + LONGEST) < 0:
        return None
    for found in _BRACES.finditer(text, start, start + LONGEST):
        if depth == 1 and bar < 0:
            bar = text.find("|", max(start + 2, _after(text, start, found.start())), found.start())
        depth += 1 if found[0] == "{{" else -1
        if depth > DEEPEST:
            return None
        if depth == 0:
            return _token(text[start : found.end()], bar - start if bar >= 0 else -1)
    return None


def _after(text: str, start: int, end: int) -> int:
    """Where the part of the outermost variable that ends at `end` begins: behind the last inner one."""
    inner = text.rfind("}}", start + 2, end)
    return inner + 2 if inner >= 0 else start + 2


def _token(text: str, bar: int) -> Token | None:
    head, default = (text[2:bar], text[bar + 1 : -2]) if bar >= 0 else (text[2:-2], None)
    if "{{" in head:
        return Token(text, head.strip(), "", default)
    found = _NAME.fullmatch(head)
    if found is None or (found[2] and not found[1].startswith("$")):
        return None
    return Token(text, found[1], found[2] or "", default)
