"""What must be in a match of a regular expression: never a text too many."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.documents.search.finder import RegexFinder, TextFinder
from thoth_ls.documents.search.literals import literals

ATOMS = [
    "a",
    "b",
    "s",
    "k",
    "i",
    "ß",
    "\u017f",
    "\u212a",
    ".",
    r"\.",
    r"\w",
    r"\b",
    "[ab]",
    "[^a]",
    "(ab)",
    "(?:s|k)",
    "(?=b)",
    "^",
]
QUANTIFIERS = ["", "", "", "", "?", "*", "+", "??", "*+", "{2}", "{0,1}", "{,2}", "{1,}"]
ITEMS = st.tuples(st.sampled_from(ATOMS), st.sampled_from(QUANTIFIERS)).map("".join)
PATTERNS = st.lists(st.lists(ITEMS, max_size=5).map("".join), min_size=1, max_size=3).map("|".join)
TEXTS = st.text(alphabet="abskiß\u017f\u212aİIABS.", max_size=12)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("abc", ("abc",)),
        ("ab*c", ("a",)),
        ("a+bc", ("bc",)),
        ("foo|barn", ("foo", "barn")),
        ("(foo|bar)bazaar", ("bazaar",)),
        (r"\d+px", ("px",)),
        (r"a\.b", ("a.b",)),
        (r"x\tyz", ("x\tyz",)),
        ("[]a]bc", ("bc",)),
        ("ab{2,}cd", ("ab",)),
        ("a{,3}bcd", ("bcd",)),
        ("^abc$", ("abc",)),
        ("a|", None),
        ("", None),
        ("[abc]+", None),
        ("(?i)abc", None),
        ("(?#(x)abc", None),
        ("(?:abc){e<=1}", None),
        ("[[:alpha:]]abc", None),
        (r"\x41bc", None),
        (r"\p{L}bc", None),
        (r"(a)\1bc", None),
    ],
)
def test_texts_that_must_be_there_are_told(pattern: str, expected: tuple[str, ...] | None) -> None:
    """The longest run of each alternative; nothing where it is not sure."""
    assert literals(pattern) == expected


@given(pattern=PATTERNS, text=TEXTS, match_case=st.booleans())
def test_no_match_is_without_a_needle(pattern: str, text: str, match_case: bool) -> None:
    """What a plugin leaves out because no needle is in it is no match."""
    try:
        matched = regex.search(pattern, text, regex.VERSION0 | (0 if match_case else regex.IGNORECASE)) is not None
    except regex.error:
        return
    finder = RegexFinder(pattern, match_case=match_case, whole_word=False)
    if not finder.needles:
        return
    assert not matched or any(_in(needle.fold or list(needle.text), text) for needle in finder.needles)


@given(query=TEXTS.filter(bool), text=TEXTS, match_case=st.booleans(), whole_word=st.booleans())
def test_texts_are_found_where_python_finds_them(query: str, text: str, match_case: bool, whole_word: bool) -> None:
    """Without regard to case wherever the folded texts have it."""
    places = TextFinder(query, match_case=match_case, whole_word=whole_word).places(text)
    if match_case and not whole_word:
        assert (places is not None) == (query in text)
    elif not whole_word and query in text:
        assert places is not None
    for start, end in places or []:
        if match_case:
            assert text[start:end] == query
        else:
            assert text[start:end].casefold() == query.casefold()
        if whole_word:
            assert not _is_word(text[start - 1 : start])
            assert not _is_word(text[end : end + 1])


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _in(items: list[list[str]] | list[str], text: str) -> bool:
    ends = set(range(len(text) + 1))
    for item in items:
        ends = {at + len(choice) for at in ends for choice in item if text.startswith(choice, at)}
    return bool(ends)
