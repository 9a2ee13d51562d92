"""Searches over fakes: a table of cells, records as text, and a plugin that searches itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.documents.conftest import QUICK, our_tasks, settled_later
from tests.fakes import FakeLoader, FakeLoaders, FakeSource, RecordingEvents
from thoth_ls.documents import json_values
from thoth_ls.documents.events import Report, no_report
from thoth_ls.documents.search.guests import Candidate, Candidates, Wanted
from thoth_ls.documents.search.records import text_of, walk
from thoth_ls.documents.source import Description
from thoth_ls.documents.store import Documents
from thoth_ls.documents.tree import DecodedTree
from thoth_ls.errors import PluginRefused
from thoth_ls.settings import FilesSettings
from thoth_ls.wire.documents import Column, OpenDocumentParams, OpenDocumentResult, Progress
from thoth_ls.wire.searches import DidSearch, RecordHits, SearchParams, SearchResult

SIZE = 100
"""Bytes that every record is said to take."""


class TextRecords:
    """Records as JSON text, decoded when they are asked for (`documents.tree.Records`)."""

    plugin_id = "com.example.lines"

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    async def some(self, start: int, count: int) -> list[tuple[Any, int]]:
        return [(json_values.decode(text), len(text.encode())) for text in self.texts[start : start + count]]

    async def one(self, record: int) -> Any:
        return json_values.decode(self.texts[record])


class JsonSource(FakeSource):
    """Records out of JSON texts; with `searches` it finds candidates itself, with `cap` it refuses longer answers."""

    tabular = False

    def __init__(self, path: Path, loader: JsonLoader) -> None:
        super().__init__(path, loader.behaviour, [[text] for text in loader.texts])
        self.loader = loader
        self.tree = DecodedTree(TextRecords(loader.texts))
        self.searcher = self if loader.searches else None
        self.asked: list[Wanted] = []

    async def open(self, options: Mapping[str, str]) -> Progress:
        self.behaviour.bytes_per_row = SIZE
        return await super().open(options)

    async def describe(self) -> Description:
        columns = [Column(name=name, type="text", nulls=[], path=[name]) for name in self.loader.columns]
        return Description(columns, [], [], nested=True)

    async def records(self, start: int, count: int) -> Sequence[str]:
        await self._enter("records")
        texts = self.loader.texts[start : min(start + count, self.read)]
        if sum(map(len, texts)) > self.loader.cap:
            raise PluginRefused(self.plugin_id, "too much at once")
        return texts

    async def search(self, wanted: Wanted, from_byte: int, max_bytes: int) -> Candidates:
        """Candidates of a few records, a portion of them at a time; every record takes `SIZE` bytes."""
        await self._enter("search")
        self.asked.append(wanted)
        record, skip = divmod(from_byte, SIZE)
        if record >= self.read:
            return Candidates([], from_byte, self.read, done=True)
        found = list(self._candidates(record, wanted))
        portion = found[skip : skip + self.loader.portion]
        if skip + len(portion) < len(found):
            return Candidates(portion, from_byte + len(portion), record, done=False)
        return Candidates(portion, (record + 1) * SIZE, record + 1, done=record + 1 >= self.read)

    def _candidates(self, record: int, wanted: Wanted) -> Any:
        for path, keys, part, value in walk(json_values.decode(self.loader.texts[record])):
            text = str(keys[-1]) if part == "key" else text_of(value)
            if text is None or not (wanted.keys if part == "key" else wanted.values) or not _holds(text, wanted):
                continue
            shown = text[: self.loader.longest]
            told = list(keys) if self.loader.tells_keys else None
            yield Candidate(record, list(path), told, part, json_values.kind_of(value), shown, shown != text)


def _holds(text: str, wanted: Wanted) -> bool:
    if not wanted.needles:
        return True
    for needle in wanted.needles:
        fold = needle.fold or [[char] for char in needle.text]
        ends = set(range(len(text) + 1))
        for item in fold:
            ends = {at + len(choice) for at in ends for choice in item if text.startswith(choice, at)}
        if ends:
            return True
    return False


class JsonLoader(FakeLoader):
    """Hands out one `JsonSource` after the other."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        super().__init__([])
        self.texts = list(texts)
        self.columns: Sequence[str] = ()
        self.searches = False
        self.tells_keys = True
        self.portion = 2_000
        self.longest = 4_096
        self.cap = 1 << 40

    async def source(self, path: Path) -> JsonSource:
        made = JsonSource(path, self)
        self.sources.append(made)
        return made


@dataclass
class SearchBench:
    """A store with one file open in it."""

    folder: Path
    loader: Any
    events: RecordingEvents
    documents: Documents
    opened: OpenDocumentResult | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "file.csv"

    async def open(self) -> OpenDocumentResult:
        """Opens the file, once."""
        if self.opened is None:
            self.path.write_bytes(b"x\n")
            self.opened = await self.documents.open(OpenDocumentParams(uri=self.path.as_uri()))
        return self.opened

    async def search(self, query: str, report: Report = no_report, **more: Any) -> SearchResult:
        """Searches it."""
        opened = await self.open()
        where = {"document_id": opened.document_id, "generation": opened.generation, "search_id": "s"}
        return await self.documents.search(SearchParams(query=query, **where, **more), report)

    def told(self) -> list[RecordHits]:
        """Everything that was told, in the order it was told."""
        return [record for event in self.events.of(DidSearch) for record in event.records]

    def found(self) -> list[tuple[int, list[str | int], str, str]]:
        """The same as record, keys, part and preview of each hit."""
        return [(item.record, hit.keys, hit.part, hit.preview) for item in self.told() for hit in item.hits]

    def values(self) -> list[tuple[int, str]]:
        """Record and preview of each hit."""
        return [(record, preview) for record, _, _, preview in self.found()]


async def bench_over(tmp_path: Path, loader: FakeLoader) -> AsyncIterator[SearchBench]:
    events = RecordingEvents()
    documents = Documents(FakeLoaders(loader), FilesSettings(), tmp_path / "spool", events, timing=QUICK)
    yield SearchBench(tmp_path, loader, events, documents)
    await documents.close_all()
    await settled_later(lambda: not our_tasks())


def texts(*values: Any) -> list[str]:
    """Values as JSON texts."""
    return [json.dumps(value, ensure_ascii=False) for value in values]


async def cancelled(task: asyncio.Task[Any]) -> None:
    """Withdraws a search and waits until it has noticed."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
