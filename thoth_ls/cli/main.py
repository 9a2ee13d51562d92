"""`thoth`: what an editor asks of the server, asked from a terminal."""

from __future__ import annotations

import argparse
import asyncio
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from thoth_ls import __version__

LAST_ROW = 2**53
"""The largest row, counted from 1, that the protocol can name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0, 1 when it failed, 2 for wrong usage, 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter can show the rest
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except BrokenPipeError:  # `thoth open … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("thoth: interrupted", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    from thoth_ls.cli import commands

    run = {"open": commands.open_file, "plugins": commands.list_plugins}[options.command]
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # a client hears of things it did not ask about
    try:
        code = asyncio.run(run(options))
    except commands.RequestFailed as error:
        print(f"thoth: {error}", file=sys.stderr)
        return 1
    sys.stdout.flush()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thoth", description="Opens data files of any size through sandboxed plugins."
    )
    parser.add_argument("--version", action="version", version=f"thoth {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    opening = commands.add_parser("open", help="print the columns, the row count and some rows of a file")
    opening.add_argument("file", type=Path, metavar="FILE")
    opening.add_argument("--rows", type=_count, default=10, metavar="N", help="rows to print (default 10)")
    opening.add_argument("--from", dest="start", type=_row, default=1, metavar="ROW", help="first row to print, from 1")
    opening.add_argument(
        "--find", type=_wanted, metavar="TEXT", help="list the cells that hold a text instead of the first rows"
    )
    opening.add_argument("--match-case", action="store_true", help="tell upper from lower case when finding")
    opening.add_argument("--whole-cell", action="store_true", help="find only cells that are the text, whole")
    opening.add_argument(
        "--option",
        dest="options",
        action="append",
        type=_pair,
        default=[],
        metavar="KEY=VALUE",
        help="how to read the file, for instance delimiter=';' or encoding=cp1252 (repeatable)",
    )
    opening.add_argument("--plugin", type=_text, metavar="ID", help="open the file with this plugin")
    opening.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    commands.add_parser("plugins", help="list the installed plugins")
    return parser


def _count(text: str) -> int:
    value = _number(text)
    if not 0 <= value <= 10_000:
        raise argparse.ArgumentTypeError("must be between 0 and 10,000")
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


def _text(text: str) -> str:
    """Refuses bytes that the terminal's encoding does not know: nothing else can be sent to the server."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{text!r} is not text") from None
    return text


def _wanted(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("there is nothing to find in an empty text")
    return _text(text)


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = _text(text).partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key, value.replace("\\t", "\t")


if __name__ == "__main__":
    sys.exit(main())
