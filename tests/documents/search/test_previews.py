"""What is shown of a hit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.documents.search.columns import ColumnMap
from thoth_ls.documents.search.previews import LONGEST, excerpt
from thoth_ls.wire.documents import Column

LONG = st.text(alphabet="ab😀é\ud800", max_size=500)


@given(text=LONG, data=st.data())
def test_a_preview_is_short_and_holds_the_first_place(text: str, data: st.DataObject) -> None:
    """At most 200 characters, the ranges mark what was found, and no lone surrogate is left."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 100)))
    preview, ranges = excerpt(text, [(start, end)] if end > start else [])
    assert len(preview) <= LONGEST
    written = text.replace("\ud800", r"\ud800")
    assert preview.count("…") == (0 if len(written) <= LONGEST else 1 if preview[0] != "…" or preview[-1] != "…" else 2)
    units = preview.encode("utf-16-le")
    marked = "".join(units[2 * first : 2 * last].decode("utf-16-le") for first, last in ranges)
    assert marked == text[start:end].replace("\ud800", r"\ud800")[: len(marked)]
    assert marked or end == start


def test_columns_are_found_by_the_longest_path() -> None:
    """A cell that shows an object shows what is in it; the more exact column wins."""
    paths = [["a"], ["a", "b"], None, ["c"]]
    columns = ColumnMap([Column(name="x", type="text", nulls=[], path=path) for path in paths])
    assert [columns.of([], keys) for keys in (["a"], ["a", "b", 0], ["a", 0], ["b"], [0], [])] == [
        0,
        1,
        0,
        None,
        None,
        None,
    ]
    assert ColumnMap([], tabular=True).of([3, 1], ["x", 1]) == 3
