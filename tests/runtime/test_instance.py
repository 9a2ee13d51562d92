"""Instances: limits that hold, urgent calls first, crashes that are mended, and nothing left behind."""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from tests.runtime import components
from thoth_ls.catalog.needs import Rule
from thoth_ls.errors import Cancelled, Limit, PluginDisabled, PluginError, PluginInvalid, PluginLimitHit, PluginTrapped
from thoth_ls.runtime.crashes import Crashes
from thoth_ls.runtime.guest import Guest, LoadedPlugin, Surroundings
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import MIB, Limits
from thoth_ls.runtime.mailbox import Job, Priority
from thoth_ls.runtime.watchdog import Watchdog
from thoth_ls.runtime.worker import Abandoned, Call

SMALL = Limits(fuel_per_call=10**7, memory_bytes=32 * MIB, max_result_bytes=4 * MIB)
FREE = {"host": {"ask": Rule(None)}}
SHORT = Limits(deadline_seconds=0.2, fuel_per_call=10**15)
"""So much fuel that the clock decides."""


@dataclass
class Stage:
    """Makes instances and closes them."""

    watchdog: Watchdog = field(default_factory=Watchdog)
    made: list[PluginInstance] = field(default_factory=list)
    starts: int = 0

    def instance(
        self,
        wasm: bytes = components.MISBEHAVING,
        limits: Limits = SMALL,
        *exports: str,
        restore: Callable[[Call], None] | None = None,
        crashes: Crashes | None = None,
        abandoned: Abandoned | None = None,
    ) -> PluginInstance:
        """An instance of the component in `wasm`."""
        loaded: LoadedPlugin = components.loaded(wasm, *exports)

        def start() -> Guest:
            self.starts += 1
            return Guest(loaded, limits, Surroundings(None, lambda plugin_id, level, text: None))

        instance = PluginInstance(
            components.ID,
            start,
            limits,
            self.watchdog,
            exports=loaded.exports,
            restore=restore,
            crashes=crashes,
            abandoned=abandoned,
        )
        self.made.append(instance)
        return instance


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A stage that is cleared afterwards."""
    stage = Stage()
    yield stage
    for instance in stage.made:
        await instance.close()
    stage.watchdog.close()


async def limit_of(instance: PluginInstance, function: str, *arguments: object) -> tuple[Limit, str]:
    """Which limit a call hits, and what people are told."""
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("", function, *arguments)
    assert caught.value.facts() == {
        "pluginId": components.ID,
        "export": function,
        "limit": caught.value.limit.value,
    }
    return caught.value.limit, str(caught.value)


async def test_an_endless_loop_costs_its_fuel(stage: Stage) -> None:
    """The error names plugin, export and limit."""
    limit, said = await limit_of(stage.instance(), "spin")
    assert limit is Limit.FUEL
    assert said == "plugin test.plugin: spin was stopped: fuel limit (10,000,000 instructions a call)"


async def test_an_endless_loop_costs_its_deadline(stage: Stage) -> None:
    """Where fuel lasts for ever, the clock does not; the event loop goes on meanwhile."""
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    beating = asyncio.create_task(beat())
    assert (await limit_of(stage.instance(limits=SHORT), "spin"))[0] is Limit.DEADLINE
    beating.cancel()
    assert beats > 0


async def test_deep_recursion_costs_the_stack_it_is_given(stage: Stage) -> None:
    """The server's own stack is not touched."""
    assert (await limit_of(stage.instance(), "recurse"))[0] is Limit.STACK


async def test_memory_ends_where_it_should(stage: Stage) -> None:
    """A guest that is refused memory and gives up is told apart from one with a bug."""
    assert await limit_of(stage.instance(), "grow") == (
        Limit.MEMORY,
        "plugin test.plugin: grow was stopped: memory limit (32 MiB in 1 memory)",
    )


async def test_a_bug_is_a_crash_and_no_limit(stage: Stage) -> None:
    """What the guest did wrong is said in one line."""
    with pytest.raises(PluginTrapped, match=r"^plugin test\.plugin: trap crashed \(wasm `unreachable`.*executed\)$"):
        await stage.instance().call("", "trap")


async def test_the_memory_of_another_guest_explains_nothing(stage: Stage) -> None:
    """Each is judged by what it holds itself, however full its neighbours are."""
    full, faulty = stage.instance(), stage.instance()
    await full.call("", "fill")
    with pytest.raises(PluginTrapped):
        await faulty.call("", "trap")
    assert (await limit_of(full, "trap"))[0] is Limit.MEMORY


@pytest.mark.parametrize(
    ("core", "limits", "limit"),
    [
        ("(memory 1000)", Limits(memory_bytes=MIB), Limit.MEMORY),
        ("(memory 1) (memory 1)", Limits(), Limit.MEMORY),
        ("(table 2000000 funcref)", Limits(), Limit.TABLES),
        ("(table 1 funcref) " * 65, Limits(), Limit.TABLES),
        ("", Limits(instances=0), Limit.INSTANCES),
    ],
)
async def test_what_a_component_asks_for_at_its_start_is_limited(
    stage: Stage, core: str, limits: Limits, limit: Limit
) -> None:
    """A component that is too large to begin with does not begin."""
    wasm = components.functions(f'{core} (func (export "nothing"))', "nothing")
    with pytest.raises(PluginLimitHit, match="its start was stopped") as caught:
        await stage.instance(wasm, limits).call("", "nothing")
    assert caught.value.limit is limit


async def test_a_start_function_has_a_deadline_too(stage: Stage) -> None:
    """Guest code runs before the first call."""
    core = '(func $spin (loop $again br $again)) (start $spin) (func (export "nothing"))'
    with pytest.raises(PluginLimitHit) as caught:
        await stage.instance(components.functions(core, "nothing"), SHORT).call("", "nothing")
    assert caught.value.limit is Limit.DEADLINE


async def test_a_result_that_is_too_large_is_refused_and_costs_nothing_else(stage: Stage) -> None:
    """The guest has done its work; it can be called again."""
    instance = stage.instance(components.STRINGS, Limits(max_result_bytes=MIB))
    assert await instance.call("", "text", 1000) == "\0" * 1000
    assert (await limit_of(instance, "text", 2 * MIB))[0] is Limit.RESULT_SIZE
    assert await instance.call("", "text", 5) == "\0" * 5
    assert stage.starts == 1


async def test_a_call_that_never_comes_back_is_left_behind(stage: Stage) -> None:
    """A guest that sleeps inside the host cannot be ended; whoever waits is told in time, and the next call works."""
    abandoned = Abandoned()
    instance = stage.instance(components.SLEEPING, SHORT, abandoned=abandoned)
    assert (await limit_of(instance, "sleep", 1_000_000_000))[0] is Limit.DEADLINE
    assert abandoned.count == 1
    running = await instance.run(lambda call: threading.current_thread())
    await instance.call("", "nothing")
    assert stage.starts == 2
    for thread in threading.enumerate():  # the sleep ends, and with it the thread that was left behind
        if thread.name == f"plugin {components.ID}" and thread is not running:
            await asyncio.to_thread(thread.join, 10)
    assert abandoned.count == 0


async def test_only_so_many_calls_may_hang(stage: Stage) -> None:
    """Threads that do not come back are a cost with an upper end."""
    abandoned = Abandoned(allowed=1)
    instance = stage.instance(components.SLEEPING, SHORT, abandoned=abandoned)
    await limit_of(instance, "sleep", 1_000_000_000)
    with pytest.raises(PluginError, match="1 calls of plugins hang; restart the server"):
        await stage.instance(components.SLEEPING, SHORT, abandoned=abandoned).call("", "nothing")


async def test_jobs_behind_a_hanging_call_are_done(stage: Stage) -> None:
    """A call that hangs takes only itself down."""
    instance = stage.instance(components.SLEEPING, SHORT)
    hanging = asyncio.create_task(instance.call("", "sleep", 800_000_000))
    waiting = asyncio.create_task(instance.call("", "nothing"))
    with pytest.raises(PluginLimitHit):
        await hanging
    await waiting


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
