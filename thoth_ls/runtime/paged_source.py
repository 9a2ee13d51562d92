"""A file read through `paged-loader`, in bounded steps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thoth_ls.documents.cell_records import CellRecords
from thoth_ls.documents.folding import query_json
from thoth_ls.documents.source import Description, FindStep
from thoth_ls.documents.tree import DecodedTree
from thoth_ls.errors import PluginInvalid
from thoth_ls.runtime import guest_json
from thoth_ls.runtime.guest_search import TreeSearch
from thoth_ls.runtime.guest_segments import INTERFACE as SEGMENTED_LOADER
from thoth_ls.runtime.guest_segments import GuestSegments, Way
from thoth_ls.runtime.guest_tree import INTERFACE as TREE_LOADER
from thoth_ls.runtime.guest_tree import GuestTree
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.runtime.plugin_source import PluginSource
from thoth_ls.wire.documents import CellText, Choice, Column, OpenOption, Problem, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.documents.source import Query
    from thoth_ls.documents.tree import Tree
    from thoth_ls.runtime.plugin_source import OpenFile
    from thoth_ls.runtime.worker import Call


class PagedSource(PluginSource):
    """`documents.source.Source` over a plugin with `paged-loader`."""

    interface = "paged-loader"

    def __init__(self, file: OpenFile, exports: frozenset[str] = frozenset()) -> None:
        super().__init__(file, exports)
        self._way = Way(self.plugin_id)
        self._nested = TREE_LOADER in exports
        self._records = CellRecords(self)
        self.tree: Tree = (
            GuestTree(self.plugin_id, self._open_instance)
            if self._nested
            else DecodedTree(self._records, self._records)
        )
        self.tabular = not self._nested
        if self._nested:
            self.searcher = TreeSearch(self.plugin_id, self._open_instance)
        self._options: str | None = None
        if SEGMENTED_LOADER in exports:
            self.segments = GuestSegments(file, self._way, self._open_instance, self._open_here)

    async def open(self, options: Mapping[str, str]) -> Progress:
        """Reads the beginning of the file; forgets what was read before."""
        self._options = None
        self._way.begin()
        encoded = json.dumps(dict(options), ensure_ascii=False)
        value = await self._call("open", self._guest_path, encoded)
        progress = guest_json.progress(self.plugin_id, "paged-loader.open", value)
        self._options = encoded
        self._way.came_to(progress)
        if self.viewer is not None:
            await self.viewer.opened()
        return progress

    async def describe(self) -> Description:
        """Columns and options in force."""
        text = await self._call("columns")
        given = guest_json.checked(self.plugin_id, "paged-loader.columns", text, guest_json.COLUMNS)
        options = [
            OpenOption(
                key=option.key,
                label=option.label,
                value=option.value,
                choices=[Choice(value=choice.value, label=choice.label) for choice in option.choices],
            )
            for option in given.options
        ]
        columns = [Column.model_validate(column.model_dump()) for column in given.columns]
        self._records.columns = columns
        return Description(
            columns=columns,
            options=options,
            notes=given.notes,
            display="custom" if self.viewer is not None and self.viewer.preferred else given.display,
            nested=self._nested,
            growing=given.growing,
            index_bytes=given.index_bytes,
        )

    async def advance(self, max_bytes: int) -> Progress:
        """Reads on by about `max_bytes`, in the background."""
        value = await self._call("advance", max_bytes, priority=Priority.BACKGROUND)
        progress = guest_json.progress(self.plugin_id, "paged-loader.advance", value)
        self._way.came_to(progress)
        return progress

    async def page(self, start: int, count: int) -> str:
        """JSON text: an array of records; fewer than asked for at the end of what has been read."""
        text: str = await self._call("page", start, count)
        rows = guest_json.checked(self.plugin_id, "paged-loader.page", text, guest_json.ROWS)
        if len(rows) > count:
            said = f"paged-loader.page returned {len(rows)} records where {count} were asked for"
            raise PluginInvalid(self.plugin_id, said)
        return text

    async def slice(self, start: int, count: int) -> str:
        """As `page`, in the background and not checked."""
        text: str = await self._call("page", start, count, priority=Priority.BACKGROUND)
        return text

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        """The text of one cell from byte `start` on, at most `count` bytes of UTF-8."""
        text = await self._call("node", record, json.dumps([column]), start, count)
        given = guest_json.checked(self.plugin_id, "paged-loader.node", text, guest_json.TEXT)
        if given.next is not None and given.next <= start:
            raise PluginInvalid(self.plugin_id, "paged-loader.node does not get on with a text")
        return CellText(text=given.text, size_bytes=given.bytes, next=given.next)

    async def find(self, query: Query, from_record: int, max_bytes: int) -> FindStep:
        """One bounded step of a search, in the background."""
        text = await self._call("find", query_json(query), from_record, max_bytes, priority=Priority.BACKGROUND)
        given = guest_json.checked(self.plugin_id, "paged-loader.find", text, guest_json.MATCHES)
        return FindStep(matches=given.matches, next_record=given.next, bytes_read=given.bytes, done=given.done)

    async def records(self, start: int, count: int) -> Sequence[str]:
        """Records as JSON text, in the background; of a table as objects of its columns."""
        if self.tabular:
            return await self._records.texts(start, count)
        return await self._texts(start, count, Priority.BACKGROUND)

    async def problems(self, start: int, count: int) -> tuple[Sequence[Problem], int]:
        """Malformed records found so far, and how many there are in all."""
        text = await self._call("problems", start, count)
        given = guest_json.checked(self.plugin_id, "paged-loader.problems", text, guest_json.PROBLEMS)
        return [Problem.model_validate(item.model_dump()) for item in given.problems], given.total

    def restore(self, call: Call) -> None:
        """Opens the file again with the same options and reads as far as before."""
        if self._options is not None:
            self._way.go(call, self._open_here(call))

    async def close(self) -> None:
        """Ends every instance and frees what they held; closing twice is no error."""
        if isinstance(self.segments, GuestSegments):
            await self.segments.close()
        await super().close()

    def _open_here(self, call: Call) -> Progress:
        """Opens the file with the options in force; runs on the thread of an instance."""
        value = call(self.interface, "open", self._guest_path, self._options)
        return guest_json.progress(self.plugin_id, "paged-loader.open", value)
