"""A file read through `file-loader` alone, as plugins of the published contract do; searching is the host's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from thoth_ls.documents import json_values
from thoth_ls.documents.folding import pattern
from thoth_ls.documents.json_values import Members
from thoth_ls.documents.source import Description, FindStep
from thoth_ls.documents.texts import part
from thoth_ls.documents.tree import DecodedTree
from thoth_ls.errors import PluginInvalid, PluginRefused
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.runtime.plain_records import Headers, PlainRecords, shown, text_of
from thoth_ls.runtime.plugin_source import PluginSource
from thoth_ls.wire.documents import Column, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.documents.json_values import Value
    from thoth_ls.documents.source import Query
    from thoth_ls.documents.tree import Tree
    from thoth_ls.runtime.plugin_source import OpenFile
    from thoth_ls.runtime.worker import Call
    from thoth_ls.wire.documents import CellText, Problem

PAGE_BYTES = 8 << 20
PAGE_RECORDS = 1_000
SAMPLE = 100
"""Records looked at to name the columns where the plugin does not."""
STEP_RECORDS = 500
MAX_MATCHES = 10_000


class PlainSource(PluginSource):
    """`documents.source.Source` over a plugin with `file-loader`: opened in one call, complete from then on."""

    interface = "file-loader"
    tabular = False

    def __init__(self, file: OpenFile, exports: frozenset[str]) -> None:
        super().__init__(file, exports)
        self._opened = False
        self._headers = Headers([])
        self._nested = False
        self._records = PlainRecords(self.plugin_id, self._texts, self._decoded)
        self.tree: Tree = DecodedTree(self._records)
        self._progress = Progress(records=0, bytes_done=0, bytes_total=0, done=True)

    async def open(self, options: Mapping[str, str]) -> Progress:
        """Reads the whole file; the plugin offers no options."""
        if options:
            name = next(iter(options))
            raise PluginRefused(self.plugin_id, f"it cannot be told how to read a file (option {name!r})")
        self._opened = False
        self._records.forget()
        count = await self._call("open", self._guest_path)
        self._opened = True
        if self.viewer is not None:
            await self.viewer.opened()
        self._headers = Headers(await self._names(count))
        size = self._sandbox.size_bytes
        self._progress = Progress(records=min(count, 2**53 - 1), bytes_done=size, bytes_total=size, done=True)
        return self._progress

    async def describe(self) -> Description:
        """Columns, all of them text: the contract knows no types, and cells say what they are."""
        columns = [Column(name=name, type="text", nulls=[]) for name in self._headers.names]
        display: Literal["table", "custom"] = "custom" if self.viewer is not None and self.viewer.preferred else "table"
        return Description(columns=columns, options=[], notes=[], display=display, nested=self._nested)

    async def advance(self, max_bytes: int) -> Progress:
        """There is nothing left to read."""
        return self._progress

    async def page(self, start: int, count: int) -> str:
        """JSON text: an array of records."""
        return await self._page(start, count, Priority.INTERACTIVE)

    async def slice(self, start: int, count: int) -> str:
        """As `page`, in the background."""
        return await self._page(start, count, Priority.BACKGROUND)

    async def _page(self, start: int, count: int, priority: Priority) -> str:
        rows: list[str] = []
        size = 0
        for record in await self._decode(start, min(count, PAGE_RECORDS), priority):
            row = f"[{','.join(map(shown, self._headers.cells(record)))}]"
            size += len(row)
            if rows and size > PAGE_BYTES:
                break
            rows.append(row)
        return f"[{','.join(rows)}]"

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        """The text of one cell from byte `start` on, at most `count` bytes of UTF-8."""
        cells = self._headers.cells(await self._records.one(record))
        cell = cells[column] if column < len(cells) else None
        if cell is None:
            raise PluginRefused(self.plugin_id, f"record {record + 1} has no cell {column + 1}")
        return part(text_of(cell.value).encode("utf-8", "replace"), start, count)

    async def find(self, query: Query, from_record: int, max_bytes: int) -> FindStep:
        """One bounded step of a search, in the background."""
        wanted = pattern(query)
        matches: list[tuple[int, int]] = []
        total, at, size = self._progress.records, from_record, 0
        while at < total and size < max_bytes and len(matches) < MAX_MATCHES:
            records = await self._decode(at, min(STEP_RECORDS, total - at), Priority.BACKGROUND)
            if not records:
                return FindStep(matches, at, size, done=True)
            for record in records:
                cells = self._headers.texts(record)
                matches += [(at, column) for column, cell in enumerate(cells) if wanted.search(cell)]
                size += sum(map(len, cells))
                at += 1
        return FindStep(matches, at, size, done=at >= total)

    async def records(self, start: int, count: int) -> Sequence[str]:
        """Records as JSON text, in the background."""
        return await self._texts(start, count, Priority.BACKGROUND)

    async def problems(self, start: int, count: int) -> tuple[Sequence[Problem], int]:
        """None: the contract does not tell of malformed records."""
        return [], 0

    def restore(self, call: Call) -> None:
        """Opens the file again."""
        if self._opened:
            call(self.interface, "open", self._guest_path)

    async def _names(self, count: int) -> list[str]:
        """The column headers, or the keys of the first records in the order they appear."""
        sample = await self._decode(0, min(SAMPLE, count), Priority.INTERACTIVE)
        self._nested = any(map(_nests, sample))
        if self.viewer is not None:
            given = await self._open_instance().call("file-viewer", "column-headers")
            if given is not None:
                return list(given)
        found: dict[str, None] = {}
        longest = 0
        for record in sample:
            if isinstance(record, Members):
                found.update(dict.fromkeys(name for name, _ in record))
            else:
                longest = max(longest, len(record) if isinstance(record, list) else 1)
        return list(found) or [f"Column {number + 1}" for number in range(longest)]

    async def _decode(self, start: int, count: int, priority: Priority) -> list[Value]:
        return [self._decoded(text) for text in await self._texts(start, count, priority)]

    def _decoded(self, text: str) -> Value:
        try:
            return json_values.decode(text)
        except (ValueError, RecursionError) as error:
            said = f"file-loader.get-range returned a record that is not JSON: {error}"
            raise PluginInvalid(self.plugin_id, said) from None


def _nests(record: Value) -> bool:
    """Whether a record holds more than one level of values."""
    if isinstance(record, Members):
        return any(isinstance(inner, list) for _, inner in record)
    return isinstance(record, list) and any(isinstance(inner, list) for inner in record)
