"""`thoth`: what an editor asks of the server, asked from a terminal."""

from __future__ import annotations

import argparse
import asyncio
import io
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from thoth_ls import __version__
from thoth_ls.cli import helping, plugin_commands
from thoth_ls.cli.given import text as text_of
from thoth_ls.cli.plugins import add_plugins, run_plugins

LAST_ROW = 2**53
"""The largest row, counted from 1, that the protocol can name."""
FORMATS = ("table", "json", "ndjson", "csv")
SEARCH_FLAGS = {
    "regex": "the text is a regular expression",
    "match-case": "tell upper from lower case",
    "whole-word": "only where no letter, digit or underscore is beside it",
    "whole-cell": "only values that are the text, whole",
    "keys": "look in names only",
    "values": "look in values only",
}


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
    options = parser.parse_args(given)
    if options.command == "open":
        _check(parser, options)
    if options.command == "help":
        return lambda: helping.print_help(parser, options.words)
    from thoth_ls.cli import commands

    run = {
        "open": commands.open_file,
        "info": commands.info,
        "plugins": run_plugins,
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
    knowing = commands.add_parser("info", help="print what is known of a file: records, columns, problems")
    _add_file(knowing)
    knowing.add_argument("--json", action="store_true", help="print one JSON object")
    add_plugins(commands.add_parser("plugins", help="list the installed plugins, and what can be done with them"))
    helping.add_completions(commands.add_parser("completions", help="print the script that makes a shell complete"))
    helping.add_help(commands.add_parser("help", help="print this, the plugins with commands, or what a command takes"))
    return parser


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--option",
        dest="options",
        action="append",
        type=_pair,
        default=[],
        metavar="KEY=VALUE",
        help="how to read the file, for instance delimiter=';' or encoding=cp1252 (repeatable)",
    )
    parser.add_argument("--plugin", type=text_of, metavar="ID", help="open the file with this plugin")


def _add_open(parser: argparse.ArgumentParser) -> None:
    _add_file(parser)
    parser.add_argument(
        "--start", "--from", type=_row, default=1, metavar="N", help="first record to print or search, from 1"
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
    wanted = finding.add_mutually_exclusive_group()
    wanted.add_argument("--find", type=_wanted, metavar="TEXT", help="find a text in names and values")
    wanted.add_argument("--path", type=_wanted, metavar="JSONPATH", help="apply a JSONPath (RFC 9535) to every record")
    for name, said in SEARCH_FLAGS.items():
        finding.add_argument(f"--{name}", action="store_true", help=said)
    finding.add_argument("--limit", type=_limit, metavar="N", help="stop after so many hits (default: none)")


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Ends with a sentence where arguments do not go together."""
    given = [name for name in SEARCH_FLAGS if getattr(options, name.replace("-", "_"))]
    if given and options.find is None:
        parser.error(f"--{given[0]} goes with --find")
    if options.keys and options.values:
        parser.error("--keys and --values exclude each other: without them both are searched")
    if options.find is None and options.path is None:
        if options.limit is not None:
            parser.error("--limit goes with --find or --path; --count says how many records to print")
    elif options.count is not None and options.limit is None:
        options.limit = None if options.count == "all" else max(1, options.count)


def _count(text: str) -> int | str:
    if text == "all":
        return text
    value = _number(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must be 0 or more, or `all`")
    return value


def _limit(text: str) -> int:
    value = _number(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _row(text: str) -> int:
    value = _number(text)
    if value < 1:
        raise argparse.ArgumentTypeError("rows are counted from 1")
    if value > LAST_ROW:
        raise argparse.ArgumentTypeError("there are no rows so far down")
    return value


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def _wanted(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("there is nothing to find in an empty text")
    return text_of(text)


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text_of(text).partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key, value.replace("\\t", "\t")


if __name__ == "__main__":
    sys.exit(main())
