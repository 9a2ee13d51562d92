"""JSON values for comparing: numbers as exact as they are written, of two members of one name the first."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

LONGEST_INTEGER = 4_000
"""Digits from which on Python refuses to make an `int` of them."""


def parse(text: str) -> Any:
    """What JSON text says, in dicts, lists, texts, `int`, `Decimal`, booleans and None.

    Raises ValueError where it is no JSON and RecursionError where it is nested too deeply for Python.
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_members)
    except (ValueError, InvalidOperation):  # no JSON, or a number that is beyond the usual
        return json.loads(
            text, parse_float=number, parse_int=number, parse_constant=_refuse, object_pairs_hook=_members
        )


def number(text: str) -> Any:
    """A number as it is written in JSON; one that is beyond all means is infinite, or 0."""
    if len(text) < LONGEST_INTEGER and text.removeprefix("-").isdigit():
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return float(text)


def equal(left: Any, right: Any) -> bool:
    """Whether two values are the same in JSON, where `true` is not 1 and members have no order."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict):
        if not isinstance(right, dict) or left.keys() != right.keys():
            return False
        return all(equal(value, right[name]) for name, value in left.items())
    return bool(left == right)


def less(left: Any, right: Any) -> bool:
    """Whether `left` comes before `right`: numbers by their value, texts by their code points, else never."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    numbers = (int, Decimal, float)
    return isinstance(left, numbers) and isinstance(right, numbers) and left < right


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found.clear()
        for name, value in pairs:
            found.setdefault(name, value)
    return found


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
