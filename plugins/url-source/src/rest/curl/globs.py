"""URLs that stand for several: `{a,b}` and `[1-3]`."""

import itertools
import re
from typing import Final

from rest.templates import Token
from rest.urls import scan_raw

MOST_URLS: Final = 100
SIGNS: Final = frozenset("{}[]")
_NUMBERS: Final = re.compile(r"\[(\d+)-(\d+)(?::(\d+))?\]")
_LETTERS: Final = re.compile(r"\[([a-z])-([a-z])(?::(\d+))?\]|\[([A-Z])-([A-Z])(?::(\d+))?\]")
_ADDRESS: Final = re.compile(r"\[[0-9A-Fa-f:.%]*:[0-9A-Za-z:.%]*\]")


class BadGlob(ValueError):
    """Brackets or braces that curl would not take; the message says why."""


def expanded(url: str) -> list[str]:
    """The URLs one stands for, in curl's order; those braces that hold a variable of ours stay. Raises BadGlob."""
    choices: list[list[str]] = []
    for piece in scan_raw(url):
        if isinstance(piece, Token):
            choices.append([piece.text])
        else:
            choices += _choices(piece)
    count = 1
    for choice in choices:
        count *= len(choice)
        if count > MOST_URLS:
            raise BadGlob(f"it stands for more than {MOST_URLS} addresses")
    return ["".join(parts) for parts in itertools.product(*choices)]


def _choices(text: str) -> list[list[str]]:
    found: list[list[str]] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] in tuple("{}[]"):
            found.append([text[at + 1]])
            at += 2
        elif sign == "{":
            end = text.find("}", at)
            if end < 0:
                raise BadGlob("a brace { is not closed")
            found.append(text[at + 1 : end].split(","))
            at = end + 1
        elif sign == "[":
            choice, at = _range(text, at)
            found.append(choice)
        elif sign in "}]":
            raise BadGlob(f"a {sign} closes nothing")
        else:
            found.append([sign])
            at += 1
    return found


def _range(text: str, at: int) -> tuple[list[str], int]:
    if address := _ADDRESS.match(text, at):
        return [address[0]], address.end()
    if found := _NUMBERS.match(text, at):
        first, last, step = int(found[1]), int(found[2]), int(found[3] or 1)
        width = len(found[1]) if found[1].startswith("0") else 0
        numbers = range(first, last + 1, step) if step else range(0)
        if not 0 < len(numbers) <= MOST_URLS:
            raise BadGlob(f"the range {found[0]} has no members, or more than {MOST_URLS}")
        return [f"{number:0{width}d}" for number in numbers], found.end()
    if found := _LETTERS.match(text, at):
        first_letter, last_letter, step = found[1] or found[4], found[2] or found[5], int(found[3] or found[6] or 1)
        letters = range(ord(first_letter), ord(last_letter) + 1, step) if step else range(0)
        if not letters:
            raise BadGlob(f"the range {found[0]} has no members")
        return [chr(letter) for letter in letters], found.end()
    if text.startswith("[]", at):
        return ["[]"], at + 2
    raise BadGlob("a bracket [ begins no range")
