"""The tables that make of 22 tokens what the editor and our webviews look like."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoth_ls.themes.colors import TEXT_RATIO, Color, contrast, parse
from thoth_ls.themes.expressions import evaluated
from thoth_ls.themes.resolving import resolved
from thoth_ls.themes.syntax import RULES, SEMANTIC
from thoth_ls.themes.theme_text import read
from thoth_ls.themes.tokens import CHART, TOKENS, Palette, defaults, derived
from thoth_ls.themes.workbench import COLORS, GROUPS, css_variable

ROOT = Path(__file__).parent.parent.parent
PART = st.integers(0, 255)
PALETTES = st.fixed_dictionaries({token: st.builds(Color, PART, PART, PART, PART) for token in TOKENS})


def bundled() -> dict[str, Palette]:
    """Every variant of every theme that comes with Thoth."""
    return {
        variant.key: variant.palette
        for path in sorted((ROOT / "plugins").glob("*-theme/theme.json"))
        for variant in read(path.read_bytes(), {}).variants
    }


@pytest.mark.parametrize("dark", [True, False])
def test_every_expression_is_a_color(dark: bool) -> None:
    colors = derived(defaults(dark=dark))
    for expression in (*COLORS.values(), *(rule.color for rule in RULES), *SEMANTIC.values(), *CHART):
        assert evaluated(expression, colors)


def test_an_expression_of_no_token_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        evaluated("backgruond", derived(defaults(dark=True)))


def test_there_are_at_least_as_many_colors_as_promised() -> None:
    assert len(COLORS) >= 150
    assert sum(map(len, GROUPS.values())) == len(COLORS), "an id stands in two groups"
    for name in COLORS:
        assert re.fullmatch(r"[a-zA-Z]+(\.[a-zA-Z0-9]+)*", name)


def test_what_the_webviews_ask_for_is_there() -> None:
    """Every variable of colour in our style sheets, but those that a theme of ours has none for."""
    used: set[str] = set()
    for path in (ROOT / "vscode-extension" / "src").rglob("*.css"):
        used |= set(re.findall(r"--vscode-[a-zA-Z0-9-]+", path.read_text("utf-8")))
    fonts = {name for name in used if re.search(r"-font-(family|size|weight)$", name)}
    # What only some themes of the editor have: pages that wear a theme of ours are without it.
    sheet = (ROOT / "vscode-extension" / "src" / "webview" / "theme.css").read_text("utf-8")
    optional = set(re.findall(r"(--vscode-[a-zA-Z0-9-]+): initial", sheet))
    known = {css_variable(name) for name in COLORS}
    assert used - fonts - known == optional


@settings(max_examples=30)
@given(PALETTES)
def test_any_palette_becomes_colors_everywhere(palette: Palette) -> None:
    found = resolved(palette)
    for color in (*found.css.values(), *found.workbench.values(), *found.semantic.values()):
        assert str(parse(color)) == color
    assert found.workbench.keys() == COLORS.keys()
    assert {name for name in found.css if name.startswith("--thoth-")} >= {
        f"--thoth-{token.replace('_', '-')}" for token in TOKENS
    }


@settings(max_examples=30)
@given(PALETTES)
def test_text_on_a_filled_area_can_always_be_read(palette: Palette) -> None:
    workbench = {name: parse(color) for name, color in resolved(palette).workbench.items()}
    bg = palette["bg"].over(Color(0, 0, 0))
    for fill, text in (("button.background", "button.foreground"), ("badge.background", "badge.foreground")):
        behind = workbench[fill].over(bg)
        assert contrast(workbench[text], behind) >= TEXT_RATIO


@pytest.mark.parametrize("name", bundled())
def test_what_is_written_in_bundled_themes_can_be_read_where_it_stands(name: str) -> None:
    """In fields, side bars, every other row, on buttons, on what is chosen; matches of a search lie upon rows."""
    workbench = {key: parse(color) for key, color in resolved(bundled()[name]).workbench.items()}
    bg = workbench["editor.background"]
    row = workbench["tree.tableOddRowsBackground"].over(bg)
    seen = {
        "input.foreground": workbench["input.background"],
        "sideBar.foreground": workbench["sideBar.background"],
        "button.secondaryForeground": workbench["button.secondaryBackground"],
        "inputOption.activeForeground": workbench["inputOption.activeBackground"].over(bg),
        "list.inactiveSelectionForeground": workbench["list.inactiveSelectionBackground"],
        "list.activeSelectionForeground": workbench["list.activeSelectionBackground"],
        "editor.foreground": row,
    }
    for text, behind in seen.items():
        assert contrast(workbench[text], behind) >= TEXT_RATIO, text
    for behind in (bg, row, workbench["sideBar.background"], workbench["input.background"]):
        assert contrast(workbench["descriptionForeground"], behind) >= TEXT_RATIO
    match = workbench["editor.findMatchHighlightBackground"].over(row)
    assert contrast(workbench["editor.foreground"], match) >= TEXT_RATIO


@pytest.mark.parametrize("name", bundled())
def test_secondary_text_of_bundled_themes_can_be_read(name: str) -> None:
    palette = bundled()[name]
    workbench = {key: parse(color) for key, color in resolved(palette).workbench.items()}
    bg = palette["bg"]
    for text in ("descriptionForeground", "errorForeground", "list.warningForeground", "textLink.foreground"):
        assert contrast(workbench[text], bg) >= TEXT_RATIO, text
    assert contrast(palette["fg"], bg) >= TEXT_RATIO


def test_the_bundled_themes_are_those_of_the_catalogs_and_complete() -> None:
    assert len(bundled()) == 19
    for path in (ROOT / "plugins").glob("*-theme/theme.json"):
        for key, value in json.loads(path.read_text("utf-8")).items():
            assert value.keys() - {"name", "dark_mode"} == TOKENS.keys(), key
