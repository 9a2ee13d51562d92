"""A guest that does not come back is stopped, by fuel or by the clock, wherever it loops."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.runtime.hostile.attacks import LOOP, LOOP_FOR_ANSWER, SLEEP_AN_HOUR, SLEEP_IMPORTS, SLEEP_PARTS
from tests.runtime.hostile.guests import MEMORY, guest
from tests.runtime.hostile.stage import PLUGIN, Stage
from thoth_ls.errors import Limit, PluginDisabled, PluginLimitHit
from thoth_ls.runtime.engine import compile_component
from thoth_ls.runtime.guest import Guest, LoadedPlugin, Surroundings
from thoth_ls.runtime.limits import Limits

NO_END_OF_FUEL = {"fuel_per_call": 10**15, "deadline_seconds": 0.3}

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "plugin-meta#get-info": (),
    "plugin-lifecycle#on-setting-change": ("[]",),
    "plugin-settings#render-settings": (),
    "file-loader#supported-extensions": (),
    "file-loader#open": ("/data/a.csv",),
    "file-loader#get": (0,),
    "file-loader#get-range": (0, 10),
    "file-loader#raw-bytes": (0,),
    "file-viewer#preferred-display": (),
    "file-viewer#render-record": ("{}",),
    "file-viewer#column-headers": (),
    "paged-loader#open": ("/data/a.csv", "{}"),
    "paged-loader#advance": (1 << 20,),
    "paged-loader#columns": (),
    "paged-loader#page": (0, 100),
    "paged-loader#node": (0, "[]", 0, 10),
    "paged-loader#find": ("{}", 0, 1 << 20),
    "paged-loader#problems": (0, 10),
}
"""Every export of a paged file viewer but `on-load` and `on-close`, which the runtime calls by itself."""


def looping_in(export: str) -> bytes:
    return guest({export: LOOP if export.startswith("plugin-lifecycle#") else LOOP_FOR_ANSWER})


@pytest.mark.parametrize("export", ARGUMENTS)
async def test_an_endless_loop_runs_out_of_fuel(stage: Stage, export: str) -> None:
    """The error names the plugin, the export and the limit."""
    instance = await stage.put_on(looping_in(export))
    interface, function = export.split("#")
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call(interface, function, *ARGUMENTS[export])
    assert caught.value.facts() == {
        "pluginId": PLUGIN,
        "export": f"{interface}.{function}",
        "limit": Limit.FUEL.value,
    }
    assert "200,000,000" in str(caught.value)


@pytest.mark.parametrize("export", ["file-loader#open", "paged-loader#page", "plugin-lifecycle#on-setting-change"])
async def test_an_endless_loop_with_fuel_enough_meets_the_clock(stage: Stage, export: str) -> None:
    """However much fuel a user allows, the deadline holds."""
    instance = await stage.put_on(looping_in(export), **NO_END_OF_FUEL)
    interface, function = export.split("#")
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call(interface, function, *ARGUMENTS[export])
    assert caught.value.limit == Limit.DEADLINE
    assert caught.value.export == f"{interface}.{function}"
    assert "0.3 s" in str(caught.value)


@pytest.mark.parametrize(("changes", "limit"), [({}, Limit.FUEL), (NO_END_OF_FUEL, Limit.DEADLINE)])
async def test_an_endless_loop_in_on_load_is_blamed_on_on_load(
    stage: Stage, changes: dict[str, Any], limit: Limit
) -> None:
    """The runtime calls `on-load` by itself, before what was asked for; the error says which of both it was."""
    instance = await stage.put_on(guest({"plugin-lifecycle#on-load": LOOP}), **changes)
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.export == "plugin-lifecycle.on-load"
    assert caught.value.limit == limit


@pytest.mark.parametrize("changes", [{}, NO_END_OF_FUEL], ids=["fuel", "deadline"])
async def test_an_endless_loop_in_on_close_does_not_keep_us(stage: Stage, changes: dict[str, Any]) -> None:
    """Closing always ends, and is no error."""
    instance = await stage.put_on(guest({"plugin-lifecycle#on-close": LOOP}), **changes)
    await instance.call("file-loader", "open", "/data/a.csv")
    await instance.close()


async def test_an_endless_loop_while_starting_is_stopped(stage: Stage) -> None:
    """A module's start function runs before any export could be named."""
    start = f"(func $start {LOOP}) (start $start)"
    instance = await stage.put_on(guest(memory=MEMORY + start))
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.limit == Limit.FUEL
    assert caught.value.export == "its start"


async def test_a_guest_that_sleeps_inside_the_host_is_left_behind(stage: Stage) -> None:
    """A guest in a WASI call cannot be interrupted; whoever waits is answered all the same."""
    wasm = guest({"file-loader#open": f"{SLEEP_AN_HOUR} unreachable"}, imports=SLEEP_IMPORTS, parts=SLEEP_PARTS)
    instance = await stage.put_on(wasm, deadline_seconds=0.3)
    for _ in range(3):
        with pytest.raises(PluginLimitHit) as caught:
            await instance.call("file-loader", "open", "/data/a.csv")
        assert caught.value.limit == Limit.DEADLINE
        assert caught.value.export == "file-loader.open"
    with pytest.raises(PluginDisabled):
        await instance.call("file-loader", "open", "/data/a.csv")


async def test_other_exports_work_after_a_guest_was_left_behind(stage: Stage) -> None:
    """The next call gets a fresh guest on a fresh thread."""
    wasm = guest({"file-loader#open": f"{SLEEP_AN_HOUR} unreachable"}, imports=SLEEP_IMPORTS, parts=SLEEP_PARTS)
    instance = await stage.put_on(wasm, deadline_seconds=0.3)
    with pytest.raises(PluginLimitHit):
        await instance.call("file-loader", "open", "/data/a.csv")
    assert await instance.call("file-loader", "get", 0) == ""


async def test_other_plugins_go_on_while_one_loops(stage: Stage) -> None:
    """Each instance has an engine and a thread of its own: stopping one leaves the others alone."""
    looping = await stage.put_on(looping_in("file-loader#open"), **NO_END_OF_FUEL)
    honest = await stage.put_on(guest(), **NO_END_OF_FUEL)
    stuck = asyncio.create_task(looping.call("file-loader", "open", "/data/a.csv"))
    answers = 0
    while not stuck.done():
        assert await honest.call("file-loader", "get", 0) == ""
        answers += 1
    with pytest.raises(PluginLimitHit):
        await stuck
    assert answers > 10


def test_a_deadline_that_passes_before_the_guest_is_entered_is_said_to_be_one() -> None:
    """Nobody cancelled anything, so nobody is told so."""
    wasm = guest()
    limits = Limits(deadline_seconds=0.25)
    loaded = LoadedPlugin(PLUGIN, compile_component(PLUGIN, wasm), frozenset())
    late = Guest(loaded, limits, Surroundings(None, lambda *line: None))
    late.start()
    late.stop(Limit.DEADLINE)
    with pytest.raises(PluginLimitHit) as caught:
        late.call("file-loader", "open", "/data/a.csv")
    assert caught.value.limit == Limit.DEADLINE
    assert caught.value.export == "file-loader.open"
    assert late.dead
    late.close()
