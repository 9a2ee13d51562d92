"""Calls of an instance: urgent ones first, those that are cancelled, and whose clock runs."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from tests.runtime import components
from tests.runtime.stages import FREE, SHORT, Stage
from thoth_ls.errors import PluginError, PluginInvalid
from thoth_ls.runtime.crashes import Crashes
from thoth_ls.runtime.guest import Guest, Surroundings
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.mailbox import Job, Priority
from thoth_ls.runtime.worker import Call


async def test_urgent_calls_overtake_the_background(stage: Stage) -> None:
    """A page is read before the index goes on, in the order asked for among equals."""
    instance = stage.instance()
    entered, go = threading.Event(), threading.Event()
    order: list[str] = []

    def hold(call: Call) -> None:
        entered.set()
        go.wait(10)

    def note(name: str) -> Callable[[Call], None]:
        return lambda call: order.append(name)

    async def send(name: str, priority: Priority) -> None:
        await instance.run(note(name), priority=priority)

    tasks = [asyncio.create_task(instance.run(hold))]
    await asyncio.to_thread(entered.wait)
    for name, priority in (
        ("index 1", Priority.BACKGROUND),
        ("index 2", Priority.BACKGROUND),
        ("page 1", Priority.INTERACTIVE),
        ("page 2", Priority.INTERACTIVE),
    ):
        tasks.append(asyncio.create_task(send(name, priority)))
        await asyncio.sleep(0)
    go.set()
    await asyncio.gather(*tasks)
    assert order == ["page 1", "page 2", "index 1", "index 2"]


async def test_a_cancelled_call_that_waits_is_dropped(stage: Stage) -> None:
    """Cancelling returns at once, and work nobody wants is not done."""
    instance = stage.instance()
    entered, go = threading.Event(), threading.Event()
    done: list[str] = []

    def hold(call: Call) -> None:
        entered.set()
        go.wait(10)

    holding = asyncio.create_task(instance.run(hold))
    await asyncio.to_thread(entered.wait)
    waiting = asyncio.create_task(instance.run(lambda call: done.append("dropped")))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go.set()
    await holding
    await instance.run(lambda call: done.append("next"))
    assert done == ["next"]


async def test_a_cancelled_call_may_run_to_its_end(stage: Stage) -> None:
    """Without `kill` the guest survives, so the steps of a long job are cheap to give up."""
    instance = stage.instance()
    entered, go = threading.Event(), threading.Event()

    def step(call: Call) -> None:
        entered.set()
        go.wait(10)
        call("", "nothing")

    task = asyncio.create_task(instance.run(step))
    await asyncio.to_thread(entered.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()
    await instance.call("", "nothing")
    assert stage.starts == 1


async def test_a_cancelled_call_can_be_killed(stage: Stage) -> None:
    """With `kill` the guest stops long before its deadline, which counts as no crash."""
    crashes = Crashes()
    instance = stage.instance(limits=Limits(deadline_seconds=20, fuel_per_call=10**15), crashes=crashes)
    await instance.call("", "nothing")
    entered = threading.Event()

    def spin(call: Call) -> None:
        entered.set()
        call("", "spin")

    task = asyncio.create_task(instance.run(spin, kill=True))
    await asyncio.to_thread(entered.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await instance.call("", "nothing")
    assert stage.starts == 2
    assert not crashes.enough


async def test_what_is_not_exported_is_said(stage: Stage) -> None:
    """A plugin without a function is told apart from one that crashed, and is not restarted for it."""
    instance = stage.instance()
    with pytest.raises(PluginInvalid, match=r"does not export paged-loader\.page"):
        await instance.call("paged-loader", "page", 0, 1)
    with pytest.raises(PluginInvalid, match="nothing has another type: nothing takes 0 arguments, got 1"):
        await instance.call("", "nothing", 1)
    assert stage.starts == 1


async def test_nobody_enters_an_instance_from_within(stage: Stage) -> None:
    """A host function that calls back would find the guest in the middle of something."""
    wasm = components.component(
        '(import "host" "ask" (func $ask)) (func (export "outer") call $ask) (func (export "inner"))',
        '(func (export "outer") (canon lift (core func $i "outer")))'
        ' (func (export "inner") (canon lift (core func $i "inner")))',
        '(import "thoth:plugin/host@0.1.0" (instance $host (export "ask" (func))))'
        ' (core func $ask (canon lower (func $host "ask")))',
        '(with "host" (instance (export "ask" (func $ask))))',
    )
    refused: list[str] = []

    def ask() -> None:
        try:
            guest.call("", "inner")
        except PluginError as error:
            refused.append(str(error))

    host = {"host": {"ask": ask}}
    guest = Guest(components.loaded(wasm), Limits(), Surroundings(None, lambda *line: None, host, rules=FREE))
    guest.start()
    guest.call("", "outer")
    guest.close()
    assert refused == ["plugin test.plugin: inner was called from within a call"]


async def test_the_clock_stands_still_while_a_person_is_asked(stage: Stage) -> None:
    """Somebody who thinks longer than the deadline does not cost the plugin its life."""
    wasm = components.component(
        '(import "host" "ask" (func $ask)) (func (export "outer") call $ask)',
        '(func (export "outer") (canon lift (core func $i "outer")))',
        '(import "thoth:plugin/host@0.1.0" (instance $host (export "ask" (func))))'
        ' (core func $ask (canon lower (func $host "ask")))',
        '(with "host" (instance (export "ask" (func $ask))))',
    )
    loaded = components.loaded(wasm)
    thinking = threading.Event()

    def ask() -> None:
        with instance.clock_stopped():
            thinking.wait(SHORT.deadline_seconds * 2)

    host = {"host": {"ask": ask}}
    surroundings = Surroundings(None, lambda *line: None, host, rules=FREE)
    instance = PluginInstance(components.ID, lambda: Guest(loaded, SHORT, surroundings), SHORT, stage.watchdog)
    stage.made.append(instance)
    await instance.call("", "outer")


async def test_a_job_that_is_over_is_not_interrupted(stage: Stage) -> None:
    """Whoever hears of an outcome may close the instance at once: its guest must still be told of its end."""
    instance = stage.instance()
    await instance.call("", "nothing")
    worker = instance._worker
    assert worker is not None
    other = Job(lambda worker: None)
    job = Job(lambda worker: instance._guests.prepared(worker)("", "nothing"))
    job.outcome.add_done_callback(lambda outcome: worker.interrupt_all_but(other))  # on the instance's own thread
    assert instance._mailbox.put(job, Priority.INTERACTIVE)
    await asyncio.wrap_future(job.outcome)
    await instance.call("", "nothing")
    assert stage.starts == 1
