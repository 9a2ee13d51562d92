"""Records as a table: the cells are the values that Python's parser finds."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings

from thoth_ls.errors import PluginRefused

from . import records, table
from .conftest import JsonPlugin, Opened


def page(opened: Opened, start: int = 0, count: int = 1_000_000) -> list[list[Any]]:
    """Records, as many as there are; asked for again where an answer stops."""
    rows: list[list[Any]] = []
    while len(rows) < count:
        more = opened.json("paged-loader", "page", start + len(rows), count - len(rows))
        if not more:
            break
        rows += more
    return rows


def columns(opened: Opened) -> list[dict[str, Any]]:
    """The columns known so far."""
    return list(opened.json("paged-loader", "columns")["columns"])


@settings(max_examples=60, deadline=None)
@given(records.SAMPLES)
def test_cells_are_the_values_of_pythons_parser(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """Each in the column of its name; what a record has not is missing; nothing is left out."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on((rng.choice((1, 70_000, 1 << 24)),))
    start = rng.randrange(len(sample.values) + 1)
    rows = page(opened, start, 300)
    values = sample.values[start : start + 300]
    assert len(rows) == len(values)
    paths = [json.dumps(column["path"]) for column in columns(opened)]
    for row, value in zip(rows, values, strict=True):
        wanted = table.cells_of(value)
        given_cells = {paths[i]: cell for i, cell in enumerate(row) if cell is not None}
        assert set(given_cells) == {path for path in wanted if path in paths}
        missing = [path for path in wanted if path not in given_cells]
        assert len(paths) == 2_000 or all(len(json.loads(path)[-1]) > 4_096 // 6 for path in missing)
        for path, cell in given_cells.items():
            table.check(cell, wanted[path])


@settings(max_examples=40, deadline=None)
@given(records.SAMPLES)
def test_the_whole_text_of_a_cell_is_read_in_parts(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """Of a string what it says, of anything else the text that stands in the file."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    for record in rng.sample(range(len(sample.values)), min(5, len(sample.values))):
        (row,) = page(opened, record, 1)
        paths = [json.dumps(column["path"]) for column in columns(opened)]
        wanted = table.cells_of(sample.values[record])
        full = [index for index, cell in enumerate(row) if cell is not None]
        for column in rng.sample(full, min(3, len(full))):
            value = wanted[paths[column]]
            text = table.shown(opened, record, column)
            if isinstance(value, str) and not isinstance(value, records.Number):
                assert text == records.said(value)
            else:
                assert records.parse(text) == value


def test_a_record_of_many_megabytes_is_shown_by_the_beginnings_of_its_cells(json_plugin: JsonPlugin) -> None:
    """However many they are."""
    record = {f"column {number}": "\x01" * 1_100 for number in range(2_500)}
    opened = json_plugin.open(f"[{json.dumps(record)},[]]".encode(), {"format": "array"}).read_on()
    first, second = page(opened)
    assert len(first) == 2_000
    assert all(cell["bytes"] == 1_100 and set(cell["text"]) == {"\x01"} for cell in first)
    assert second == []
    assert "2,000" in opened.notes()[-1]


@pytest.mark.parametrize("path", ["[7]", "[-1]", '["zz"]', "[0,0]", "x", "{}"])
def test_a_cell_that_is_not_there_is_answered_with_a_sentence(json_plugin: JsonPlugin, path: str) -> None:
    """Whatever the path is."""
    opened = json_plugin.open(b'[{"a":1}]').read_on()
    with pytest.raises(PluginRefused, match=r"no value|not a JSON array"):
        opened.json("paged-loader", "node", 0, path, 0, 10)


def test_a_record_itself_is_looked_into_like_any_value(json_plugin: JsonPlugin) -> None:
    """By the empty path."""
    opened = json_plugin.open(b'[{"a":[1,2]},7]').read_on()
    (child,) = opened.json("paged-loader", "node", 0, "[]", 0, 10)["children"]
    assert (child["key"], child["kind"], child["preview"], child["count"]) == ("a", "array", "[1, 2]", 2)
    assert opened.json("paged-loader", "node", 1, "[]", 0, 10) == {
        "kind": "text",
        "text": "7",
        "bytes": 1,
        "next": None,
    }


def test_records_are_handed_out_as_they_stand_in_the_file(json_plugin: JsonPlugin) -> None:
    """As text and as bytes; what is malformed as a string that holds it."""
    opened = json_plugin.open(b'{"a" : 1.50}\n\n  [1,\t2]  \n{"b":}\n"\\u00e9"\n', {"format": "lines"}).read_on()
    assert opened.call("file-loader", "get-range", 0, 10) == ['{"a" : 1.50}', "[1,\t2]", '"{\\"b\\":}"', '"\\u00e9"']
    assert opened.call("file-loader", "get", 1) == "[1,\t2]"
    assert opened.call("file-loader", "raw-bytes", 3) == b'"\\u00e9"'
    assert opened.call("file-loader", "get-range", 4, 10) == []
    with pytest.raises(PluginRefused, match="no record of that number"):
        opened.call("file-loader", "get", 4)


def test_records_with_half_a_surrogate_pair_or_of_any_depth_are_handed_out_as_they_are(json_plugin: JsonPlugin) -> None:
    """They are JSON."""
    deep = "[" * 100_000 + "]" * 100_000
    values = [r'"\ud800"', r'{"\udfff\ud800":["\ud834\u0041"]}', deep, '{"a":' * 100_000 + "0" + "}" * 100_000]
    for form, text in (("lines", "\n".join(values)), ("array", f"[{','.join(values)}]")):
        opened = json_plugin.open(text.encode(), {"format": form}).read_on()
        assert opened.call("file-loader", "get-range", 0, 10) == values
        assert [opened.call("file-loader", "get", number) for number in range(4)] == values


def test_comments_and_trailing_commas_are_left_out_of_records(json_plugin: JsonPlugin) -> None:
    """So that what is handed out is JSON."""
    data = b'[{"a": [1, 2, ], // one, two\n "b": "/*,]*/", /* , */ }, 7]'
    opened = json_plugin.open(data, {"format": "array"}, "data.jsonc").read_on()
    (record, seven) = opened.call("file-loader", "get-range", 0, 10)
    assert (json.loads(record), seven) == ({"a": [1, 2], "b": "/*,]*/"}, "7")


def test_a_record_that_is_too_large_to_hand_out_is_answered_with_a_sentence(json_plugin: JsonPlugin) -> None:
    """Its values are read one by one."""
    opened = json_plugin.open(b'["' + b"x" * (9 << 20) + b'",1]', {"format": "array"}).read_on()
    with pytest.raises(PluginRefused, match="in pieces"):
        opened.call("file-loader", "get", 0)
    with pytest.raises(PluginRefused, match="in pieces"):
        opened.call("file-loader", "raw-bytes", 0)
    assert opened.call("file-loader", "get", 1) == "1"
