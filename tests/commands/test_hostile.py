"""Plugins that mean no good with their commands: each costs its limits, and no other plugin its commands."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_schema import GOOD
from tests.runtime.hostile.guests import ANSWER, TEXT, guest
from tests.runtime.hostile.stage import LIMITS
from thoth_ls.commands.commands import Commands
from thoth_ls.commands.results import ResultFiles
from thoth_ls.errors import ErrorKind, PluginError
from thoth_ls.paths import Paths
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.wire.commands import CommandList, ListCommandsParams, RunCommandParams

SPIN = "(loop $again (br $again)) (unreachable)"
SCHEMA = json.dumps(GOOD)
MANIFEST = """
id = "{}"
name = "Hostile"
version = "0.1.0"
description = "Means no good"
author = "Tests"
capabilities = ["cli"]
"""


def says(text: str) -> str:
    """Instructions that return the text of the guest as the good value."""
    size = len(text.encode())
    return (
        f"(i32.store (i32.const {ANSWER + 4}) (i32.const {TEXT}))"
        f"(i32.store (i32.const {ANSWER + 8}) (i32.const {size})) (i32.const {ANSWER})"
    )


class Stage:
    """Commands over plugins that a test installs."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths.under(folder)
        self.runtime = PluginRuntime(self.paths, LIMITS, lambda *line: None, bundled_folders=())
        self.commands = Commands(self.runtime, ResultFiles(self.paths.temp / "results"))

    def install(self, plugin_id: str, bodies: Mapping[str, str], text: str = SCHEMA) -> None:
        """A plugin with these exports, whose memory holds `text`."""
        folder = self.paths.plugins / plugin_id
        folder.mkdir(parents=True)
        (folder / "plugin.toml").write_text(MANIFEST.format(plugin_id))
        bodies = {f"plugin-cli#{name}": body for name, body in bodies.items()}
        (folder / "plugin.wasm").write_bytes(guest(bodies, text=text, world="cli-plugin"))

    async def list(self) -> CommandList:
        """All commands."""
        return await self.commands.list(ListCommandsParams())

    async def run(self, plugin_id: str) -> Any:
        """Runs a command that takes nothing."""
        params = RunCommandParams(plugin_id=plugin_id, name="count.to_ten-times", values={}, show=False)
        return await self.commands.run(params, headless=True)

    async def failure(self, plugin_id: str) -> PluginError:
        """The error that running ends in."""
        with pytest.raises(PluginError) as caught:
            await self.run(plugin_id)
        assert str(caught.value).startswith(f"plugin {plugin_id}: ")
        return caught.value


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """No plugins yet."""
    made = Stage(tmp_path)
    yield made
    await made.runtime.close()
    await made.commands.close()


async def test_one_that_tells_nothing_useful_spoils_no_other(stage: Stage) -> None:
    """However it goes about it, its problem is told beside the commands of the others."""
    stage.install("a.good", {"schema": says(SCHEMA)})
    stage.install("b.spins", {"schema": SPIN})
    stage.install("c.traps", {"schema": "(unreachable)"})
    stage.install("d.empty", {})
    stage.install("e.nonsense", {"schema": says("{nonsense")}, "{nonsense")
    stage.install("f.points-nowhere", {"schema": far_away()})
    told = await stage.list()
    assert {command.plugin_id for command in told.commands} == {"a.good"}
    assert [problem.plugin_id for problem in told.problems] == [
        *("b.spins", "c.traps", "d.empty", "e.nonsense", "f.points-nowhere")
    ]
    kinds = ("fuel limit", "crashed", "it is not JSON", "it is not JSON", "")
    for problem, said in zip(told.problems, kinds, strict=True):
        assert said in problem.message
        assert problem.message.count(problem.plugin_id) == 1


def far_away() -> str:
    """Instructions that return text beyond the end of memory."""
    return (
        f"(i32.store (i32.const {ANSWER + 4}) (i32.const 2000000000))"
        f"(i32.store (i32.const {ANSWER + 8}) (i32.const 2000000000)) (i32.const {ANSWER})"
    )


async def test_a_run_costs_its_limits_and_no_more(stage: Stage) -> None:
    """And the next run of the same plugin begins anew."""
    stage.install("a.spins", {"schema": says(SCHEMA), "run": SPIN})
    stage.install("b.traps", {"schema": says(SCHEMA), "run": "(unreachable)"})
    stage.install("c.echoes", {"schema": says(SCHEMA), "run": says(SCHEMA)})
    assert (await stage.failure("a.spins")).kind is ErrorKind.PLUGIN_LIMIT_HIT
    for _ in range(5):  # an instance that crashed is nobody's next time
        assert (await stage.failure("b.traps")).kind is ErrorKind.PLUGIN_TRAPPED
    assert "no member `records`" in str(await stage.failure("c.echoes"))


async def test_cancelling_ends_a_loop_at_once(stage: Stage) -> None:
    """Neither fuel nor the deadline is waited for, and nothing goes on in the background."""
    stage.install("a.spins", {"schema": says(SCHEMA), "run": SPIN})
    stage.runtime.limits = replace(LIMITS, fuel_per_call=10**15, deadline_seconds=60)
    running = asyncio.create_task(stage.run("a.spins"))
    await asyncio.sleep(0.5)
    assert not running.done()
    began = time.perf_counter()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert time.perf_counter() - began < 1
    await stage.commands.close()
    assert time.perf_counter() - began < 5
