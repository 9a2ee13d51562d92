"""The command line of a plugin, made from what the plugin says its commands take."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from thoth_ls.cli.given import text
from thoth_ls.cli.printing import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.cli.known_commands import Argument, Command, KnownPlugin

FORMATS = ("table", "json", "csv", "ndjson")
VALUE = "value:"
"""Before the ids of arguments, which might be the names of our own."""
_ODD = re.compile(r"[^\w.-]+")


def plugin_parser(word: str, plugin: KnownPlugin) -> argparse.ArgumentParser:
    """Parses what follows `thoth word`; the options have `name`, `format` and what `values` reads."""
    parser = argparse.ArgumentParser(
        prog=f"thoth {word}",
        description=_said(f"{plugin.description} (commands of the plugin {plugin.id})"),
        epilog="The whole id of the plugin can stand for its name as well.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND", title="commands")
    for command in plugin.commands:
        about = _said(command.about)
        made = commands.add_parser(
            command.name,
            help=about.replace("%", "%%"),
            description=about,
            epilog=_examples(command.examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            conflict_handler="resolve",
        )
        made.set_defaults(format=None)
        made.add_argument(
            *("--format", "--output-format"),
            dest="format",
            choices=FORMATS,
            default=argparse.SUPPRESS,
            help="how to print the records (default: table on a terminal, ndjson elsewhere)",
        )
        for argument in command.arguments:
            _add(made, argument)
    return parser


def values(options: argparse.Namespace, command: Command) -> dict[str, str | bool]:
    """What was given, by argument id."""
    given = {argument.id: getattr(options, VALUE + argument.id) for argument in command.arguments}
    return {name: value for name, value in given.items() if value is not None}


def _add(parser: argparse.ArgumentParser, argument: Argument) -> None:
    dest, said = VALUE + argument.id, _said(argument.help).replace("%", "%%")
    metavar = _ODD.sub("_", argument.value_name or "") or argument.id.upper()
    if argument.kind == "positional":
        nargs = None if argument.required else "?"
        parser.add_argument(dest, metavar=metavar, nargs=nargs, type=text, help=said)
        return
    names = [f"-{argument.short}"] if argument.short else []
    names.append(f"--{argument.long}")
    if argument.kind == "flag":
        parser.add_argument(*names, dest=dest, action="store_true", required=argument.required, help=said)
    else:
        parser.add_argument(*names, dest=dest, metavar=metavar, type=text, required=argument.required, help=said)


def _examples(examples: Sequence[str]) -> str | None:
    lines = [f"  {one_line(example)}".replace("%(", "% (") for example in examples]
    return "\n".join(["examples:", *lines]) if lines else None


def _said(words: str) -> str:
    """What an author wrote, on one line; argparse would take `%(prog)` for itself."""
    return one_line(words).replace("%(", "% (")
