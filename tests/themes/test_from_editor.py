"""Tokens that are made of the editor's own colours: every one of them, and readable, whatever the editor's theme is."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from thoth_ls.themes.colors import TEXT_RATIO, Color, contrast, parse
from thoth_ls.themes.from_editor import DERIVED_FROM_EDITOR, FROM_EDITOR, GROUNDS, LEAST_SEEN, from_editor
from thoth_ls.themes.resolving import resolved
from thoth_ls.themes.theme_text import Variant, hard_to_read
from thoth_ls.themes.tokens import DERIVED, TOKENS, css_token, defaults

EXTENSION = Path(__file__).parent.parent.parent / "vscode-extension"
PART = st.integers(0, 255)
NAMES = sorted({name for source in FROM_EDITOR.values() for name in source.colors})
COLORS = st.dictionaries(st.sampled_from(NAMES), st.builds(Color, PART, PART, PART, PART))


def test_every_token_has_its_row_below_those_it_is_made_of() -> None:
    assert FROM_EDITOR.keys() == TOKENS.keys()
    above: set[str] = set()
    for token, source in FROM_EDITOR.items():
        made_of = {name for name in re.findall(r"[a-z_]+", source.otherwise) if name in TOKENS}
        assert made_of | {source.upon} - {""} <= above, token
        above.add(token)
    assert FROM_EDITOR.keys() >= set(GROUNDS)
    assert DERIVED.keys() >= DERIVED_FROM_EDITOR.keys()


@settings(max_examples=50)
@given(COLORS, st.booleans())
def test_any_colors_give_all_tokens_and_texts_that_can_be_read(colors: dict[str, Color], dark: bool) -> None:
    found = from_editor(colors, dark=dark)
    assert found.palette.keys() == TOKENS.keys()
    assert hard_to_read(Variant("", dark, found.palette)) == []
    assert found.palette["bg"].alpha == 255


def test_what_is_there_and_can_be_read_stays_as_it_is() -> None:
    given_colors = {
        "editor.background": parse("#101010"),
        "foreground": parse("#dddddd"),
        "errorForeground": parse("#ff8080"),
        "sideBar.background": parse("#ffffff20"),
        "list.hoverBackground": parse("#ffffff20"),
    }
    found = from_editor(given_colors, dark=True)
    assert str(found.palette["fg"]) == "#dddddd"
    assert str(found.palette["error"]) == "#ff8080"
    assert str(found.palette["bg_panel"]) == "#2e2e2e", "what it looks like over the background"
    assert str(found.palette["sidebar_hover"]) == "#ffffff20"
    assert {"error", "fg", "bg_panel"}.isdisjoint(found.guessed)
    assert "success" in found.guessed


def test_what_cannot_be_seen_is_passed_over() -> None:
    """In high contrast themes of VS Code a button is as black as the background."""
    black, cyan = parse("#000000"), parse("#6fc3df")
    high = {"editor.background": black, "button.background": black, "badge.background": black}
    assert from_editor({**high, "progressBar.background": cyan}, dark=True).palette["accent"] == cyan
    assert from_editor(high, dark=True).palette["accent"] == defaults(dark=True)["accent"]
    assert contrast(cyan, black) >= LEAST_SEEN


def test_a_ground_that_text_cannot_be_read_on_comes_nearer_to_the_background() -> None:
    light = {"editor.background": parse("#ffffff"), "editor.foreground": parse("#202020")}
    found = from_editor({**light, "sideBar.background": parse("#000000")}, dark=False)
    ratio = contrast(found.palette["fg"], found.palette["bg_panel"])
    assert TEXT_RATIO <= ratio < TEXT_RATIO + 0.2


def test_what_is_known_by_scopes_counts_first_and_what_was_mended_is_said() -> None:
    known = {"syntax_key": parse("#303030")}
    found = from_editor({"editor.background": parse("#101010")}, dark=True, known=known)
    assert found.mended == {}, "it could not be seen at all, so that another one stands for it"
    known = {"syntax_key": parse("#404040")}
    found = from_editor({"editor.background": parse("#101010")}, dark=True, known=known)
    assert found.mended == known
    assert contrast(found.palette["syntax_key"], found.palette["bg"]) >= TEXT_RATIO


def test_tokens_that_style_sheets_ask_for_are_there_with_a_theme_and_without() -> None:
    sheets = (EXTENSION / "src" / "webview").rglob("*.css")
    asked = {name for path in sheets for name in re.findall(r"--thoth-[a-z-]+", path.read_text("utf-8"))}
    made = {css_token(name) for name in (*FROM_EDITOR, *DERIVED)}
    assert made == {name for name in resolved(defaults(dark=True)).css if name.startswith("--thoth-")}
    assert len(asked) > 10
    assert asked <= made
