"""Searches records that the plugin hands out as JSON text and does not search itself."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from thoth_ls.documents import json_values
from thoth_ls.documents.json_values import Members, Number, Value
from thoth_ls.documents.portions import Portions
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.search.columns import ColumnMap
from thoth_ls.documents.search.finder import Finder
from thoth_ls.documents.search.hits import hit
from thoth_ls.documents.search.jsonpath import TooSlow
from thoth_ls.documents.search.scanning import Found, Notes, Scanner, Step, Thinking
from thoth_ls.wire.searches import SearchHit, SearchParams


class RecordScanner(Scanner):
    """Searches decoded records, for plugins that do not search themselves."""

    whole = True

    def __init__(
        self, reading: Reading, params: SearchParams, finder: Finder, thinking: Thinking, notes: Notes
    ) -> None:
        self.record = params.from_record
        self._reading = reading
        self._finder = finder
        self._keys = params.scope != "values"
        self._values = params.scope != "keys"
        self._thinking = thinking
        self._notes = notes
        self._portions = Portions(reading.source)

    async def step(self, most: int) -> Step:
        """Searches the next portion."""
        start = self.record
        texts = await self._portions.next(start)
        if texts is None:
            self._notes.add(f"Record {start + 1:,} is too large to be searched.")
            self.record += 1
            return Step([], done=self.record >= self._reading.progress.records)
        columns = ColumnMap(self._reading.columns)
        began = time.perf_counter()
        found = await self._thinking.run(lambda: self._found(start, texts, columns, most)) if texts else []
        self._portions.took(time.perf_counter() - began)
        self.record += len(texts)
        return Step(found, done=not texts or self.record >= self._reading.progress.records)

    def _found(self, start: int, texts: Sequence[str], columns: ColumnMap, most: int) -> list[Found]:
        """Runs on a thread of its own."""
        found = []
        for record, text in enumerate(texts, start):
            self._thinking.stop.check()
            try:
                hits = self._hits(json_values.decode(text), columns, most)
            except TooSlow:
                self._notes.too_slow(record)
                continue
            except (ValueError, RecursionError):
                self._notes.add(f"Record {record + 1:,} is nested too deeply or is not valid, and was not searched.")
                continue
            if hits:
                found.append(Found(record, hits))
        return found

    def _hits(self, record: Value, columns: ColumnMap, most: int) -> list[SearchHit]:
        hits: list[SearchHit] = []
        for path, keys, part, value in walk(record):
            self._thinking.stop.check()
            if not (self._keys if part == "key" else self._values):
                continue
            text = str(keys[-1]) if part == "key" else text_of(value)
            if text is None:
                continue
            places = self._finder.places(text)
            if places is not None:
                hits.append(hit(path, keys, part, json_values.kind_of(value), text, places, columns))
                if len(hits) > most:
                    break
        return hits


_END: tuple[int, Any] = (-1, None)


def text_of(value: Value) -> str | None:
    """What a name or value says; None for what holds others."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list):
        return None
    return {True: "true", False: "false", None: "null"}[value]


def walk(record: Value) -> Iterator[tuple[list[int], list[str | int], Literal["key", "value"], Value]]:
    """Every name and value of a record in its order: path, names, which of the two, value. The lists are reused."""
    path: list[int] = []
    keys: list[str | int] = []
    yield path, keys, "value", record
    stack = [iter(enumerate(record))] if isinstance(record, list) else []
    owners: list[Value] = [record]
    while stack:
        index, child = next(stack[-1], _END)
        named = isinstance(owners[-1], Members)
        if len(path) == len(stack):
            path.pop()
            keys.pop()
        if index < 0:
            stack.pop()
            owners.pop()
            continue
        key, value = child if named else (index, child)
        path.append(index)
        keys.append(key)
        if named:
            yield path, keys, "key", value
        yield path, keys, "value", value
        if isinstance(value, list) and not isinstance(value, Number):
            stack.append(iter(enumerate(value)))
            owners.append(value)
