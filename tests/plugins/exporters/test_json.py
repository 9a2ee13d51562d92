"""Records come back through Python's json module, numbers digit by digit."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.exporters.conftest import Exporters, Raw
from thoth_ls.documents.json_values import decode, encode
from thoth_ls.errors import PluginRefused

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
BLANKS = st.sampled_from([(",", ":"), (", ", ": "), ("\n ,\t", " : ")])
FORMATS = [{"format": "JSON", "pretty": "true"}, {"format": "JSON", "pretty": "false"}, {"format": "NDJSON"}]


def read(text: str, options: dict[str, str]) -> list[Any]:
    """The records in a file, numbers and repeated names kept."""
    if options["format"] == "NDJSON":
        assert text == "" or text.endswith("\n")
        return [decode(line) for line in text.split("\n")[:-1]]
    found: list[Any] = decode(text)
    return found


@given(records=st.lists(VALUES, max_size=7), blanks=BLANKS, ascii_only=st.booleans(), options=st.sampled_from(FORMATS))
def test_records_come_back(
    exporters: Exporters, records: list[Any], blanks: tuple[str, str], ascii_only: bool, options: dict[str, str]
) -> None:
    """However they were laid out."""
    texts = [Raw(json.dumps(record, separators=blanks, ensure_ascii=ascii_only)) for record in records]
    assert read(exporters.stream("json", [], texts, options), options) == [decode(text) for text in texts]


@pytest.mark.parametrize("options", FORMATS)
def test_nothing_is_rounded_or_lost(exporters: Exporters, options: dict[str, str]) -> None:
    """Digits, exponents, names that are there twice, escapes."""
    record = Raw(
        '{"a": 1.10, "a": 12345678901234567890.000, "b": [1E+5, -0, -0.0], "c": "\\u00e9\\ud800\\/", "d": {}, "e": [ ]}'
    )
    found = read(exporters.stream("json", [], [record, record], options), options)
    assert [encode(item) for item in found] == [encode(decode(record))] * 2
    assert "\\ud800" in exporters.stream("json", [], [record], options)


def test_how_it_is_laid_out(exporters: Exporters) -> None:
    """Two blanks a level; a record a line where it is compact."""
    records = [Raw('{"a":[1,{"b":null}],"c":{},"d":[]}'), 7]
    pretty = exporters.stream("json", [], records)
    assert pretty == json.dumps([json.loads(records[0]), 7], indent=2) + "\n"
    assert exporters.stream("json", [], records, FORMATS[1]) == f"[\n{records[0]},\n7\n]\n"
    assert [exporters.stream("json", [], [], options) for options in FORMATS] == ["[]\n", "[]\n", ""]


@pytest.mark.parametrize(
    "text",
    [
        '{"a":01}',
        '{"a":1.}',
        '{"a":.5}',
        '{"a":-}',
        '{"a":NaN}',
        '{"a" 1}',
        "{a:1}",
        "[1,]",
        '{"a":1,}',
        '["\\x"]',
        '["\\u12"]',
    ],
)
@pytest.mark.parametrize("options", FORMATS)
def test_what_is_not_valid_is_refused(exporters: Exporters, text: str, options: dict[str, str]) -> None:
    """A file that is written is valid."""
    with pytest.raises(PluginRefused, match="not the JSON"):
        exporters.stream("json", [], [Raw(text)], options)


def test_deep_records(exporters: Exporters) -> None:
    """As deep as anybody has them, and not deeper than there is room."""
    deep = Raw("[" * 50_000 + "]" * 50_000)
    assert exporters.stream("json", [], [deep], FORMATS[2]) == deep + "\n"
    with pytest.raises(PluginRefused, match="nested too deeply"):
        exporters.stream("json", [], [Raw("[" * 200_000 + "]" * 200_000)], FORMATS[2])


def test_a_table_becomes_objects_of_texts(exporters: Exporters) -> None:
    """The published interface knows no more of them."""
    made = exporters.whole("json", ["a", 'b"\n'], [["1", "x\\"], ["", "é"]])
    assert json.loads(made) == [{"a": "1", 'b"\n': "x\\"}, {"a": "", 'b"\n': "é"}]
