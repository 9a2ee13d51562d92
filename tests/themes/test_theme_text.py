"""`theme.json` as others write it: whatever is in it, what can be used is, and the rest is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoth_ls.themes.colors import parse
from thoth_ls.themes.theme_text import MOST_VARIANTS, hard_to_read, read
from thoth_ls.themes.tokens import TOKENS, defaults

WHOLE = {token: str(color) for token, color in defaults(dark=True).items()} | {"name": "Night", "dark_mode": True}


def said(variants: Any, **darkness: bool) -> list[str]:
    """What is said of a file."""
    return [str(remark) for remark in read(json.dumps(variants), darkness or None).remarks]


def test_a_complete_file_is_taken_as_it_is() -> None:
    found = read(json.dumps({"Night": WHOLE}), {"Night": True})
    assert (len(found.variants), found.remarks) == (1, [])
    assert found.variants[0].dark
    assert found.variants[0].palette == defaults(dark=True)


@pytest.mark.parametrize("dark", [True, False])
def test_what_is_missing_is_the_default_of_the_same_darkness(dark: bool) -> None:
    file = read(json.dumps({"A": {"dark_mode": dark, "accent": "#123456"}}), None)
    palette = file.variants[0].palette
    assert palette == {**defaults(dark=dark), "accent": parse("#123456")}
    assert f"those of the {'dark' if dark else 'light'} default: bg, bg_panel" in str(file.remarks[0])


def test_without_a_word_about_darkness_the_background_tells() -> None:
    file = read(json.dumps({"A": {"bg": "#fafafa"}, "B": {"bg": "#101010"}, "C": {}}), None)
    assert [variant.dark for variant in file.variants] == [False, True, True]


def test_a_wrong_color_is_named_with_variant_and_token() -> None:
    assert said({"Night": WHOLE | {"accent": "purple"}}) == [
        "variant “Night”, accent: 'purple' is no color: write #rrggbb or #rrggbbaa"
    ]
    assert said({"Night": WHOLE | {"bg": 7}})[0].startswith("variant “Night”, bg: '7' is no color")
    file = read(json.dumps({"Night": WHOLE | {"accent": "purple"}}), None)
    assert file.variants[0].palette["accent"] == defaults(dark=True)["accent"]


def test_opacity_is_taken_everywhere() -> None:
    file = read(json.dumps({"A": WHOLE | {"bg": "#11223344", "fg": "#abcd"}}), None)
    assert file.remarks == []
    assert str(file.variants[0].palette["bg"]) == "#11223344"
    assert str(file.variants[0].palette["fg"]) == "#aabbccdd"


def test_tokens_that_are_none_are_remarked_upon_and_left_out() -> None:
    assert said({"A": WHOLE | {"backgruond": "#000000"}}) == [
        "variant “A”, backgruond: there is no such token; it is left out"
    ]


def test_catalog_and_file_are_compared_and_the_catalog_counts() -> None:
    assert said({"A": WHOLE}, A=True, B=False) == [
        "variant “B”: plugin.toml names it in its catalog, and it is not here"
    ]
    assert said({"A": WHOLE, "B": WHOLE}, A=True) == ["variant “B”: it is not in the catalog in plugin.toml"]
    file = read(json.dumps({"A": WHOLE}), {"A": False})
    assert not file.variants[0].dark
    assert "says otherwise, and counts" in str(file.remarks[0])


@pytest.mark.parametrize("text", ["", "[]", "1", "{", '{"a": 1}', '{"a": []}', "[" * 100_000, "\xff", "null"])
def test_what_is_no_theme_is_said_and_nothing_is_raised(text: str) -> None:
    file = read(text.encode("latin-1"), None)
    assert file.variants == []
    assert file.remarks
    assert all(remark.wrong for remark in file.remarks)


def test_there_is_an_end_to_variants() -> None:
    file = read(json.dumps({f"v{number}": {} for number in range(MOST_VARIANTS + 5)}), None)
    assert len(file.variants) == MOST_VARIANTS
    assert "256 are read" in str(file.remarks[-1])


VALUES = st.recursive(st.none() | st.booleans() | st.text(max_size=9), st.lists, max_leaves=3)


@settings(max_examples=50)
@given(st.dictionaries(st.text(max_size=5) | st.sampled_from(sorted(TOKENS)), VALUES))
def test_anything_as_a_variant_is_a_theme_of_22_colors(given_tokens: dict[str, Any]) -> None:
    file = read(json.dumps({"A": given_tokens}), None)
    assert file.variants[0].palette.keys() == TOKENS.keys()


def test_texts_that_are_hard_to_read_are_said_and_are_no_mistakes() -> None:
    file = read(json.dumps({"A": WHOLE | {"fg": "#333333"}}), None)
    remarks = hard_to_read(file.variants[0])
    assert any(str(remark).startswith("variant “A”, fg: has a contrast of 1.") for remark in remarks)
    assert not any(remark.wrong for remark in remarks)
