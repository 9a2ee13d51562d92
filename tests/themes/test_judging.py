"""Authors of themes are told what is wrong with them, once, and what could be read better."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.themes.test_library import MANIFEST
from thoth_ls.catalog.discovery import read_plugin
from thoth_ls.themes.judging import judged
from thoth_ls.themes.tokens import defaults

WHOLE = {token: str(color) for token, color in defaults(dark=True).items()}
"""Its texts can be read, but for those in gray."""
DARK = {**WHOLE, "fg_muted": "#9fa4bc"}


def said(folder: Path, content: str, catalog: str = '[["Dark", true], ["Light", false]]') -> list[str]:
    """The findings of a plugin with that theme.json."""
    (folder / "plugin.toml").write_text(MANIFEST.format(id="org.example.one", name="One", catalog=catalog))
    (folder / "theme.json").write_text(content)
    return [str(finding) for finding in judged(read_plugin(folder, "development"))]


@pytest.mark.parametrize(
    ("variants", "expected"),
    [
        ({"Dark": DARK}, ["error: variant “Light”: plugin.toml names it in its catalog, and it is not here"]),
        (
            {"Dark": DARK, "Light": DARK, "Pink": DARK},
            ["error: variant “Pink”: it is not in the catalog in plugin.toml"],
        ),
        ({"Dark": DARK, "Light": 1}, ["error: variant “Light”: expected an object of colors by token"]),
        ([], ["error: expected one object whose keys are names of variants"]),
        (
            {"Dark": {**DARK, "fg": "red"}, "Light": DARK},
            ["warning: variant “Dark”, fg: 'red' is no color: write #rrggbb"],
        ),
        ({"Dark": {**DARK, "ink": "#fff"}, "Light": DARK}, ["warning: variant “Dark”, ink: there is no such token"]),
        (
            {"Dark": {**DARK, "fg_muted": "#444444"}, "Light": DARK},
            ["warning: variant “Dark”, fg_muted: has a contrast of 1.7"],
        ),
        ({"Dark": DARK, "Light": DARK}, []),
    ],
    ids=lambda value: str(value)[-30:],
)
def test_each_mistake_is_said_once(tmp_path: Path, variants: object, expected: list[str]) -> None:
    found = said(tmp_path, json.dumps(variants))
    assert len(found) == len(expected), found
    for line, begin in zip(found, expected, strict=True):
        assert line.startswith(f"theme.json: {begin}")


@pytest.mark.parametrize("content", ["{", "[" * 100_000])
def test_what_is_no_json_is_said(tmp_path: Path, content: str) -> None:
    [found] = said(tmp_path, content)
    assert found.startswith("theme.json: error: it is not valid JSON: ")


def test_a_file_that_is_too_large_is_said(tmp_path: Path) -> None:
    assert said(tmp_path, json.dumps({"x": "y" * 300_000})) == ["theme.json: error: is larger than 256 KiB"]


def test_without_a_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "plugin.toml").write_text(MANIFEST.format(id="org.example.one", name="One", catalog="[]"))
    assert judged(read_plugin(tmp_path, "development")) == []
