"""Queries spelled out for plugins, which know nothing of letters."""

import json
import re

import pytest

from thoth_ls.documents.folding import alternatives, pattern, query_json
from thoth_ls.documents.source import Query


def matches(query: str, cell: str) -> bool:
    """Whether the alternatives accept the whole cell, as a plugin would try them."""
    ends = {0}
    for item in alternatives(query):
        ends = {end + len(option) for end in ends for option in item if cell.startswith(option, end)}
    return len(cell) in ends


@pytest.mark.parametrize(
    ("query", "cell"),
    [
        ("straße", "STRASSE"),
        ("STRASSE", "Straße"),
        ("STRASSE", "STRAẞE"),
        ("k", "\N{KELVIN SIGN}"),
        ("σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("ﬁn", "FIN"),
        ("éa", "ÉA"),
        ("ǆ", "ǅ"),
        ("a.*", "A.*"),
        ("日本", "日本"),
        ("sss", "SSS"),
        ("𐐀", "𐐨"),
    ],
)
def test_case_does_not_matter(query: str, cell: str) -> None:
    """The text is found in every case it can be written in."""
    assert matches(query, cell)
    assert pattern(Query(query, match_case=False, whole_cell=True)).search(cell)


@pytest.mark.parametrize(("query", "cell"), [("a", "ä"), ("o", "0"), ("s", "ß"), ("i", "l"), ("a.c", "abc")])
def test_other_letters_do_matter(query: str, cell: str) -> None:
    """Only case is folded, not accents, and nothing in a query has a special meaning."""
    assert not matches(query, cell)
    assert not pattern(Query(query, match_case=False, whole_cell=False)).search(cell)


def test_the_text_itself_comes_first() -> None:
    """A plugin may try it first."""
    assert [item[0] for item in alternatives("Ab1")] == ["A", "b", "1"]
    assert alternatives("1") == [["1"]]


def test_queries_have_the_shape_of_the_contract() -> None:
    """With case there is nothing to fold."""
    assert json.loads(query_json(Query("ä", match_case=True, whole_cell=True))) == {
        "text": "ä",
        "fold": None,
        "wholeCell": True,
    }
    assert json.loads(query_json(Query("ä", match_case=False, whole_cell=False)))["fold"] == [["ä", "Ä"]]


def test_a_whole_cell_means_the_whole_cell() -> None:
    """A line break at the end belongs to it."""
    whole = pattern(Query("ab", match_case=True, whole_cell=True))
    assert whole.search("ab")
    assert not whole.search("ab\n")
    assert isinstance(whole, re.Pattern)
