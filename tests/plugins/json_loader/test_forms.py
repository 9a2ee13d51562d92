"""What the records of a file are, from its content, its name, or as asked for."""

import json
import random

import pytest

from .conftest import JsonPlugin

MIB = 1 << 20
PRETTY = json.dumps({"a": [1, 2, {"b": None}], "c": "x"}, indent=2).encode()


@pytest.mark.parametrize(
    ("data", "name", "form", "records"),
    [
        (b"[1,2,3]", "a.json", "array", 3),
        (b" \n[\n 1,\n 2\n]\n", "a.json", "array", 2),
        (b"[]", "a.json", "array", 0),
        (b"[1,2,3]", "a.ndjson", "lines", 1),
        (b'{"a":1}', "a.json", "document", 1),
        (PRETTY, "a.json", "document", 1),
        (PRETTY, "a.ndjson", "document", 1),
        (b'"text"', "a.json", "document", 1),
        (b"12", "a.json", "document", 1),
        (b'{"a":1}\n{"a":2}\n', "a.json", "lines", 2),
        (b'{"a":1}\n\n{"a":2}', "a.ndjson", "lines", 2),
        (b'{"a":1}\r\n{"a":2}\r\n', "a.json", "lines", 2),
        (b"[1]\n[2]\n[3]\n", "a.json", "lines", 3),
        (b'1\n"a"\nnull\n', "a.jsonl", "lines", 3),
        (b'{"a":1}\n{"a":2', "a.ndjson", "lines", 2),
        (b'{"a":1\n{"a":2}\n', "a.ndjson", "lines", 2),
        (PRETTY + b"\n" + PRETTY, "a.json", "concatenated", 2),
        (b"{}{}[] 1 2", "a.json", "concatenated", 5),
        (b'\xef\xbb\xbf[{"a":1},{"a":2}]', "a.json", "array", 2),
        (b'\xef\xbb\xbf{"a":1}\n{"a":2}\n', "a.json", "lines", 2),
        (b"", "a.ndjson", "lines", 0),
        (b" \n", "a.json", "lines", 0),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature"},{}]}', "a.geojson", "array", 2),
        (b'{"features":[{}],"type":"FeatureCollection"}', "a.json", "array", 1),
        (b'{"type":"Feature","features":[1]}', "a.json", "document", 1),
        (b'{"type":"FeatureCollection","features":{}}', "a.geojson", "document", 1),
    ],
)
def test_the_form_is_found_from_the_content(
    json_plugin: JsonPlugin, data: bytes, name: str, form: str, records: int
) -> None:
    """The extension decides only where it could be either."""
    opened = json_plugin.open(data, name=name).read_on()
    assert (opened.options()["format"], opened.progress.records) == (form, records)
    notes = opened.notes()
    lies = (form == "lines") != name.endswith(("ndjson", "jsonl")) and (form == "lines" or name.endswith("ndjson"))
    assert bool(notes) == (lies or (data != b"" and data.strip() == b""))


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.json", []),
        (b"", "a.ndjson", []),
        (b"   ", "a.json", ["The file holds nothing but white space."]),
        (b"\n\r\n\n", "a.ndjson", ["The file holds nothing but white space."]),
        (b" // a\n/* b */\n", "a.jsonc", ["The file holds nothing but comments."]),
    ],
)
def test_a_file_without_values_says_once_what_it_holds(
    json_plugin: JsonPlugin, data: bytes, name: str, said: list[str]
) -> None:
    """In a note, where its size does not say it; it is nothing malformed."""
    opened = json_plugin.open(data, name=name).read_on()
    assert opened.notes() == said
    assert (opened.progress.records, opened.problems()) == (0, ([], 0))


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_an_array_that_was_asked_for_and_is_not_there_is_said_to_be_missing(
    json_plugin: JsonPlugin, data: bytes
) -> None:
    """In plain words for the file's own array, by its pointer for another."""
    assert json_plugin.open(data, {"format": "array"}).read_on().notes() == ["The file holds no array."]
    asked = {"format": "array", "records": "/a"}
    assert json_plugin.open(data, asked).read_on().notes() == ['There is no array at "/a".']


@pytest.mark.parametrize("depth", [0, 1, 3])
def test_records_may_lie_behind_a_pointer(json_plugin: JsonPlugin, depth: int) -> None:
    """Names with escapes, positions in arrays, and large things before and behind."""
    value: object = [{"id": number, "features": [0, 0]} for number in range(1000)]
    pointer = ""
    for level in range(depth):
        value = {"before": ["x" * 70_000, {"a/~b": [1, 2]}], "a/~b": ["", value, []], "behind": [1] * 5000}
        pointer = f"/a~1~0b/1{pointer}" if level or depth else pointer
    data = json.dumps(value).encode()
    for text in (data, data.replace(b'"a/', b'"\\u0061/')):
        opened = json_plugin.open(text, {"records": pointer}).read_on((1,))
        assert (opened.progress.records, opened.problems()[1]) == (1000, 0)
        assert opened.options()["records"] == pointer


def test_a_pointer_that_leads_nowhere_gives_no_records(json_plugin: JsonPlugin) -> None:
    """That is no error of the file, and said."""
    opened = json_plugin.open(b'{"a":{"b":1},"c":[1,2]}', {"records": "/a/b"}).read_on()
    assert (opened.progress.records, opened.problems()[1]) == (0, 0)
    assert any("/a/b" in note for note in opened.notes())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"format": "csv"}, 'option format: "csv" is not auto'),
        ({"records": "features"}, "JSON Pointer"),
        ({"records": "/a~2"}, "JSON Pointer"),
        ({"comments": "yes"}, "strict or allowed"),
        ({"encoding": "latin-1"}, "utf-8"),
        ({"colour": "red"}, "unknown option colour"),
        ({"format": "lines", "records": "/a"}, "option records"),
        ({"format": "array"}, "does not begin with an array"),
    ],
)
def test_options_that_make_no_sense_are_refused_with_a_sentence(
    json_plugin: JsonPlugin, options: dict[str, str], said: str
) -> None:
    """Naming the option."""
    assert said in json_plugin.refusal(b'{"a":1}', options)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"{}", "a.json5", "JSON5"),
        (b"hello there", "a.json", "no JSON"),
        (b"<html></html>", "a.json", "no JSON"),
        (b"id,name\n1,x\n", "a.json", "no JSON"),
        (b"1,2,3\n4,5,6\n", "a.json", "no JSON"),
        ('{"a":1}'.encode("utf-16-le"), "a.json", "encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "a.json", "no JSON"),
    ],
)
def test_what_is_no_json_is_refused_with_a_sentence(json_plugin: JsonPlugin, data: bytes, name: str, said: str) -> None:
    """Saying what to do where there is something."""
    assert said in json_plugin.refusal(data, name=name)


@pytest.mark.parametrize("steps", [(1,), (65_536,), (100_000, 1), (1 << 24,)])
@pytest.mark.parametrize("form", ["array", "lines", "concatenated", "document"])
def test_the_size_of_the_steps_makes_no_difference(json_plugin: JsonPlugin, steps: tuple[int, ...], form: str) -> None:
    """The same records, problems and places."""
    rng = random.Random(5)
    values = [{"a": list(range(rng.randrange(400))), "b": "\\u00e9\\n" * rng.randrange(300)} for _ in range(1200)]
    texts = [json.dumps(value) for value in values] + ["tru", '{"a" 1}']
    data = (",\n".join(texts).join("[]") if form in ("array", "document") else "\n".join(texts)).encode()
    assert len(data) > MIB
    opened = json_plugin.open(data, {"format": form}).read_on(steps)
    assert opened.progress.records == (1 if form == "document" else len(texts))
    assert [kind for _, kind in opened.kinds()] == ["bad-literal", "missing-colon"]
    places = [rng.randrange(len(data)) for _ in range(50)]
    found = [opened.json("tree-loader", "locate", place) for place in places]
    record, path = (0, [1199, 0]) if form == "document" else (1199, [0])
    assert opened.json("tree-loader", "value", record, json.dumps(path))["count"] == len(values[-1]["a"])
    again = json_plugin.open(data, {"format": form}).read_on()
    assert [again.json("tree-loader", "locate", place) for place in places] == found


@pytest.mark.parametrize("depth", [1000, 1100, 100_000, 3_000_000])
def test_depth_is_no_danger(json_plugin: JsonPlugin, depth: int) -> None:
    """As a document, in a line among others, and without the end."""
    deep = b'{"a":' * (depth // 2) + b"[" * (depth // 2) + b"]" * (depth // 2) + b"}" * (depth // 2)
    assert json_plugin.open(deep, {"format": "document"}).read_on().problems() == ([], 0)
    lines = json_plugin.open(b"1\n" + deep + b"\n2\n" + deep[:-1] + b"\n3\n", {"format": "lines"}).read_on()
    assert (lines.progress.records, [kind for _, kind in lines.kinds()]) == (5, ["broken-line"])
    cut = json_plugin.open(deep[: depth // 2 * 6], {"format": "array"} if deep[:1] == b"[" else None).read_on()
    assert [kind for _, kind in cut.kinds()] == ["truncated"]


def test_nesting_beyond_all_measure_is_a_problem(json_plugin: JsonPlugin) -> None:
    """Ten million levels are followed; what is deeper is passed over, and what comes behind is read."""
    deep = b"[" * 10_000_020 + b"]" * 10_000_020
    opened = json_plugin.open(deep + b"\n2\n", {"format": "lines"}).read_on()
    assert ([kind for _, kind in opened.kinds()], opened.progress.records) == (["too-deep"], 2)


def test_a_string_longer_than_many_checkpoints_is_one_value(json_plugin: JsonPlugin) -> None:
    """And the records around it are found."""
    long = "é\\\\" * 400_000
    data = ('[1,{"a":"' + long + '","b":2},3]').encode()
    opened = json_plugin.open(data).read_on((1,))
    assert (opened.progress.records, opened.problems()[1]) == (3, 0)
    assert opened.json("tree-loader", "value", 1, "[1]")["preview"] == "2"
    assert opened.json("tree-loader", "roots", 2, 1)["children"][0]["preview"] == "3"
    assert opened.json("tree-loader", "locate", len(data) - 2) == {"record": 2, "path": [], "part": "value"}
