"""The life of a panel: opened, done to, looked at, kept, closed."""

import asyncio

import pytest

from tests.panels.stage import STAGEHAND, Stage, until
from thoth_ls.errors import (
    PanelBusy,
    PluginInvalid,
    PluginNotFound,
    PluginRefused,
    UnknownPanel,
)
from thoth_ls.panels import panels as limits
from thoth_ls.wire.panels import OpenPanelParams, PanelPlace


async def test_a_panel_shows_what_its_plugin_draws_and_follows_each_event(stage: Stage) -> None:
    """Every event leads to a view of a higher revision, told before its answer."""
    panel = await stage.open()
    assert (panel.opened.view.title, panel.opened.view.height_hint, panel.note) == ("Stagehand", 120, None)
    assert panel.texts[0] == "count: 0"
    for number in range(1, 4):
        revision = await panel.do("add")
        assert panel.views[-1].revision == revision
        assert panel.texts[0] == f"count: {number}"
    assert [view.revision for view in panel.views] == sorted({view.revision for view in panel.views})


async def test_a_title_is_one_line_of_200_bytes(stage: Stage) -> None:
    """It stands among our own words."""
    panel = await stage.open()
    await panel.do("title", "A\nb\u202ec")
    assert panel.views[-1].title == "A b c"
    await panel.do("title", "ä" * 500)
    assert len(panel.views[-1].title.encode()) <= 200
    assert panel.views[-1].title.endswith("…")
    await panel.do("title", "")
    assert panel.views[-1].title == "Stagehand"


async def test_two_panels_of_a_plugin_share_nothing(stage: Stage) -> None:
    """Each has an instance, and ids nobody can guess."""
    one, other = await stage.open(), await stage.open()
    await one.do("add")
    assert (one.texts[0], other.texts[0]) == ("count: 1", "count: 0")
    assert one.panel_id != other.panel_id
    assert len(one.panel_id) >= 12


async def test_a_side_bar_shows_render_sidebar_and_may_be_empty(stage: Stage) -> None:
    panel = await stage.open("sidebar")
    assert panel.texts[0] == "count: 0"
    await panel.do("add")
    assert panel.texts[0] == "count: 1"
    stage.script("no sidebar")
    assert (await stage.open("sidebar")).opened.view.node is None


async def test_a_panel_begins_with_the_state_it_is_given_and_says_which_it_has(stage: Stage) -> None:
    panel = await stage.open(state="5:hello")
    assert panel.note is None
    assert (panel.texts[0], panel.texts[3]) == ("count: 5", "hello")
    await panel.do("add")
    assert await panel.panel.state() == "6:hello"


async def test_a_state_that_is_refused_is_left_out_and_that_is_said(stage: Stage) -> None:
    """The panel opens all the same."""
    panel = await stage.open(state="rubbish")
    assert panel.note is not None
    assert "does not know such a state" in panel.note
    assert panel.texts[0] == "count: 0"


@pytest.mark.parametrize("state", ["die", "spin"])
async def test_a_state_that_kills_the_guest_is_left_out(stage: Stage, state: str) -> None:
    panel = await stage.open(state=state)
    assert panel.note is not None
    assert "begins without" in panel.note
    assert await panel.panel.state() == "0:"


async def test_a_state_that_is_refused_or_too_large_leaves_the_last_one(stage: Stage) -> None:
    panel = await stage.open(state="1:kept")
    await panel.do("state", str(2 << 20))
    assert await panel.panel.state() == "1:kept"
    assert any("characters" in text for level, text in stage.logged)


async def test_focus_reaches_the_guest_once_for_each_change(stage: Stage) -> None:
    panel = await stage.open()
    for focused in (False, True, True, False):
        await panel.panel.focus(focused)
    assert stage.diary() == ["focused", "blurred"]


async def test_another_guest_learns_that_it_is_at_the_front(stage: Stage) -> None:
    """Its panel came there when there was another one."""
    panel = await stage.open()
    await panel.panel.focus(True)
    await panel.panel.restart()
    await panel.panel.focus(True)
    assert stage.diary() == ["focused", "closed", "close", "focused"]


async def test_closing_tells_the_guest_twice_and_is_done_once(stage: Stage) -> None:
    """`on-tab-closed`, then `on-close`; what is closed is unknown from then on."""
    panel = await stage.open()
    await stage.panels.close(panel.panel_id)
    await stage.panels.close(panel.panel_id)
    assert stage.diary() == ["closed", "close"]
    with pytest.raises(UnknownPanel):
        stage.panels.get(panel.panel_id)
    assert stage.services.runtime.instances(STAGEHAND) == []
    assert stage.told.closed == []


@pytest.mark.parametrize("place", ["tab", "sidebar"])
async def test_the_end_of_the_server_closes_what_is_open(stage: Stage, place: PanelPlace) -> None:
    await stage.open(place)
    await stage.services.close()
    assert stage.diary() == ["closed", "close"]


async def test_what_cannot_be_opened_says_why(stage: Stage) -> None:
    """No plugin, one without panels, one that will not draw."""
    with pytest.raises(PluginNotFound):
        await stage.panels.open(OpenPanelParams(plugin_id="org.example.gone", place="tab", state=None))
    with pytest.raises(PluginInvalid, match="no panels"):
        await stage.panels.open(OpenPanelParams(plugin_id="com.thoth.csv-export", place="tab", state=None))
    stage.script("refuse render")
    with pytest.raises(PluginRefused, match="told not to draw"):
        await stage.open()
    assert stage.services.runtime.instances(STAGEHAND) == []
    assert stage.panels.all() == []


async def test_a_person_is_asked_at_open_what_the_plugin_may_do(stage: Stage) -> None:
    """Once; denials hold at each call."""
    stage.grants = False
    panel = await stage.open()
    await stage.open()
    assert [item.need for question in stage.questions for item in question.permissions] == ["open-tabs"]
    await panel.do("tabs", "1")
    assert panel.texts[0] == "count: 0"
    assert stage.shown == []


async def test_only_so_many_panels_are_open(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a thread and a memory."""
    monkeypatch.setattr(limits, "MOST_PANELS", 2)
    first = await stage.open()
    results = await asyncio.gather(*(stage.open() for _ in range(3)), return_exceptions=True)
    assert sum(isinstance(result, PanelBusy) for result in results) == 2
    await stage.panels.close(first.panel_id)
    await stage.open()


async def test_the_state_is_asked_for_when_there_is_a_moment_without_events(stage: Stage) -> None:
    """So that a crash loses little; nobody waits for it."""
    panel = await stage.open()
    await panel.do("note", "kept")
    await until(lambda: panel.panel._state.text == "0:kept", 3)
