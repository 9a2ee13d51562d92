"""`thoth open`: what a file holds, as a table or as data for other programs."""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from collections.abc import Sequence

from thoth_ls.cli import table
from thoth_ls.cli.finding import find
from thoth_ls.cli.formats import CsvTable, JsonArray, JsonLines
from thoth_ls.cli.info import print_head, print_problems
from thoth_ls.cli.session import Session, session
from thoth_ls.wire import documents as d
from thoth_ls.wire.methods import PROBLEMS

FIRST_ROWS = 10
"""So many are printed as a table where nobody says how many."""


async def open_file(options: argparse.Namespace) -> int:
    """Prints records or what was found in them; returns 0, or 1 where nothing was found."""
    if options.format != "table" and isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # data, whatever the terminal's encoding is
    async with session(options.file, options.options, options.plugin) as opened:
        if options.find is not None or options.path is not None:
            return await find(opened, options)
        start, count = options.start - 1, _count(options)
        match options.format:
            case "table":
                await _table(opened, start, count)
            case "csv":
                await _csv(opened, start, count)
            case _:
                await _json(opened, start, count, lines=options.format == "ndjson")
    return 0


def _count(options: argparse.Namespace) -> int | None:
    """How many records to print, None for all of them."""
    if options.count is None:
        return FIRST_ROWS if options.format == "table" else None
    return None if options.count == "all" else int(options.count)


async def _table(opened: Session, start: int, count: int | None) -> None:
    progress = await opened.finished()
    print_head(opened, progress)
    await print_rows(opened, opened.columns, start, count)
    problems = await opened.client.request(PROBLEMS, d.ProblemsParams(**opened.ref, start=0, count=5))
    print_problems(problems)


async def print_rows(opened: Session, columns: Sequence[d.Column], start: int, count: int | None) -> None:
    """Rows as a table, whose columns are as wide as the first page wants them."""
    width = shutil.get_terminal_size((110, 24)).columns
    layout: table.Layout | None = None
    async for page in opened.rows(start, count):
        rows = table.cells(page.rows)
        if layout is None:
            layout = table.Layout(columns, rows, page.start + (page.count if count is None else count), width)
            print("\n".join(layout.head()))
        print("\n".join(layout.lines(rows, page.start)))
    if layout is None:
        layout = table.Layout(columns, [], start, width)
        print("\n".join(layout.head()))
    for line in layout.foot():
        print(line)


async def _csv(opened: Session, start: int, count: int | None) -> None:
    if opened.opened.nested:
        await opened.finished()  # columns may turn up until then
    writer = CsvTable(opened, opened.columns)
    async for page in opened.rows(start, count):
        await writer.rows(page.rows, range(page.start, page.start + page.count))
        opened.progress.show(f"{page.start + page.count:,} records printed")


async def _json(opened: Session, start: int, count: int | None, *, lines: bool) -> None:
    writer = JsonLines() if lines else JsonArray()
    printed = 0
    async for some in opened.records(start, count):
        if isinstance(some, int):
            await writer.parts(opened.parts(some, []))
            printed += 1
        else:
            writer.records(some)
            printed += len(some)
        opened.progress.show(f"{printed:,} records printed")
    writer.end()
