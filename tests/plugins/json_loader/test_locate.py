"""From a byte of the file to the value that stands there."""

import json
import random
from typing import Any

from hypothesis import given, settings

from . import records
from .conftest import JsonPlugin, Opened


def located(opened: Opened, offset: int) -> Any:
    """What stands at a byte."""
    return opened.json("tree-loader", "locate", offset)


def summary(opened: Opened, record: int, path: list[int]) -> Any:
    """What is known of a value."""
    return opened.json("tree-loader", "value", record, json.dumps(path))


@settings(max_examples=60, deadline=None)
@given(records.SAMPLES)
def test_the_bytes_of_a_value_lead_to_it(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """From the first to the last of them, and those of its name."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    for node in rng.sample(sample.nodes, min(6, len(sample.nodes))):
        given = summary(opened, node.record, list(node.path))
        begin, end = given["at"]
        place = {"record": node.record, "path": list(node.path), "part": "value"}
        for offset in (begin, end - 1):
            assert located(opened, offset) == place
        if node.kind not in ("object", "array"):
            assert located(opened, rng.randrange(begin, end)) == place
        if given["keyAt"] is not None:
            assert located(opened, rng.randrange(*given["keyAt"])) == {**place, "part": "key"}


@settings(max_examples=60, deadline=None)
@given(records.SAMPLES)
def test_any_byte_leads_to_the_innermost_value_around_it(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """A value that holds the byte while none of its children does; nothing outside of records."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    roots = opened.json("tree-loader", "roots", 0, 10_000)["children"]
    for _ in range(8):
        offset = rng.randrange(len(sample.data) + 2)
        place = located(opened, offset)
        if place is None:
            assert not any(begin <= offset < end for begin, end in (root["at"] for root in roots))
            continue
        value = summary(opened, place["record"], place["path"])
        begin, end = value["keyAt"] if place["part"] == "key" else value["at"]
        assert begin <= offset < end
        if value["kind"] in ("object", "array") and place["part"] == "value" and value["count"]:
            path = json.dumps(place["path"])
            children = opened.json("tree-loader", "children", place["record"], path, 0, 10_000)["children"]
            spans = [child["at"] for child in children] + [child["keyAt"] for child in children if child["keyAt"]]
            assert not any(first <= offset < last for first, last in spans)


def test_nothing_stands_where_nothing_has_been_read(json_plugin: JsonPlugin) -> None:
    """Until it has."""
    data = b"[" + b"1," * 1_000_000 + b"2]"
    opened = json_plugin.open(data, {"format": "array"})
    assert located(opened, 1_999_999) is None
    assert located(opened, 1_001)["record"] == 500
    assert located(opened.read_on(), 1_999_999)["record"] == 999_999
