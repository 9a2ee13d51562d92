"""Files of well-formed JSON in every form, made so that the places where things go wrong fall on every alignment, and
what a reader should find in them by Python's own parser."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

FORMS = ("document", "array", "lines", "concatenated")
PIECES = (
    *("abc", "Straße", "zwölf", "中文", "😀", "x y", "The quick brown fox", "{[,:]}", "//", "'", "0"),
    *('\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e9", "\\u0041", "\\u4e2d"),
    *("\\ud83d\\ude00", "\\ud800", "\\udc00", "\\u2028", "\x7f"),
)
"""What strings are made of, as it stands in a file. Lone surrogates are in lower case."""
NUMBERS = (*("0", "-0", "1", "-17", "3.25", "1e400", "-0.0", "2E+3", "1E-7"), "1234567890" * 3, "0.1" + "0" * 60)
WORDS = ("true", "false", "null")
SPACES = {"tight": ("",), "wide": (" ", "", "  "), "wild": (" ", "", "\n", "\t", "\r\n  ")}


class Number(str):
    """A number as it stands in the file."""

    __slots__ = ()


class Object(list[tuple[str, Any]]):
    """The members of an object, those of the same name too."""


@dataclass(frozen=True)
class Node:
    """One value of a record."""

    record: int
    path: tuple[int, ...]
    key: str | None
    value: Any

    @property
    def kind(self) -> str:
        """In the words of the contract."""
        return kind_of(self.value)

    @property
    def text(self) -> str:
        """What a name or value that has no children says."""
        return said(self.value) if isinstance(self.value, str) else json.dumps(self.value)


@dataclass(frozen=True)
class Sample:
    """A file and its form."""

    seed: int
    form: str
    texts: tuple[str, ...] = field(repr=False)
    """The records as they stand in the file."""
    data: bytes = field(repr=False)

    @property
    def options(self) -> dict[str, str]:
        """How the plugin is to read it."""
        return {"format": self.form}

    @cached_property
    def values(self) -> list[Any]:
        """The records by Python's parser."""
        return [parse(text) for text in self.texts]

    @cached_property
    def nodes(self) -> list[Node]:
        """Every value of every record, in file order."""
        return [node for record, value in enumerate(self.values) for node in walk(record, (), None, value)]


def parse(text: str) -> Any:
    """A value with the names that occur twice and the digits of its numbers."""
    return json.loads(text, object_pairs_hook=Object, parse_int=Number, parse_float=Number)


def walk(record: int, path: tuple[int, ...], key: str | None, value: Any) -> Iterator[Node]:
    """A value and all below it."""
    yield Node(record, path, key, value)
    for index, (name, child) in enumerate(children_of(value)):
        yield from walk(record, (*path, index), name, child)


def children_of(value: Any) -> list[tuple[str | None, Any]]:
    """Names (in an array: none) and values."""
    if isinstance(value, Object):
        return list(value)
    return [(None, child) for child in value] if isinstance(value, list) else []


def kind_of(value: Any) -> str:
    """In the words of the contract."""
    if isinstance(value, Object):
        return "object"
    kinds = {list: "array", Number: "number", str: "string", bool: "boolean", type(None): "null"}
    return kinds[type(value)]


def said(text: str) -> str:
    """What a string says, as the plugin shows it: lone surrogates as the escapes they are in the file."""
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half.group()):04x}", text)


def make(seed: int) -> Sample:
    """The sample of that number, always the same."""
    rng = random.Random(seed)
    form = rng.choice(FORMS)
    size = rng.choice((0, 1, 50, 300, 3_000, 66_000, 140_000, 300_000))
    spaces = SPACES[rng.choice(("tight", "wide") if form == "lines" else ("tight", "wide", "wild"))]
    texts, length = [], 0
    if form == "document":
        texts.append(_value(rng, spaces, size, 6))
    while length < size and form != "document":
        texts.append(_value(rng, spaces, min(size, rng.choice((1, 30, 200, 200, 2_000, 80_000))), 6))
        length += len(texts[-1])
    return Sample(seed, form, tuple(texts), _joined(rng, form, texts, spaces).encode())


def _joined(rng: random.Random, form: str, texts: list[str], spaces: tuple[str, ...]) -> str:
    if form == "array":
        return "[" + ",".join(rng.choice(spaces) + text + rng.choice(spaces) for text in texts) + "]"
    if form == "lines":
        return rng.choice(("\n", "\r\n")).join(texts) + rng.choice(("", "\n"))
    return "".join(text + rng.choice(("\n", " ", "\n\n")) for text in texts)


def _value(rng: random.Random, spaces: tuple[str, ...], size: int, depth: int) -> str:
    """A value of about that many characters."""
    if size < 12 or depth == 0 or rng.random() < 0.05:
        return rng.choice((_string(rng), rng.choice(NUMBERS), rng.choice(WORDS), "{}", "[]"))
    items: list[str] = []
    length, names = 0, [_string(rng, 3) for _ in range(5)]
    is_object = rng.random() < 0.6
    share = rng.choice((10, 40, max(10, size // 3), size))
    while length < size and (length == 0 or rng.random() < 0.98 or size > 60_000):
        item = _value(rng, spaces, min(share, size - length), depth - 1)
        if is_object:
            name = rng.choice((*names, '"id"', '"name"', f'"n{len(items)}"'))
            item = name + rng.choice(spaces) + ":" + rng.choice(spaces) + item
        items.append(rng.choice(spaces) + item + rng.choice(spaces))
        length += len(items[-1]) + 1
    return ("{%s}" if is_object else "[%s]") % ",".join(items)


def _string(rng: random.Random, most: int = 6) -> str:
    text = "".join(rng.choice(PIECES) for _ in range(rng.randrange(most)))
    if rng.random() < 0.002:
        text += rng.choice(("ab", "é", "\\n", "x\\u00e9")) * rng.choice((600, 5_000, 40_000))
    return f'"{text}"'


SAMPLES = st.integers(0, 2**32).map(make)
