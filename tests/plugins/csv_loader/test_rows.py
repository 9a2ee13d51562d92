"""Rows are those of Python's csv module, however the file is written and wherever it is cut."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings

from . import corpus, reference
from .conftest import CsvPlugin

STEPS = ((1,), (5_000, 70_000), (1 << 20,), (1, 65_536, 100_000))


@settings(max_examples=100, deadline=None)
@given(corpus.SAMPLES)
def test_rows_are_those_of_the_csv_module(csv_plugin: CsvPlugin, sample: corpus.Sample) -> None:
    """Any text in any encoding: the same records, read in odd steps; and any page is a slice of the whole."""
    rng = random.Random(sample.seed)
    opened = csv_plugin.open(sample.data, {**sample.options, "header": "no"}).read_on(rng.choice(STEPS))
    rows = reference.rows_of(sample.text, sample.delimiter, sample.quote)
    shown = [reference.as_shown(row) for row in rows]
    assert opened.page() == shown
    assert opened.progress.records == len(rows)
    assert opened.progress.bytes_done == opened.progress.bytes_total == len(sample.data)
    for _ in range(5):
        start, count = rng.randrange(len(rows) + 1), rng.randrange(20)
        assert opened.page(start, count) == shown[start : start + count]


def test_every_page_of_a_file_that_crosses_chunks_is_a_slice_of_it(csv_plugin: CsvPlugin) -> None:
    """Every record as the first of a page, where records cross every kind of boundary."""
    text = "".join(f'{i},"{"x" * (i % 97)}\r\n{"é" * (i % 13)}",""\r\n' for i in range(1_500))
    rows = reference.rows_of(text, ",", '"')
    opened = csv_plugin.open(text.encode(), {"header": "no"}).read_on()
    assert opened.page() == rows
    for start in range(len(rows)):
        assert opened.page(start, 3) == rows[start : start + 3]


@pytest.mark.parametrize("boundary", [64, 16_384, 65_536, 1 << 20])
def test_whatever_stands_at_a_boundary_is_read_the_same(csv_plugin: CsvPlugin, boundary: int) -> None:
    """A CRLF, a doubled quote, a character of four bytes, a closing quote: at each distance from a boundary."""
    for middle in ('"a\r\nb"\r\nc', '"a""b","c"', "𝄞,𝄞\n𝄞", "a\r\n\r\nb", 'a\r"b"\nc', '""""\n""\n'):
        for before in range(8):
            text = "x" * (boundary - before - 2) + "\n," + middle + "\nlast,row"
            rows = reference.rows_of(text, ",", '"')
            opened = csv_plugin.open(text.encode(), {"header": "no", "delimiter": ","}).read_on((1,))
            assert opened.page() == [reference.as_shown(row) for row in rows]


def test_the_first_rows_are_there_before_the_file_has_been_read(csv_plugin: CsvPlugin) -> None:
    """Opening reads one MiB, whatever the size; what was found of it can be paged."""
    text = "id,name\n" + "".join(f"{i},row {i}\n" for i in range(200_000))
    opened = csv_plugin.open(text.encode())
    assert not opened.progress.done
    assert opened.progress.bytes_done <= 1 << 20
    assert opened.page(0, 2) == [["0", "row 0"], ["1", "row 1"]]
    known = opened.progress.records
    assert opened.page(known - 1, 5) == [[str(known - 1), f"row {known - 1}"]]
    opened.read_on((100_000,))
    assert opened.progress.records == 200_000
    assert opened.page(199_999, 5) == [["199999", "row 199999"]]


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("airports.csv", "utf-8", ","),
        ("amendments.csv", "utf-8", ","),
        ("us-employment.csv", "utf-8", ","),
        ("planeten.csv", "utf-8-sig", ";"),
        ("ragged.csv", "utf-8", ","),
        ("elements-utf16.csv", "utf-16", ","),
        ("hauptstaedte-windows1252.csv", "windows-1252", ";"),
        ("state-capitals.psv", "utf-8", "|"),
        ("unemployment.tsv", "utf-8", "\t"),
    ],
)
def test_real_files_are_understood_without_being_told_how(
    csv_plugin: CsvPlugin, samples: Path, name: str, encoding: str, delimiter: str
) -> None:
    """Encoding, delimiter and header are detected; rows and column names are those of the csv module."""
    data = (samples / name).read_bytes()
    opened = csv_plugin.open(data, name=name).read_on()
    with (samples / name).open(encoding=encoding, newline="", errors="replace") as file:
        header, *rows = reference.rows_of(file.read(), delimiter, '"')
    assert opened.options()["delimiter"] == delimiter
    assert [column.name for column in opened.describe().columns] == header
    assert opened.page() == [reference.as_shown(row) for row in rows]


def test_a_file_that_became_shorter_is_refused_not_misread(csv_plugin: CsvPlugin) -> None:
    """Bytes that are gone are an error that says so."""
    text = b"a,b\n" + b"1,2\n" * 1_000_000
    opened = csv_plugin.open(text)
    csv_plugin.write(text[: 2 << 20])
    with pytest.raises(Exception, match="shorter since it was opened"):
        opened.read_on()
