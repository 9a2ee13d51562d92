"""The columns of the table: from the names of a sample, and growing."""

import json
from typing import Any

from . import table
from .conftest import JsonPlugin, Opened


def described(opened: Opened) -> Any:
    """What the file looks like."""
    return opened.json("paged-loader", "columns")


def names(opened: Opened) -> list[str]:
    """Of the columns."""
    return [column["name"] for column in described(opened)["columns"]]


def lines(*values: Any) -> bytes:
    """Records, one a line."""
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def test_columns_are_the_names_in_the_order_they_are_first_seen(json_plugin: JsonPlugin) -> None:
    """Over all records of the sample, each with a path."""
    opened = json_plugin.open(lines({"b": 1, "a": 2}, {"c": {"d": 1}, "a": 2}, {"": 0, "B\n": 1}))
    assert names(opened) == ["b", "a", "c", "", "B\n"]
    assert [column["path"] for column in described(opened)["columns"]] == [["b"], ["a"], ["c"], [""], ["B\n"]]
    assert described(opened)["display"] == "table"


def test_types_are_those_of_the_values(json_plugin: JsonPlugin) -> None:
    """What is written in strings counts as text, but for dates, times and identifiers."""
    row = {
        "integer": 1, "float": 1.5, "boolean": True, "json": [1], "text": "x", "digits": "12", "date": "2024-01-31",
        "timestamp": "2024-01-31T10:00:00Z", "uuid": "123e4567-e89b-12d3-a456-426614174000", "null": None, "mixed": 1,
    }  # fmt: skip
    opened = json_plugin.open(lines(row, {**row, "mixed": "x", "float": 2, "text": None}))
    types = {column["name"]: column["type"] for column in described(opened)["columns"]}
    assert types == {
        **{name: name for name in ("integer", "float", "boolean", "json", "text", "date", "timestamp", "uuid")},
        **dict.fromkeys(("digits", "null", "mixed"), "text"),
    }


def test_records_that_are_no_objects_have_columns_too(json_plugin: JsonPlugin) -> None:
    """Of arrays by position, of anything else one; the tree suits them better."""
    opened = json_plugin.open(lines([1, "x"], [1, 2, 3], 5, "y"), {"format": "lines"}).read_on()
    assert [(column["name"], column["path"]) for column in described(opened)["columns"]] == [
        ("[0]", [0]), ("[1]", [1]), ("[2]", [2]), ("value", []),
    ]  # fmt: skip
    assert opened.json("paged-loader", "page", 2, 2)[1] == [None, None, None, "y"]
    assert described(opened)["display"] == "tree"
    assert described(json_plugin.open(b'{"a":1}', {"format": "document"}))["display"] == "tree"


def test_names_that_turn_up_later_become_columns_behind_the_others(json_plugin: JsonPlugin) -> None:
    """While the file is read, and when a page shows them; none moves."""
    common = {"id": 1, "text": "x" * 200}
    values = [common] * 30_000 + [{**common, "later": 1}] * 30_000 + [{**common, "last": 1}]
    opened = json_plugin.open(lines(*values), {"format": "lines"})
    assert names(opened) == ["id", "text"]
    assert described(opened)["growing"]
    opened.read_on()
    assert names(opened) == ["id", "text", "later"]
    (row,) = opened.json("paged-loader", "page", 60_000, 1)
    assert names(opened) == ["id", "text", "later", "last"]
    assert row[2:] == [None, {"text": "1", "kind": "number"}]
    assert not described(opened)["growing"]


def test_columns_grow_until_all_has_been_read_and_looked_at(json_plugin: JsonPlugin) -> None:
    """Whatever the form; a single document is looked at again when it is whole."""
    record = {"id": 1, "text": "x" * 200}
    whole = json.dumps({**{f"k{n}": "x" * 2_000 for n in range(1_000)}, "z": 1}).encode()
    for data, form in (
        (lines(*[record] * 20_000), "lines"),
        (json.dumps([record] * 20_000).encode(), "array"),
        (lines(record), "lines"),
        (b"", "lines"),
        (whole, "document"),
    ):
        opened = json_plugin.open(data, {"format": form})
        assert described(opened)["growing"] == (len(data) > 1 << 20)
        opened.read_on()
        assert not described(opened)["growing"]
        assert names(opened)[-1:] == {"document": ["z"], "array": ["text"]}.get(form, ["text"] if data else [])


def test_columns_say_how_much_memory_the_index_takes(json_plugin: JsonPlugin) -> None:
    """A little for each 64 KiB of the file."""
    opened = json_plugin.open(lines(*["x" * 90] * 100_000), {"format": "lines"}).read_on()
    taken = described(opened)["index-bytes"]
    assert 24 * 9_300_000 // 65_536 <= taken < 16_384


def feature(number: int, geometry: Any, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature."""
    return {"type": "Feature", "id": number, "properties": properties, "geometry": geometry, "extra": 1}


GEOMETRIES = [
    ({"type": "Point", "coordinates": [1, 2]}, "Point"),
    ({"type": "LineString", "coordinates": [[1, 2], [3, 4], [5, 6]]}, "LineString · 3 points"),
    ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]], [[2, 2]]]}, "Polygon · 2 rings · 4 points"),
    ({"coordinates": [[[[0, 0], [1, 1]]]], "type": "MultiPolygon"}, "MultiPolygon · 1 polygon · 1 ring · 2 points"),
    ({"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]], [[1, 1]]]}, "MultiLineString · 2 lines · 3 points"),
    ({"type": "MultiPoint", "coordinates": [[0, 0]]}, "MultiPoint · 1 point"),
    ({"type": "GeometryCollection", "geometries": [{}, {}]}, "GeometryCollection · 2 geometries"),
]  # fmt: skip


def test_features_are_shown_by_their_properties_and_a_summary_of_their_geometry(json_plugin: JsonPlugin) -> None:
    """Whatever the type of geometry is."""
    features = [feature(i, geometry, name=f"n{i}", size={"a": i}) for i, (geometry, _) in enumerate(GEOMETRIES)]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    opened = json_plugin.open(data, name="data.geojson").read_on()
    given = described(opened)
    assert [(column["name"], column["path"]) for column in given["columns"]] == [
        ("id", ["id"]), ("geometry", ["geometry"]), ("properties.name", ["properties", "name"]),
        ("properties.size", ["properties", "size"]), ("extra", ["extra"]),
    ]  # fmt: skip
    assert given["display"] == "table"
    rows = opened.json("paged-loader", "page", 0, 100)
    assert [row[1]["text"] for row in rows] == [summary for _, summary in GEOMETRIES]
    assert rows[3][2] == "n3"
    assert rows[3][3] == {"text": '{"a": 3}', "kind": "object", "count": 1}
    assert [table.shown(opened, i, 1) for i in range(len(rows))] == [summary for _, summary in GEOMETRIES]


def test_what_is_no_geometry_is_shown_as_it_is(json_plugin: JsonPlugin) -> None:
    """Nothing, a type nobody knows, no properties."""
    data = lines(feature(1, None), feature(2, {"type": "Blob"}), {"type": "Feature", "properties": None}, {"x": 1})
    opened = json_plugin.open(data, {"format": "lines"}).read_on()
    rows = opened.json("paged-loader", "page", 0, 10)
    assert [row[1] if len(row) > 1 else None for row in rows] == [
        {"text": "null", "kind": "null"}, {"text": '{"type": "Blob"}', "kind": "object", "count": 1}, None, None,
    ]  # fmt: skip
    assert names(opened) == ["id", "geometry", "extra", "x"]


def test_names_too_long_for_a_column_are_said_to_be_left_out(json_plugin: JsonPlugin) -> None:
    """One of 4 KiB still is a column."""
    longest = "k" * 4096
    for name, columns in ((longest, ["b", longest]), (longest + "k", ["b"])):
        opened = json_plugin.open(json.dumps([{"b": 1}, {name: 2}]).encode()).read_on()
        assert names(opened) == columns
        assert [note for note in opened.notes() if "4 KiB" in note] == opened.notes()
        assert len(opened.notes()) == (name != longest)


def test_an_empty_file_has_no_columns(json_plugin: JsonPlugin) -> None:
    """And no rows."""
    for data in (b"", b"[]", b" \n"):
        opened = json_plugin.open(data, name="data.ndjson" if data != b"[]" else "data.json").read_on()
        assert described(opened)["columns"] in ([], [{"name": "value", "type": "text", "nulls": [], "path": []}])
        assert opened.call("file-viewer", "preferred-display") == "table"
