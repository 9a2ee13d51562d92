"""Statements do in SQLite what they say, and stay what they are in other dialects whatever the data holds."""

import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.exporters.conftest import Exporters, Raw
from thoth_ls.errors import PluginRefused

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12) | st.text("'\"\\;-\n\0`x", max_size=8)
CELL = st.none() | TEXT | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), max_size=9))
SQLITE = {"dialect": "SQLite"}


def executed(script: str, table: str = "data") -> list[tuple[Any, ...]]:
    """The rows of the table that a script makes."""
    database = sqlite3.connect(":memory:")
    try:
        if "\0" in script:
            raise AssertionError("a script ends at a null character")
        database.executescript(script)
        return database.execute(f'SELECT * FROM "{table}"').fetchall()
    finally:
        database.close()


@given(rows=ROWS, names=st.lists(TEXT, min_size=4, max_size=4), most=st.integers(1, 5))
def test_sqlite_reads_what_was_written(
    exporters: Exporters, rows: list[list[Any]], names: list[str], most: int
) -> None:
    """Texts of any kind, under names of any kind, even empty or repeated ones."""
    columns = names[: len(rows[0]) if rows else 4]
    script = exporters.stream("sql", columns, rows, SQLITE | {"rows": str(most)})
    # Columns of texts turn numbers into texts, as SQLite writes them.
    expected = sqlite3.connect(":memory:")
    expected.execute(f"CREATE TABLE t ({', '.join(f'c{n} TEXT' for n in range(len(columns)))})")
    expected.executemany(f"INSERT INTO t VALUES ({','.join('?' * len(columns))})", rows)
    assert executed(script) == expected.execute("SELECT * FROM t").fetchall()
    expected.close()


def test_types_and_numbers(exporters: Exporters) -> None:
    """A text is a number only in a column of numbers, and only if it is one."""
    columns = [("i", "integer"), ("f", "float"), ("t", "text"), ("b", "boolean"), ("j", "json")]
    rows = [
        ["12", "1.50", "12", "yes", Raw('{"a":"it\'s"}')],
        ["+7", "1e3", "007", "false", None],
        ["007", "n/a", "x", "maybe", Raw("[1]")],
        ["", "", "", "", ""],
        [Raw("5"), Raw("0.1"), Raw("1.0"), True, False],
        ["1); DROP TABLE data; --", "0x10", "a", "b", "c"],
    ]
    script = exporters.stream("sql", columns, rows, SQLITE)
    assert executed(script) == [
        (12, 1.5, "12", 1, '{"a":"it\'s"}'),
        (7, 1000.0, "007", 0, None),
        (7, "n/a", "x", "maybe", "[1]"),  # which is SQLite's doing: a text that looks like a number, in such a column
        (None, None, "", "", ""),
        (5, 0.1, "1.0", 1, "0"),
        ("1); DROP TABLE data; --", "0x10", "a", "b", "c"),
    ]
    assert "'007'" in script


@pytest.mark.parametrize(
    ("dialect", "text", "written"),
    [
        ("standard", "a'b\\", "'a''b\\'"),
        ("PostgreSQL", "a'b", "'a''b'"),
        ("PostgreSQL", "a'b\\", "E'a''b\\\\'"),
        ("MySQL", "a'b\\", "'a''b\\\\'"),
        ("MySQL", "a\0b", "'a\\0b'"),
        ("PostgreSQL", "a\0b", "'a\ufffdb'"),
        ("standard", "\0", "'\ufffd'"),
        ("SQLite", "a\0b\\", "('a'||char(0)||'b\\')"),
    ],
)
def test_texts_of_each_dialect(exporters: Exporters, dialect: str, text: str, written: str) -> None:
    """No text ends early in any of them."""
    made = exporters.stream("sql", ["a"], [[text]], {"dialect": dialect, "create": "false"})
    assert made.endswith(f" VALUES\n({written});\n")


@pytest.mark.parametrize(
    ("dialect", "name", "written"),
    [
        ("standard", 'a"b`', '"a""b`"'),
        ("MySQL", 'a"b`', '`a"b```'),
        ("PostgreSQL", "select", '"select"'),
        ("SQLite", "x\0y", '"x\ufffdy"'),
    ],
)
def test_names_of_each_dialect(exporters: Exporters, dialect: str, name: str, written: str) -> None:
    """Quoted always."""
    made = exporters.stream("sql", [name], [["1"]], {"dialect": dialect, "create": "false", "table": "s.t"})
    quote = "`" if dialect == "MySQL" else '"'
    assert made == f"INSERT INTO {quote}s{quote}.{quote}t{quote} ({written}) VALUES\n('1');\n"


def test_statements(exporters: Exporters) -> None:
    """So many rows in one; no table and no statement where there is nothing."""
    rows = [[str(n)] for n in range(5)]
    made = exporters.stream("sql", ["a"], rows, {"rows": "2", "create": "false"}, step=5)
    assert made.count("INSERT") == 3
    assert exporters.stream("sql", ["a"], rows, {"rows": "2", "create": "false"}, step=1) == made
    assert exporters.stream("sql", ["a"], [], {"create": "false"}) == ""
    assert exporters.stream("sql", [], [], {}) == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"table": ""}, "a table needs a name"),
        ({"table": "a..b"}, "empty part"),
        ({"rows": "0"}, "whole number from 1"),
        ({"rows": "many"}, "whole number from 1"),
        ({"dialect": "Oracle"}, "not one of its choices"),
        ({"create": "maybe"}, "neither true nor false"),
        ({"nothing": "x"}, "unknown option nothing"),
    ],
)
def test_options_that_make_no_sense_are_refused(exporters: Exporters, options: dict[str, str], said: str) -> None:
    """With their name."""
    with pytest.raises(PluginRefused, match=said):
        exporters.stream("sql", ["a"], [["1"]], options)


def test_cells_without_a_column_are_refused(exporters: Exporters) -> None:
    """Rather than lost."""
    with pytest.raises(PluginRefused, match="row 2 of the export has more cells than there are columns"):
        exporters.stream("sql", ["a"], [["1"], ["1", "2"]])
