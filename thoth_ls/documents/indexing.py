"""Reads the rest of a file in the background and tells how far it has come."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from thoth_ls.documents.events import DocumentEvents
from thoth_ls.documents.pace import Rhythm
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.segments import steps_of
from thoth_ls.errors import DocumentChanged, ThothError
from thoth_ls.wire.documents import DidFail, DidProgress, Problem

logger = logging.getLogger(__name__)

TELL_SECONDS = 0.1
PUBLISH_SECONDS = 1.0

ANSWER_TURNS = 10
"""Turns of the event loop to let pass before the first event. The client has to know the document first, and the
answer that names it is written a few turns after `open` returns it."""


class Indexer:
    """Reads one reading on until the file is read, has changed, or the plugin fails."""

    def __init__(self, reading: Reading, uri: str | None, events: DocumentEvents, problem_limit: int) -> None:
        """`uri` is what malformed records are published under, None where they are not."""
        self._reading = reading
        self._uri = uri
        self._events = events
        self._problem_limit = problem_limit
        self._tell_rhythm = Rhythm(TELL_SECONDS)
        self._publish_rhythm = Rhythm(PUBLISH_SECONDS)
        self._published: tuple[Sequence[Problem], int] = ((), 0)

    async def run(self) -> None:
        """Reads to the end. Whatever goes wrong becomes one `failed` event; nothing is raised but cancellation."""
        for _ in range(ANSWER_TURNS):
            await asyncio.sleep(0)
        try:
            await self._read_on()
        except ThothError as error:
            await self._failed(error)
        except Exception:
            logger.exception("indexing ended by an error of our own")
            await self._failed(
                ThothError(f"Reading {self._reading.opened.name} ended by an internal error; the log has details.")
            )

    async def _read_on(self) -> None:
        reading = self._reading
        steps = await steps_of(reading.source, reading.progress)
        try:
            while not reading.progress.done:
                progress = await steps.next(reading.progress)
                if reading.watcher.changed:
                    reading.stopped(None)
                    return
                reading.advanced(progress)
                if self._tell_rhythm.due() and not progress.done:
                    await self._tell()
                await asyncio.sleep(0)
        finally:
            await steps.close()
        await self._tell()

    async def _tell(self) -> None:
        reading = self._reading
        done = reading.progress.done
        publish = done or self._publish_rhythm.due()
        columns = await reading.growth.look()
        problems, total = await reading.source.problems(0, self._problem_limit if publish else 0)
        self._events.progress(
            DidProgress(
                document_id=reading.document_id,
                generation=reading.generation,
                progress=reading.progress,
                problems=total,
                columns=None if columns is None else list(columns),
            )
        )
        more = len(self._published[0]) < self._problem_limit and total != self._published[1]
        if self._uri is not None and publish and (more or (done and total != self._published[1])):
            self._published = reading.malformed = (list(problems), total)
            self._events.malformed(self._uri, problems, total)

    async def _failed(self, error: ThothError) -> None:
        reading = self._reading
        try:
            await reading.watcher.verify()
        except DocumentChanged:
            reading.stopped(None)  # what a plugin says about a file that changed beneath it is no news
            return
        reading.stopped(error)
        self._events.failed(
            DidFail(
                document_id=reading.document_id,
                generation=reading.generation,
                kind=error.kind.value,
                message=str(error),
            )
        )
