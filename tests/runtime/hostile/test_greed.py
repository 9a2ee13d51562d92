"""A guest that takes more and more memory, stack, tables or instances gets no more than it is allowed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.runtime.hostile.attacks import GREEDY, GROW_TABLE, HOARDER, RECURSE, RECURSION, TABLE
from tests.runtime.hostile.guests import MEMORY, TO_ANSWER, from_text, guest
from tests.runtime.hostile.stage import PLUGIN, Stage
from thoth_ls.errors import Limit, PluginLimitHit, PluginTrapped
from thoth_ls.runtime.limits import MIB

META = '(instance $meta) (export "thoth:plugin/plugin-meta@0.1.0" (instance $meta))'
"""Makes any component look like a plugin."""
ANSWER_NEVER = "unreachable"


async def stopped(stage: Stage, wasm: bytes, **changes: int) -> PluginLimitHit:
    """The error of `file-loader.open`, which must name the plugin and the export."""
    instance = await stage.put_on(wasm, **changes)
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.plugin_id == PLUGIN
    assert caught.value.export == "file-loader.open"
    return caught.value


def resident_mib() -> int:
    """What this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 // MIB


async def test_a_guest_that_keeps_asking_for_memory_is_stopped(stage: Stage) -> None:
    """Refused memory is not an end by itself: a guest that asks for ever runs out of fuel."""
    assert (await stopped(stage, guest({"file-loader#open": GREEDY + ANSWER_NEVER}))).limit == Limit.FUEL


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells that a guest's memory is full")
async def test_a_guest_that_gives_up_when_refused_memory_hit_the_memory_limit(stage: Stage) -> None:
    """To the runtime this is a trap like any other; what is said is the reason behind it."""
    error = await stopped(stage, guest({"file-loader#open": HOARDER + ANSWER_NEVER}))
    assert error.limit == Limit.MEMORY
    assert "64 MiB" in str(error)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
async def test_the_memory_of_a_stopped_guest_is_given_back(stage: Stage) -> None:
    """Guests that fill their memory one after the other do not add up."""
    wasm = guest({"file-loader#open": HOARDER + ANSWER_NEVER})
    await stopped(stage, wasm)
    before = resident_mib()
    for _ in range(5):
        await stopped(stage, wasm)
    assert resident_mib() - before < 64


async def test_a_component_that_wants_too_much_memory_to_start_is_refused(stage: Stage) -> None:
    """Too much from the outset: nothing of it runs."""
    big = MEMORY.replace('(memory (export "memory") 2)', '(memory (export "memory") 4096)')
    instance = await stage.put_on(guest(memory=big))
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.limit == Limit.MEMORY


async def test_many_memories_do_not_multiply_the_limit(stage: Stage) -> None:
    """The limit holds for an instance altogether, not for each memory it declares."""
    memories = "".join(f"(memory $m{number} 16)" for number in range(20))
    instance = await stage.put_on(guest(memory=MEMORY + memories))
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.limit == Limit.MEMORY


async def test_deep_recursion_exhausts_the_guest_s_stack_not_ours(stage: Stage) -> None:
    """The error says that it was the stack."""
    error = await stopped(stage, guest({"file-loader#open": RECURSE + TO_ANSWER}, parts=RECURSION))
    assert error.limit == Limit.STACK


async def test_deep_recursion_while_an_argument_is_passed_in_is_stopped_too(stage: Stage) -> None:
    """`cabi_realloc` runs when the host writes an argument: that is guest code as well."""
    realloc = MEMORY.replace("(call $take (local.get 3))", f"{RECURSE} (call $take (local.get 3))")
    instance = await stage.put_on(guest(parts=RECURSION, memory=realloc))
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.limit == Limit.STACK
    assert caught.value.export == "plugin-lifecycle.on-load"


async def test_a_growing_table_is_stopped(stage: Stage) -> None:
    """Tables are memory of the host."""
    instance = await stage.put_on(guest({"file-loader#open": GROW_TABLE + ANSWER_NEVER}, parts=TABLE))
    before = resident_mib()
    # The guest gives up with a trap: nothing tells the runtime that a table was the reason.
    with pytest.raises(PluginTrapped) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.export == "file-loader.open"
    assert resident_mib() - before < 64


async def test_a_component_of_many_instances_is_refused(stage: Stage) -> None:
    """A few bytes of text can ask for a thousand core instances."""
    instances = "".join(f"(core instance $i{number} (instantiate $m))" for number in range(1000))
    instance = await stage.put_on(from_text(f"(component (core module $m (memory 1)) {instances} {META})"))
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.limit in {Limit.INSTANCES, Limit.MEMORY}
