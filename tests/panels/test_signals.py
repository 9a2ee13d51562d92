"""Signals: few, short, as long as they hold, and gone with whoever gave them."""

import asyncio

import pytest

from tests.panels.stage import Opened, Stage, until


def last(panel: Opened) -> list[tuple[str, str, str]] | None:
    """What was told of a panel last."""
    told = [event for event in panel.stage.told.signals if event.panel_id == panel.panel_id]
    return [(signal.key, signal.value, signal.status) for signal in told[-1].signals] if told else None


async def test_a_signal_is_told_with_its_plugin_and_the_last_value_wins(stage: Stage) -> None:
    panel = await stage.open()
    await panel.do("signal", "rows 12 ready 0")
    await until(lambda: last(panel) == [("rows", "12", "ready")])
    assert stage.told.signals[-1].plugin_name == "Stagehand"
    await panel.do("signal", "rows failed error 0")
    await panel.do("signal", "net asking loading 0")
    await until(lambda: last(panel) == [("net", "asking", "loading"), ("rows", "failed", "error")])


async def test_a_signal_ends_when_its_time_is_over(stage: Stage) -> None:
    panel = await stage.open()
    await panel.do("signal", "short 1 ready 300")
    await panel.do("signal", "long 2 ready 0")
    await until(lambda: last(panel) == [("long", "2", "ready"), ("short", "1", "ready")])
    long, short = stage.told.signals[-1].signals
    assert long.ends_in_ms is None
    assert 0 < (short.ends_in_ms or 0) <= 300
    await until(lambda: last(panel) == [("long", "2", "ready")])


async def test_a_panel_has_sixteen_signals_at_most(stage: Stage) -> None:
    """The seventeenth is not shown, which the log says once; one that ended makes room."""
    panel = await stage.open()
    await panel.do("signals", "17")
    await until(lambda: len(last(panel) or []) == 16)
    await panel.do("signals", "40")
    assert sum("is not shown" in text for _, text in stage.logged) == 1
    await asyncio.sleep(0.2)
    assert ("k16", "on", "ready") not in (last(panel) or [])


async def test_keys_and_values_are_cut_and_made_harmless(stage: Stage) -> None:
    """64 and 256 bytes of UTF-8, in one line."""
    panel = await stage.open()
    await panel.do("signal", f"{'ä' * 100} {'x' * 1000}\n\u202e ready 0")
    await until(lambda: last(panel))
    ((key, value, _),) = last(panel) or []
    assert len(key.encode()) <= 64
    assert len(value.encode()) <= 256
    assert "\n" not in value
    assert key.startswith("ää")


async def test_signals_go_with_the_guest_that_gave_them(stage: Stage) -> None:
    """What it was about to do, it does no more."""
    panel = await stage.open()
    await panel.do("signal", "net asking loading 0")
    await until(lambda: last(panel))
    with pytest.raises(Exception, match="crashed"):
        await panel.do("trap")
    await until(lambda: last(panel) == [])


async def test_a_flood_of_signals_is_told_now_and_then(stage: Stage) -> None:
    panel = await stage.open()
    for number in range(300):
        await panel.do("signal", f"n {number} ready 0")
    await until(lambda: last(panel) == [("n", "299", "ready")])
    assert len(stage.told.signals) < 100


async def test_panels_have_signals_of_their_own(stage: Stage) -> None:
    one, other = await stage.open(), await stage.open()
    await one.do("signal", "a 1 ready 0")
    await until(lambda: last(one))
    assert last(other) is None
    await stage.panels.close(one.panel_id)
    count = len(stage.told.signals)
    await asyncio.sleep(0.2)
    assert len(stage.told.signals) == count
