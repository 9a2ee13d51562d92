"""`thoth info`: what is known of a file once it has been read."""

from __future__ import annotations

import argparse
import json

from thoth_ls.cli.session import Session, session
from thoth_ls.cli.table import counted, printable
from thoth_ls.wire import documents as d
from thoth_ls.wire.info import InfoParams, InfoResult
from thoth_ls.wire.methods import INFO, PROBLEMS

NAMES = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", ":": "colon", '"': "double quote"}
COLUMNS_SHOWN = 50
PROBLEMS_SHOWN = 20


async def info(options: argparse.Namespace) -> int:
    """Prints records, columns, problems and how the file is read; returns 0."""
    async with session(options.file, options.options, options.plugin) as opened:
        progress = await opened.finished()
        params = d.ProblemsParams(**opened.ref, start=0, count=PROBLEMS_SHOWN)
        problems: d.ProblemsResult = await opened.client.request(PROBLEMS, params)
        known: InfoResult = await opened.client.request(INFO, InfoParams(**opened.ref))
        if options.json:
            print(json.dumps(_facts(opened, progress, problems, known), ensure_ascii=False, indent=2))
        else:
            print_head(opened, progress, known)
            print_problems(problems)
    return 0


def print_head(opened: Session, progress: d.Progress, known: InfoResult | None = None) -> None:
    """What the file is and how it is read, its columns and remarks; `known` where the index is of interest."""
    found = opened.opened
    sandbox = "this file only" if found.sandbox == "file" else "this file's folder, read-only"
    name = opened.path.name.encode("utf-8", "replace").decode()
    size = counted(found.size_bytes, "byte")
    print(printable(f"{name}: {size}, read by {found.plugin_name}, which can see {sandbox}"))
    settings = ", ".join(f"{option.label.lower()} {_shown(option.value)}" for option in found.options)
    if settings:
        print(printable(settings))
    print(f"{counted(progress.records, 'row')}, {counted(len(opened.columns), 'column')}", end="; ")
    print(f"first rows after {opened.first_seconds:.3f} s, all after {opened.whole_seconds:.3f} s")
    if known is not None and known.index_bytes is not None:
        print(f"index: {known.index_bytes:,} bytes of memory, made in {known.seconds:.3f} s")
    for note in found.notes:
        print(printable(f"note: {note}"))
    print()
    for column in opened.columns[:COLUMNS_SHOWN]:
        nulls = f" (null: {', '.join(column.nulls)})" if column.nulls else ""
        print(printable(f"  {column.name}: {column.type}{nulls}"))
    if len(opened.columns) > COLUMNS_SHOWN:
        print(f"  … and {len(opened.columns) - COLUMNS_SHOWN} more")
    print()


def print_problems(problems: d.ProblemsResult) -> None:
    """How many records are malformed, and the first of them."""
    if problems.total:
        rest = ", the first of them" if problems.total > len(problems.problems) else ""
        print(f"\n{counted(problems.total, 'malformed row')}{rest}:")
    for problem in problems.problems:
        print(printable(f"  row {problem.record + 1:,}, byte {problem.offset:,}: {problem.message}"))


def _shown(value: str) -> str:
    return NAMES.get(value, value or "none")


def _facts(opened: Session, progress: d.Progress, problems: d.ProblemsResult, known: InfoResult) -> dict[str, object]:
    found = opened.opened
    return {
        "file": str(opened.path).encode("utf-8", "replace").decode(),
        "sizeBytes": found.size_bytes,
        "plugin": {"id": found.plugin_id, "name": found.plugin_name, "sandbox": found.sandbox},
        "options": {option.key: option.value for option in found.options},
        "records": progress.records,
        "columns": [column.model_dump(by_alias=True) for column in opened.columns],
        "display": found.display,
        "notes": found.notes,
        "problems": {
            "total": problems.total,
            "first": [problem.model_dump(by_alias=True) for problem in problems.problems],
        },
        "firstSeconds": round(opened.first_seconds, 4),
        "indexBytes": known.index_bytes,
        "wholeSeconds": round(opened.whole_seconds, 4),
    }
