"""Plugins that ask too much, and hosts that tell too much: everything has a limit, and says so."""

import asyncio
import time

import pytest

from tests.panels.stage import Opened, Stage, until
from thoth_ls.errors import PanelBusy, PluginInvalid, PluginLimitHit


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "no node"),
        ('"text"', "no node"),
        ('{"type":7}', "no node"),
        ('{"type":"text","value":NaN}', "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
async def test_a_tree_that_is_none_is_not_shown(stage: Stage, tree: str, said: str) -> None:
    """What was there stays, the guest lives, and the next event is as good as ever."""
    panel = await stage.open()
    await panel.do("add")
    with pytest.raises(PluginInvalid, match=said):
        await panel.do("tree", tree)
    assert panel.texts[0] == "count: 1"
    assert panel.failures == [("pluginInvalid", False)]
    await panel.do("add")
    assert panel.texts[0] == "count: 2"


async def test_a_tree_may_be_large_but_not_without_end(patient: Stage) -> None:
    """8 MiB, 200 levels; 100 MB do not even leave the guest."""
    panel = await patient.open()
    await panel.do("big", "7")
    for widget, value in (("big", "8"), ("deep", "150")):
        with pytest.raises(PluginInvalid):
            await panel.do(widget, value)
    with pytest.raises(PluginLimitHit, match="resultSize"):
        await panel.do("big", "100")
    await panel.do("add")
    assert panel.texts[0] == "count: 1"


async def test_a_thousand_tabs_are_not_opened(stage: Stage) -> None:
    """Twenty a minute; the rest has an empty id, and the log says so once."""
    panel = await stage.open()
    await panel.do("tabs", "1000")
    assert panel.texts[0] == "count: 20"
    await until(lambda: len(stage.shown) == 20)
    assert (stage.shown[0].title, stage.shown[0].state) == ("Another", "7:seeded")
    assert sum("20 tabs a minute" in text for _, text in stage.logged) == 1
    other = await stage.open()
    await other.do("tabs", "1")
    assert other.texts[0] == "count: 0"


@pytest.mark.parametrize(("sizes", "said"), [("201 1", "title has 201 bytes"), (f"9 {(1 << 20) + 1}", "its state has")])
async def test_a_tab_with_too_much_is_refused_and_logged(stage: Stage, sizes: str, said: str) -> None:
    panel = await stage.open()
    await panel.do("tab", sizes)
    assert panel.texts[0] == "count: 0"
    assert any(said in text for _, text in stage.logged)
    await panel.do("tab", f"200 {1 << 20}")
    assert panel.texts[0] == "count: 1"
    assert stage.shown[0].title == "s" * 200


async def test_events_of_people_overtake_a_flood_of_the_host(patient: Stage) -> None:
    """And trees that nobody asked for are told now and then, the last one always."""
    panel = await patient.open()
    began = time.monotonic()
    flood = [asyncio.create_task(panel.panel.instance.tell(heard(number))) for number in range(5_000)]
    await asyncio.sleep(0)  # by now all of them wait
    await panel.do("add")
    assert sum(task.done() for task in flood) < 4_500
    await asyncio.gather(*flood)
    seconds = time.monotonic() - began
    await until(lambda: panel.texts[1] == "heard: 5000")
    assert panel.texts[0] == "count: 1"
    assert len(panel.views) < 30 * (seconds + 1) + 5
    assert [view.revision for view in panel.views] == sorted({view.revision for view in panel.views})


async def test_what_comes_of_an_event_of_a_person_is_told_at_once(stage: Stage) -> None:
    """However lately another tree was told: responses to two clicks in a row need not wait for a frame."""
    panel = await stage.open()
    for number in range(1, 4):
        await panel.do("add")
        await panel.panel.instance.tell(heard(number))
        assert panel.texts[:2] == [f"count: {number}", f"heard: {number}"]
    await panel.panel.instance.tell(heard(4))
    assert panel.texts[1] == "heard: 3"  # nobody asked for this one
    await until(lambda: panel.texts[1] == "heard: 4")


async def test_events_that_change_nothing_are_not_told(stage: Stage) -> None:
    panel = await stage.open()
    await asyncio.sleep(0.1)
    await panel.panel.instance.tell({"widget_id": "state", "kind": "http-response", "value": "0"})
    await asyncio.sleep(0.1)
    assert len(panel.views) == 1


async def test_an_event_of_the_host_that_crashes_is_told_and_mended(stage: Stage) -> None:
    """There is no request whose answer could say it."""
    panel = await stage.open(state="3:kept")
    with pytest.raises(Exception, match="crashed"):
        await panel.panel.instance.tell({"widget_id": "trap", "kind": "http-response", "value": ""})
    await until(lambda: len(panel.views) > 1)
    assert panel.failures == [("pluginTrapped", False)]
    assert panel.texts[0] == "count: 3"


async def test_only_so_many_events_of_people_wait(patient: Stage) -> None:
    """Each beyond is refused at once, and stopping helps."""
    panel = await patient.open()
    events = [asyncio.create_task(panel.do("spin"))]
    events += [asyncio.create_task(panel.do("add")) for _ in range(250)]
    await until(lambda: sum(task.done() for task in events) == 51)
    refused = [task.exception() for task in events if task.done()]
    assert {type(error) for error in refused} == {PanelBusy}
    assert "stop it" in str(refused[0])
    panel.panel.stop()
    await asyncio.gather(*events, return_exceptions=True)
    await panel.do("add")
    assert panel.texts[0] == "count: 1"


async def test_an_event_that_waits_is_dropped_when_its_caller_withdraws_and_one_that_runs_is_not(stage: Stage) -> None:
    panel = await stage.open()
    running = asyncio.create_task(panel.do("hold", "100"))
    await asyncio.sleep(0.02)
    waiting = asyncio.create_task(panel.do("add"))
    await asyncio.sleep(0)
    for task in (running, waiting):
        task.cancel()
    await asyncio.gather(running, waiting, return_exceptions=True)
    assert len(panel.views) == 1
    await until(lambda: len(panel.views) == 2)
    await panel.do("note", "after")
    assert panel.texts[0] == "count: 0"


async def test_panels_do_not_wait_for_each_other(patient: Stage) -> None:
    """One that hangs keeps no other from what it does."""
    hanging, other = await patient.open(), await patient.open()
    spin = asyncio.create_task(hanging.do("spin"))
    async with asyncio.timeout(3):
        for _ in range(50):
            await other.do("add")
    assert other.texts[0] == "count: 50"
    hanging.panel.stop()
    await asyncio.gather(spin, return_exceptions=True)


def heard(number: int) -> dict[str, str]:
    """An event of the host that the stagehand counts."""
    return {"widget_id": f"request-{number}", "kind": "http-response", "value": "{}"}


async def typed(panel: Opened, text: str) -> None:
    """Types a text, a key at a time."""
    for end in range(1, len(text) + 1):
        await panel.do("note", text[:end], "change")


async def test_what_is_typed_comes_in_order(stage: Stage) -> None:
    panel = await stage.open()
    await typed(panel, "a quick text")
    assert panel.texts[3] == "a quick text"
