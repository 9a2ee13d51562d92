"""Instances that crash and are mended, that are stopped and closed, and leave nothing behind."""

import asyncio
import gc
import threading
from contextlib import suppress

import pytest

from tests.runtime import components
from tests.runtime.stages import SHORT, SMALL, Stage
from thoth_ls.errors import Cancelled, PluginDisabled, PluginError, PluginLimitHit, PluginTrapped
from thoth_ls.runtime.crashes import Crashes
from thoth_ls.runtime.guest import Guest, Surroundings
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.worker import Abandoned, Call


async def test_a_dead_guest_is_replaced_and_restored(stage: Stage) -> None:
    """After a trap the next call finds a fresh guest where the last one was."""
    restored: list[str] = []

    def restore(call: Call) -> None:
        call("", "once")
        restored.append("again")

    instance = stage.instance(restore=restore)
    await instance.call("", "nothing")
    with pytest.raises(PluginTrapped):
        await instance.call("", "once")
    await instance.call("", "nothing")
    assert restored == ["again", "again"]
    assert stage.starts == 2


async def test_three_crashes_within_a_minute_are_enough(stage: Stage) -> None:
    """Then nothing is started until somebody asks for it on purpose."""
    instance = stage.instance()
    for _ in range(3):
        with pytest.raises(PluginTrapped):
            await instance.call("", "trap")
    with pytest.raises(PluginDisabled, match="crashed three times within a minute"):
        await instance.call("", "nothing")
    assert stage.starts == 3
    instance.retry()
    await instance.call("", "nothing")


def test_three_crashes_in_a_longer_time_are_not() -> None:
    """A plugin that crashes now and then stays useful."""
    now = 0.0
    crashes = Crashes(lambda: now)
    for _ in range(10):
        crashes.note()
        now += 31
    assert not crashes.enough
    crashes.note()
    crashes.note()
    assert crashes.enough


async def test_closing_ends_what_runs_and_what_waits(stage: Stage) -> None:
    """Whoever waits is told, and nothing is done afterwards."""
    instance = stage.instance(limits=Limits(deadline_seconds=20, fuel_per_call=10**15))
    entered = threading.Event()

    def spin(call: Call) -> None:
        entered.set()
        call("", "spin")

    running = asyncio.create_task(instance.run(spin))
    await asyncio.to_thread(entered.wait)
    waiting = asyncio.create_task(instance.call("", "nothing"))
    await asyncio.sleep(0)
    await instance.close()
    await instance.close()
    for task in (running, waiting):
        with pytest.raises(Cancelled):
            await task
    with pytest.raises(PluginError, match="has been closed"):
        await instance.call("", "nothing")


async def test_closing_says_goodbye_with_a_short_deadline(stage: Stage) -> None:
    """`on-close` is called, and one that never ends holds nobody up."""
    wasm = components.component(
        '(func (export "spin") (loop $again br $again)) (func (export "nothing") (param i32 i32))'
        ' (memory (export "memory") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 8)',
        '(func $load (param "setting" string) (canon lift (core func $i "nothing") (memory (core memory $i "memory"))'
        ' (realloc (core func $i "realloc")))) (func $close (canon lift (core func $i "spin")))'
        ' (instance $lifecycle (export "on-load" (func $load)) (export "on-close" (func $close)))'
        ' (export "thoth:plugin/plugin-lifecycle@0.1.0" (instance $lifecycle))',
    )
    instance = stage.instance(wasm, Limits(deadline_seconds=20, fuel_per_call=10**15), "plugin-lifecycle")
    await instance.run(lambda call: None)
    await asyncio.wait_for(instance.close(), 15)


async def test_closing_an_instance_that_hangs_takes_no_longer_than_its_deadline(stage: Stage) -> None:
    """Even what cannot be ended does not hold up the end."""
    instance = stage.instance(components.SLEEPING, SHORT)
    hanging = asyncio.create_task(instance.call("", "sleep", 900_000_000))
    await asyncio.sleep(0.01)
    await instance.close()
    with suppress(Cancelled, PluginLimitHit):
        await hanging


async def test_instances_leave_nothing_behind(stage: Stage) -> None:
    """Threads, handles of callbacks and objects stay as many as they were."""
    from wasmtime import _wasi

    loaded = components.loaded(components.MISBEHAVING)

    async def use() -> None:
        surroundings = Surroundings(None, lambda *line: None)
        instance = PluginInstance(components.ID, lambda: Guest(loaded, SMALL, surroundings), SMALL, stage.watchdog)
        await instance.call("", "nothing")
        await instance.close()

    for _ in range(20):
        await use()
    gc.collect()
    before, handles = len(gc.get_objects()), len(_wasi.CUSTOM_OUTPUTS.handles)
    for _ in range(200):
        await use()
    gc.collect()
    assert len(gc.get_objects()) - before < 200
    assert len(_wasi.CUSTOM_OUTPUTS.handles) <= handles
    for thread in threading.enumerate():
        if thread.name == f"plugin {components.ID}":
            await asyncio.to_thread(thread.join, 10)
            assert not thread.is_alive()


async def test_whoever_calls_is_told_why_it_was_ended(stage: Stage) -> None:
    """Those that wait, those that run, and those that come later."""
    instance = stage.instance(limits=SHORT)
    calls = [asyncio.create_task(instance.call("", name)) for name in ("spin", "nothing")]
    await asyncio.sleep(0.05)
    await instance.close(PluginDisabled(components.ID, "it is switched off"))
    for outcome in await asyncio.gather(*calls, return_exceptions=True):
        assert isinstance(outcome, PluginDisabled)
    with pytest.raises(PluginDisabled, match="switched off"):
        await instance.call("", "nothing")


async def test_what_sleeps_inside_the_host_is_stopped_at_once_and_counts_as_no_crash(stage: Stage) -> None:
    """Whoever waits does not wait for its deadline, and the next call has a guest of its own."""
    abandoned, crashes = Abandoned(), Crashes()
    patient = Limits(deadline_seconds=30)
    instance = stage.instance(components.SLEEPING, patient, abandoned=abandoned, crashes=crashes)
    for _ in range(3):
        hanging = asyncio.create_task(instance.call("", "sleep", 1_500_000_000))
        waiting = asyncio.create_task(instance.call("", "nothing"))
        await asyncio.sleep(0.2)
        instance.stop()
        async with asyncio.timeout(1):
            outcomes = await asyncio.gather(hanging, waiting, return_exceptions=True)
        assert {type(error) for error in outcomes} == {Cancelled}
    await instance.call("", "nothing")
    assert (stage.starts, abandoned.count, crashes.enough) == (4, 3, False)
    running = await instance.run(lambda call: threading.current_thread())
    for thread in threading.enumerate():  # the sleeps end, and with them the threads that were left behind
        if thread.name == f"plugin {components.ID}" and thread is not running:
            await asyncio.to_thread(thread.join, 10)
    assert abandoned.count == 0


async def test_stopping_ends_nothing_that_is_over(stage: Stage) -> None:
    """The guest lives on where nothing runs."""
    instance = stage.instance()
    instance.stop()
    for _ in range(5):
        await instance.call("", "nothing")
        instance.stop()
    assert stage.starts == 1
