"""`thoth`: what an editor asks of the server, asked from a terminal."""

from __future__ import annotations

import argparse
import asyncio
import io
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from thoth_ls import __version__
from thoth_ls.cli import helping, plugin_commands
from thoth_ls.cli.arguments import add_file, add_finding, check_finding, number, row
from thoth_ls.cli.authoring import add_plugin, split_for_pytest
from thoth_ls.cli.exporting import add_export, check_export
from thoth_ls.cli.network import add_network
from thoth_ls.cli.plugins import add_plugins, run_subcommand

FORMATS = ("table", "json", "ndjson", "csv")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0, 1 when it failed, 2 for wrong usage, 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter can show the rest
    parser = _parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:3] == ["completions", "--list", "--"]:
        return helping.complete(parser, given[3:])
    try:
        return _run(_chosen(parser, given))
    except BrokenPipeError:  # `thoth open … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("thoth: interrupted", file=sys.stderr)
        return 130


def _chosen(parser: argparse.ArgumentParser, given: Sequence[str]) -> Callable[[], Coroutine[Any, Any, int]]:
    """What to run: a command of a plugin where the first word is none of ours."""
    if given and not given[0].startswith("-") and given[0] not in plugin_commands.own_words(parser):
        return lambda: plugin_commands.run_plugin(given[0], given[1:])
    words, for_pytest = split_for_pytest(given)
    options = parser.parse_args(words)
    if for_pytest:
        options.arguments += for_pytest
    if options.command == "open":
        _check(parser, options)
    if options.command == "export":
        check_export(parser, options)
    if options.command == "help":
        return lambda: helping.print_help(parser, options.words)
    from thoth_ls.cli import commands

    run = {
        "open": commands.open_file,
        "export": commands.export,
        "info": commands.info,
        "plugins": run_subcommand,
        "plugin": run_subcommand,
        "network": run_subcommand,
        "completions": helping.print_completions,
    }[options.command]
    return lambda: run(options)


def _run(run: Callable[[], Coroutine[Any, Any, int]]) -> int:
    from thoth_ls.cli import commands
    from thoth_ls.cli.table import printable

    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # a client hears of things it did not ask about
    try:
        code = asyncio.run(run())
    except commands.RequestFailed as error:
        print(f"thoth: {printable(str(error))}", file=sys.stderr)
        return 1
    sys.stdout.flush()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thoth",
        description="Opens data files of any size through sandboxed plugins.",
        epilog="Plugins have commands of their own, `thoth PLUGIN COMMAND`: `thoth help` lists them."
        " Exit codes: 0 when all went well, 1 when something failed or a search found nothing, 2 for wrong usage,"
        " 130 when interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"thoth {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_open(commands.add_parser("open", help="print records of a file, or what is found in it"))
    add_export(commands.add_parser("export", help="write records of a file, or what is found in it, to another file"))
    knowing = commands.add_parser("info", help="print what is known of a file: records, columns, problems")
    add_file(knowing)
    knowing.add_argument("--json", action="store_true", help="print one JSON object")
    add_plugins(commands.add_parser("plugins", help="list the installed plugins, and what can be done with them"))
    add_plugin(commands.add_parser("plugin", help="write a plugin: begin it, build it, test it"))
    add_network(commands.add_parser("network", help="list what plugins may reach, decide about it, and what they did"))
    helping.add_completions(commands.add_parser("completions", help="print the script that makes a shell complete"))
    helping.add_help(commands.add_parser("help", help="print this, the plugins with commands, or what a command takes"))
    return parser


def _add_open(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument(
        "--start", "--from", type=row, default=1, metavar="N", help="first record to print or search, from 1"
    )
    parser.add_argument(
        "--count",
        "--rows",
        type=_count,
        metavar="N",
        help="records to print, or `all` (default: 10 in a table, all in other formats)",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="json: an array of the records as they are in the file; ndjson: a record a line; csv: the columns",
    )
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    finding = parser.add_argument_group(
        "searching",
        "A search prints what it finds and where; with --format json or ndjson the records in which a text was found"
        " or the values a path leads to, with csv the rows. Nothing found is exit code 1.",
    )
    add_finding(finding)
    finding.add_argument("--limit", type=_limit, metavar="N", help="stop after so many hits (default: none)")


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Ends with a sentence where arguments do not go together."""
    check_finding(parser, options)
    if options.find is None and options.path is None:
        if options.limit is not None:
            parser.error("--limit goes with --find or --path; --count says how many records to print")
    elif options.count is not None and options.limit is None:
        options.limit = None if options.count == "all" else max(1, options.count)


def _count(text: str) -> int | str:
    if text == "all":
        return text
    value = number(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must be 0 or more, or `all`")
    return value


def _limit(text: str) -> int:
    value = number(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


if __name__ == "__main__":
    sys.exit(main())
