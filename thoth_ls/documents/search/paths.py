"""Applies a JSONPath to every record."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Sequence

from jsonpath_rfc9535 import JSONPathQuery
from jsonpath_rfc9535.segments import JSONPathSegment
from jsonpath_rfc9535.selectors import NameSelector

from thoth_ls.documents import json_values
from thoth_ls.documents.portions import Portions
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.search.columns import ColumnMap
from thoth_ls.documents.search.exact import parse
from thoth_ls.documents.search.jsonpath import TooSlow
from thoth_ls.documents.search.large import LargeRecord
from thoth_ls.documents.search.placing import Placing
from thoth_ls.documents.search.scanning import Found, Notes, Scanner, Step, Thinking
from thoth_ls.wire.searches import SearchHit, SearchParams

LARGE = 16 << 20
"""Characters from which on a record is evaluated in pieces: as Python values it takes ten times as much."""


class PathScanner(Scanner):
    """Parses records and applies a query to each."""

    whole = True

    def __init__(
        self, reading: Reading, params: SearchParams, query: JSONPathQuery, thinking: Thinking, notes: Notes
    ) -> None:
        self.record = params.from_record
        self._reading = reading
        self._query = query
        self._spelled = spelled(required_name(query.segments))
        self._thinking = thinking
        self._notes = notes
        self._portions = Portions(reading.source)
        self._large: LargeRecord | None = None

    async def step(self, most: int) -> Step:
        """Applies the query to the next portion of records, or to a piece of one that is too large for that."""
        if self._large is not None:
            return await self._piece(most)
        start = self.record
        texts = await self._portions.next(start)
        if texts is None or (texts and len(texts[0]) > LARGE and self._reading.source.searcher is not None):
            self._large = LargeRecord(self._reading, self._query, start, self._thinking, self._notes)
            return Step([], done=False)
        columns = self._columns()
        began = time.perf_counter()
        found, searched = await self._thinking.run(lambda: self._found(start, texts, columns, most))
        self._portions.took(time.perf_counter() - began)
        self.record += searched
        if searched < len(texts):
            self._large = LargeRecord(self._reading, self._query, self.record, self._thinking, self._notes)
            return Step(found, done=False)
        return Step(found, done=not texts or self.record >= self._reading.progress.records)

    async def close(self) -> None:
        """Gives up what was begun."""
        if self._large is not None:
            await self._large.close()

    def _columns(self) -> ColumnMap:
        return ColumnMap(self._reading.columns, tabular=self._reading.source.tabular)

    async def _piece(self, most: int) -> Step:
        assert self._large is not None
        hits, over = await self._large.step(self._columns(), most)
        found = [Found(self.record, hits)] if hits else []
        if over:
            self._large = None
            self.record += 1
        return Step(found, done=over and self.record >= self._reading.progress.records)

    def _found(self, start: int, texts: Sequence[str], columns: ColumnMap, most: int) -> tuple[list[Found], int]:
        """What is found in the records, and how many could be searched: one that is too deep may be left to its tree.

        Runs on a thread of its own.
        """
        found: list[Found] = []
        for record, text in enumerate(texts, start):
            self._thinking.stop.check()
            if self._spelled is not None and self._spelled not in text and "\\" not in text:
                continue
            try:
                hits = applied(self._query, text, columns, most)
            except TooSlow:
                self._notes.too_slow(record)
            except RecursionError:
                if self._reading.source.searcher is not None:
                    return found, record - start
                self._notes.add(f"Record {record + 1:,} is nested too deeply for a JSONPath and was left out.")
            except ValueError:
                self._notes.add(f"Record {record + 1:,} is not valid JSON and was left out.")
            else:
                if hits:
                    found.append(Found(record, hits))
        return found, len(texts)


def applied(query: JSONPathQuery, text: str, columns: ColumnMap, most: int) -> list[SearchHit]:
    """What a query finds in the JSON text of a record, `most` hits and one more at most.

    Raises TooSlow, ValueError where the text is no JSON, and RecursionError where it is nested too deeply.
    """
    locations = [node.location for node in itertools.islice(query.finditer(parse(text)), most + 1)]
    if not locations:
        return []
    places = Placing(json_values.decode(text))
    return [places.hit(location, columns) for location in locations]


def required_name(segments: Sequence[JSONPathSegment]) -> str | None:
    """The longest name without which the query finds nothing, None where there is none."""
    names = [
        segment.selectors[0].name
        for segment in segments
        if len(segment.selectors) == 1 and isinstance(segment.selectors[0], NameSelector)
    ]
    return max(names, key=len, default=None)


def spelled(name: str | None) -> str | None:
    """A name as it stands in JSON text that holds no escapes."""
    return None if name is None else json.dumps(name, ensure_ascii=False)
