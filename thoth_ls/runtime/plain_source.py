"""A file read through `file-loader` alone, as plugins of the published contract do; searching is the host's work."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_ls.documents.source import Description, FindStep
from thoth_ls.errors import PluginInvalid, PluginRefused
from thoth_ls.runtime.folding import pattern
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.runtime.plugin_source import PluginSource
from thoth_ls.wire.documents import CellText, Column, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.documents.source import Query
    from thoth_ls.runtime.plugin_source import OpenFile
    from thoth_ls.runtime.worker import Call
    from thoth_ls.wire.documents import Problem

CELL_BYTES = 1_024
"""A page holds at most so much of a cell."""
PAGE_BYTES = 8 << 20
PAGE_RECORDS = 1_000
SAMPLE = 100
"""Records looked at to name the columns where the plugin does not."""
STEP_RECORDS = 500
MAX_MATCHES = 10_000
NULL = "null"


class Number(str):
    """A number as it was written: a cell shows `1.10`, not `1.1`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Headers:
    """The columns of the open file."""

    names: list[str]

    def cells(self, record: Any) -> list[str]:
        """The cells of a decoded record, in the order of the columns; keys beyond them come last."""
        if isinstance(record, list):
            return [cell_text(value) for value in record]
        if not isinstance(record, dict):
            return [cell_text(record)]
        cells = [cell_text(record[name]) if name in record else None for name in self.names]
        cells += [cell_text(value) for key, value in record.items() if key not in self.names]
        while cells and cells[-1] is None:
            cells.pop()
        return [cell or "" for cell in cells]


class PlainSource(PluginSource):
    """`documents.source.Source` over a plugin with `file-loader`: opened in one call, complete from then on."""

    interface = "file-loader"

    def __init__(self, file: OpenFile, exports: frozenset[str]) -> None:
        super().__init__(file)
        self._has_viewer = "file-viewer" in exports
        self._opened = False
        self._headers = Headers([])
        self._progress = Progress(records=0, bytes_done=0, bytes_total=0, done=True)

    async def open(self, options: Mapping[str, str]) -> Progress:
        """Reads the whole file; the plugin offers no options."""
        if options:
            name = next(iter(options))
            raise PluginRefused(self.plugin_id, f"it cannot be told how to read a file (option {name!r})")
        self._opened = False
        count = await self._call("open", self._guest_path)
        self._opened = True
        self._headers = Headers(await self._names(count))
        size = self._sandbox.size_bytes
        self._progress = Progress(records=min(count, 2**53 - 1), bytes_done=size, bytes_total=size, done=True)
        return self._progress

    async def describe(self) -> Description:
        """Columns, all of them text: the contract knows no types."""
        columns = [Column(name=name, type="text", nulls=[NULL]) for name in self._headers.names]
        return Description(columns=columns, options=[], notes=[])

    async def advance(self, max_bytes: int) -> Progress:
        """There is nothing left to read."""
        return self._progress

    async def page(self, start: int, count: int) -> str:
        """JSON text: an array of records."""
        rows: list[str] = []
        size = 0
        for record in await self._records(start, min(count, PAGE_RECORDS), Priority.INTERACTIVE):
            row = json.dumps([_shown(cell) for cell in self._headers.cells(record)], ensure_ascii=False)
            size += len(row)
            if rows and size > PAGE_BYTES:
                break
            rows.append(row)
        # A lone surrogate is valid in JSON and in Python, but in no encoding of text.
        return f"[{','.join(rows)}]".encode("utf-8", "replace").decode("utf-8")

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        """The text of one cell from byte `start` on, at most `count` bytes of UTF-8."""
        text = await self._call("get", record)
        cells = self._headers.cells(self._decoded("file-loader.get", text))
        if column >= len(cells):
            raise PluginRefused(self.plugin_id, f"record {record} has no cell {column}")
        whole = cells[column].encode("utf-8", "replace")
        part = whole[start : start + count].decode("utf-8", "ignore")
        end = start + len(part.encode("utf-8"))
        return CellText(text=part, size_bytes=len(whole), next=end if start < end < len(whole) else None)

    async def find(self, query: Query, from_record: int, max_bytes: int) -> FindStep:
        """One bounded step of a search, in the background."""
        wanted = pattern(query)
        matches: list[tuple[int, int]] = []
        total, at, size = self._progress.records, from_record, 0
        while at < total and size < max_bytes and len(matches) < MAX_MATCHES:
            records = await self._records(at, min(STEP_RECORDS, total - at), Priority.BACKGROUND)
            if not records:
                return FindStep(matches, at, size, done=True)
            for record in records:
                cells = self._headers.cells(record)
                matches += [(at, column) for column, cell in enumerate(cells) if wanted.search(cell)]
                size += sum(map(len, cells))
                at += 1
        return FindStep(matches, at, size, done=at >= total)

    async def problems(self, start: int, count: int) -> tuple[Sequence[Problem], int]:
        """None: the contract does not tell of malformed records."""
        return [], 0

    def restore(self, call: Call) -> None:
        """Opens the file again."""
        if self._opened:
            call(self.interface, "open", self._guest_path)

    async def _names(self, count: int) -> list[str]:
        """The column headers, or the keys of the first records in the order they appear."""
        if self._has_viewer:
            given = await self._open_instance().call("file-viewer", "column-headers")
            if given is not None:
                return list(given)
        found: dict[str, None] = {}
        longest = 0
        for record in await self._records(0, min(SAMPLE, count), Priority.INTERACTIVE):
            if isinstance(record, dict):
                found.update(dict.fromkeys(record))
            else:
                longest = max(longest, len(record) if isinstance(record, list) else 1)
        return list(found) or [f"Column {number + 1}" for number in range(longest)]

    async def _records(self, start: int, count: int, priority: Priority) -> list[Any]:
        texts = await self._call("get-range", start, count, priority=priority)
        if len(texts) > count:
            said = f"file-loader.get-range returned {len(texts)} records where {count} were asked for"
            raise PluginInvalid(self.plugin_id, said)
        return [self._decoded("file-loader.get-range", text) for text in texts]

    def _decoded(self, export: str, text: str) -> Any:
        try:
            return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number)
        except (ValueError, RecursionError) as error:
            said = f"{export} returned a record that is not JSON: {error}"
            raise PluginInvalid(self.plugin_id, said) from None


def cell_text(value: Any) -> str:
    """A value of a record as the text of a cell; numbers came as the text they were written as."""
    match value:
        case str():
            return value
        case None:
            return NULL
        case bool():
            return "true" if value else "false"
        case _:
            return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A value inside a nested one, with numbers as numbers again."""
    match value:
        case Number():
            return float(value) if value.strip("-0123456789") else int(value)
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            return value


def _shown(cell: str) -> str | dict[str, str | int]:
    """The cell as a page holds it: whole, or its beginning and how long it is."""
    if len(cell) * 4 <= CELL_BYTES:
        return cell
    whole = cell.encode("utf-8", "replace")
    if len(whole) <= CELL_BYTES:
        return cell
    return {"text": whole[:CELL_BYTES].decode("utf-8", "ignore"), "bytes": len(whole)}
