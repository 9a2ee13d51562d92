"""Arguments that several commands take, and what they mean."""

from __future__ import annotations

import argparse
from pathlib import Path

from thoth_ls.cli.given import text

LAST_ROW = 2**53
"""The largest row, counted from 1, that the protocol can name."""
SEARCH_FLAGS = {
    "regex": "the text is a regular expression",
    "match-case": "tell upper from lower case",
    "whole-word": "only where no letter, digit or underscore is beside it",
    "whole-cell": "only values that are the text, whole",
    "keys": "look in names only",
    "values": "look in values only",
}


def add_file(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """The file, and how to read it."""
    parser.add_argument("file", type=Path, metavar="FILE", nargs="?" if optional else None)
    parser.add_argument(
        "--option",
        dest="options",
        action="append",
        type=pair,
        default=[],
        metavar="KEY=VALUE",
        help="how to read the file, for instance delimiter=';' or encoding=cp1252 (repeatable)",
    )
    parser.add_argument("--plugin", type=text, metavar="ID", help="open the file with this plugin")


def add_finding(finding: argparse._ArgumentGroup) -> None:
    """What to search for, and how."""
    either = finding.add_mutually_exclusive_group()
    either.add_argument("--find", type=wanted, metavar="TEXT", help="find a text in names and values")
    either.add_argument("--path", type=wanted, metavar="JSONPATH", help="apply a JSONPath (RFC 9535) to every record")
    for name, said in SEARCH_FLAGS.items():
        finding.add_argument(f"--{name}", action="store_true", help=said)


def check_finding(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Ends with a sentence where arguments of a search do not go together."""
    given = [name for name in SEARCH_FLAGS if getattr(options, name.replace("-", "_"))]
    if given and options.find is None:
        parser.error(f"--{given[0]} goes with --find")
    if options.keys and options.values:
        parser.error("--keys and --values exclude each other: without them both are searched")


def row(given: str) -> int:
    """A row, counted from 1."""
    value = number(given)
    if value < 1:
        raise argparse.ArgumentTypeError("rows are counted from 1")
    if value > LAST_ROW:
        raise argparse.ArgumentTypeError("there are no rows so far down")
    return value


def number(given: str) -> int:
    """A whole number."""
    try:
        return int(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{given!r} is not a whole number") from None


def wanted(given: str) -> str:
    """What to search for."""
    if not given:
        raise argparse.ArgumentTypeError("there is nothing to find in an empty text")
    return text(given)


def pair(given: str) -> tuple[str, str]:
    """A key and its value."""
    key, sign, value = text(given).partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(f"{given!r} is not KEY=VALUE")
    return key, value.replace("\\t", "\t")
