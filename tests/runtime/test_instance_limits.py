"""Limits of an instance that hold, whatever its guest does, and what is said of them."""

import asyncio
import threading

import pytest

from tests.runtime import components
from tests.runtime.stages import SHORT, Stage, limit_of
from thoth_ls.errors import Limit, PluginError, PluginLimitHit, PluginTrapped
from thoth_ls.runtime.limits import MIB, Limits
from thoth_ls.runtime.worker import Abandoned


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
