"""Stand-ins with behaviour: sources over lists, loaders that hand them out, events that can be awaited."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from thoth_ls.documents.cell_records import CellRecords
from thoth_ls.documents.search.guests import GuestSearch
from thoth_ls.documents.source import Candidate, Candidates, Description, FindStep, Query, Segments, Viewer
from thoth_ls.documents.tree import DecodedTree, Tree
from thoth_ls.errors import PluginNotFound, PluginRefused
from thoth_ls.wire.documents import (
    CellText,
    Choice,
    Column,
    DidChange,
    DidFail,
    DidFind,
    DidProgress,
    OpenOption,
    Problem,
    Progress,
)
from thoth_ls.wire.searches import DidSearch

PLUGIN_ID = "com.example.lines"
Event = TypeVar("Event")


@dataclass
class Behaviour:
    """How the sources of one loader behave; may be changed while they run."""

    rows_per_step: int = 10**9
    """Rows that `open` and each `advance` read."""
    page_cap: int = 10**9
    """Most rows in one page."""
    matches_cap: int = 10_000
    gate: asyncio.Event | None = None
    """Where set, `advance` waits for it each time (and clears nothing)."""
    failures: dict[str, BaseException] = field(default_factory=dict)
    """By method: raised instead of an answer."""
    before: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    """By method: awaited before an answer is made."""
    encoding_option: bool = True
    page_text: str | None = None
    """Returned by `page` instead of rows."""
    bytes_per_row: int = 10
    malformed_rows: frozenset[int] = frozenset()


class FakeSource:
    """Rows of cells out of a file of lines: cells end at commas, a cell that is too long is no concern here."""

    plugin_id = PLUGIN_ID
    plugin_name = "Lines"
    sandbox: Literal["file", "folder"] = "file"
    tabular = True

    def __init__(self, path: Path, behaviour: Behaviour, rows: list[list[str]] | None = None) -> None:
        self.path = path
        self.behaviour = behaviour
        self.given = rows
        self.rows: list[list[str]] = []
        self.read = 0
        self.options: dict[str, str] = {}
        self.calls: list[str] = []
        self.steps: list[int] = []
        self.closed = False
        self.cells = CellRecords(self)
        self.tree: Tree = DecodedTree(self.cells, self.cells)
        self.searcher: GuestSearch | None = None
        self.segments: Segments | None = None
        self.viewer: Viewer | None = None

    async def open(self, options: Mapping[str, str]) -> Progress:
        await self._enter("open")
        self.options = dict(options)
        if self.given is not None:
            self.rows = self.given
        else:
            text = self.path.read_text("utf-8", errors="replace")
            self.rows = [line.split(",") for line in text.splitlines()]
        self.read = min(self.behaviour.rows_per_step, len(self.rows))
        return self._progress()

    async def describe(self) -> Description:
        await self._enter("describe")
        columns = self.cells.columns = [
            Column(name=f"c{n}", type="text", nulls=[]) for n in range(len(self.rows[0]) if self.rows else 0)
        ]
        options = []
        if self.behaviour.encoding_option:
            choices = [Choice(value="utf-8", label="UTF-8"), Choice(value="windows-1252", label="Windows-1252")]
            value = self.options.get("encoding", "utf-8")
            options = [OpenOption(key="encoding", label="Encoding", value=value, choices=choices)]
        return Description(columns, options, ["a note of the plugin"])

    async def advance(self, max_bytes: int) -> Progress:
        await self._enter("advance")
        self.steps.append(max_bytes)
        if self.behaviour.gate is not None:
            await self.behaviour.gate.wait()
        self.read = min(self.read + self.behaviour.rows_per_step, len(self.rows))
        return self._progress()

    async def page(self, start: int, count: int) -> str:
        await self._enter("page")
        if self.behaviour.page_text is not None:
            return self.behaviour.page_text
        return json.dumps(self.rows[start : min(start + min(count, self.behaviour.page_cap), self.read)])

    async def slice(self, start: int, count: int) -> str:
        return await self.page(start, count)

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        await self._enter("cell")
        if record >= self.read or column >= len(self.rows[record]):
            raise PluginRefused(self.plugin_id, f"there is no cell {record}, {column}")
        whole = self.rows[record][column].encode()
        piece = whole[start : start + count].decode("utf-8", "ignore")
        after = start + len(piece.encode())
        return CellText(text=piece, size_bytes=len(whole), next=after if after < len(whole) else None)

    async def find(self, query: Query, from_record: int, max_bytes: int) -> FindStep:
        await self._enter("find")
        matches: list[tuple[int, int]] = []
        row = from_record
        end = min(self.read, from_record + max(1, max_bytes // self.behaviour.bytes_per_row))
        while row < end and len(matches) < self.behaviour.matches_cap:
            matches += [(row, at) for at, cell in enumerate(self.rows[row]) if _holds(cell, query)]
            row += 1
        return FindStep(matches, row, (row - from_record) * self.behaviour.bytes_per_row, row >= self.read)

    async def records(self, start: int, count: int) -> Sequence[str]:
        await self._enter("records")
        return await self.cells.texts(start, count)

    async def problems(self, start: int, count: int) -> tuple[Sequence[Problem], int]:
        await self._enter("problems")
        found = [row for row in sorted(self.behaviour.malformed_rows) if row < self.read]
        kept = [
            Problem(record=row, line=row, offset=row * 10, kind="ragged", message="too few cells")
            for row in found[start : start + count]
        ]
        return kept, len(found)

    async def close(self) -> None:
        self.closed = True
        await self._enter("close")

    async def _enter(self, method: str) -> None:
        self.calls.append(method)
        if method in self.behaviour.before:
            await self.behaviour.before[method]()
        if method in self.behaviour.failures:
            raise self.behaviour.failures[method]

    def _progress(self) -> Progress:
        done, total = self.read, len(self.rows)
        size = self.behaviour.bytes_per_row
        return Progress(records=done, bytes_done=done * size, bytes_total=total * size, done=done == total)


def _holds(cell: str, query: Query) -> bool:
    text, cell = (query.text, cell) if query.match_case else (query.text.lower(), cell.lower())
    return cell == text if query.whole_cell else text in cell


class FakeLoader:
    """Opens files of lines, or hands out the rows it was given whatever the file holds."""

    plugin_id = PLUGIN_ID
    description = "Opens files of lines"
    extensions: Sequence[str] = ("csv",)

    def __init__(self, rows: list[list[str]] | None = None, name: str = "Lines") -> None:
        self.plugin_name = name
        self.rows = rows
        self.behaviour = Behaviour()
        self.encodings = frozenset({"utf-8", "cp1252"})
        self.sources: list[FakeSource] = []
        self.failure: BaseException | None = None

    async def nests(self) -> bool:
        return False

    async def source(self, path: Path) -> FakeSource:
        if self.failure is not None:
            raise self.failure
        made = FakeSource(path, self.behaviour, self.rows)
        self.sources.append(made)
        return made


class FakeLoaders:
    """One loader for names ending in `.csv`; further candidates may be added."""

    def __init__(self, loader: FakeLoader) -> None:
        self.loader = loader
        self.further: list[Candidate] = []
        self.notes: list[str] = []
        self.asked: list[str] = []
        self.is_off = False
        """Whether the loader may not run."""

    def candidates(self, file_name: str) -> Candidates:
        self.asked.append(file_name)
        extension = file_name.lower().rpartition(".")[2] if "." in file_name else ""
        known = extension in self.loader.extensions
        own = Candidate(self.loader, "name" if known else "other")
        if self.is_off:
            return Candidates(extension, self.further, self.notes, [self.loader.plugin_name] if known else [])
        items = [own, *self.further] if known else [*self.further, own]
        return Candidates(extension, items, self.notes)

    def named(self, plugin_id: str) -> FakeLoader:
        if plugin_id != PLUGIN_ID:
            raise PluginNotFound(plugin_id, "is not installed")
        return self.loader


class RecordingEvents:
    """Keeps every event in order; `wait` returns the first that fits, past or future."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self.malformed_calls: list[tuple[str, list[Problem], int]] = []
        self._news = asyncio.Event()

    def progress(self, event: DidProgress) -> None:
        self._add(event)

    def found(self, event: DidFind) -> None:
        self._add(event)

    def searched(self, event: DidSearch) -> None:
        self._add(event)

    def changed(self, event: DidChange) -> None:
        self._add(event)

    def failed(self, event: DidFail) -> None:
        self._add(event)

    def malformed(self, uri: str, problems: Sequence[Problem], total: int) -> None:
        self.malformed_calls.append((uri, list(problems), total))
        self._add((uri, total))

    def of(self, kind: type[Event]) -> list[Event]:
        """The events of a kind so far."""
        return [event for event in self.all if isinstance(event, kind)]

    async def wait(self, kind: type[Event], fits: Callable[[Event], bool] = lambda _: True) -> Event:
        """The first event of the kind that fits; fails after ten seconds."""
        async with asyncio.timeout(10):
            while True:
                for event in self.of(kind):
                    if fits(event):
                        return event
                await self._news.wait()

    def _add(self, event: object) -> None:
        self.all.append(event)
        self._news.set()
        self._news = asyncio.Event()
