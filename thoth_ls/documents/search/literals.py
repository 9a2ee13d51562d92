"""Texts that have to be in whatever a regular expression matches: what lets a plugin leave out the rest unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

_GROUP_FLAGS = re.compile(r"\(\?(?:#|\(|[&R0-9]|P[>=]|[A-Za-z-]+[):])")
"""Comments, conditions, calls and flags: they change how the rest is to be read, or what is in it."""
_FUZZY = re.compile(r"\{(?!\d+(?:,\d*)?\}|,\d+\})")
_COUNT = re.compile(r"\{(?:(\d+)(?:,\d*)?|,\d+)\}")
_CLASSES = frozenset("dDwWsSbBAZ")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "a": "\a"}
_LAST_CASED = 0x1E943


def literals(pattern: str) -> tuple[str, ...] | None:
    """Texts one of which is in every match, None where none can be told.

    Reads the outermost level only, and gives up at everything it is not sure of: missing a text costs time, a wrong one
    would cost hits.
    """
    if _GROUP_FLAGS.search(pattern) or _FUZZY.search(pattern) or "[:" in pattern or "[[" in pattern:
        return None
    try:
        branches = [_longest(branch) for branch in _branches(pattern)]
    except ValueError:
        return None
    return tuple(branches) if all(branches) else None


def fold(text: str) -> list[list[str]]:
    """For each character of a literal those that an expression without regard to case accepts there."""
    return [_same(char) for char in text]


@lru_cache(maxsize=4_096)
def _same(char: str) -> list[str]:
    return [char, *(other for other in regex.findall(regex.escape(char), _cased(), regex.IGNORECASE) if other != char)]


@lru_cache(maxsize=1)
def _cased() -> str:
    return "".join(char for char in map(chr, range(_LAST_CASED + 1)) if char.lower() != char or char.upper() != char)


def _longest(items: Sequence[str | None]) -> str:
    """The longest run of characters that follow each other."""
    runs = [""]
    for item in items:
        if item is None:
            runs.append("")
        else:
            runs[-1] += item
    return max(runs, key=len)


def _branches(pattern: str) -> list[list[str | None]]:
    """The alternatives of a pattern as characters that must be there; None stands for anything else."""
    branches: list[list[str | None]] = [[]]
    for item, count in _items(pattern):
        if item == "|" and count is None:
            branches.append([])
        elif count == 1:
            branches[-1].append(item)
        else:
            branches[-1] += [None] if not item or not count else [item, None]
    return branches


def _items(pattern: str) -> Iterator[tuple[str, int | None]]:
    """Each item as the character it is ("" for what is none) and how often it must be there; None for a `|`."""
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "|":
            yield "|", None
            at += 1
            continue
        text, at = _item(pattern, at)
        least, at = _least(pattern, at)
        yield text, (least if text else 0)


def _item(pattern: str, at: int) -> tuple[str, int]:
    """The character that stands at `at`, "" for what is no character, and where the next item begins."""
    char = pattern[at]
    match char:
        case "(":
            return "", _behind_group(pattern, at)
        case "[":
            return "", _behind_set(pattern, at)
        case "\\":
            return _escaped(pattern[at + 1 : at + 2]), at + 2
        case "." | "^" | "$":
            return "", at + 1
        case "*" | "+" | "?" | ")":
            raise ValueError(char)
        case _:
            return char, at + 1


def _escaped(char: str) -> str:
    if char in _CLASSES:
        return ""
    if char in _CONTROLS:
        return _CONTROLS[char]
    if not char or char.isalnum():
        raise ValueError(char)
    return char


def _least(pattern: str, at: int) -> tuple[int, int]:
    """How often the item before `at` must be there, and where its quantifier ends."""
    quantifier = pattern[at : at + 1]
    count = _COUNT.match(pattern, at)
    if count is not None:
        least, at = int(count[1] or 0), count.end()
    elif quantifier and quantifier in "*+?":
        least, at = int(quantifier == "+"), at + 1
    else:
        return 1, at
    if pattern[at : at + 1] in ("?", "+"):
        at += 1
    return (2 if least else 0), at


def _behind_set(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1 : at + 2] == "^" else 1
    first = at
    while pattern[at : at + 1] != "]" or at == first:
        if at >= len(pattern):
            raise ValueError("[")
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _behind_group(pattern: str, at: int) -> int:
    depth = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "[":
            at = _behind_set(pattern, at)
            continue
        depth += (char == "(") - (char == ")")
        at += 2 if char == "\\" else 1
        if depth == 0:
            return at
    raise ValueError("(")
