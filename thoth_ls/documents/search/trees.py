"""Searches files whose plugin looks through them itself: it finds what may be a hit, the host says what is one."""

from __future__ import annotations

import json
from collections.abc import Sequence

from thoth_ls.documents.pace import Pace
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.search.columns import ColumnMap
from thoth_ls.documents.search.finder import Finder
from thoth_ls.documents.search.guests import Candidate, GuestSearch, Wanted
from thoth_ls.documents.search.hits import hit
from thoth_ls.documents.search.jsonpath import TooSlow
from thoth_ls.documents.search.scanning import Found, Notes, Scanner, Step, Thinking
from thoth_ls.documents.search.texts import whole_text
from thoth_ls.wire.searches import SearchHit, SearchParams


class TreeScanner(Scanner):
    """Searches over `tree-loader.search`."""

    def __init__(
        self,
        reading: Reading,
        guest: GuestSearch,
        params: SearchParams,
        finder: Finder,
        thinking: Thinking,
        notes: Notes,
    ) -> None:
        self.record = params.from_record
        self._reading = reading
        self._guest = guest
        self._wanted = Wanted(finder.needles, params.scope != "values", params.scope != "keys")
        self._finder = finder
        self._thinking = thinking
        self._notes = notes
        self._first = params.from_record
        self._byte: int | None = None
        self._pace = Pace()

    async def step(self, most: int) -> Step:
        """Asks the plugin for candidates and keeps the hits."""
        if self._byte is None:
            self._byte = await self._beginning()
        answer = await self._guest.search(self._wanted, self._byte, self._pace.start())
        self._pace.stop()
        if answer.cut_short is not None and answer.cut_short >= self._first:
            self._cut_short(answer.cut_short)
        found = [item for item in answer.found if item.record >= self._first]
        texts = [item.text if self._finder.certain or not item.cut else await self._whole(item) for item in found]
        columns = ColumnMap(self._reading.columns)
        places = await self._thinking.run(lambda: self._places(found, texts)) if found else []
        steps: list[Found] = []
        for item, text, where in zip(found, texts, places, strict=True):
            if where is None:
                continue
            made = await self._hit(item, text, where, columns)
            if steps and steps[-1].record == item.record:
                steps[-1] = Found(item.record, [*steps[-1].hits, made])
            else:
                steps.append(Found(item.record, [made]))
        moved = answer.next_byte > self._byte or answer.done
        self._byte, self.record = answer.next_byte, max(self.record, answer.record)
        return Step(steps, answer.done, moved)

    async def _beginning(self) -> int:
        """The byte at which the first record to be searched begins."""
        if self._first == 0:
            return 0
        roots = json.loads(await self._reading.source.tree.roots(self._first, 1))
        return int(roots[0]["at"][0]) if roots and roots[0]["at"] else 0

    async def _whole(self, item: Candidate) -> str:
        """The whole of a long text; of a name, which cannot be asked for, the part that is known."""
        if item.part == "key":
            return item.text
        tree = self._reading.source.tree
        decoded = item.kind == "string"

        async def piece(start: int, count: int) -> tuple[str, int | None]:
            part = await tree.text(item.record, item.path, decoded, start, count)
            return part.text, part.next

        text, complete = await whole_text(piece)
        if not complete:
            self._cut_short(item.record)
        return text

    def _cut_short(self, record: int) -> None:
        self._notes.add(f"Record {record + 1:,} holds a text of which only the beginning was searched.")

    def _places(self, found: Sequence[Candidate], texts: Sequence[str]) -> list[list[tuple[int, int]] | None]:
        """Runs on a thread of its own."""
        places: list[list[tuple[int, int]] | None] = []
        for item, text in zip(found, texts, strict=True):
            self._thinking.stop.check()
            try:
                where = self._finder.places(text)
            except TooSlow:
                self._notes.too_slow(item.record)
                where = None
            places.append([] if where is None and self._finder.certain else where)
        return places

    async def _hit(
        self, item: Candidate, text: str, places: Sequence[tuple[int, int]], columns: ColumnMap
    ) -> SearchHit:
        keys = item.keys
        if keys is None:
            keys = (await self._reading.source.tree.value(item.record, item.path)).keys
        return hit(item.path, keys, item.part, item.kind, text, places, columns)
