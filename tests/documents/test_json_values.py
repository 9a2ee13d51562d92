"""Decoded JSON that has lost nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.documents import json_values
from thoth_ls.documents.json_values import CUT_MARK, PREVIEW_CHARACTERS, Cut, Members

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=30,
)


@given(DOCUMENTS)
def test_encoding_what_was_decoded_says_the_same(document: Any) -> None:
    """A round trip changes blanks at most, and its text can be sent in UTF-8."""
    text = json_values.encode(json_values.decode(json.dumps(document)))
    text.encode("utf-8")
    assert json.loads(text) == document
    assert json_values.size_of(json_values.decode(json.dumps(document))) == len(text.encode("utf-8"))


@pytest.mark.parametrize("text", ["1.10", "1E5", "-0", "123456789012345678901234567890", "0.1000000000000000055511151"])
def test_numbers_keep_their_text(text: str) -> None:
    """They are never rounded."""
    assert json_values.encode(json_values.decode(f"[{text}]")) == f"[{text}]"


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("1", "number", None),
        ('"x"', "string", None),
        ("true", "boolean", None),
        ("null", "null", None),
        ("[1,2]", "array", 2),
        ('{"a":1,"a":2}', "object", 2),
        ("NaN", "invalid", None),
    ],
)
def test_values_say_what_they_are(text: str, kind: str, count: int | None) -> None:
    """Their kind, and how many children they have."""
    value = json_values.decode(text)
    assert (json_values.kind_of(value), json_values.count_of(value)) == (kind, count)


@pytest.mark.parametrize(
    "value", ["x" * 500, Members([("k" * 500, None)]), [["y" * 500]], Cut("z" * 500, 900, "string", None)]
)
def test_previews_are_short_and_say_that_they_were_cut(value: Any) -> None:
    """A line of a tree shows so much at most."""
    shown = json_values.preview(value)
    assert len(shown) == PREVIEW_CHARACTERS
    assert shown.endswith(CUT_MARK)
    assert json_values.preview("x" * PREVIEW_CHARACTERS) == "x" * PREVIEW_CHARACTERS


def test_deep_values_are_written_as_deep_as_they_were_read() -> None:
    """Writing needs no more of Python's stack than reading did."""
    text = "[" * 900 + "]" * 900
    assert json_values.encode(json_values.decode(text)) == text
    assert len(json_values.place(json_values.decode(text), [0] * 899).positions) == 899


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (["b"], "the record has no member 'b'"),
        ([2], "the record has 2 children, none at position 2"),
        (["a", "x"], r'the value at \["a"\] is an array, which has no member'),
        (["a", 0, 0], r'the value at \["a", 0\] has no children: its kind is number'),
    ],
)
def test_a_path_that_leads_nowhere_says_where_it_ends(path: list[str | int], said: str) -> None:
    """The sentence names the last value that is there."""
    with pytest.raises(LookupError, match=said):
        json_values.place(json_values.decode('{"a":[1],"a":2}'), path)
