"""What is valid is what two other parsers take, wherever in a block of 64 bytes it stands."""

import json
import random

import orjson
import pytest

from . import corpus, reference
from .conftest import JsonPlugin

CASES = list(corpus.cases())


def taken_by_orjson(data: bytes) -> bool:
    """Whether orjson takes the text."""
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True


def verdict(json_plugin: JsonPlugin, data: bytes) -> bool:
    """Whether the plugin finds nothing wrong with a document."""
    return json_plugin.open(data, {"format": "document"}).read_on().problems()[1] == 0


def test_the_two_parsers_agree_but_for_the_exceptions_named() -> None:
    """The corpus has an opinion on everything it holds."""
    disputed = {name for name, data in CASES if taken_by_orjson(data) != reference.is_json(data)}
    assert {name for name in disputed if not name.startswith(tuple(corpus.EXCEPTIONS))} == set()
    assert len(CASES) > 500


def test_every_case_is_judged_as_pythons_parser_does(json_plugin: JsonPlugin) -> None:
    """Valid and invalid, each by itself."""
    wrong = [name for name, data in CASES if verdict(json_plugin, data) != reference.is_json(data)]
    assert wrong == []


@pytest.mark.parametrize("shift", [0, 1, 13, 40, 57, 58, 59, 60, 61, 62, 63])
def test_every_case_is_judged_the_same_wherever_in_a_block_it_stands(json_plugin: JsonPlugin, shift: int) -> None:
    """All cases, each on a line of its own, so that they fall on every place of a block."""
    usable = [(name, data) for name, data in CASES if b"\n" not in data and b"\r" not in data]
    parts = [b" " * ((shift + line) % 64) + data + b" " * 70 for line, (_, data) in enumerate(usable)]
    wanted = {line for line, (_, data) in enumerate(usable) if not reference.is_json(data)}
    opened = json_plugin.open(b"\n".join(parts), {"format": "lines"}).read_on()
    problems, _ = opened.problems()
    found = {problem.line for problem in problems}
    names = {number: name for number, (name, _) in enumerate(usable)}
    assert {names[number] for number in found ^ wanted} == set()
    assert opened.progress.records == len(usable)


def test_every_case_is_handed_out_as_it_is_if_it_is_valid_and_else_as_a_string(json_plugin: JsonPlugin) -> None:
    """As the record it is the only value of."""
    wrong = []
    for name, data in CASES:
        records = json_plugin.open(data, {"format": "document"}).read_on().call("file-loader", "get-range", 0, 2)
        valid = reference.is_json(data)
        as_it_is = records == [data.decode("utf-8", "replace").strip(" \t\r\n")]
        said = [isinstance(json.loads(record), str) for record in records]
        if (valid and not as_it_is) or (not valid and said != [True] and as_it_is):
            wrong.append(name)
    assert wrong == []


def winding(rng: random.Random, low: int, high: int, steps: int) -> str:
    """A document whose depth goes up and down between two levels, objects and arrays in any order."""
    open_: list[str] = []
    parts: list[str] = []
    for _ in range(steps):
        goal = rng.randrange(low, high)
        while len(open_) < goal:
            comma = "," if parts and parts[-1][-1] in "]}0" else ""
            kind = rng.choice("[{")
            parts.append(comma + ('"a":' if open_ and open_[-1] == "{" else "") + kind)
            open_.append(kind)
        if parts[-1][-1] in "[{" and rng.random() < 0.5:
            parts.append('"a":0' if open_[-1] == "{" else "0")
        while len(open_) > max(1, goal - rng.randrange(high - low)):
            parts.append("]" if open_.pop() == "[" else "}")
    return "".join(parts) + "".join("]" if kind == "[" else "}" for kind in reversed(open_))


@pytest.mark.parametrize(("low", "high"), [(1, 12), (55, 75), (60, 68), (120, 135), (1_015, 1_035)])
def test_kinds_are_known_however_deep_it_goes_up_and_down(json_plugin: JsonPlugin, low: int, high: int) -> None:
    """Around the levels up to which they are held in one way, and in another beyond."""
    rng = random.Random(low)
    for _ in range(12):
        text = winding(rng, low, high, 40_000 // high)
        assert verdict(json_plugin, text.encode())
        records = ",".join(winding(rng, low, high, 5) for _ in range(50))
        opened = json_plugin.open(f"[{records}]".encode(), {"format": "array"}).read_on()
        assert (opened.progress.records, opened.problems()[1]) == (50, 0)
        at = rng.choice([place for place, char in enumerate(text) if char in "]}"])
        swapped = text[:at] + ("}" if text[at] == "]" else "]") + text[at + 1 :]
        assert not verdict(json_plugin, swapped.encode())
