"""A table in memory that may be replaced and added to, and what a document sees of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

from thoth_ls.documents.data.rows import Chunk, pack
from thoth_ls.wire.documents import Column

News = Callable[[], None]
COLUMN_BYTES = 64


class Table:
    """Columns and rows of texts. For any thread."""

    def __init__(self, name: str, plugin_id: str, plugin_name: str) -> None:
        self.name = name
        self.plugin_id = plugin_id
        """The plugin whose data it is."""
        self.plugin_name = plugin_name
        self._lock = threading.Lock()
        self._columns: Sequence[Column] = ()
        self._chunks: list[Chunk] = []
        self._first = 0
        """Number of the first row that is there, of all there have been."""
        self._replaced = 0
        self.revision = 0
        """Grows with each change."""
        self.size = 0
        """Bytes it takes, about."""
        self._news: set[News] = set()

    @property
    def columns(self) -> Sequence[Column]:
        """As they are now."""
        return self._columns

    @property
    def count(self) -> int:
        """How many rows there are now."""
        return self._end() - self._first

    def replace(self, columns: Sequence[Column], chunks: Sequence[Chunk]) -> None:
        """Other columns and rows, which were packed with row 0 for their first."""
        with self._lock:
            self._columns, self._chunks, self._first = columns, list(chunks), 0
            self.size = _size(chunks) + sum(COLUMN_BYTES + len(column.name.encode()) for column in columns)
            self._replaced += 1
            self._changed()

    def append(self, rows: Sequence[Sequence[str]], most_rows: int, most_bytes: int = 2**63) -> None:
        """More rows at the end; of all rows the `most_rows` newest are kept, and no more than take `most_bytes`.

        The last chunk, which has the row that was just added, is kept however much it takes.
        """
        with self._lock:
            width = len(self._columns)
            at = 0
            last = self._chunks[-1:]
            before = _size(last)
            while last and at < len(rows) and not last[0].full:
                last[0].add(rows[at], width)
                at += 1
            added = pack(rows[at:], width, self._end())
            self._chunks += added
            self.size += _size(last) - before + _size(added)
            self._first = max(self._first, self._end() - most_rows)
            while self._chunks and (
                self._chunks[0].end <= self._first or (self.size > most_bytes and len(self._chunks) > 1)
            ):
                self.size -= self._chunks[0].size
                self._first = max(self._first, self._chunks[0].end)
                del self._chunks[0]
            self._changed()

    def view(self) -> View:
        """The table as a document sees it that is opened now."""
        with self._lock:
            return View(self, self._columns, list(self._chunks), self._first, self._end())

    def grow(self, view: View) -> bool:
        """Has a view see the rows that were added; false where that is no longer the table it shows."""
        with self._lock:
            if not self.is_shown_by(view):
                return False
            known = view.chunks[-1].begin if view.chunks else -1
            view.chunks += [chunk for chunk in self._chunks if chunk.begin > known]
            view.end = self._end()
            return True

    def is_shown_by(self, view: View) -> bool:
        """Whether the view shows all there is now, or can grow to."""
        return view.replaced == self._replaced and view.begin == self._first

    @property
    def replaced(self) -> int:
        """How often its rows were replaced."""
        return self._replaced

    def subscribe(self, news: News) -> None:
        """Has `news` called at each change, on the thread of whoever changes it; it must not block."""
        self._news.add(news)

    def ignore(self, news: News) -> None:
        """Ends that."""
        self._news.discard(news)

    def _end(self) -> int:
        return self._chunks[-1].end if self._chunks else self._first

    def _changed(self) -> None:
        self.revision += 1
        for news in list(self._news):
            news()


class View:
    """A table as it was when it was opened, and rows that were added since.

    It stays readable when rows went or were replaced, and then does not grow any more.
    """

    def __init__(self, table: Table, columns: Sequence[Column], chunks: list[Chunk], begin: int, end: int) -> None:
        self.table = table
        self.columns = columns
        self.chunks = chunks
        self.begin = begin
        self.end = end
        self.replaced = table.replaced

    @property
    def count(self) -> int:
        """How many rows it shows."""
        return self.end - self.begin

    @property
    def size(self) -> int:
        """Bytes of them, about."""
        return _size(self.chunks)

    def parts(self, start: int, count: int) -> Iterator[tuple[Chunk, int, int]]:
        """Where rows from `start` on are: chunks, with the first row in each and the one behind the last."""
        at = self.begin + start
        end = min(self.end, at + count)
        for chunk in self.chunks[self._index(at) :] if at < end else ():
            if chunk.begin >= end:
                return
            stop = min(end, chunk.end)
            yield chunk, at - chunk.begin, stop - chunk.begin
            at = stop

    def _index(self, number: int) -> int:
        """Of the chunk with that row."""
        low, high = 0, len(self.chunks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.chunks[middle].begin <= number:
                low = middle
            else:
                high = middle - 1
        return low


def _size(chunks: Sequence[Chunk]) -> int:
    return sum(chunk.size for chunk in chunks)
