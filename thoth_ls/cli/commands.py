"""The commands of `thoth`, each a client of a real server process."""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from thoth_ls.cli import table
from thoth_ls.lsp.client import RequestFailed, ThothClient, connect
from thoth_ls.wire import documents as d
from thoth_ls.wire.methods import DID_FAIL, DID_FIND, DID_PROGRESS, FIND, OPEN, PAGE, PLUGINS, PROBLEMS

NAMES = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", ":": "colon", '"': "double quote"}

__all__ = ["RequestFailed", "list_plugins", "open_file"]


async def open_file(options: argparse.Namespace) -> int:
    """Prints what the file holds; returns 0."""
    path = Path(options.file).absolute()
    async with connect() as client:
        reading = _Reading(client)
        began = time.perf_counter()
        opened: d.OpenDocumentResult = await client.request(
            OPEN,
            d.OpenDocumentParams(
                uri=path.as_uri(), options=dict(options.options), plugin_id=options.plugin, first_rows=options.rows
            ),
        )
        first = time.perf_counter() - began
        progress = await reading.finished(opened)
        whole = time.perf_counter() - began
        page = opened.first_page
        start = options.start - 1
        if start > 0:
            page = await client.request(PAGE, d.PageParams(**_ref(opened), start=start, count=options.rows))
        problems = await client.request(PROBLEMS, d.ProblemsParams(**_ref(opened), start=0, count=5))
        matches = await _find(client, opened, options) if options.find else None
    if options.json:
        print(json.dumps(_as_json(opened, progress, page, problems, matches), ensure_ascii=False))
    else:
        _print(path, opened, progress, (first, whole))
        _print_rows(opened, page) if matches is None else _print_matches(opened, matches, options.find)
        _print_problems(problems)
    return 0


async def list_plugins(options: argparse.Namespace) -> int:
    """Prints the installed plugins; returns 1 when one of them cannot be used."""
    async with connect() as client:
        answer = await client.request(PLUGINS)
    for plugin in answer.plugins:
        print(f"{plugin.id}  {plugin.version}  {plugin.name}  [{' '.join(plugin.extensions)}]")
        if plugin.problem:
            print(f"    cannot be used: {plugin.problem}")
    return 1 if any(plugin.problem for plugin in answer.plugins) else 0


class _Reading:
    """Waits for the background reading of a document to end, showing how far it is on a terminal."""

    def __init__(self, client: ThothClient) -> None:
        self._client = client
        self._done: asyncio.Future[d.Progress] = asyncio.get_running_loop().create_future()
        client.on(DID_PROGRESS, self._progress)
        client.on(DID_FAIL, self._failed)

    async def finished(self, opened: d.OpenDocumentResult) -> d.Progress:
        """The progress at the end of the file."""
        return opened.progress if opened.progress.done else await self._client.unless_gone(self._done)

    def _progress(self, event: d.DidProgress) -> None:
        progress = event.progress
        if sys.stderr.isatty() and progress.bytes_total:
            percent = 100 * progress.bytes_done // progress.bytes_total
            end = "\r\033[K" if progress.done else ""
            print(f"\r{percent:3d} %  {progress.records:,} rows {end}", end="", file=sys.stderr, flush=True)
        if progress.done and not self._done.done():
            self._done.set_result(progress)

    def _failed(self, event: d.DidFail) -> None:
        if not self._done.done():
            self._done.set_exception(RequestFailed(0, event.message, {"kind": event.kind}))


def _ref(opened: d.OpenDocumentResult) -> dict[str, Any]:
    return {"document_id": opened.document_id, "generation": opened.generation}


async def _find(
    client: ThothClient, opened: d.OpenDocumentResult, options: argparse.Namespace
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    client.on(DID_FIND, lambda event: found.extend(event.matches))
    await client.request(
        FIND,
        d.FindParams(
            **_ref(opened),
            search_id="cli",
            text=options.find,
            match_case=options.match_case,
            whole_cell=options.whole_cell,
            from_row=options.start - 1,
            limit=max(1, options.rows),
        ),
    )
    return found


def _print(path: Path, opened: d.OpenDocumentResult, progress: d.Progress, seconds: tuple[float, float]) -> None:
    sandbox = "this file only" if opened.sandbox == "file" else "this file's folder, read-only"
    name = path.name.encode("utf-8", "replace").decode()
    print(f"{name}: {opened.size_bytes:,} bytes, read by {opened.plugin_name}, which can see {sandbox}")
    settings = ", ".join(f"{option.label.lower()} {_shown(option.value)}" for option in opened.options)
    print(settings)
    print(f"{progress.records:,} rows, {len(opened.columns):,} columns", end="; ")
    print(f"first rows after {seconds[0]:.3f} s, all after {seconds[1]:.3f} s")
    for note in opened.notes:
        print(f"note: {note}")
    print()
    for column in opened.columns[:50]:
        print(f"  {column.name}: {column.type}" + (f" (null: {', '.join(column.nulls)})" if column.nulls else ""))
    if len(opened.columns) > 50:
        print(f"  … and {len(opened.columns) - 50} more")
    print()


def _shown(value: str) -> str:
    return NAMES.get(value, value or "none")


def _print_rows(opened: d.OpenDocumentResult, page: d.Page) -> None:
    width = shutil.get_terminal_size((110, 24)).columns
    for line in table.render(opened.columns, page.rows, page.start, width):
        print(line)


def _print_matches(opened: d.OpenDocumentResult, matches: list[tuple[int, int]], text: str) -> None:
    print(f"{len(matches):,} cells hold {text!r}")
    for row, column in matches:
        name = opened.columns[column].name if column < len(opened.columns) else "no column"
        print(f"  row {row + 1:,}, column {column + 1} ({name})")


def _print_problems(problems: d.ProblemsResult) -> None:
    if problems.total:
        print(f"\n{problems.total:,} malformed rows, the first of them:")
    for problem in problems.problems:
        print(f"  row {problem.record + 1:,}, byte {problem.offset:,}: {problem.message}")


def _as_json(
    opened: d.OpenDocumentResult,
    progress: d.Progress,
    page: d.Page,
    problems: d.ProblemsResult,
    matches: list[tuple[int, int]] | None,
) -> dict[str, object]:
    return {
        "columns": [column.model_dump(by_alias=True) for column in opened.columns],
        "options": {option.key: option.value for option in opened.options},
        "notes": opened.notes,
        "rows": progress.records,
        "start": page.start,
        "page": json.loads(page.rows),
        "problems": problems.total,
        "matches": matches,
    }
