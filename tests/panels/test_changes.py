"""What becomes of panels when their plugin is built anew, switched off, removed, or writes what it keeps."""

import asyncio
import threading
from pathlib import Path

import pytest

from tests.panels.stage import STAGEHAND, Opened, Stage, until
from thoth_ls.errors import PluginDisabled, PluginError, PluginTrapped, UnknownPanel
from thoth_ls.wire.plugins import EnablePluginParams, UninstallPluginParams


async def test_another_build_takes_the_place_of_the_first_with_its_state(workshop: Stage) -> None:
    """The client is told to open it again, with what the plugin kept that very moment."""
    panel = await workshop.open()
    await panel.do("note", "kept")
    await panel.do("add")
    assert panel.texts[2] == "build: build-01"
    workshop.install(b"build-02")
    await until(lambda: workshop.told.closed)
    (event,) = workshop.told.closed
    assert (event.panel_id, event.again, event.state) == (panel.panel_id, True, "1:kept")
    assert "reloaded" in event.message
    assert workshop.diary() == ["closed", "close"]
    with pytest.raises(UnknownPanel):
        workshop.panels.get(panel.panel_id)
    again = await workshop.open(state=event.state)
    assert again.texts == ["count: 1", "heard: 0", "build: build-02", "kept"]
    assert again.panel_id != panel.panel_id


async def test_a_guest_that_hangs_gives_way_to_another_build_with_its_last_state(workshop: Stage) -> None:
    """It cannot be asked any more; what it gave last is what there is."""
    panel = await workshop.open()
    await panel.do("note", "kept")
    await panel.panel.state()
    hanging = asyncio.create_task(panel.do("hold", "100000"))
    await asyncio.sleep(0.1)
    workshop.install(b"build-02")
    await until(lambda: workshop.told.closed)
    with pytest.raises(PluginError, match="reloaded"):
        await hanging
    (event,) = workshop.told.closed
    assert (event.again, event.state) == (True, "0:kept")
    assert panel.failures == []


async def test_a_broken_build_leaves_the_panel_as_it_is(workshop: Stage) -> None:
    panel = await workshop.open()
    (workshop.plugin / "plugin.wasm").write_bytes(b"no component")
    await asyncio.sleep(1.5)
    await panel.do("add")
    assert panel.texts[0] == "count: 1"
    assert workshop.told.closed == []


async def test_a_plugin_that_is_switched_off_closes_its_panels(stage: Stage) -> None:
    """Each is told that it ends, the client why; switched on it can be opened again."""
    panels = [await stage.open(), await stage.open("sidebar")]
    switch = stage.services.plugins.set_enabled
    await switch(EnablePluginParams(plugin_id=STAGEHAND, enabled=False, scope="user"))
    assert {event.panel_id for event in stage.told.closed} == {panel.panel_id for panel in panels}
    assert all(not event.again and event.state is None for event in stage.told.closed)
    assert all("switched off" in event.message for event in stage.told.closed)
    await until(lambda: {"closed", "close"} <= {*stage.diary()})  # both write into it, perhaps at the same time
    with pytest.raises(PluginDisabled):
        await stage.open()
    assert STAGEHAND not in [info.plugin_id for info in stage.panels.list()]
    await switch(EnablePluginParams(plugin_id=STAGEHAND, enabled=True, scope="user"))
    await stage.open()


async def test_a_plugin_that_is_uninstalled_closes_its_panels(stage: Stage) -> None:
    """Not without telling them, so that they can end what they began elsewhere."""
    panel = await stage.open()
    await stage.services.plugins.uninstall(UninstallPluginParams(plugin_id=STAGEHAND, delete_data=False))
    (event,) = stage.told.closed
    assert (event.panel_id, event.again) == (panel.panel_id, False)
    assert "uninstalled" in event.message
    assert stage.diary() == ["closed", "close"]


async def test_the_other_panels_hear_when_one_writes_what_the_plugin_keeps(stage: Stage) -> None:
    """Each other one, not the writer; a side bar follows its tabs so."""
    writer, tab, bar = await stage.open(), await stage.open(), await stage.open("sidebar")
    await writer.do("store", "written")
    for other in (tab, bar):
        await until(lambda other=other: other.texts[1] == "heard: 1")  # type: ignore[misc]
        assert other.texts[3] == "written"
    await asyncio.sleep(0.6)
    assert writer.texts[1] == "heard: 0"


async def test_many_writes_are_few_notices_and_the_same_text_is_none(stage: Stage) -> None:
    """The last one is always heard of; plugins that write at each notice do not keep each other busy for ever."""
    writer, other = await stage.open(), await stage.open()
    for number in range(100):
        await writer.do("store", f"text {number}")
    await until(lambda: other.texts[3] == "text 99")
    heard = int(other.texts[1].removeprefix("heard: "))
    assert 1 <= heard < 60
    await writer.do("store", "text 99")
    await asyncio.sleep(0.6)
    assert other.texts[1] == f"heard: {heard}"


async def test_panels_survive_a_message_to_one_that_has_just_been_closed(stage: Stage) -> None:
    writer, other = await stage.open(), await stage.open()
    await asyncio.gather(
        writer.do("store", "a"), stage.panels.close(other.panel_id), writer.do("store", "b"), return_exceptions=True
    )
    with pytest.raises(UnknownPanel):
        await other.do("add")
    await writer.do("add")


async def test_ids_of_another_server_open_no_panel_here(stage: Stage, tmp_path: Path) -> None:
    """Two windows have a server each: an id of one is nothing to the other."""
    other = Stage(tmp_path / "other")
    await other.start()
    try:
        panel = await other.open()
        mine = await stage.open()
        assert panel.panel_id != mine.panel_id
        with pytest.raises(UnknownPanel):
            await Opened(stage, panel.opened).do("add")
        with pytest.raises(UnknownPanel):
            await Opened(other, mine.opened).do("add")
    finally:
        await other.services.close()


async def test_a_panel_is_drawn_anew_when_its_plugin_was_told_other_settings(stage: Stage) -> None:
    """By an event, as nothing else has it draw itself."""
    panel = await stage.open()
    for _ in range(20):
        panel.panel.instance.tell_settings()
    await until(lambda: panel.texts[1] == "heard: 2")
    await asyncio.sleep(0.4)
    assert panel.texts[1] == "heard: 2"


async def test_panels_that_are_opened_while_their_plugin_is_reloaded_are_opened(stage: Stage) -> None:
    """A reload is waited out; what is told is of panels that are known."""
    reload = stage.services.plugins.reload
    outcomes = await asyncio.gather(
        *(stage.open() for _ in range(4)), reload(STAGEHAND), *(stage.open() for _ in range(4)), return_exceptions=True
    )
    opened = [outcome for outcome in outcomes if isinstance(outcome, Opened)]
    assert len(opened) == 8, outcomes
    closed = {event.panel_id for event in stage.told.closed}
    assert closed <= {panel.panel_id for panel in opened}
    for panel in opened:
        if panel.panel_id not in closed:
            await panel.do("add")
    assert len(stage.panels.all()) == len(opened) - len(closed)


async def test_panels_leave_nothing_behind(stage: Stage) -> None:
    """Neither threads nor signals nor what waits for them."""
    kept = await stage.open()
    threads = threading.active_count()
    for _ in range(30):
        panel = await stage.open()
        await panel.do("signal", "net on ready 60000")
        await panel.do("add")
        await stage.panels.close(panel.panel_id)
    stage.script("die render")
    for _ in range(5):
        with pytest.raises(PluginTrapped):
            await stage.open()
    await until(lambda: threading.active_count() <= threads)
    signals = stage.panels.signals
    assert not any((signals._boards, signals._news, signals._timers))
    assert [panel.panel_id for panel in stage.panels.all()] == [kept.panel_id]


async def test_what_another_process_writes_is_heard_of_once(stage: Stage) -> None:
    """A command line that keeps something shows in the side bar; the same text written again does not."""
    panel = await stage.open()
    await panel.do("store", "ours")
    elsewhere = Stage.beside(stage)
    await elsewhere.start()
    try:
        other = await elsewhere.open()
        await stage.services.plugins.look()
        assert panel.texts[1] == "heard: 0"
        await other.do("store", "theirs")
        await stage.services.plugins.look()
        await until(lambda: panel.texts[3] == "theirs")
        for _ in range(3):
            await other.do("store", "theirs")
            await panel.do("store", "theirs")
            await stage.services.plugins.look()
            await elsewhere.services.plugins.look()
        await asyncio.sleep(0.5)
        assert (panel.texts[1], other.texts[1]) == ("heard: 1", "heard: 0")
    finally:
        await elsewhere.services.close()
