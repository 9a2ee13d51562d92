"""Pages of cells turned into what exporters want."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thoth_ls.errors import PluginInvalid
from thoth_ls.exporting.rows import Layout
from thoth_ls.wire.documents import Column

TEXT = st.text('"\\],[{a\n', max_size=6) | st.text(max_size=4)
MARKED = st.fixed_dictionaries(
    {"text": TEXT, "kind": st.sampled_from(["number", "boolean", "null", "object", "invalid"])}
)
PAGES = st.lists(st.lists(TEXT | st.none() | MARKED, max_size=4), max_size=5)
STYLES = st.sampled_from([(",", ":"), (", ", ": "), (",\n ", " :")])


def layout(**more: Any) -> Layout:
    """One for three columns."""
    columns = [Column(name=name, type="text", nulls=[]) for name in ("a", 'b"', "c")]
    return Layout(**({"shape": "cells", "columns": columns, "chosen": None, "typed": False} | more))


@given(page=PAGES, style=STYLES, ascii_only=st.booleans(), asked=st.integers(0, 6))
@example(page=[['x"],["y'], ["z"]], style=(",", ":"), ascii_only=False, asked=3)
@example(page=[["x\\"], ["z"]], style=(",", ":"), ascii_only=False, asked=2)
@example(page=[['"],['], ["z"]], style=(",", ":"), ascii_only=False, asked=3)
@example(page=[["a", {"text": "1", "kind": "number"}, "b"], ["a"]], style=(", ", ": "), ascii_only=False, asked=1)
def test_a_page_that_is_passed_on_holds_as_many_rows_of_plain_cells(
    page: list[list[Any]], style: tuple[str, str], ascii_only: bool, asked: int
) -> None:
    """The fast way is never taken where the slow one would make something else of the page."""
    text = json.dumps(page, separators=style, ensure_ascii=ascii_only)
    if layout().plain(text, asked) and len(page) <= asked:  # a source that returns more is caught elsewhere
        assert len(page) == asked
        assert all(cell is None or isinstance(cell, str) for row in page for cell in row)


def test_the_fast_way_is_taken() -> None:
    """For the pages of a table."""
    text = json.dumps([["a", 'say "hi"'], ["b,c", "[1]"], ["é", ""]], separators=(",", ":"))
    assert layout().plain(text, 3)
    assert not layout().plain(text, 4)
    assert not layout(chosen=[0]).plain(text, 3)
    assert not layout(shape="objects").plain(text, 3)
    assert not layout(shape="texts").plain(text, 3)


@given(page=PAGES)
def test_rows_are_json_whatever_the_cells_hold(page: list[list[Any]]) -> None:
    """In every shape."""
    for shape in ("cells", "objects", "texts"):
        for row in layout(shape=shape).convert(json.dumps(page), "x"):
            if not row.unread:
                json.loads(row.text(shape))  # type: ignore[arg-type]


def test_cells_of_every_kind() -> None:
    """What is no valid number is a text, what is a summary has to be asked for."""
    cells = [
        "x",
        None,
        {"text": "1.50", "kind": "number"},
        {"text": "01", "kind": "number"},
        {"text": "true", "kind": "boolean"},
        {"text": "null", "kind": "null"},
        {"text": '{"a":1.0}', "kind": "object", "count": 1},
        {"text": "NaN", "kind": "invalid"},
        {"text": "Point", "kind": "object", "count": 2},
        {"text": "lon", "bytes": 5_000},
    ]
    row = layout().convert(json.dumps([cells]), "x")[0]
    assert row.pieces[:8] == ['"x"', "null", "1.50", '"01"', "true", "null", '{"a":1.0}', '"NaN"']
    assert [(item.column, item.kind) for item in row.unread] == [(8, "object"), (9, "string")]
    texts = layout(shape="texts").convert(json.dumps([cells[:3]]), "x")[0]
    assert texts.pieces == ['"x"', '""', '"1.50"']


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[[NaN]]", '[[{"kind":"number"}]]', "[[1]]", "[[[]]]", '[["a"]'])
def test_what_is_no_page_is_the_fault_of_its_plugin(text: str) -> None:
    """Named as such."""
    with pytest.raises(PluginInvalid, match="plugin some\\.loader: returned"):
        layout().convert(text, "some.loader")
