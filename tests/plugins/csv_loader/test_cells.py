"""Single cells and single records: long ones in parts, as objects, as the bytes they are."""

import json
import random

import pytest
from hypothesis import given, settings

from thoth_ls.documents.source import Query
from thoth_ls.errors import PluginRefused

from . import corpus, reference
from .conftest import LONG, CsvPlugin


@settings(max_examples=100, deadline=None)
@given(corpus.SAMPLES)
def test_the_parts_of_a_cell_make_the_whole(csv_plugin: CsvPlugin, sample: corpus.Sample) -> None:
    """Whatever the size of the parts, they are whole characters and follow each other."""
    rng = random.Random(sample.seed)
    rows = reference.rows_of(sample.text, sample.delimiter, sample.quote)
    opened = csv_plugin.open(sample.data, {**sample.options, "header": "no"}).read_on()
    full = [(record, column) for record, row in enumerate(rows) for column in range(len(row))]
    for record, column in rng.sample(full, min(4, len(full))):
        whole, parts, at = rows[record][column], "", 0
        size = max(rng.choice((1, 2, 3, 7, 1000)), len(whole) // 50)
        while True:
            cell = opened.cell(record, column, at, size)
            assert cell.size_bytes == len(whole.encode())
            parts += cell.text
            if cell.next is None:
                break
            at = cell.next
        assert parts == whole


@settings(max_examples=100, deadline=None)
@given(corpus.SAMPLES)
def test_raw_bytes_are_those_of_the_file(csv_plugin: CsvPlugin, sample: corpus.Sample) -> None:
    """Not a record written again, but the bytes between two newlines; and objects hold every cell."""
    csv_plugin.write(sample.data)
    options = json.dumps({**sample.options, "header": "no"})
    progress = csv_plugin.call("paged-loader", "open", "/data/data.csv", options)
    assert progress["done"] == (len(sample.data) <= 1 << 20)
    rng = random.Random(sample.seed)
    rows = reference.rows_of(sample.text, sample.delimiter, sample.quote)
    extents = reference.walk(sample.text, sample.delimiter, sample.quote).records
    for record in rng.sample(range(len(rows)), min(5, len(rows))):
        begin, end = sample.offsets[extents[record].begin], sample.offsets[extents[record].end]
        assert csv_plugin.call("file-loader", "raw-bytes", record) == sample.data[begin:end]
        objects = csv_plugin.call("file-loader", "get-range", record, 3)
        assert [list(json.loads(text).values()) for text in objects] == rows[record : record + 3]


def test_long_cells_are_cut_at_whole_characters(csv_plugin: CsvPlugin) -> None:
    """Up to 1,024 bytes of UTF-8 a cell is a string, beyond it a beginning and a length."""
    cells = ["é" * 512, "é" * 513, "x" + "é" * 512, "𝄞" * 1_000, '"' * 1_025, "x" * LONG, "\n" * 2_000]
    text = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\nlast\n"
    opened = csv_plugin.open(text.encode(), {"header": "no", "delimiter": ","}).read_on()
    assert opened.page() == [reference.as_shown(cells), ["last"]]


def test_a_cell_of_fifty_megabytes_is_paged_within_the_plugins_memory(csv_plugin: CsvPlugin) -> None:
    """The plugin holds a window of it; parts of it can be read from anywhere."""
    size = 50 << 20
    opened = csv_plugin.open(b'id,text\n1,"' + b"0123456789abcdef" * (size // 16) + b'"\n2,b\n').read_on()
    (first, (beginning, length)), second = opened.page()
    assert (first, beginning, length, second) == ("1", "0123456789abcdef" * 64, size, ["2", "b"])
    part = opened.cell(0, 1, size - 20, 100)
    assert (part.text, part.next) == ("cdef0123456789abcdef"[-20:], None)
    assert len(opened.cell(0, 1, 1 << 20, 1 << 22).text) == 1 << 22


def test_a_page_ends_before_eight_mebibytes_and_goes_on_where_it_stopped(csv_plugin: CsvPlugin) -> None:
    """Records are never cut to make them fit, only left for the next page."""
    line = ",".join(["x" * 1_000] * 20) + "\n"
    opened = csv_plugin.open((line * 1_000).encode(), {"header": "no"}).read_on()
    first = opened.page(0, 1_000)
    assert 300 < len(first) < 1_000
    assert len(first) + len(opened.page(len(first), 1_000)) > len(first)
    assert len(json.dumps(first, separators=(",", ":"))) <= 8 << 20


def test_a_record_wider_than_a_page_is_shown_with_shorter_cells(csv_plugin: CsvPlugin) -> None:
    """A record of 20,000 long cells still has an answer."""
    line = ",".join(["y" * 1_000] * 20_000) + "\n"
    opened = csv_plugin.open(line.encode() + b"z\n", {"header": "no"}).read_on()
    (record,) = opened.page(0, 1)
    assert len(record) == 20_000
    assert record[-1] == ("y" * 32, 1_000)
    assert opened.page(1, 1) == [["z"]]


def test_a_record_can_be_looked_into(csv_plugin: CsvPlugin) -> None:
    """The cells of a record as children, chosen by start and count."""
    csv_plugin.write(b"a,b,c\n1,2,3\n")
    csv_plugin.call("paged-loader", "open", "/data/data.csv", "{}")
    node = json.loads(csv_plugin.call("paged-loader", "node", 0, "[]", 1, 1))
    child = {"key": 1, "kind": "text", "preview": "2", "count": None}
    assert node == {"kind": "array", "count": 3, "children": [child]}


@pytest.mark.parametrize(
    ("function", "arguments", "says"),
    [
        ("node", (0, "[9]", 0, 10), "no cell of that number"),
        ("node", (7, "[]", 0, 10), "no record of that number"),
        ("node", (0, '["a"]', 0, 10), "neither"),
        ("node", (0, "{", 0, 10), "neither"),
        ("find", ("{}", 0, 10), "query"),
        ("find", ('{"text":"","fold":null,"wholeCell":false}', 0, 10), "query"),
        ("find", ('{"text":"a","fold":[[]],"wholeCell":false}', 0, 10), "query"),
        ("open", ("/data/missing.csv", "{}"), "does not exist"),
        ("open", ("/data", "{}"), "does not exist"),
        ("open", ("/data/../etc/passwd", "{}"), "not permitted"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(
    csv_plugin: CsvPlugin, function: str, arguments: tuple[object, ...], says: str
) -> None:
    """Never a trap, whatever is asked."""
    csv_plugin.write(b"a,b\n1,2\n")
    csv_plugin.call("paged-loader", "open", "/data/data.csv", "{}")
    with pytest.raises(PluginRefused, match=says):
        csv_plugin.call("paged-loader", function, *arguments)


def test_the_greatest_numbers_do_no_harm(csv_plugin: CsvPlugin) -> None:
    """Sums of starts and counts that overflow are cut, not trapped on."""
    csv_plugin.write(b"a,b\n1,2\n")
    csv_plugin.call("paged-loader", "open", "/data/data.csv", "{}")
    most = 2**64 - 1
    assert csv_plugin.call("paged-loader", "page", most, most) == "[]"
    assert csv_plugin.call("paged-loader", "page", 0, most) == '[["1","2"]]'
    assert json.loads(csv_plugin.call("paged-loader", "problems", most, most))["total"] == 0
    assert json.loads(csv_plugin.call("paged-loader", "node", 0, "[0]", most, most))["next"] is None
    assert csv_plugin.call("paged-loader", "advance", most)["done"]
    query = '{"text":"2","fold":null,"wholeCell":false}'
    assert json.loads(csv_plugin.call("paged-loader", "find", query, most, most))["done"]


@pytest.mark.parametrize("unit", [b"\xff", b'""', b",", b'a"'], ids=["invalid", "quotes", "empty-cells", "odd-quotes"])
def test_a_record_larger_than_a_call_can_read_never_uses_up_a_calls_fuel(csv_plugin: CsvPlugin, unit: bytes) -> None:
    """Whatever an enormous record is made of, every call answers with what it has got, and the next record is there."""
    options = {"encoding": "utf-8", "delimiter": ",", "header": "yes"}
    data = b"a,b\n1," + unit * ((100 << 20) // len(unit)) + b"\n2,3\n"
    opened = csv_plugin.open(data, options).read_on((1 << 30,))
    assert opened.progress.records == 2
    assert len(opened.page(0, 2)) >= 1
    assert opened.page(1, 1) == [["2", "3"]]
    assert opened.cell(0, 0).text == "1"
    for text in ("3", "\ufffdno"):
        found = opened.find(Query(text, match_case=True, whole_cell=False))
        assert found == ([(1, 1)] if text == "3" else [])
