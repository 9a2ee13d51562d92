"""Values inside records are those that Python's parser finds, window by window."""

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings

from thoth_ls.errors import PluginRefused

from . import records
from .conftest import JsonPlugin, Opened

PREVIEW = 120
"""Characters of a preview."""


def check(sample: records.Sample, given: dict[str, Any], node: records.Node, index: int, *, repeated: bool) -> None:
    """A summary says what there is to say of a value."""
    assert (given["index"], given["kind"]) == (index, node.kind)
    assert given["key"] == (None if node.key is None else records.said(node.key))
    begin, end = given["at"]
    assert given["bytes"] == end - begin
    assert records.parse(sample.data[begin:end].decode()) == node.value
    if given["keyAt"] is None:
        assert node.key is None
    else:
        assert json.loads(sample.data[slice(*given["keyAt"])]) == node.key
    assert given["count"] == (len(node.value) if node.kind in ("object", "array") else None)
    assert given.get("duplicate", False) == repeated
    assert len(given["preview"]) <= PREVIEW
    if node.kind not in ("object", "array"):
        whole = node.text
        assert given["preview"] == (whole if len(whole) <= PREVIEW else whole[: PREVIEW - 1] + "…")
    else:
        assert given["preview"][0] + given["preview"][-1] == ("{}" if node.kind == "object" else "[]")


def names(opened: Opened, sample: records.Sample, node: records.Node, start: int, count: int) -> None:
    """A window of the children of a value."""
    given = opened.json("tree-loader", "children", node.record, json.dumps(node.path), start, count)
    expected = records.children_of(node.value)
    assert (given["kind"], given["count"]) == (node.kind, len(expected))
    window = expected[start : start + count]
    assert len(given["children"]) == len(window)
    for index, (child, (key, value)) in enumerate(zip(given["children"], window, strict=True), start):
        repeated = key is not None and key in [name for name, _ in expected[:index]]
        check(sample, child, records.Node(node.record, (*node.path, index), key, value), index, repeated=repeated)


@settings(max_examples=60, deadline=None)
@given(records.SAMPLES)
def test_children_are_those_of_pythons_parser(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """Of records and of values at any depth, from anywhere among them."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on((rng.choice((1, 70_000, 1 << 24)),))
    assert opened.progress.records == len(sample.values)
    start = rng.randrange(len(sample.values) + 1)
    roots = opened.json("tree-loader", "roots", start, 40)["children"]
    assert len(roots) == len(sample.values[start : start + 40])
    for index, (root, value) in enumerate(zip(roots, sample.values[start:], strict=False), start):
        check(sample, root, records.Node(index, (), None, value), index, repeated=False)
    nodes = [node for node in sample.nodes if node.kind in ("object", "array")]
    for node in rng.sample(nodes, min(8, len(nodes))):
        length = len(node.value)
        names(opened, sample, node, rng.choice((0, rng.randrange(length + 1), max(0, length - 3))), rng.choice((1, 30)))


@settings(max_examples=60, deadline=None)
@given(records.SAMPLES)
def test_a_value_is_found_by_names_and_by_positions(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """A name is the first member of that name; the answer tells both paths."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    for node in rng.sample(sample.nodes, min(8, len(sample.nodes))):
        given = opened.json("tree-loader", "value", node.record, json.dumps(node.path))
        assert given["path"] == list(node.path)
        steps, value, first = [], sample.values[node.record], True
        for position in node.path:
            siblings = records.children_of(value)
            key, value = siblings[position]
            steps.append(position if key is None else records.said(key))
            first = first and (key is None or [name for name, _ in siblings].index(key) == position)
        assert given["keys"] == steps
        if first:
            by_name = opened.json("tree-loader", "value", node.record, json.dumps(steps))
            assert by_name == given


@settings(max_examples=60, deadline=None)
@given(records.SAMPLES)
def test_the_parts_of_a_text_make_the_whole(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """As it stands in the file, and as what a string says; in parts of any size, each of whole characters."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    for node in rng.sample(sample.nodes, min(6, len(sample.nodes))):
        path = json.dumps(node.path)
        begin, end = opened.json("tree-loader", "value", node.record, path)["at"]
        source = sample.data[begin:end].decode()
        size = max(rng.choice((1, 2, 3, 7, 1_000, 5_000)), len(source) // 40)
        for decoded in (False, True):
            is_said = decoded and node.kind == "string"
            expected = re.sub("[\ud800-\udfff]", "\ufffd", node.value) if is_said else source
            text, at = "", 0
            while True:
                part = opened.json("tree-loader", "text", node.record, path, decoded, at, size)
                assert part["bytes"] == len(expected.encode())
                text += part["text"]
                if part["next"] is None:
                    break
                assert part["next"] > at
                at = part["next"]
            assert text == expected


HUGE = (b"7" * 40_000_000, b"[" + b" \n" * 20_000_000 + b"7]", b'"' + b"\\n" * 20_000_000 + b'"')


@pytest.mark.parametrize("huge", HUGE, ids=("digits", "spaces", "escapes"))
def test_what_is_huge_and_says_little_is_passed_within_the_fuel_of_a_call(json_plugin: JsonPlugin, huge: bytes) -> None:
    """What is behind it is found, and nothing stops the plugin."""
    opened = json_plugin.open(b'{"huge":' + huge + b',"behind":1}', {"format": "document"}).read_on()
    assert opened.json("tree-loader", "value", 0, '["behind"]')["preview"] == "1"
    assert len(opened.json("paged-loader", "page", 0, 1)[0]) == 2
    assert opened.json("tree-loader", "text", 0, '["huge"]', False, len(huge) - 1, 10)["bytes"] == len(huge)
    query = json.dumps({"texts": [{"text": "behind", "fold": None}], "keys": True})
    start = 0
    hits: list[dict[str, Any]] = []
    while not hits:
        step = opened.json("tree-loader", "search", query, start, 1 << 25)
        assert step["hits"] or step["next"] > start
        start, hits = step["next"], step["hits"]
    assert hits[0]["path"] == [1]


def test_names_that_occur_twice_are_told_apart(json_plugin: JsonPlugin) -> None:
    """Written in different ways they are the same name."""
    opened = json_plugin.open(b'{"a":1,"b":2,"\\u0061":3,"a":4}', {"format": "document"}).read_on()
    children = opened.json("tree-loader", "children", 0, "[]", 0, 10)["children"]
    assert [child.get("duplicate", False) for child in children] == [False, False, True, True]
    assert opened.json("tree-loader", "value", 0, '["a"]')["preview"] == "1"
    assert opened.json("tree-loader", "value", 0, "[2]")["duplicate"]


def test_a_window_deep_into_ten_million_elements_is_read_from_near_it(json_plugin: JsonPlugin) -> None:
    """Elements are counted and numbered exactly, without reading those before."""
    data = b'{"big":[' + b"7," * 9_999_999 + b'8],"after":1}'
    opened = json_plugin.open(data, {"format": "document"}).read_on()
    window = opened.json("tree-loader", "children", 0, '["big"]', 9_999_998, 10)
    assert window["count"] == 10_000_000
    assert [(child["index"], child["preview"]) for child in window["children"]] == [(9_999_998, "7"), (9_999_999, "8")]
    assert opened.json("tree-loader", "value", 0, '["after"]')["preview"] == "1"


DEPTH = 100_000


@pytest.mark.parametrize(("opening", "closing", "step"), [("[", "]", 0), ('{"k":', "}", "k"), ('[1,{"k":', "}]", None)])
def test_a_hundred_thousand_levels_are_followed(
    json_plugin: JsonPlugin, opening: str, closing: str, step: object
) -> None:
    """By paths of that length."""
    levels = DEPTH if step is not None else DEPTH // 2
    path = [step] * levels if step is not None else [1, "k"] * levels
    opened = json_plugin.open((opening * levels + '"x"' + closing * levels).encode(), {"format": "document"}).read_on()
    assert opened.problems() == ([], 0)
    assert opened.json("tree-loader", "text", 0, json.dumps(path), True, 0, 10)["text"] == "x"
    value = opened.json("tree-loader", "value", 0, json.dumps(path))
    assert len(value["path"]) == DEPTH
    assert opened.json("tree-loader", "locate", levels * len(opening) + 1)["path"] == value["path"]
    above = opened.json("tree-loader", "children", 0, json.dumps(path[: DEPTH // 2]), 0, 5)
    assert len(above["children"]) == len(opening.split(","))


@pytest.mark.parametrize(
    ("path", "said"),
    [("[9]", "no value at that path"), ('["zz"]', "no value at that path"), ("[0,0]", "no value at that path"),
     ("[0]", "has no children"), *[(bad, "not a JSON array") for bad in ("{}", "[-1]", "[1.5]", "[[]]", "[", "[1]x")]],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_answered_with_a_sentence(json_plugin: JsonPlugin, path: str, said: str) -> None:
    """Whatever the path is."""
    opened = json_plugin.open(b'{"a":1,"b":[2]}', {"format": "document"}).read_on()
    with pytest.raises(PluginRefused, match=said):
        opened.json("tree-loader", "children", 0, path, 0, 10)


def test_a_record_that_is_not_there_is_answered_with_a_sentence(json_plugin: JsonPlugin) -> None:
    """And records behind the last are none."""
    opened = json_plugin.open(b"[1,2]", {"format": "array"}).read_on()
    assert opened.json("tree-loader", "roots", 2, 10) == {"children": []}
    with pytest.raises(PluginRefused, match="no record of that number"):
        opened.json("tree-loader", "value", 2, "[]")


def previews(opened: Opened, record: int, path: str = "[]") -> list[tuple[str | None, str, str]]:
    """Name, kind and preview of the children of a value."""
    children = opened.json("tree-loader", "children", record, path, 0, 100)["children"]
    return [(child["key"], child["kind"], child["preview"]) for child in children]


def test_what_is_malformed_is_shown_as_the_text_it_is(json_plugin: JsonPlugin) -> None:
    """The values around it are as they would be without it."""
    opened = json_plugin.open(
        b"""{"a": NaN, "b": 1 2, 'c': 3, "d" 4, "e":, "f": tru, "g": [1,,2], "h": 01}"""
    ).read_on()
    assert previews(opened, 0) == [
        ("a", "invalid", "NaN"), ("b", "invalid", "1 2"), (None, "invalid", "'c': 3"), ("d", "invalid", "4"),
        ("e", "invalid", ""), ("f", "invalid", "tru"), ("g", "array", "[1, , 2]"), ("h", "invalid", "01"),
    ]  # fmt: skip
    assert previews(opened, 0, '["g"]') == [(None, "number", "1"), (None, "invalid", ""), (None, "number", "2")]


def test_a_malformed_record_ends_where_reading_goes_on(json_plugin: JsonPlugin) -> None:
    """The records behind it have the numbers and the text they have for the pass over the file."""
    opened = json_plugin.open(b'[{"a":1, {"b":2}, {"c":[1}, {"d":"x\n}, {"e":5}]', {"format": "array"}).read_on()
    count = opened.progress.records
    roots = opened.json("tree-loader", "roots", 0, 100)["children"]
    assert [root["index"] for root in roots] == list(range(count))
    assert len(opened.json("paged-loader", "page", 0, 100)) == count
    assert roots[-1]["preview"] == "{e: 5}"


DAMAGED = (b'{"a":[1,2', b'{"a":"x', b'{"a":1}}', b"]", b'{"a" {"b":1}', b'"x" "y"', b"\xff", b"{")


@pytest.mark.parametrize("line", DAMAGED)
def test_a_malformed_line_costs_that_line(json_plugin: JsonPlugin, line: bytes) -> None:
    """What is before and behind it is read."""
    opened = json_plugin.open(b'{"n":1}\n' + line + b'\n{"n":2}\n', {"format": "lines"}).read_on()
    roots = opened.json("tree-loader", "roots", 0, 10)["children"]
    assert len(roots) == opened.progress.records == 3
    assert (roots[0]["preview"], roots[2]["preview"]) == ("{n: 1}", "{n: 2}")


@settings(max_examples=150, deadline=None)
@given(records.SAMPLES)
def test_damage_of_any_kind_is_survived(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """Every call ends with an answer or a sentence; there are as many records as are counted."""
    rng = random.Random(sample.seed)
    data = bytearray(sample.data[:70_000])
    for _ in range(rng.choice((1, 3, 30))):
        at = rng.randrange(len(data) + 1)
        data[at : at + rng.choice((0, 1, 5))] = rng.choice((*b'{}[]"\\,:\nx\xff',)).to_bytes()
    if sample.form == "array":
        data[:0] = b"["
    opened = json_plugin.open(bytes(data), {"format": sample.form}).read_on()
    roots = opened.json("tree-loader", "roots", 0, 1_000)["children"]
    assert [root["index"] for root in roots] == list(range(min(1_000, opened.progress.records)))
    for root in rng.sample(roots, min(5, len(roots))):
        if root["kind"] in ("object", "array"):
            children = opened.json("tree-loader", "children", root["index"], "[]", 0, 50)["children"]
            for child in children[:5]:
                path = json.dumps([child["index"]])
                assert opened.json("tree-loader", "value", root["index"], path)["at"] == child["at"]
        opened.json("tree-loader", "text", root["index"], "[]", True, 0, 1_000)
    for _ in range(5):
        opened.json("tree-loader", "locate", rng.randrange(len(data) + 2))
    assert len(opened.json("paged-loader", "page", 0, 1_000)) == len(roots)
    opened.json("tree-loader", "search", json.dumps({"keys": True, "values": True}), 0, 1 << 20)
