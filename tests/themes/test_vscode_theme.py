"""Colour themes of VS Code, as people have them, made into ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.errors import InputInvalid
from thoth_ls.themes.colors import TEXT_RATIO, contrast, parse
from thoth_ls.themes.from_editor import GROUNDS
from thoth_ls.themes.theme_text import Variant, hard_to_read
from thoth_ls.themes.tokens import TOKENS, defaults
from thoth_ls.themes.vscode_theme import Made, made_of

THEMES = Path(__file__).parent.parent.parent / "vscode-extension" / "node_modules" / "tm-themes" / "themes"
"""Of a package of npm that collects those of the marketplace."""


def made(theme: dict[str, Any], *, dark: bool = True) -> Made:
    """The theme of an object."""
    return made_of(json.dumps(theme), "Unnamed", dark=dark)


def test_there_are_themes_to_try() -> None:
    assert len(list(THEMES.glob("*.json"))) >= 20, "make node"


@pytest.mark.parametrize("path", sorted(THEMES.glob("*.json")), ids=lambda path: path.stem)
def test_a_theme_of_the_marketplace_is_taken_over_and_can_be_read(path: Path) -> None:
    text = path.read_text("utf-8")
    given = json.loads(text)
    found = made_of(text, path.stem, dark=True)
    assert found.dark == (given["type"] != "light")
    assert found.palette.keys() == TOKENS.keys()
    assert hard_to_read(Variant(found.name, found.dark, found.palette)) == []
    for ground in GROUNDS:
        assert contrast(found.palette["fg"], found.palette[ground]) >= TEXT_RATIO, ground
    bg = found.palette["bg"]
    assert bg[:3] == parse(given["colors"]["editor.background"])[:3]


def test_the_rule_that_fits_a_scope_best_counts_and_of_equal_ones_the_last() -> None:
    rules = [
        {"scope": "string.quoted.double", "settings": {"foreground": "#000001"}},
        {"scope": ["comment", "string"], "settings": {"foreground": "#ff0000"}},
        {"scope": "string, keyword", "settings": {"foreground": "#00ff00"}},
        {"scope": "stringy", "settings": {"foreground": "#0000ff"}},
        {"scope": "string", "settings": {"fontStyle": "bold"}},
        {"scope": "string", "settings": {"foreground": "no color"}},
        "nonsense",
        {"settings": 1},
    ]
    found = made({"colors": {"editor.background": "#000000"}, "tokenColors": rules})
    assert str(found.palette["syntax_string"]) == "#00ff00"
    assert str(found.palette["syntax_key"]) == "#00ff00"


def test_what_has_no_color_has_a_usual_one_and_it_is_said() -> None:
    found = made({"colors": {"editor.background": "#101010"}})
    assert found.palette["error"] == defaults(dark=True)["error"]
    assert any(remark.startswith("error: the theme has no color for it") for remark in found.remarks)


@pytest.mark.parametrize(
    ("theme", "dark"),
    [
        ({"type": "light", "colors": {"editor.background": "#000000"}}, False),
        ({"type": "hc-black", "colors": {"focusBorder": "#ffffff"}}, True),
        ({"type": "odd", "colors": {"editor.background": "#fafafa"}}, False),
        ({"colors": {"editor.background": "#202020"}}, True),
    ],
)
def test_whether_it_is_dark_is_found_out(theme: dict[str, Any], dark: bool) -> None:
    assert made(theme).dark == dark


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"colors": []}', '{"colors": {}, "tokenColors": []}', "// a", "[" * 99999]
)
def test_what_is_no_theme_is_refused(text: str) -> None:
    with pytest.raises(InputInvalid):
        made_of(text, "x", dark=True)


def test_names_come_from_the_file_where_it_has_one() -> None:
    assert made({"name": "Mine", "colors": {"focusBorder": "#fff"}}).name == "Mine"
    assert made({"name": " ", "colors": {"focusBorder": "#fff"}}).name == "Unnamed"
    assert made({"name": 3, "colors": {"focusBorder": "#fff"}}).name == "Unnamed"
