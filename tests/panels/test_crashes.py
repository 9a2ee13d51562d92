"""A guest that crashes or hangs, at each point of its life: the panel goes on, or says that it does not."""

import asyncio

import pytest

from tests.panels.stage import STAGEHAND, Stage, until
from thoth_ls.errors import (
    Cancelled,
    PluginDisabled,
    PluginError,
    PluginInvalid,
    PluginLimitHit,
    PluginRefused,
    PluginTrapped,
)
from thoth_ls.panels.drawing import Drawing, Look
from thoth_ls.runtime.worker import Call


@pytest.mark.parametrize(("widget", "error"), [("trap", PluginTrapped), ("spin", PluginLimitHit)])
async def test_after_a_crash_the_panel_goes_on_from_its_last_state(
    stage: Stage, widget: str, error: type[Exception]
) -> None:
    """By itself, and what it looks like then is told; the event that did it is lost, and answered with why."""
    panel = await stage.open()
    await panel.do("note", "kept")
    await panel.do("add")
    await panel.panel.state()
    with pytest.raises(error):
        await panel.do(widget)
    assert [ended for _, ended in panel.failures] == [False]
    await until(lambda: panel.views[-1].revision > 3)
    assert (panel.texts[0], panel.texts[3]) == ("count: 1", "kept")
    await panel.do("add")
    assert panel.texts[0] == "count: 2"


async def test_a_crash_of_what_is_asked_of_a_panel_is_one_of_the_panel(stage: Stage) -> None:
    """It is told, and the panel goes on; a guest that is started for it is seen."""
    panel = await stage.open(state="1:kept")
    assert await panel.panel.provide("tab-host", "get-state") == "1:kept"
    await panel.do("script", "die state\n")
    seen = len(panel.views)
    with pytest.raises(PluginTrapped):
        await panel.panel.provide("tab-host", "get-state")
    await until(lambda: panel.failures == [("pluginTrapped", False)] and len(panel.views) > seen)
    assert panel.texts[0] == "count: 1"


async def test_after_three_crashes_within_a_minute_it_is_left_to_a_person(stage: Stage) -> None:
    """Then it takes no events until it is restarted, from the last state."""
    panel = await stage.open(state="4:kept")
    for _ in range(3):
        with pytest.raises(PluginTrapped):
            await panel.do("trap")
    await until(lambda: ("pluginDisabled", True) in panel.failures)
    for _ in range(2):
        with pytest.raises(PluginDisabled, match="restart the panel"):
            await panel.do("add")
    assert [ended for _, ended in panel.failures] == [False, False, False, True]
    view = await panel.panel.restart()
    assert view.revision > panel.views[-1].revision
    await panel.do("add")
    assert (panel.texts[0], panel.texts[3]) == ("count: 5", "kept")


@pytest.mark.parametrize("verb", ["die", "spin"])
@pytest.mark.parametrize("point", ["load", "render", "title", "icon"])
async def test_one_that_does_not_start_is_not_opened(stage: Stage, verb: str, point: str) -> None:
    """Whoever opens it is told why, and nothing is left behind."""
    stage.script(f"{verb} {point}")
    error = PluginTrapped if verb == "die" else PluginLimitHit
    with pytest.raises(error, match=r"on-load|render-ui|tab-title|tab-icon"):
        await stage.open()
    assert stage.services.runtime.instances(STAGEHAND) == []
    assert stage.told.failures == []


@pytest.mark.parametrize("point", ["load", "init", "render", "title", "icon", "event"])
async def test_one_that_does_not_start_again_ends_and_can_be_restarted(stage: Stage, point: str) -> None:
    """It is tried until there were three crashes; nothing is tried for ever."""
    panel = await stage.open(state="1:kept")
    stage.script(f"die {point}")
    with pytest.raises(PluginTrapped):
        await panel.do("trap")
    if point == "event":
        await until(lambda: len(panel.views) > 1)
        for _ in range(2):
            with pytest.raises(PluginTrapped):
                await panel.do("add")
    await until(lambda: panel.failures[-1][1])
    assert [ended for _, ended in panel.failures].count(True) == 1
    stage.script()
    await panel.panel.restart()
    await panel.do("add")
    assert (panel.texts[0], panel.texts[3]) == ("count: 2", "kept")


async def test_a_restart_that_fails_says_so_and_can_be_tried_again(stage: Stage) -> None:
    panel = await stage.open()
    stage.script("die render")
    for _ in range(2):
        with pytest.raises(PluginTrapped):
            await panel.panel.restart()
        with pytest.raises(PluginTrapped):
            await panel.do("add")
    stage.script()
    await panel.panel.restart()
    await panel.do("add")
    assert panel.texts[0] == "count: 1"


async def test_a_restart_leaves_a_state_out_that_kills_every_guest(stage: Stage) -> None:
    """A person must be able to get out of it."""
    panel = await stage.open(state="1:kept")
    stage.script("die init")
    await panel.panel.restart()
    await panel.do("add")
    assert panel.texts[0] == "count: 1"
    assert "begins without" in stage.told.failures[-1].message


@pytest.mark.parametrize("error", [PluginInvalid, PluginRefused])
async def test_a_state_that_nothing_can_be_drawn_of_is_left_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: type[PluginError]
) -> None:
    """Where a panel is opened with it, and where it is restarted."""
    drawn = Drawing.first

    def first(drawing: Drawing, call: Call) -> Look:
        look = drawn(drawing, call)
        if "bad" in (look.node or ""):
            raise error(STAGEHAND, "no panel comes of it")
        return look

    monkeypatch.setattr(Drawing, "first", first)
    panel = await stage.open(state="1:bad")
    assert "no panel comes of it" in (panel.note or "")
    await panel.do("note", "bad")
    await panel.panel.restart()
    await panel.do("add")
    assert panel.texts[0] == "count: 1"
    assert "begins without" in stage.told.failures[-1].message


async def test_a_restart_that_fails_without_the_state_too_keeps_it(stage: Stage) -> None:
    """It was not to blame."""
    panel = await stage.open(state="1:kept")
    stage.script("refuse render")
    for _ in range(2):
        with pytest.raises(PluginRefused):
            await panel.panel.restart()
    stage.script()
    await panel.panel.restart()
    await panel.do("add")
    assert (panel.texts[0], panel.texts[3]) == ("count: 2", "kept")


@pytest.mark.parametrize("verb", ["die", "spin"])
@pytest.mark.parametrize("point", ["state", "focused", "closed", "close"])
async def test_crashes_where_nobody_is_looking_do_no_harm(stage: Stage, verb: str, point: str) -> None:
    """It goes on, and can be closed within seconds."""
    panel = await stage.open()
    await panel.do("script", f"{verb} {point}\n")
    await panel.panel.state()
    if point == "focused":
        with pytest.raises((PluginTrapped, PluginLimitHit)):
            await panel.panel.focus(True)
    if point in ("state", "focused"):
        await until(lambda: len(panel.failures) == 1 and len(panel.views) > 2)
    await panel.do("add")
    async with asyncio.timeout(8):
        await stage.panels.close(panel.panel_id)
    assert stage.services.runtime.instances(STAGEHAND) == []
    if point == "closed":
        assert "close" not in stage.diary()
    if point == "close":
        assert "closed" in stage.diary()


async def test_a_side_bar_that_crashes_goes_on_as_a_tab_does(stage: Stage) -> None:
    panel = await stage.open("sidebar")
    stage.script("die sidebar")
    with pytest.raises(PluginTrapped):
        await panel.do("trap")
    await until(lambda: panel.failures[-1][1])
    stage.script()
    await panel.panel.restart()
    await panel.do("add")
    assert panel.texts[0] == "count: 1"


async def test_a_call_that_runs_is_stopped_and_what_waits_is_dropped(patient: Stage) -> None:
    """At once, at the cost of its guest; the next one goes on from the last state."""
    panel = await patient.open()
    await panel.do("note", "kept")
    await panel.panel.state()
    hanging = asyncio.create_task(panel.do("spin"))
    waiting = [asyncio.create_task(panel.do("add")) for _ in range(5)]
    await until(lambda: any(event.busy for event in patient.told.working))
    panel.panel.stop()
    async with asyncio.timeout(2):
        outcomes = await asyncio.gather(hanging, *waiting, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {Cancelled}
    await until(lambda: panel.views[-1].revision > 2)
    assert (panel.texts[0], panel.texts[3]) == ("count: 0", "kept")
    assert panel.failures == []
    assert [event.busy for event in patient.told.working] == [True, False]
    await panel.do("add")
    assert panel.texts[0] == "count: 1"


async def test_stopping_what_does_nothing_changes_nothing(stage: Stage) -> None:
    panel = await stage.open()
    await panel.do("add")
    panel.panel.stop()
    await panel.do("add")
    assert panel.texts[0] == "count: 2"
    assert panel.failures == []


async def test_one_that_hangs_while_it_starts_again_can_be_stopped_for_good(patient: Stage) -> None:
    """Nothing starts it a fourth time but a person."""
    panel = await patient.open()
    await panel.do("script", "spin load\n")
    with pytest.raises(PluginTrapped):
        await panel.do("trap")
    for _ in range(200):
        await asyncio.sleep(0.02)
        if panel.failures[-1][1]:
            break
        panel.panel.stop()
    assert panel.failures[-1][1]
    patient.script()
    await panel.panel.restart()
    assert await panel.do("add")


async def test_a_panel_is_closed_while_its_guest_hangs(patient: Stage) -> None:
    """After a moment's grace; whoever waits for it is told."""
    panel = await patient.open()
    hanging = asyncio.create_task(panel.do("spin"))
    await asyncio.sleep(0.1)
    async with asyncio.timeout(5):
        await patient.panels.close(panel.panel_id)
        with pytest.raises(Cancelled):
            await hanging
    assert patient.services.runtime.instances(STAGEHAND) == []
    assert panel.failures == []


async def test_one_that_only_takes_its_time_is_let_finish_and_told_it_is_closed(patient: Stage) -> None:
    panel = await patient.open()
    busy = asyncio.create_task(panel.do("hold", "200"))
    await asyncio.sleep(0.05)
    await patient.panels.close(panel.panel_id)
    assert await busy > 1
    assert patient.diary() == ["closed", "close"]
