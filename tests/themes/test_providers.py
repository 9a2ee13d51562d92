"""Plugins that make themes: who is asked again, and when."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.panels.stage import Stage, until
from tests.themes.test_library import Shelf, shelf
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.errors import PluginInvalid, PluginReloaded
from thoth_ls.themes import providers
from thoth_ls.themes.providers import Providers
from thoth_ls.themes.tokens import defaults

ODD = "org.thoth.fixture.odd-theme"
ADAPTIVE = "com.thoth.adaptive-theme"


async def failing(on: Shelf, kind: Any = "dark") -> list[str]:
    """The plugins whose themes cannot be had."""
    return [failure.plugin_id for failure in (await on.themes.all(kind)).failures]


async def test_one_nobody_has_decided_about_is_asked_as_soon_as_somebody_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And whoever shows its themes is told."""
    async with shelf(tmp_path) as on:
        on.put_adaptive()
        decided = False
        monkeypatch.setattr(on.runtime.custody, "settled", lambda plugin: decided)
        assert await failing(on) == [ADAPTIVE]
        on.themes.settings_changed(ADAPTIVE)
        assert len(on.changes) == 1
        on.themes.settings_changed(ADAPTIVE)
        assert len(on.changes) == 1
        assert await failing(on) == [ADAPTIVE]
        decided = True
        assert await failing(on) == []


async def test_a_decision_about_a_plugin_is_told_to_themes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its id."""
    stage = Stage(tmp_path)
    told: list[str] = []
    monkeypatch.setattr(stage.services.themes, "settings_changed", told.append)
    stage.services._permission_changed(ADAPTIVE)
    assert told == [ADAPTIVE]
    await stage.services.close()


async def test_one_that_was_being_built_is_asked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it made way for another build is no failure of it."""
    asked = Providers._asked
    reloads = [PluginReloaded(ADAPTIVE, "it was built anew")]

    async def reloaded(made: Providers, *given: Any) -> Sequence[Any]:
        if reloads:
            raise reloads.pop()
        return await asked(made, *given)

    monkeypatch.setattr(Providers, "_asked", reloaded)
    async with shelf(tmp_path) as on:
        on.put_adaptive()
        assert await failing(on) == [ADAPTIVE]
        assert await failing(on) == []


async def test_the_end_of_a_rest_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would ask again otherwise."""
    monkeypatch.setattr(providers, "REST_SECONDS", 0.05)
    async with shelf(tmp_path) as on:
        on.put_odd()
        assert await failing(on, "light") == [ODD]
        assert on.changes == []
        await until(lambda: on.changes)
        assert len(on.changes) == 1


async def test_one_that_is_asked_anew_while_it_makes_them_fails_no_other(tmp_path: Path) -> None:
    """It is asked once more."""
    async with shelf(tmp_path) as on:
        on.put_odd()
        on.put("org.example.one", {"Night": {}})
        asking = asyncio.create_task(on.themes.all("dark"))
        await until(lambda: on.runtime.instances(ODD))
        await asyncio.sleep(0.3)
        on.themes.settings_changed(ODD)
        found = await asking
        assert [info.name for info in found.themes] == ["Night"]
        assert [failure.plugin_id for failure in found.failures] == [ODD]
        assert "limit" in found.failures[0].message or "longer" in found.failures[0].message  # of the second asking


async def test_themes_of_a_file_stay_where_those_that_are_made_fail(tmp_path: Path) -> None:
    """Both are told, and the former can be chosen."""
    async with shelf(tmp_path) as on:
        on.put_odd()
        (on.folder / "odd" / "theme.json").write_text(json.dumps({"Plain": {"bg": "#000000"}}))
        found = await on.themes.all("light")
        assert [info.name for info in found.themes] == ["Plain"]
        assert [failure.plugin_id for failure in found.failures] == [ODD]
        assert (await on.themes.resolve(f"{ODD}/Plain", "light")).workbench["editor.background"] == "#000000"


@pytest.mark.parametrize(
    ("provided", "said"),
    [
        ([{"name": " ", "tokens_json": "{}"}], "has no name"),
        ([{"name": "x" * 201, "tokens_json": "{}"}], "more than 200 characters"),
        ([{"name": "Odd", "tokens_json": ""}], "the theme “Odd” is not valid JSON"),
        ([{"name": "Odd", "tokens_json": "[" * 60_000}], "the theme “Odd” is not valid JSON"),
        ([{"name": "Odd", "tokens_json": "[]"}], "the theme “Odd” is no object of colors by token"),
        ([{"name": "Odd", "tokens_json": " " * 70_000}], "the theme “Odd” has more than 65,536 characters"),
        ([{"name": "Odd", "tokens_json": "{}"}] * 65, "it makes 65 themes, and 64 are taken"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_garbage_is_refused_and_said(provided: Sequence[Any], said: str) -> None:
    """As a failure of that plugin, which the list has beside the themes of the others."""
    with pytest.raises(PluginInvalid, match=said):
        providers._checked(Plugin(Path("odd"), "development", None), provided, dark=True)


def test_what_can_be_used_of_garbage_is() -> None:
    tokens = json.dumps({"bg": "red", "fg": 7, "accent": "#123456", "dark_mode": "yes", "ink": "#fff"})
    provided = [{"name": "Odd", "tokens_json": tokens}, {"name": " Odd ", "tokens_json": "{}"}]
    [(variant, remarks)] = providers._checked(Plugin(Path("odd"), "development", None), provided, dark=False)
    assert (variant.key, variant.dark, str(variant.palette["accent"])) == ("Odd", False, "#123456")
    assert variant.palette["bg"] == defaults(dark=False)["bg"]
    assert [remark.split(": ")[0] for remark in remarks[:4]] == [
        f"variant “Odd”, {token}" for token in ("dark_mode", "bg", "fg", "ink")
    ]
