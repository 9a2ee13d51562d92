"""Decoded JSON that has lost nothing: numbers keep their text, objects the members of the same name.

A value is a `str`, a `Number`, a `bool`, None, a list, `Members`, or a `Cut` where only its beginning is at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from thoth_ls.wire.cells import Kind

Value = Any
PREVIEW_CHARACTERS = 120
CUT_MARK = "…"
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})


class Number(str):
    """A number as it was written: `1.10`, not `1.1`."""

    __slots__ = ()


class Members(list[tuple[str, Value]]):
    """The members of an object, in order, those of the same name as well."""

    __slots__ = ()

    def first(self) -> dict[str, Value]:
        """The members by name, of several with the same name the first."""
        found: dict[str, Value] = {}
        for name, value in self:
            found.setdefault(name, value)
        return found


_DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=Members)


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a long value."""

    text: str
    size: int
    """Length of the whole in bytes of UTF-8."""
    kind: Kind
    count: int | None
    """Children of an object or array, None where that is not known."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value and the way to it."""

    value: Value
    index: int
    key: str | None
    duplicate: bool
    positions: list[int]
    keys: list[str | int]


def decode(text: str) -> Value:
    """What JSON text says; raises ValueError or RecursionError. `NaN` and the like are numbers that are not valid."""
    return _DECODER.decode(text)


def kind_of(value: Value) -> Kind:
    """The kind of a value."""
    match value:
        case Cut():
            return value.kind
        case Number():
            return "invalid" if value in _NO_NUMBERS else "number"
        case str():
            return "string"
        case bool():
            return "boolean"
        case None:
            return "null"
        case Members():
            return "object"
        case _:
            return "array"


def count_of(value: Value) -> int | None:
    """How many children a value has, None for one that has none or where that is not known."""
    match value:
        case Cut():
            return value.count
        case list():
            return len(value)
        case _:
            return None


def quoted(text: str) -> str:
    """A string as JSON text; lone surrogates, which no encoding has, are escaped."""
    return portable(json.dumps(text, ensure_ascii=False))


def portable(text: str) -> str:
    """JSON text in which lone surrogates are escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def encode(value: Value) -> str:
    """A value as compact JSON text, its numbers as they were written."""
    return "".join(_pieces(value))


def size_of(value: Value) -> int:
    """Length of the JSON text of a value in bytes of UTF-8."""
    if isinstance(value, Cut):
        return value.size
    return sum(len(piece) if piece.isascii() else len(piece.encode("utf-8")) for piece in _pieces(value))


def preview(value: Value) -> str:
    """What to show of a value in a line of a tree."""
    match value:
        case Cut():
            text = value.text[: PREVIEW_CHARACTERS - 1] + CUT_MARK
        case str():
            text = value
        case _:
            text = ""
            for piece in _pieces(value):
                text += piece
                if len(text) > PREVIEW_CHARACTERS:
                    break
    return text if len(text) <= PREVIEW_CHARACTERS else text[: PREVIEW_CHARACTERS - 1] + CUT_MARK


def place(value: Value, path: Sequence[str | int]) -> Place:
    """The value that `path` leads to; raises LookupError with a sentence that says where it leads nowhere."""
    found = Place(value, 0, None, False, [], [])
    for step in path:
        index, key = _step(found, step)
        children = found.value
        is_object = isinstance(children, Members)
        found = Place(
            children[index][1] if is_object else children[index],
            index,
            key,
            is_object and any(children[earlier][0] == key for earlier in range(index)),
            [*found.positions, index],
            [*found.keys, index if key is None else key],
        )
    return found


def _step(at: Place, step: str | int) -> tuple[int, str | None]:
    value = at.value
    where = f"the value at {json.dumps(at.keys, ensure_ascii=False)}" if at.keys else "the record"
    if not isinstance(value, list):
        raise LookupError(f"{where} has no children: its kind is {kind_of(value)}")
    if isinstance(step, str):
        if not isinstance(value, Members):
            raise LookupError(f"{where} is an array, which has no member {step[:100]!r}")
        for index, (name, _) in enumerate(value):
            if name == step:
                return index, name
        raise LookupError(f"{where} has no member {step[:100]!r}")
    if step >= len(value):
        raise LookupError(f"{where} has {len(value)} children, none at position {step}")
    return step, value[step][0] if isinstance(value, Members) else None


class _Inner:
    """A value inside another, which is to be written next."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value


def _pieces(value: Value) -> Iterator[str]:
    """The JSON text of a value bit by bit; keeps its own stack, for values may nest as deep as Python's."""
    stack = [_own(value)]
    while stack:
        for part in stack[-1]:
            if isinstance(part, _Inner):
                stack.append(_own(part.value))
                break
            yield part
        else:
            stack.pop()


def _own(value: Value) -> Iterator[str | _Inner]:
    match value:
        case Members():
            for index, (name, inner) in enumerate(value):
                yield ("," if index else "{") + quoted(name) + ":"
                yield _Inner(inner)
            yield "}" if value else "{}"
        case list():
            for index, inner in enumerate(value):
                yield "," if index else "["
                yield _Inner(inner)
            yield "]" if value else "[]"
        case Number():
            yield str(value)
        case Cut():
            yield quoted(value.text + CUT_MARK)
        case _:
            yield quoted(value) if isinstance(value, str) else json.dumps(value)
