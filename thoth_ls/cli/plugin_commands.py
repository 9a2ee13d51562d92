"""`thoth PLUGIN COMMAND …`: commands of plugins, run without an editor."""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from thoth_ls.cli.known_commands import ask_known, read_known
from thoth_ls.cli.plugin_parser import plugin_parser, values
from thoth_ls.cli.printing import one_line, printable
from thoth_ls.paths import Paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from thoth_ls.cli.known_commands import Command, Known, KnownPlugin
    from thoth_ls.wire.commands import RunCommandResult

WRONG_USAGE = 2
RESERVED = frozenset({"open", "info", "plugins", "network", "completions", "help", "export"})
QUIET_SECONDS = 1.0
"""A command that takes longer says on a terminal that it is running."""


async def run_plugin(word: str, arguments: Sequence[str]) -> int:
    """Runs what follows `thoth word`; returns 0, or 2 where the words do not fit. Raises RequestFailed."""
    plugin = chosen(word, await known())
    if plugin is None:
        return WRONG_USAGE
    if not plugin.commands:
        print(f"thoth: {printable(plugin.problem or f'plugin {plugin.id}: it has no commands')}", file=sys.stderr)
        return 1
    options = plugin_parser(word, plugin).parse_args(arguments)
    command = next(item for item in plugin.commands if item.name == options.name)
    result = await _run(plugin, command, values(options, command))
    form = options.format or ("table" if sys.stdout.isatty() else "ndjson")
    if form != "table" and isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # data, whatever the terminal's encoding is
    from thoth_ls.cli.record_printing import print_records

    print_records((result.text or "").split("\n")[:-1], form)
    return 0


async def known() -> Known:
    """All plugins and their commands; starts a server only where something has changed since they were told last."""
    paths = Paths.standard()
    kept = read_known(paths)
    if kept is not None:
        return kept
    from thoth_ls.cli import session

    async with session.connect({"logLevel": "warning"}) as client:
        return await ask_known(client, paths)


def own_words(parser: argparse.ArgumentParser) -> set[str]:
    """The commands of Thoth itself, which no plugin can take over."""
    found = (action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return set(RESERVED).union(*found)


def plugins_help(known: Known, taken: set[str]) -> list[str]:
    """The plugins with commands, a line each, and how to call them."""
    words = known.words(taken)
    width = max((len(word) for word in words), default=0)
    return [
        f"  {word:{width}}  {one_line(plugin.problem or plugin.description)}" for word, plugin in sorted(words.items())
    ]


def chosen(word: str, known: Known) -> KnownPlugin | None:
    """The plugin a word stands for; None, with the reason printed, where it stands for none."""
    found = known.named(word)
    if len(found) == 1:
        if found[0].state != "disabled":
            return found[0]
        said = f"the plugin {found[0].id} is switched off; thoth plugins enable {found[0].id} switches it on"
    elif found:
        ids = " or ".join(plugin.id for plugin in found)
        said = f"{word} could be {ids}: give the whole id"
    else:
        said = f"there is no command and no plugin {word!r}; `thoth help` lists what there is"
    print(f"thoth: {printable(said)}", file=sys.stderr)
    return None


async def _run(plugin: KnownPlugin, command: Command, given: dict[str, str | bool]) -> RunCommandResult:
    from thoth_ls.cli import session
    from thoth_ls.wire.commands import RunCommandParams
    from thoth_ls.wire.methods import RUN_COMMAND

    params = RunCommandParams(plugin_id=plugin.id, name=command.name, values=given, show=False)
    async with session.connect({"logLevel": "warning"}) as client, _telling(f"{plugin.name} {command.name}"):
        result: RunCommandResult = await client.request(RUN_COMMAND, params)
    return result


@asynccontextmanager
async def _telling(what: str) -> AsyncIterator[None]:
    """Shows on a terminal that something is going on."""
    from thoth_ls.cli.progress import Progress

    progress, began = Progress(), time.monotonic()

    async def tell() -> None:
        while True:
            await asyncio.sleep(QUIET_SECONDS)
            progress.show(f"{one_line(what)}: running for {time.monotonic() - began:.0f} s; Ctrl-C stops it")

    telling = asyncio.create_task(tell())
    try:
        yield
    finally:
        telling.cancel()
        progress.clear()
