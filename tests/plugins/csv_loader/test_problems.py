"""Records that are not well formed are kept, shown, and said to be so."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from . import corpus, reference
from .conftest import CsvPlugin

Found = tuple[int, int, int, str]
MIB = 1 << 20


def expected(sample: corpus.Sample, rows: list[list[str]], header: int) -> list[Found]:
    """Record, line, offset and kind of all that is odd, the header being record `header` of the file."""
    walk = reference.walk(sample.text, sample.delimiter, sample.quote)
    columns = len(rows[header])
    found = []
    for record, (row, extent) in enumerate(zip(rows, walk.records, strict=True)):
        if len(row) != columns and not (columns == 1 and not row):
            kind = "ragged-short" if len(row) < columns else "ragged-long"
            found.append((max(0, record - header - 1), extent.line, sample.offsets[extent.begin], kind))
    if walk.open_quote is not None:
        line = walk.records[-1].line
        found.append((max(0, len(rows) - header - 2), line, sample.offsets[walk.open_quote], "unclosed-quote"))
    return sorted(found)


@settings(max_examples=150, deadline=None)
@given(corpus.SAMPLES)
def test_ragged_records_and_open_quotes_are_reported_where_they_are(
    csv_plugin: CsvPlugin, sample: corpus.Sample
) -> None:
    """Record, line and byte of each, whatever blocks they fall into."""
    rows = reference.rows_of(sample.text, sample.delimiter, sample.quote)
    header = next((i for i, row in enumerate(rows) if row), None)
    if header is None:
        return
    opened = csv_plugin.open(sample.data, {**sample.options, "header": "yes"}).read_on((1, 70_000))
    problems, total = opened.problems()
    wanted = expected(sample, rows, header)
    assert total == len(wanted)
    assert sorted((p.record, p.line, p.offset, p.kind) for p in problems) == wanted[:10_000]
    assert [p.record for p in problems] == sorted(p.record for p in problems)


PARTS = (b"a", b"bc", b",", b"\n", b"\r\n", b'"', b"\xc3\xa9", b"\xe2\x82\xac", b"\xf0\x9d\x84\x9e")
BAD = (b"\xff", b"\xe2\x82", b"\xe2", b"\xf0\x9d\x84", b"\x80", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_bytes_that_are_not_utf8_are_shown_replaced_and_reported_once_a_record(
    csv_plugin: CsvPlugin, seed: int
) -> None:
    """U+FFFD stands where Python's decoder puts it; exactly the records that hold such bytes are reported."""
    rng = random.Random(seed)
    often = rng.choice((0.002, 0.05, 0.3))
    size = rng.choice((5, 64, 130, 3_000, 17_000, 70_000))
    data = b"".join(rng.choice(BAD if rng.random() < often else PARTS) for _ in range(size))
    opened = csv_plugin.open(data, {"encoding": "utf-8", "delimiter": ",", "header": "no"}).read_on((1,))
    rows = reference.rows_of(data.decode(errors="replace"), ",", '"')
    assert opened.page() == [reference.as_shown(row) for row in rows]
    bad = []
    for record, extent in enumerate(reference.walk(data.decode("latin-1"), ",", '"').records):
        part = data[extent.begin : extent.end]
        if part != part.decode(errors="replace").encode():
            bad.append((record, extent.line))
    problems, _ = opened.problems()
    reported = [(p.record, p.line) for p in problems if p.kind == "invalid-encoding"]
    assert reported == bad[: len(reported)]
    assert len(reported) == len(bad) or len(problems) == 10_000


def test_messages_say_what_is_odd(csv_plugin: CsvPlugin) -> None:
    """The sentence names the number of cells and what it is compared with."""
    opened = csv_plugin.open(b"a,b\n1\n1,2,3\n\n4,5\n").read_on()
    problems, total = opened.problems()
    assert total == 3
    assert [p.message for p in problems] == [
        "1 cell, the header has 2",
        "3 cells, the header has 2",
        "a blank line, the header has 2",
    ]
    assert opened.page() == [["1"], ["1", "2", "3"], [], ["4", "5"]]


def test_lone_surrogates_and_half_units_of_utf16_are_reported(csv_plugin: CsvPlugin) -> None:
    """A surrogate without its other half and a byte too many."""
    data = "a,b\nx,".encode("utf-16") + b"\x00\xd8" + "\ny,z\n".encode("utf-16-le") + b"!"
    opened = csv_plugin.open(data).read_on()
    problems, total = opened.problems()
    assert [(p.record, p.kind) for p in problems] == [(0, "invalid-encoding"), (1, "invalid-encoding")]
    assert total == 2
    assert opened.page() == [["x", "\ufffd"], ["y", "z"]]


def test_more_problems_are_counted_than_kept(csv_plugin: CsvPlugin) -> None:
    """10,000 are kept, all are counted."""
    problems, total = csv_plugin.open(b"a,b\n" + b"1\n" * 25_000).read_on().problems()
    assert (len(problems), total) == (10_000, 25_000)
    assert problems[-1].record == 9_999


def test_a_quote_nobody_closes_does_not_swallow_the_file(csv_plugin: CsvPlugin) -> None:
    """A quoted cell that grows beyond 64 MiB is text, and the records behind its quote are found."""
    line = b"3," + b"x" * 8_000 + b"\n"
    lines = 70 * MIB // len(line)
    tail = b'4,"ok, ""fine"""\n5,"open at the end\n6,7\n'
    opened = csv_plugin.open(b'a,b\n1,x\n2,"never closed\n' + line * lines + tail).read_on((8 * MIB,))
    problems, total = opened.problems()
    assert [(p.record, p.line, p.offset, p.kind) for p in problems[:1]] == [(1, 2, 10, "unclosed-quote")]
    assert total == 2
    assert opened.progress.records == lines + 4
    assert opened.page(0, 2) == [["1", "x"], ["2", '"never closed']]
    assert opened.page(lines + 2, 5) == [["4", 'ok, "fine"'], ["5", "open at the end\n6,7\n"]]


@pytest.mark.parametrize("name", ["ragged.csv"])
def test_the_ragged_sample_is_reported_as_its_readme_says(csv_plugin: CsvPlugin, samples: Path, name: str) -> None:
    """The faults put into the sample are found."""
    problems, total = csv_plugin.open((samples / name).read_bytes()).read_on().problems()
    assert total == len(problems) > 0
    assert {p.kind for p in problems} >= {"ragged-short", "ragged-long"}
