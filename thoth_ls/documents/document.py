"""One open document: the reading in force, and the change from one to the next."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from thoth_ls.documents.data.following import TableWatch
from thoth_ls.documents.data.places import Place
from thoth_ls.documents.data.source import TableSource
from thoth_ls.documents.events import DocumentEvents
from thoth_ls.documents.identity import Change
from thoth_ls.documents.indexing import Indexer
from thoth_ls.documents.opening import Opened
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.watch import Watcher, WatchTiming
from thoth_ls.errors import UnknownDocument
from thoth_ls.wire.documents import DidChange, OpenDocumentResult


class Document:
    """A file that is open for a client, through however many reloads."""

    def __init__(
        self,
        document_id: str,
        uri: str,
        place: Place,
        events: DocumentEvents,
        threads: ThreadPoolExecutor,
        timing: WatchTiming,
    ) -> None:
        self.id = document_id
        self.uri = uri
        self.place = place
        """Held until the document is closed."""
        self.name = place.name
        self.reopening: asyncio.Task[Opened] | None = None
        """The reopen that is under way; a later one takes its place."""
        self._events = events
        self._threads = threads
        self._timing = timing
        self._reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """The reading in force."""
        assert self._reading is not None
        return self._reading

    def at(self, generation: int) -> Reading:
        """The reading of that generation; raises UnknownDocument if another is in force."""
        if self.reading.generation != generation:
            raise UnknownDocument(
                f"{self.name} has been read anew: generation {generation} is gone,"
                f" {self.reading.generation} is in force. Ask for its rows instead."
            )
        return self.reading

    def adopt(self, opened: Opened, problem_limit: int) -> tuple[OpenDocumentResult, Reading | None]:
        """Puts a new reading in force and starts its background work.

        Returns the answer, and the reading that was replaced, which is the caller's to close.
        """
        old = self._reading
        generation = old.generation + 1 if old is not None else 1
        told_at = old.watcher.told_at if old is not None else float("-inf")

        def changed(change: Change, message: str) -> None:
            self._events.changed(DidChange(document_id=self.id, generation=generation, change=change, message=message))

        if opened.path is None or opened.snapshot is None or self.place.path is None:
            assert isinstance(opened.source, TableSource)
            watch = TableWatch(opened.source, self._timing, told_at)
            reading = self._reading = Reading(self.id, generation, opened, watch, self._events)
            reading.start(watch.follow(reading, self._events))
            return self._result(reading), old
        watcher = Watcher(self.place.path, opened.snapshot, self._threads, changed, self._timing, told_at)
        reading = self._reading = Reading(self.id, generation, opened, watcher, self._events)
        if old is not None and old.malformed[1]:
            self._events.malformed(self.uri, [], 0)
        # What a plugin received is no file of the person's, whose problems their editor would list.
        uri = self.uri if self.place.owner is None else None
        reading.start(Indexer(reading, uri, self._events, problem_limit).run(), watcher.follow())
        return self._result(reading), old

    def _result(self, reading: Reading) -> OpenDocumentResult:
        opened = reading.opened
        return OpenDocumentResult(
            document_id=self.id,
            generation=reading.generation,
            uri=self.uri,
            plugin_id=opened.source.plugin_id,
            plugin_name=opened.source.plugin_name,
            columns=list(opened.description.columns),
            options=opened.options,
            notes=opened.notes,
            progress=opened.progress,
            first_page=opened.first_page,
            size_bytes=opened.size_bytes,
            sandbox=opened.source.sandbox,
            display=opened.description.display,
            nested=opened.description.nested,
            has_text=opened.path is not None,
        )
