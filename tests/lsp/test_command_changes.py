"""Commands of plugins that are switched off, replaced or not allowed to run; and what a killed server leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.lsp.test_commands import BROKEN, BUNDLED, PLUGIN, install
from thoth_ls.lsp.client import RequestFailed, ThothClient, connect
from thoth_ls.wire.commands import CommandList, ListCommandsParams, RunCommandParams, RunCommandResult
from thoth_ls.wire.methods import COMMANDS, ENABLE_PLUGIN, RELOAD_PLUGIN, RUN_COMMAND, SET_PERMISSION
from thoth_ls.wire.permissions import Decision, SetPermissionParams
from thoth_ls.wire.plugins import EnablePluginParams, PluginRef


class Terminal:
    """What `thoth` asks of its server."""

    def __init__(self, client: ThothClient) -> None:
        self.client = client

    async def names(self) -> set[str]:
        """Plugins with commands, and those whose commands cannot be told."""
        told: CommandList = await self.client.request(COMMANDS, ListCommandsParams())
        return {item.plugin_id for item in (*told.commands, *told.problems)}

    async def greet(self, **params: Any) -> RunCommandResult:
        """Runs the command that works."""
        asked = RunCommandParams(plugin_id=PLUGIN, name="greet", values={"name": "Ada"}, **params)
        result: RunCommandResult = await self.client.request(RUN_COMMAND, asked)
        return result

    async def refusal(self) -> str:
        """The kind of the error that running ends in."""
        with pytest.raises(RequestFailed) as caught:
            await self.greet()
        assert str(caught.value).count(PLUGIN) >= 1
        return caught.value.kind

    async def decide(self, decision: Decision) -> None:
        """Decides whether the plugin may run without an editor."""
        params = SetPermissionParams(plugin_id=PLUGIN, need="headless", decision=decision)
        await self.client.request(SET_PERMISSION, params)


@asynccontextmanager
async def terminal(home: Path) -> AsyncIterator[Terminal]:
    """A server of `thoth`."""
    async with connect({"logLevel": "error"}, env={"THOTH_HOME": str(home)}) as client:
        yield Terminal(client)


@pytest_asyncio.fixture
async def own_home(tmp_path: Path) -> Path:
    """A home with the plugins installed."""
    await asyncio.to_thread(install, tmp_path)
    return tmp_path


async def test_without_an_editor_the_permission_decides(own_home: Path) -> None:
    """Undecided and denied refuse, and what is decided holds from the next run on."""
    async with terminal(own_home) as at:
        assert await at.refusal() == "permissionDenied"
        await at.decide("granted")
        assert (await at.greet()).records == 1
        await at.decide("denied")
        assert await at.refusal() == "permissionDenied"
        assert PLUGIN in await at.names()


async def test_a_plugin_that_is_switched_off_has_no_commands(own_home: Path) -> None:
    """At once, although its commands are known; and has them again afterwards."""
    async with terminal(own_home) as at:
        await at.decide("granted")
        assert await at.names() == {PLUGIN, BROKEN, BUNDLED}
        await at.client.request(ENABLE_PLUGIN, EnablePluginParams(plugin_id=PLUGIN, enabled=False))
        assert await at.names() == {BROKEN, BUNDLED}
        assert await at.refusal() == "pluginDisabled"
        with pytest.raises(RequestFailed) as caught:
            await at.client.request(COMMANDS, ListCommandsParams(plugin_id=PLUGIN))
        assert caught.value.kind == "pluginDisabled"
        await at.client.request(ENABLE_PLUGIN, EnablePluginParams(plugin_id=PLUGIN, enabled=True))
        assert (await at.greet()).records == 1


async def test_a_plugin_that_is_another_is_asked_again(own_home: Path) -> None:
    """A rebuilt plugin may have other commands: here none, for it is broken, until it is mended."""
    async with terminal(own_home) as at:
        await at.decide("granted")
        assert (await at.greet()).records == 1
        wasm = own_home / "data" / "plugins" / PLUGIN / "plugin.wasm"
        good = await asyncio.to_thread(wasm.read_bytes)
        await asyncio.to_thread(_replace, wasm, b"\0asm no component")
        await at.client.request(RELOAD_PLUGIN, PluginRef(plugin_id=PLUGIN))
        told: CommandList = await at.client.request(COMMANDS, ListCommandsParams())
        assert PLUGIN in {problem.plugin_id for problem in told.problems}
        assert await at.refusal() == "pluginInvalid"
        await asyncio.to_thread(_replace, wasm, good)
        await at.client.request(RELOAD_PLUGIN, PluginRef(plugin_id=PLUGIN))
        assert (await at.greet()).records == 1


def _replace(path: Path, content: bytes) -> None:
    """As a build does: another file, not another content."""
    made = path.with_suffix(".new")
    made.write_bytes(content)
    made.replace(path)


async def test_results_of_a_killed_server_are_removed_by_the_next(own_home: Path) -> None:
    """And those of a server that runs are left alone."""
    async with terminal(own_home) as lives, terminal(own_home) as dies:
        await lives.decide("granted")
        results = own_home / "temp" / "results"
        kept = await lives.greet(show=True)
        await dies.greet(show=True)
        assert len(await asyncio.to_thread(_names, results)) == 2
        assert dies.client.process is not None
        dies.client.process.kill()
        await dies.client.process.wait()
        async with terminal(own_home) as later:
            await later.greet(show=True)
            assert kept.uri is not None
            own = kept.uri.split("/")[-2]
            assert own in await asyncio.to_thread(_names, results)
            assert len(await asyncio.to_thread(_names, results)) == 2
    assert await asyncio.to_thread(_names, results) == set()


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
