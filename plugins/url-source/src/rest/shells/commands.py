"""What the readers of command lines give."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Shell = Literal["sh", "cmd", "powershell", "powershell-5.1"]
"""`powershell-5.1` is Windows PowerShell, which hands quotes on only where they are escaped once more."""


@dataclass(slots=True)
class Command:
    """One command of a paste."""

    words: list[str] = field(default_factory=list)
    """Quotes undone. A variable of the shell stands as `{{NAME}}`. Bytes that are no UTF-8 are surrogates (PEP 383)."""
    stdin: str | None = None
    """What a here-document hands it."""
    unknown: list[str] = field(default_factory=list)
    """What only the shell could have known: `$(date)`, file names with stars."""
    variables: list[str] = field(default_factory=list)
    """Variables of the shell that are in its words."""
    line: int = 1
    """Where it begins."""


class Unfinished(ValueError):
    """A quote or bracket is not closed; the message says which, and where it was opened."""


def line_of(text: str, at: int) -> int:
    """The line, from 1, that a place of a text is in."""
    return text.count("\n", 0, at) + 1


def joined(pieces: list[str], plain: Callable[[str], str]) -> str:
    """A word of pieces; those that begin with NUL are variables, and `plain` is done to all others."""
    said: list[str] = []
    written: list[str] = []
    for piece in pieces:
        if piece.startswith("\0{{"):
            written += [plain("".join(said)), piece[1:]]
            said = []
        else:
            said.append(piece)
    return "".join((*written, plain("".join(said))))
