"""`thoth open --find` and `--path`: what was found, or the records it was found in."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

from thoth_ls.cli.formats import CsvTable, JsonArray, JsonLines
from thoth_ls.cli.session import Session
from thoth_ls.cli.table import counted, printable
from thoth_ls.wire.methods import DID_SEARCH, SEARCH
from thoth_ls.wire.searches import DidSearch, RecordHits, SearchHit, SearchParams, SearchResult

HITS_AT_ONCE = 2_000
"""What was found is printed before more is looked for."""
_NAME = re.compile(r"[A-Za-z_\u0080-\U0010ffff][A-Za-z0-9_\u0080-\U0010ffff]*")


async def find(opened: Session, options: argparse.Namespace) -> int:
    """Prints what a search finds, while it finds it; returns 0, or 1 where there is nothing."""
    search = _Search(opened, options)
    printing = {"table": _print_hits, "csv": _print_rows}.get(options.format, _print_records)
    await printing(search)
    opened.progress.clear()
    for note in dict.fromkeys(search.notes):
        print(printable(f"thoth: note: {note}"), file=sys.stderr)
    return 0 if search.hits else 1


class _Search:
    """A search, asked for in portions so that nothing piles up between the server and a slow reader."""

    def __init__(self, opened: Session, options: argparse.Namespace) -> None:
        self.opened = opened
        self.options = options
        self.hits = self.records = 0
        self.stopped = False
        """Whether the limit ended it."""
        self.notes: list[str] = []
        self._told: asyncio.Queue[DidSearch | None] = asyncio.Queue()
        opened.client.on(DID_SEARCH, self._told.put_nowait)

    async def found(self) -> AsyncIterator[Sequence[RecordHits]]:
        """Records with what was found in them."""
        at: int | None = self.options.start - 1
        while at is not None and not self.stopped:
            left = HITS_AT_ONCE if self.options.limit is None else self.options.limit - self.hits
            params = SearchParams(
                **self.opened.ref, **search_query(self.options), from_record=at, limit=min(left, HITS_AT_ONCE)
            )
            asking = asyncio.create_task(self._ask(params))
            try:
                while (event := await self._told.get()) is not None:
                    self.opened.progress.show(f"{event.scanned_records:,} records searched, {self.hits:,} hits")
                    if event.records:
                        yield event.records
                result = await asking
            finally:
                asking.cancel()
            self.hits += result.hits
            self.records += result.records
            self.notes += result.notes
            at = result.next_record
            self.stopped = self.options.limit is not None and self.hits >= self.options.limit and at is not None

    async def _ask(self, params: SearchParams) -> SearchResult:
        try:
            result: SearchResult = await self.opened.client.request(SEARCH, params)
        finally:
            self._told.put_nowait(None)
        return result


def search_query(options: argparse.Namespace) -> dict[str, Any]:
    """The members of a search's params that say what to look for."""
    if options.path is not None:
        return {"search_id": "cli", "query": options.path, "mode": "jsonpath"}
    query, mode = options.find, "regex" if options.regex else "text"
    if options.whole_cell:
        query, mode = (rf"\A(?:{query})\Z" if options.regex else rf"\A{re.escape(query)}\Z"), "regex"
    scope = "keys" if options.keys else "values" if options.values or options.whole_cell else "both"
    choices = {"match_case": options.match_case, "whole_word": options.whole_word, "scope": scope}
    return {"search_id": "cli", "query": query, "mode": mode, **choices}


async def _print_hits(search: _Search) -> None:
    async for some in search.found():
        search.opened.progress.clear()
        for item in some:
            for hit in item.hits:
                where = path_text(hit.keys)
                named = f"name of {where}" if hit.part == "key" else where
                print(f"record {item.record + 1:,}, {named}: {printable(hit.preview)}")
    search.opened.progress.clear()
    more = f"; stopped at the limit of {search.options.limit:,}" if search.stopped else ""
    found = f"{counted(search.hits, 'hit')} in {counted(search.records, 'record')}{more}"
    print(found if search.hits else "nothing found")


async def _print_rows(search: _Search) -> None:
    """The rows in which something was found, as CSV."""
    opened = search.opened
    if opened.opened.nested:
        await opened.finished()  # columns may turn up until then
    writer = CsvTable(opened, opened.columns)
    async for numbers in _numbers(search):
        at = 0
        async for picked in opened.picked(numbers):
            await writer.rows(picked.rows, numbers[at : at + picked.count])
            at += picked.count


async def _print_records(search: _Search) -> None:
    """The records in which a text was found, or the values a path leads to."""
    opened = search.opened
    writer = JsonLines() if search.options.format == "ndjson" else JsonArray()
    if search.options.path is not None:
        async for some in search.found():
            for item in some:
                for hit in item.hits:
                    await _print_value(opened, writer, item.record, hit)
    else:
        async for numbers in _numbers(search):
            for number in numbers:
                async for record in opened.records(number, 1):
                    if isinstance(record, int):
                        await writer.parts(opened.parts(record, []))
                    else:
                        writer.records(record)
    writer.end()


async def _print_value(opened: Session, writer: JsonArray | JsonLines, record: int, hit: SearchHit) -> None:
    await writer.parts(opened.parts(record, hit.path))


async def _numbers(search: _Search) -> AsyncIterator[list[int]]:
    """The records with hits, each once."""
    last = -1
    async for some in search.found():
        numbers = [item.record for item in some if item.record > last]
        if numbers:
            last = numbers[-1]
            yield numbers


def path_text(keys: Sequence[str | int]) -> str:
    """A path as JSONPath, in the short form where names allow it."""
    steps = []
    for key in keys:
        if isinstance(key, int):
            steps.append(f"[{key}]")
        elif _NAME.fullmatch(key):
            steps.append(f".{printable(key)}")
        else:
            steps.append(f"['{printable(key.replace(chr(92), chr(92) * 2).replace(chr(39), chr(92) + chr(39)))}']")
    return "$" + "".join(steps)
