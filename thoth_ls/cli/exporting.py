"""`thoth export`: which arguments it takes."""

from __future__ import annotations

import argparse

from thoth_ls.cli.arguments import LAST_ROW, add_file, add_finding, check_finding, pair, row
from thoth_ls.cli.given import text


def add_export(parser: argparse.ArgumentParser) -> None:
    """Gives its parser the arguments."""
    add_file(parser, optional=True)
    parser.add_argument("--list", action="store_true", help="list the exporters and their options, and write nothing")
    parser.add_argument("--to", metavar="OUT", help="the file to write, or `-` for standard output")
    parser.add_argument(
        "--with",
        dest="exporter",
        type=text,
        metavar="ID",
        help="the exporter: its id or its format (default: the one for the ending of OUT)",
    )
    parser.add_argument(
        "--set",
        dest="set",
        action="append",
        type=pair,
        default=[],
        metavar="KEY=VALUE",
        help="an option of the exporter; --list shows them (repeatable)",
    )
    parser.add_argument("--force", action="store_true", help="replace OUT if it is there")
    parser.add_argument(
        "--rows", type=_rows, metavar="A-B", help="records from A to B, counted from 1: 5-10, 5-, -10, 5"
    )
    parser.add_argument(
        "--columns", type=text, metavar="A,B", help="these columns only, in this order, by name or #number"
    )
    finding = parser.add_argument_group(
        "searching", "Only the records in which something is found are written. Nothing found is exit code 1."
    )
    add_finding(finding)


def check_export(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Ends with a sentence where arguments do not go together."""
    if options.list:
        return
    check_finding(parser, options)
    if options.file is None or options.to is None:
        parser.error("export needs FILE and --to OUT, or --list")
    if options.to == "-" and options.exporter is None:
        parser.error("--to - needs --with ID: there is no name that says in which format to write")
    if options.rows is not None and (options.find is not None or options.path is not None):
        parser.error("--rows and a search exclude each other")


def _rows(given: str) -> tuple[int, int]:
    """From and to, counted from 0, the end not included."""
    first, dash, last = given.partition("-")
    if not first and not last:
        raise argparse.ArgumentTypeError(f"{given!r} is not A-B")
    start = row(first) if first else 1
    end = row(last) if last else (LAST_ROW - 1 if dash else start)
    if end < start:
        raise argparse.ArgumentTypeError(f"{given!r} ends before it begins")
    return start - 1, end
