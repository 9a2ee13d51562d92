"""Which records are exported: all, some, or those that a search finds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from thoth_ls.documents.picks import runs
from thoth_ls.errors import PluginInvalid, QueryInvalid
from thoth_ls.wire.searches import SearchParams

if TYPE_CHECKING:
    from thoth_ls.documents.events import DocumentEvents
    from thoth_ls.documents.reading import Reading
    from thoth_ls.wire.documents import Span
    from thoth_ls.wire.exports import ExportScope, SearchScope
    from thoth_ls.wire.searches import DidSearch, SearchResult

HITS_AT_ONCE = 10_000
"""What was found is exported before more is looked for."""

Tell = Callable[[str], None]


class Scope:
    """The records of one export. `total` is how many there are, where that is known beforehand."""

    def __init__(self, reading: Reading, scope: ExportScope) -> None:
        self._reading = reading
        self._scope = scope
        self.notes: list[str] = []
        given = [part for part in (scope.rows, scope.records, scope.search) if part is not None]
        if len(given) > 1:
            raise QueryInvalid("An export is of rows, of single records or of a search result, not of several at once.")
        if scope.rows is not None and scope.rows[0] > scope.rows[1]:
            raise QueryInvalid(f"The rows to export end ({scope.rows[1]:,}) before they begin ({scope.rows[0]:,}).")
        numbers = scope.records
        if numbers is not None and any(after <= before for before, after in pairwise(numbers)):
            raise QueryInvalid("The records to export have to be in ascending order, each once.")

    @property
    def last(self) -> int | None:
        """The last record that is wanted, None where that is the last one of all; -1 for none."""
        if self._scope.rows is not None:
            return self._scope.rows[1] - 1
        if self._scope.records is not None:
            return self._scope.records[-1] if self._scope.records else -1
        return None

    def total(self) -> int | None:
        """How many records will come; asked when as much of the file has been read as is wanted."""
        if self._scope.search is not None:
            return None
        if self._scope.records is not None:
            return len(self._known(self._scope.records))
        start, end = self._rows()
        return end - start

    async def spans(self, tell: Tell) -> AsyncIterator[Span]:
        """The records, as from and to; `tell` is told how far a search has come."""
        if self._scope.search is not None:
            async for numbers in self._found(self._scope.search, tell):
                for start, count in runs(numbers):
                    yield start, start + count
        elif self._scope.records is not None:
            known = self._known(self._scope.records)
            if len(known) < len(self._scope.records):
                self.notes.append(f"{len(self._scope.records) - len(known):,} of the records asked for do not exist.")
            for start, count in runs(known):
                yield start, start + count
        else:
            yield self._rows()

    def _rows(self) -> Span:
        records = self._reading.progress.records
        start, end = self._scope.rows or (0, records)
        return min(start, records), min(end, records)

    def _known(self, numbers: Sequence[int]) -> Sequence[int]:
        records = self._reading.progress.records
        return [number for number in numbers if number < records]

    async def _found(self, wanted: SearchScope, tell: Tell) -> AsyncIterator[list[int]]:
        """Records with hits, each once, as the document's own search finds them."""
        from thoth_ls.documents.search.run import search  # its libraries need not be there at the start

        at: int | None = 0
        last = -1
        while at is not None:
            hits = _Hits()
            params = SearchParams(
                document_id=self._reading.document_id,
                generation=self._reading.generation,
                search_id="export",
                from_record=at,
                limit=HITS_AT_ONCE,
                **wanted.model_dump(),
            )
            result: SearchResult = await search(
                self._reading, params, hits.events(), lambda percent, message: tell(message)
            )
            numbers = [number for number in hits.records if number > last]
            self.notes += [note for note in result.notes if note not in self.notes]
            if result.next_record is not None and result.next_record <= at:
                raise PluginInvalid(self._reading.source.plugin_id, "does not get on with a search")
            at = result.next_record
            if numbers:
                last = numbers[-1]
                yield numbers


class _Hits:
    """Takes the place of the client a search tells what it finds."""

    def __init__(self) -> None:
        self.records: list[int] = []

    def events(self) -> DocumentEvents:
        """This as whoever is told of everything; a search tells what it found and nothing else."""
        made: Any = self
        events: DocumentEvents = made
        return events

    def searched(self, event: DidSearch) -> None:
        """Keeps which records were found, not what in them."""
        for item in event.records:
            if not self.records or item.record > self.records[-1]:
                self.records.append(item.record)
