"""`thoth export`: records of a file written to another one by a plugin."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from thoth_ls.cli import session as sessions
from thoth_ls.cli.finding import search_query
from thoth_ls.cli.session import Session
from thoth_ls.cli.table import counted, printable
from thoth_ls.lsp.client import RequestFailed
from thoth_ls.wire.exports import ExporterInfo, ExportOption, ExportParams, ExportResult, ExportScope, SearchScope
from thoth_ls.wire.methods import EXPORT, EXPORTERS


async def export(options: argparse.Namespace) -> int:
    """Writes the file; returns 0, or 1 where a search found nothing or an exporter does not work."""
    if options.list:
        return await _list()
    async with sessions.session(options.file, options.options, options.plugin) as opened:
        listed = await opened.client.request(EXPORTERS)
        exporter, given = _chosen(listed.exporters, options)
        scope = await _scope(opened, options)
        with _target(options.to) as target:
            params = ExportParams(
                **opened.ref,
                plugin_id=exporter.plugin_id,
                options=given,
                scope=scope,
                target=target.as_uri(),
                overwrite=options.force,
                work_done_token="export",  # noqa: S106 - of a request
            )
            opened.client.on_progress(lambda percent, message: _show(opened, percent, message))
            result = await _write(opened, params, target)
            opened.progress.clear()
            if options.to == "-":
                _print(target)
    for note in result.notes:
        print(printable(f"thoth: note: {note}"), file=sys.stderr)
    if options.to != "-":
        size = f"{result.bytes:,} bytes"
        print(printable(f"{counted(result.records, 'record')} written to {options.to} ({size})"))
    return 1 if scope.search is not None and not result.records else 0


async def _write(opened: Session, params: ExportParams, target: Path) -> ExportResult:
    try:
        result: ExportResult = await opened.client.request(EXPORT, params)
    except RequestFailed as error:
        if error.kind != "fileExists":
            raise
        raise RequestFailed(error.code, f"{target} exists already; --force replaces it.", error.data) from None
    return result


def _show(opened: Session, percent: int | None, message: str) -> None:
    opened.progress.show(message if percent is None else f"{percent:3d} %  {message}")


@contextlib.contextmanager
def _target(to: str) -> Iterator[Path]:
    """Where the server is to write: for standard output a file that is gone afterwards."""
    if to != "-":
        yield Path(to).absolute()
        return
    with tempfile.TemporaryDirectory(prefix="thoth-export-") as folder:
        yield Path(folder) / "out"


def _print(path: Path) -> None:
    sys.stdout.flush()
    with path.open("rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer, 1 << 20)
    sys.stdout.buffer.flush()


def _chosen(exporters: Sequence[ExporterInfo], options: argparse.Namespace) -> tuple[ExporterInfo, dict[str, str]]:
    """The exporter, and its options: an ending that is one of a choice (`.ndjson`) makes that choice."""
    wanted = options.exporter
    ending = Path(options.to).suffix.removeprefix(".").lower() if wanted is None else wanted.lower()
    given = dict(options.set)
    for exporter in exporters:
        if wanted is not None and exporter.plugin_id == wanted:
            return exporter, given
    for exporter in exporters:
        if ending in (exporter.extension.lower(), exporter.name.lower()) and exporter.problem is None:
            return exporter, given
    for exporter in exporters:
        for option in exporter.options:
            for choice in option.choices:
                if choice.lower() == ending:
                    return exporter, {option.key: choice} | given
    known = ", ".join(f"{item.plugin_id} (.{item.extension})" for item in exporters if item.problem is None) or "none"
    what = f"writes files ending in .{ending}" if wanted is None else f"is called {wanted}"
    if wanted is None and not ending:
        what = f"can be told from the name {options.to}"
    raise RequestFailed(0, f"no exporter {what}; --with names one of: {known}", None)


async def _scope(opened: Session, options: argparse.Namespace) -> ExportScope:
    scope: dict[str, Any] = {"rows": options.rows}
    if options.find is not None or options.path is not None:
        query = search_query(options)
        del query["search_id"]
        scope["search"] = SearchScope(**query)
    if options.columns is not None:
        scope["columns"] = await _columns(opened, options.columns)
    return ExportScope(**scope)


async def _columns(opened: Session, names: str) -> list[int]:
    """Positions of columns; where more of them may turn up, the file is read to its end first."""
    if opened.opened.nested:
        await opened.finished()
    known = [column.name for column in opened.columns]
    found = []
    for name in [names] if names in known else names.split(","):
        number = name.strip().removeprefix("#")
        if name in known:
            found.append(known.index(name))
        elif name.strip() in known:
            found.append(known.index(name.strip()))
        elif name.strip().startswith("#") and number.isdecimal() and 1 <= int(number) <= len(known):
            found.append(int(number) - 1)
        else:
            some = ", ".join(known[:30]) + (", …" if len(known) > 30 else "")
            raise RequestFailed(0, f"there is no column {name.strip()}; there are {some}", None)
    return found


async def _list() -> int:
    """Prints the exporters; returns 1 when one of them does not work."""
    async with sessions.connect() as client:
        listed = await client.request(EXPORTERS)
    for exporter in listed.exporters:
        limit = "" if exporter.streaming or exporter.undecided else ", small tables only"
        print(printable(f"{exporter.plugin_id}  {exporter.name} (.{exporter.extension}{limit})"))
        if exporter.problem:
            print(printable(f"    cannot be used: {exporter.problem}"))
        if exporter.undecided:
            said = "its options are told once it has been decided what it may do; thoth plugins info"
            print(printable(f"    {said} {exporter.plugin_id}"))
        for option in exporter.options:
            print(printable(f"    {option.key}={option.default!s}  {option.label}{_choices(option)}"))
    return 1 if any(exporter.problem for exporter in listed.exporters) else 0


def _choices(option: ExportOption) -> str:
    if option.kind == "bool":
        return " [true, false]"
    return f" [{', '.join(option.choices)}]" if option.choices else ""
