"""JSON that plugins return, read without believing it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any


class NotJson(ValueError):
    """Why a text is no JSON that can be used, as part of a sentence."""


def decoded(text: str) -> Any:
    """What a text says; raises NotJson, also for a name that stands twice in one object: nobody knows which counts."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError:
        raise NotJson("it is nested too deeply") from None
    except NotJson:
        raise
    except ValueError as error:
        raise NotJson(f"it is not JSON: {error}") from None


def record_texts(text: str) -> list[str]:
    """The objects of the one member `records`, each as it stands in the text but on one line; raises NotJson.

    Nothing is made of the values, so that numbers keep all of their digits and names that stand twice stay.
    """
    try:
        return _Reader(text).records()
    except RecursionError:
        raise NotJson("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"it is not JSON: {error}") from None


class _Reader:
    """Goes through a text value by value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        # Numbers stay text: Python refuses to make one of 5000 digits, and nobody looks at them here.
        self._value = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse).raw_decode

    def records(self) -> list[str]:
        found: list[str] | None = None
        self._expect("{", "it is not an object")
        if self._next() == "}":
            self._at += 1
        else:
            while True:
                if self._next() != '"':
                    raise NotJson("it is not JSON: a member has no name")
                name = self._skip()
                self._expect(":", "it is not JSON: a member has no value")
                if name != "records":
                    self._blanks()
                    self._skip()
                elif found is not None:
                    raise NotJson("`records` stands in it twice")
                else:
                    found = self._items()
                if self._comma_or("}"):
                    break
        self._blanks()
        if self._at != len(self._text):
            raise NotJson("something follows the end of it")
        if found is None:
            raise NotJson("it has no member `records`")
        return found

    def _items(self) -> list[str]:
        self._expect("[", "`records` is not an array")
        found: list[str] = []
        if self._next() == "]":
            self._at += 1
            return found
        text, value, comma, at = self._text, self._value, _COMMA.match, self._at
        while True:  # a million turns are not rare
            record, end = value(text, at)
            if not isinstance(record, dict):
                raise NotJson(f"record {len(found) + 1} is not an object")
            found.append(_one_line(text[at:end]))
            following = comma(text, end)
            if following is None:
                self._at = end
                self._comma_or("]")
                return found
            at = following.end()

    def _skip(self) -> Any:
        value, self._at = self._value(self._text, self._at)
        return value

    def _comma_or(self, end: str) -> bool:
        """Whether `end` comes next; goes past it, or past the comma."""
        sign = self._next()
        if sign not in (",", end):
            raise NotJson(f"it is not JSON: a comma or {end!r} is missing at character {self._at + 1}")
        self._at += 1
        return sign == end

    def _expect(self, sign: str, otherwise: str) -> None:
        if self._next() != sign:
            raise NotJson(otherwise)
        self._at += 1

    def _next(self) -> str:
        self._blanks()
        return self._text[self._at : self._at + 1]

    def _blanks(self) -> None:
        while self._text[self._at : self._at + 1] in _BLANKS:
            self._at += 1


_BLANKS = frozenset(" \t\r\n")
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")


def _one_line(text: str) -> str:
    """Line ends can only stand between values: within texts JSON has escapes for them."""
    return text.replace("\r", " ").replace("\n", " ")


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJson(f"the name {twice[:100]!r} stands twice in one object")
    return made


def _refuse(name: str) -> Any:
    raise NotJson(f"it is not JSON: {name} is no number")
