"""Delimited text comes back through Python's csv module as it went out."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.exporters.conftest import Exporters, Raw

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12) | st.text('",;\n\r\t =+-@|\\', max_size=6)
ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(TEXT, min_size=n, max_size=n), max_size=8))
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
PLAIN = {"formula-guard": "false"}


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    """What Python reads."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(
    rows=ROWS,
    delimiter=st.sampled_from(sorted(DELIMITERS)),
    quote=st.sampled_from(["cells that need them", "all cells"]),
    line_end=st.sampled_from(["LF", "CRLF"]),
)
def test_rows_come_back(exporters: Exporters, rows: list[list[str]], delimiter: str, quote: str, line_end: str) -> None:
    """Whatever the cells hold."""
    columns = [f"c{n}" for n in range(len(rows[0]) if rows else 2)]
    options = PLAIN | {"delimiter": delimiter, "quote": quote, "line-end": line_end}
    text = exporters.stream("csv", columns, rows, options)
    assert read(text, DELIMITERS[delimiter]) == [columns, *rows]
    assert exporters.whole("csv", columns, rows, options) == text


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("=a,b", "'=a,b"),
        ("-", "'-"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-1.5e+3", "-1.5e+3"),
        ("-5", "-5"),
        ("+7", "+7"),
        ("-.5", "-.5"),
        ("- 5", "'- 5"),
        *((f"{sign}1", f"'{sign}1") for sign in "＝＋－＠"),  # noqa: RUF001 - what is meant
        ("-0x10", "'-0x10"),
        ("a=1", "a=1"),
        (" =1", " =1"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("quote", ["cells that need them", "all cells"])
def test_formulas_are_guarded(exporters: Exporters, cell: str, written: str, quote: str) -> None:
    """By default, as OWASP says; numbers are none."""
    text = exporters.stream("csv", ["a", "=b"], [["x", cell]], {"quote": quote})
    assert read(text) == [["a", "'=b"], ["x", written]]
    off = exporters.stream("csv", ["a", "=b"], [["x", cell]], {"quote": quote, **PLAIN})
    assert read(off) == [["a", "=b"], ["x", cell]]


def test_values_of_other_kinds(exporters: Exporters) -> None:
    """Numbers keep their digits and are never guarded, nested values are JSON, null is a text of its own."""
    row: list[Any] = [Raw("-1.10"), Raw("1e400"), True, None, Raw('{"a": [1.0, "x\\"y"]}'), ""]
    text = exporters.stream("csv", list("abcdef"), [row], {"header": "false", "null": "NA"})
    assert read(text) == [["-1.10", "1e400", "true", "NA", '{"a": [1.0, "x\\"y"]}', ""]]
    all_quoted = exporters.stream("csv", ["a", "b"], [[None, ""]], {"header": "false", "quote": "all cells"})
    assert all_quoted == ',""\n'


def test_rows_of_other_lengths(exporters: Exporters) -> None:
    """Short ones are filled up, long ones kept."""
    text = exporters.stream("csv", ["a", "b"], [["1"], [], ["1", "2", "3"]])
    assert read(text) == [["a", "b"], ["1", ""], ["", ""], ["1", "2", "3"]]


def test_an_empty_cell_alone_is_no_empty_line(exporters: Exporters) -> None:
    """Readers skip those."""
    assert read(exporters.stream("csv", ["a"], [[""], ["x"], [None]])) == [["a"], [""], ["x"], [""]]


def test_marks_and_ends(exporters: Exporters) -> None:
    """Byte order mark, line ends, escapes of every kind."""
    text = exporters.stream(
        "csv", ["ä"], [[Raw('"\\u00e9\\ud83d\\ude00\\ud800\\/\\b"')]], {"bom": "true", "line-end": "CRLF"}
    )
    assert text == "\ufeffä\r\né😀\ufffd/\b\r\n"
