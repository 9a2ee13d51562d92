"""The fast way to read a large file on: further instances survey parts of it at the same time."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from dataclasses import dataclass, field

from thoth_ls.documents.advancing import Advancing, Steps
from thoth_ls.documents.source import Segments, Source, Surveyor
from thoth_ls.errors import PluginError, ThothError
from thoth_ls.wire.documents import Progress

logger = logging.getLogger(__name__)

SEGMENT_BYTES = 16 << 20
WORTH_BYTES = 64 << 20
"""With less left to read, further instances are not worth their start."""
MOST_SURVEYORS = 4
AHEAD = 2
"""Surveys that may wait to be accepted, for each surveyor: so much memory, and so much to throw away at worst."""
MOST_FAILURES = 3
"""After so many the rest is read the plain way."""


async def steps_of(source: Source, progress: Progress) -> Steps:
    """The best way to read the rest of a file."""
    segments = source.segments
    if segments is None or progress.bytes_total - progress.bytes_done < WORTH_BYTES:
        return Advancing(source)
    if not await segments.possible():
        return Advancing(source)
    return Surveying(source, segments, min(os.cpu_count() or 1, MOST_SURVEYORS), SEGMENT_BYTES)


@dataclass(slots=True, eq=False)
class _Part:
    """A part of the file, and (once it is there) its survey: None when there is none to be had."""

    begin: int
    end: int
    survey: asyncio.Future[str | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Surveying:
    """Steps of `accept`. What cannot be surveyed is read the plain way by the source itself.

    Parts are surveyed ahead, a bounded number of them, and accepted in order. Where the source comes to another place
    than the beginning of the next part, the parts are laid out anew.
    """

    def __init__(self, source: Source, segments: Segments, surveyors: int, segment_bytes: int) -> None:
        self._segments = segments
        self._count = surveyors
        self._segment_bytes = segment_bytes
        self._plainly = Advancing(source)
        self._plainly_until = 0
        self._failures = 0
        self._parts: deque[_Part] = deque()
        self._todo: asyncio.Queue[_Part] = asyncio.Queue()
        self._laid_out = self._total = 0
        self._workers: list[asyncio.Task[None]] = []

    async def next(self, progress: Progress) -> Progress:
        """Takes over the next survey, or reads on where there is none."""
        if self._failures > MOST_FAILURES or progress.bytes_done >= progress.bytes_total:
            await self.close()
            return await self._plainly.next(progress)
        if progress.bytes_done < self._plainly_until:
            return await self._plainly.next(progress, self._plainly_until - progress.bytes_done)
        part = await self._part_at(progress)
        survey = await part.survey
        self._parts.popleft()
        self._lay_out()
        found = await self._accepted(part, survey)
        if found is not None and (found.bytes_done > part.begin or found.done):
            return found
        self._failures += 1
        self._plainly_until = part.end
        return await self._plainly.next(progress, part.end - part.begin)

    async def close(self) -> None:
        """Ends the further instances."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def _part_at(self, progress: Progress) -> _Part:
        """The part that begins where the source has come to."""
        if not self._parts or self._parts[0].begin != progress.bytes_done:
            if self._parts:
                self._failures += 1
            self._parts.clear()
            while not self._todo.empty():
                self._todo.get_nowait()
            self._laid_out, self._total = progress.bytes_done, progress.bytes_total
            self._lay_out()
        if not self._workers:
            self._workers = [asyncio.create_task(self._work()) for _ in range(min(self._count, len(self._parts)))]
        return self._parts[0]

    def _lay_out(self) -> None:
        while len(self._parts) < self._count * AHEAD and self._laid_out < self._total:
            end = min(self._laid_out + self._segment_bytes, self._total)
            part = _Part(self._laid_out, end)
            self._parts.append(part)
            self._todo.put_nowait(part)
            self._laid_out = end

    async def _accepted(self, part: _Part, survey: str | None) -> Progress | None:
        if survey is None:
            return None
        try:
            return await self._segments.accept(part.begin, survey)
        except PluginError as error:
            logger.info("a survey was not accepted: %s", error)
            return None

    async def _work(self) -> None:
        """Surveys part after part, by an instance of its own."""
        surveyor: Surveyor | None = None
        try:
            while True:
                part = await self._todo.get()
                survey = None
                try:
                    surveyor = surveyor or await self._segments.surveyor()
                    survey = await surveyor.survey(part.begin, part.end)
                except ThothError as error:
                    logger.info("a part of the file was not surveyed: %s", error)
                except Exception:
                    logger.exception("a part of the file was not surveyed, by an error of our own")
                finally:
                    if not part.survey.done():
                        part.survey.set_result(survey)
        finally:
            if surveyor is not None:
                await asyncio.shield(surveyor.close())
