"""`thoth help`, `thoth completions`: what there is to run, of Thoth's own and of plugins."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

from thoth_ls.cli.completing import FILES, candidates, split_at_equals
from thoth_ls.cli.plugin_commands import WRONG_USAGE, chosen, known, own_words, plugins_help
from thoth_ls.cli.plugin_parser import plugin_parser
from thoth_ls.cli.printing import printable
from thoth_ls.cli.shells import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.cli.known_commands import Known

PATIENCE_SECONDS = 10.0
"""Longest wait of a shell for completions that are not known yet."""


def add_help(parser: argparse.ArgumentParser) -> None:
    """The arguments of `thoth help`."""
    parser.add_argument("words", nargs="*", metavar="WORD", help="a command, or a plugin and one of its commands")


def add_completions(parser: argparse.ArgumentParser) -> None:
    """The arguments of `thoth completions`."""
    parser.add_argument("shell", choices=tuple(SCRIPTS), metavar="SHELL", help=" or ".join(SCRIPTS))


async def print_completions(options: argparse.Namespace) -> int:
    """Prints the script that makes a shell complete what stands behind `thoth`."""
    sys.stdout.write(SCRIPTS[options.shell])
    return 0


async def print_help(parser: argparse.ArgumentParser, words: Sequence[str]) -> int:
    """Prints what there is, or what one command takes; returns 2 where there is no such command."""
    if words and words[0] in own_words(parser):
        found = _inner(parser, words)
    elif words:
        plugin = chosen(words[0], await known())
        if plugin is None:
            return WRONG_USAGE
        if not plugin.commands:
            print(f"thoth: {printable(plugin.problem or f'plugin {plugin.id}: it has no commands')}", file=sys.stderr)
            return 1
        found = _inner(plugin_parser(words[0], plugin), words[1:])
    else:
        parser.print_help()
        lines = plugins_help(await known(), own_words(parser))
        if lines:
            print("\n".join(["", "commands of plugins (thoth help PLUGIN tells more):", *lines]))
        return 0
    if found is None:
        print(f"thoth: there is no command {printable(' '.join(words))!r}", file=sys.stderr)
        return WRONG_USAGE
    found.print_help()
    return 0


def complete(parser: argparse.ArgumentParser, words: Sequence[str]) -> int:
    """Prints a line for each word that can stand for the last of `words`, with its meaning after a tab; never fails."""
    with contextlib.suppress(Exception):  # a shell that waits for completions has no place for errors
        for word, said in _candidates(parser, words).items():
            print(f"{word}\t{said}")
    return 0


def _candidates(parser: argparse.ArgumentParser, words: Sequence[str]) -> dict[str, str]:
    taken = own_words(parser)
    if len(words) > 1 and words[0] not in taken and not words[0].startswith("-"):
        plugins = _known_soon().named(words[0])
        if len(plugins) != 1:
            return {}
        found = dict(candidates(plugin_parser(words[0], plugins[0]), words[1:], {}))
    elif len(words) > 1 and words[0] == "help":
        return _candidates(parser, words[1:])
    else:
        everything = _known_soon()
        ids = {plugin.id: plugin.name for plugin in everything.plugins}
        found = dict(candidates(parser, words, ids))
        if len(words) <= 1 and FILES not in found:
            found |= _plugin_words(everything, taken, words[0] if words else "")
    return dict(zip(split_at_equals(words, found), found.values(), strict=True))


def _plugin_words(known: Known, taken: set[str], begun: str) -> dict[str, str]:
    """How to call plugins: by their names, or by their ids for whoever has begun to write one."""
    words = {word: plugin.description for word, plugin in known.words(taken).items()}
    ids = {plugin.id: plugin.description for plugin in known.plugins if plugin.runs} if "." in begun else {}
    return {word: " ".join(said.split()) for word, said in (words | ids).items() if word.startswith(begun)}


def _known_soon() -> Known:
    return asyncio.run(asyncio.wait_for(known(), PATIENCE_SECONDS))


def _inner(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.ArgumentParser | None:
    """The parser that words lead to."""
    for word in words:
        choices = next((action.choices for action in parser._actions if _has_parsers(action)), None)
        inner = choices.get(word) if isinstance(choices, dict) else None
        if inner is None:
            return None
        parser = inner
    return parser


def _has_parsers(action: argparse.Action) -> bool:
    return isinstance(action, argparse._SubParsersAction)
