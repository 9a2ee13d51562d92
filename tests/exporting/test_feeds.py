"""What exporters are given: every value of every record, whole and as it stands."""

import json

import pytest

from tests.exporting.conftest import CSV, JSON, PLAIN, Bench, rows
from thoth_ls.errors import PluginRefused

LONG = "long " * 5_000


async def test_cells_of_a_table(bench: Bench) -> None:
    """Short, long, missing ones, and those without a column."""
    lines = ["a,b", 'x,"1,5"', f"{LONG},é", "only", "1,2,3", "", "=1,\\", f"{'ü' * 4_000},y"]
    opened = await bench.open("in.csv", "\n".join(lines) + "\n", options={"header": "yes", "delimiter": ","})
    result = await bench.export(opened)
    expected = [["x", "1,5"], [LONG, "é"], ["only"], ["1", "2", "3"], [], ["=1", "\\"], ["ü" * 4_000, "y"]]
    assert [[cell for cell in row if cell is not None] for row in bench.lines()] == expected
    assert (result.records, result.notes) == (7, [])


async def test_cells_of_json_keep_their_kind_and_digits(bench: Bench) -> None:
    """Nested ones of any length as well."""
    big = {"deep": [[[LONG]]], "n": 1}
    records = [
        '{"i": 12345678901234567890, "f": 1.10, "s": "1.10", "b": true, "z": null, "n": {"a": [1.0]}}',
        f'{{"i": 1E400, "late": "x", "n": {json.dumps(big)}, "s": "{LONG}"}}',
        '{"i": -0, "n": [], "s": "\\ud83d\\ude00 \\u0000"}',
    ]
    opened = await bench.open("in.ndjson", "\n".join(records))
    await bench.export(opened)
    names = [column.name for column in bench.documents.reading(_ref(opened)).columns]
    found = [dict(zip(names, row, strict=False)) for row in bench.lines()]
    assert found[0] == {
        "i": "12345678901234567890",
        "f": "1.10",
        "s": "1.10",
        "b": True,
        "z": None,
        "n": {"a": ["1.0"]},
    } | ({"late": None} if "late" in found[0] else {})
    assert found[1]["n"] == {"deep": [[[LONG]]], "n": "1"}
    assert (found[1]["i"], found[1]["late"], found[1]["s"]) == ("1E400", "x", LONG)
    assert (found[2]["i"], found[2]["n"], found[2]["s"]) == ("-0", [], "😀 \0")
    raw = (bench.folder / "out").read_text()
    assert '"1.10"' in raw
    assert ",1.10," in raw or "1.10," in raw


async def test_columns_that_turn_up_late_are_there_from_the_first_row(bench: Bench) -> None:
    """Names that only reading every record brings to light make the export begin anew, once."""
    records = ['{"a":1}'] * 20_000 + ['{"a":2,"b":3}'] + ['{"a":1}'] * 20_000 + ['{"c":[4]}']
    opened = await bench.open("in.ndjson", "\n".join(records))
    assert [column.name for column in opened.columns] == ["a"]
    result = await bench.export(opened, CSV)
    made = rows(bench.folder / "out")
    assert (made[0], made[1], made[20_001], made[-1]) == (
        ["a", "b", "c"],
        ["1", "", ""],
        ["2", "3", ""],
        ["", "", "[4]"],
    )
    assert (result.records, len(made)) == (40_002, 40_003)
    assert any(message.startswith("Looking for columns") for _, message in bench.reports)
    bench.reports.clear()
    await bench.export(opened, CSV, overwrite=True)
    assert not any(message.startswith("Looking for columns") for _, message in bench.reports)


async def test_records_are_passed_on_as_they_are(bench: Bench) -> None:
    """Of JSON untouched, of a table as objects with numbers where its columns hold some."""
    records = ['{ "a" : 1.10 , "a": [1E2] }', '"text"', f'{{"long":"{LONG * 100}"}}']
    opened = await bench.open("in.ndjson", "\n".join(records))
    await bench.export(opened, options={"records": "true"})
    assert (bench.folder / "out").read_text().splitlines() == records
    table = await bench.open("in.csv", f'n,"t\n""",u\n1.50,x,{LONG}\nn/a,,\n3\n', options={"header": "yes"})
    await bench.export(table, options={"records": "true"}, overwrite=True)
    made = [
        json.loads(line, parse_float=str, parse_int=str) for line in (bench.folder / "out").read_text().splitlines()
    ]
    assert made[0] == {"n": "1.50", 't\n"': "x", "u": LONG}
    assert [list(item) for item in made] == [["n", 't\n"', "u"], ["n", 't\n"', "u"], ["n"]]


async def test_records_of_chosen_columns_are_objects_of_these(bench: Bench) -> None:
    """Without what a record lacks."""
    opened = await bench.open("in.ndjson", '{"a":1.0,"b":"x","c":{"d":[1.0]}}\n{"b":null,"a":2}\n{"c":3}')
    await bench.export(opened, JSON, scope={"columns": [2, 0]}, options={"format": "NDJSON"})
    assert (bench.folder / "out").read_text() == '{"c":{"d":[1.0]},"a":1.0}\n{"a":2}\n{"c":3}\n'


async def test_malformed_records_are_exported_as_they_are_shown(bench: Bench) -> None:
    """A text that says what stands there; a file that is written is valid."""
    opened = await bench.open("in.ndjson", '{"a":1}\n{"a":\n{"a":NaN}\n{"a":2}')
    result = await bench.export(opened, JSON, options={"format": "NDJSON"})
    made = [json.loads(line) for line in (bench.folder / "out").read_text().splitlines()]
    assert (made[0], made[-1], result.records) == ({"a": 1}, {"a": 2}, len(made))
    assert all(isinstance(item, str) for item in made[1:-1])
    await bench.export(opened, CSV, to="out.csv")
    assert len(rows(bench.folder / "out.csv")) == len(made) + 1


async def test_drawn_values_are_exported_as_they_are(bench: Bench) -> None:
    """Geometry is shown in a word; its coordinates are what a person wants to keep."""
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [n, 2.5]}, "properties": {"name": f"p{n}"}}
        for n in range(50)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    opened = await bench.open("in.geojson", text)
    at = [column.name for column in opened.columns].index("geometry")
    for scope in ({}, {"records": [7]}):
        await bench.export(opened, scope=scope, overwrite=True)
        points = [row[at]["coordinates"] for row in bench.lines()]
        assert points == ([[str(n), "2.5"] for n in range(50)] if not scope else [["7", "2.5"]])


async def test_a_plain_exporter_gets_texts(bench: Bench) -> None:
    """As the published contract has them: every row as long as the columns."""
    opened = await bench.open("in.ndjson", '{"a":1.10,"b":{"c":[true]}}\n{"a":null}\n{"b":"x"}')
    await bench.export(opened, PLAIN)
    assert json.loads((bench.folder / "out").read_text()) == {
        "columns": ["a", "b"],
        "rows": [["1.10", '{"c":[true]}'], ["", ""], ["", "x"]],
    }
    table = await bench.open("in.csv", f"a,b\n1,{LONG}\n2\n3,4,5\n", options={"header": "yes"})
    result = await bench.export(table, PLAIN, overwrite=True)
    assert json.loads((bench.folder / "out").read_text())["rows"] == [["1", LONG], ["2", ""], ["3", "4"]]
    assert result.notes == ["1 row has more cells than there are columns; this exporter has no place for them."]


async def test_a_cell_that_is_too_long_is_named(bench: Bench) -> None:
    """And nothing is left behind."""
    opened = await bench.open("in.csv", f"a,b\n1,2\n3,{'x' * (17 << 20)}\n", options={"header": "yes"})
    with pytest.raises(PluginRefused, match="record 2, column 2: 17 MiB in one value cannot be exported"):
        await bench.export(opened)
    assert bench.names() == ["in.csv"]
    await bench.export(opened, scope={"columns": [0]})
    assert bench.lines() == [["1"], ["3"]]


async def test_an_empty_file(bench: Bench) -> None:
    """Makes an empty file."""
    opened = await bench.open("in.csv", "a,b\n", options={"header": "yes"})
    assert (await bench.export(opened, CSV)).records == 0
    assert (bench.folder / "out").read_text() == "a,b\n"
    nothing = await bench.open("none.csv", "")
    assert (await bench.export(nothing, CSV, to="none")).records == 0


def _ref(opened: object) -> object:
    return opened
