"""Commands of plugins with `plugin-cli`: what there are, and running one."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoth_ls.catalog.manifest import Capability
from thoth_ls.commands.arguments import invocation
from thoth_ls.commands.results import read_records
from thoth_ls.commands.schema import CliSchema, read_schema
from thoth_ls.errors import Cancelled, InputInvalid, PluginInvalid, ThothError
from thoth_ls.wire.commands import CommandList, CommandProblem, PluginCommand, RunCommandResult

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.commands.results import ResultFiles
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.runtime.worker import Call
    from thoth_ls.wire.commands import ListCommandsParams, RunCommandParams

INTERFACE = "plugin-cli"
SHORT = 1_000
"""Characters of one record that can be shown without opening anything."""
AT_ONCE = 4
"""Plugins that are asked for their commands at the same time."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a plugin said its commands are, and the files it said it from."""

    signature: object
    schema: CliSchema


class Commands:
    """The commands of all plugins that have some.

    Each run has an instance of its own, which is ended at once when the run is cancelled.
    """

    def __init__(self, runtime: PluginRuntime, results: ResultFiles) -> None:
        self._runtime = runtime
        self._results = results
        self._known: dict[str, _Known] = {}
        self._ending: set[asyncio.Task[None]] = set()

    async def list(self, params: ListCommandsParams) -> CommandList:
        """The commands of one plugin or of all, and why some cannot be told; raises PluginError for the one."""
        if params.plugin_id is not None:
            plugin = self._plugin(params.plugin_id)
            return CommandList(commands=_told(plugin, await self._schema(plugin)), problems=[])
        room = asyncio.Semaphore(AT_ONCE)

        async def ask(plugin: Plugin) -> list[PluginCommand] | CommandProblem:
            async with room:
                try:
                    return _told(plugin, await self._schema(plugin))
                except Cancelled:
                    raise
                except ThothError as error:
                    return CommandProblem(plugin_id=plugin.id, message=str(error))

        refusal = self._runtime.custody.refusal
        usable = self._runtime.catalog.usable
        asked = [plugin for plugin in usable if _has_commands(plugin) and refusal(plugin) is None]
        answers = await asyncio.gather(*map(ask, asked))
        return CommandList(
            commands=[command for answer in answers if isinstance(answer, list) for command in answer],
            problems=[answer for answer in answers if isinstance(answer, CommandProblem)],
        )

    async def run(self, params: RunCommandParams, *, headless: bool) -> RunCommandResult:
        """What the command returned; raises PluginError. Cancelling ends the plugin at once.

        `headless` says that nobody is at an editor, which the plugin needs a permission for.
        """
        plugin = self._plugin(params.plugin_id)
        if headless:
            await self._runtime.custody.admit(plugin, "headless")
        async with self._instance(plugin) as instance:
            said = await instance.run(lambda call: self._steps(plugin, params, call), kill=True)
        records = await asyncio.to_thread(read_records, plugin.id, said)
        uri = text = None
        if not params.show or (len(records) == 1 and len(records[0]) <= SHORT):
            text = "".join(f"{record}\n" for record in records[: params.limit])
        if params.show and records:
            path = await asyncio.to_thread(self._results.write, params.name, records)
            uri = path.as_uri()
        return RunCommandResult(records=len(records), uri=uri, text=text)

    def title(self, params: RunCommandParams) -> str:
        """What to call a run while it goes on."""
        plugin = self._runtime.catalog.get(params.plugin_id)
        named = plugin.manifest.name if plugin is not None and plugin.manifest is not None else params.plugin_id
        return f"{named} {params.name}"

    async def close(self) -> None:
        """Removes all results; the runtime ends what still runs."""
        await asyncio.gather(*self._ending, return_exceptions=True)
        await asyncio.to_thread(self._results.close)

    def _steps(self, plugin: Plugin, params: RunCommandParams, call: Call) -> object:
        """Runs on the instance's thread: whatever fails before the last line has not begun anything."""
        known = self._fresh(plugin)
        schema = known or self._remember(plugin, call(INTERFACE, "schema"))
        command = schema.command(params.name)
        if command is None:
            names = ", ".join(item.name for item in schema.subcommands)
            raise InputInvalid(plugin.id, "name", f"it has no command {params.name[:100]!r}; it has {names}")
        return call(INTERFACE, "run", invocation(plugin.id, command, params.values))

    async def _schema(self, plugin: Plugin) -> CliSchema:
        known = self._fresh(plugin)
        if known is not None:
            return known
        async with self._instance(plugin) as instance:
            return self._remember(plugin, await instance.call(INTERFACE, "schema", kill=True))

    def _fresh(self, plugin: Plugin) -> CliSchema | None:
        known = self._known.get(plugin.id)
        return known.schema if known is not None and known.signature == _signature(plugin) else None

    def _remember(self, plugin: Plugin, text: object) -> CliSchema:
        schema = read_schema(plugin.id, text)
        self._known[plugin.id] = _Known(_signature(plugin), schema)
        return schema

    @asynccontextmanager
    async def _instance(self, plugin: Plugin) -> AsyncIterator[PluginInstance]:
        """An instance of its own, which nobody waits for to end."""
        instance = await self._runtime.instance(plugin)
        try:
            yield instance
        finally:
            task = asyncio.create_task(instance.close())
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    def _plugin(self, plugin_id: str) -> Plugin:
        plugin = self._runtime.catalog.runnable(plugin_id)
        if not _has_commands(plugin):
            raise PluginInvalid(plugin_id, "it has no commands")
        refusal = self._runtime.custody.refusal(plugin)
        if refusal is not None:
            raise refusal
        return plugin


def _has_commands(plugin: Plugin) -> bool:
    return plugin.manifest is not None and Capability.CLI in plugin.manifest.capabilities


def _told(plugin: Plugin, schema: CliSchema) -> list[PluginCommand]:
    assert plugin.manifest is not None
    return schema.commands(plugin.id, plugin.manifest.name)


def _signature(plugin: Plugin) -> object:
    """Differs once the plugin's code has been replaced."""
    try:
        found = plugin.wasm.stat()
    except OSError:
        return None
    return plugin.wasm, found.st_mtime_ns, found.st_size, found.st_ino
