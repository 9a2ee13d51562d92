"""From a path and options to an open plugin: what kind of file it is, whether to unpack it, who reads it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from thoth_ls.documents import choosing, encodings
from thoth_ls.documents.choosing import Failure
from thoth_ls.documents.data.places import Place
from thoth_ls.documents.events import Report, no_report
from thoth_ls.documents.identity import Change, Snapshot, compare, take
from thoth_ls.documents.pages import read_rows
from thoth_ls.documents.planning import Plan, Seen, make_plan, see
from thoth_ls.documents.shelf import Shelf
from thoth_ls.documents.source import Candidate, Candidates, Description, Loaders, Source
from thoth_ls.documents.spool import Spool, Spooled
from thoth_ls.documents.uris import display_name
from thoth_ls.errors import FileUnreadable, PluginError, ThothError, UnknownEncoding
from thoth_ls.wire.documents import OpenOption, Page, Progress
from thoth_ls.wire.views import LoadersResult

logger = logging.getLogger(__name__)

TRIES = 3
"""So often a file that changes while it is being opened is read again."""
LOOK_BYTES = 1 << 20
"""Unpacked of a file to ask a plugin whether it is of its kind: as much as opening one reads."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What to open, and how."""

    place: Place
    options: Mapping[str, str]
    plugin_id: str | None
    first_row: int
    first_rows: int
    began: float = field(default_factory=time.monotonic)
    """When it was asked for."""

    @property
    def path(self) -> Path:
        """The file to be opened."""
        assert self.place.path is not None  # else it is opened in another way
        return self.place.path


@dataclass(slots=True)
class Opened:
    """A file in the hands of a plugin."""

    name: str
    path: Path | None
    """The file the plugin reads; None where it is no file."""
    source: Source
    progress: Progress
    description: Description
    options: list[OpenOption]
    notes: list[str]
    first_page: Page
    snapshot: Snapshot | None
    """The file as it was; None where it is no file."""
    size_bytes: int
    spooled: Spooled | None
    began: float
    """When opening it began, by the monotonic clock."""
    owner: str | None = None
    """Id of the plugin whose data it is; None for a file of the person's."""

    async def close(self) -> None:
        """Ends the plugin instance and frees the temporary file."""
        await _close(self.source, self.spooled)


class Opener:
    """Opens files through the installed loaders."""

    def __init__(self, loaders: Loaders, spool: Spool, threads: ThreadPoolExecutor) -> None:
        self._loaders = loaders
        self._spool = spool
        self._threads = threads

    async def open(self, request: OpenRequest, earlier: Spooled | None, spool_bytes: float, report: Report) -> Opened:
        """The open file with its first rows; on an error nothing stays open.

        `earlier` is the temporary file of an earlier reading, used again where it is still right.
        A file that is appended to meanwhile is opened as it was; any other change makes it start over.
        """
        for _ in range(TRIES):
            opened = await self._open_once(request, earlier, spool_bytes, report)
            try:
                change, now = await self._compare(request.path, _snapshot(opened))
            except BaseException:
                await opened.close()
                raise
            if change == "appended":
                return opened
            if change is None and now is not None:
                opened.snapshot = now  # the sandbox may have made a link to the file
                return opened
            await opened.close()
            if change == "deleted":
                raise FileUnreadable(f"Cannot open {opened.name}: it was deleted while it was being opened.")
        raise FileUnreadable(
            f"Cannot open {display_name(request.path)}: it keeps changing while it is being read."
            " Try again when the program that writes it has finished."
        )

    async def _compare(self, path: Path, known: Snapshot) -> tuple[Change | None, Snapshot | None]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, compare, path, known)

    async def offer(self, path: Path, spool_bytes: float) -> LoadersResult:
        """Which plugins can open the file; those that go by the content are asked. Raises FileUnreadable."""
        seen = await self._see(path)
        candidates = self._suggested(seen)
        offered = [item for item in candidates.items if await self._suits(item, seen, spool_bytes)]
        return choosing.offer(offered, candidates.extension)

    async def _see(self, path: Path) -> Seen:
        return await asyncio.get_running_loop().run_in_executor(self._threads, see, path)

    async def _open_once(
        self, request: OpenRequest, earlier: Spooled | None, spool_bytes: float, report: Report
    ) -> Opened:
        seen = await self._see(request.path)
        candidates = self._candidates(seen, request)
        failures: list[Failure] = []
        shelf = Shelf(self._spool, self._threads, spool_bytes, report)
        if earlier is not None:
            shelf.add(earlier)
        with shelf:
            for item in choosing.tried(candidates, request.options):
                try:
                    opened = await self._open_with(item, request, seen, shelf)
                except PluginError as error:
                    # The file may have gone between the look at it and the plugin's: then that is what happened.
                    await asyncio.get_running_loop().run_in_executor(self._threads, take, request.path)
                    failures.append(Failure(item, error))
                else:
                    opened.notes += choosing.notes_on(item, candidates, failures)
                    return opened
        raise choosing.gave_up(seen.name, candidates, failures, request.options)

    def _candidates(self, seen: Seen, request: OpenRequest) -> Candidates:
        if request.plugin_id is None:
            return self._suggested(seen)
        return Candidates("", [Candidate(self._loaders.named(request.plugin_id), "name")])

    def _suggested(self, seen: Seen) -> Candidates:
        found = self._loaders.candidates(seen.inner)
        return choosing.without_content(found) if seen.snapshot.state.size == 0 else found

    async def _open_with(self, candidate: Candidate, request: OpenRequest, seen: Seen, shelf: Shelf) -> Opened:
        plan = make_plan(seen, candidate.loader, request.options)
        spooled: Spooled | None = None
        source: Source | None = None
        try:
            if candidate.match == "content":  # before all of it is unpacked, which may be gigabytes
                await self._look_into(plan, shelf.most_bytes)
            if plan.spool is not None:
                spooled = await shelf.get(plan.spool)
            source = await plan.loader.source(spooled.path if spooled else seen.path)
            return await self._read(request, seen, plan, source, spooled)
        except BaseException:
            await _close(source, spooled)
            raise

    async def _suits(self, candidate: Candidate, seen: Seen, spool_bytes: float) -> bool:
        """Whether to offer a loader: one that goes by the content has to open the file."""
        if candidate.match != "content":
            return True
        try:
            await self._look_into(make_plan(seen, candidate.loader, {}), spool_bytes)
        except (PluginError, UnknownEncoding) as error:
            logger.debug("not offered: %s", error)
            return False
        return True

    async def _look_into(self, plan: Plan, spool_bytes: float) -> None:
        """Has a plugin open the beginning of a file, and closes it; raises PluginError when it is not of its kind.

        Where only the content speaks for a plugin it has to be sound: many a text begins like something else.
        """
        spooled: Spooled | None = None
        source: Source | None = None
        try:
            if plan.spool is not None:
                spooled = await self._spool.make(replace(plan.spool, head_bytes=LOOK_BYTES), spool_bytes, no_report)
            source = await plan.loader.source(spooled.path if spooled else plan.path)
            progress = await source.open(plan.options)
            problems, total = await source.problems(0, 1)
            cut_off = 1 if spooled is not None and progress.bytes_total >= LOOK_BYTES else 0
            if total > cut_off or (progress.done and progress.records == 0):
                raise choosing.not_sound(plan.loader, problems)
        finally:
            await _close(source, spooled)

    async def _read(
        self, request: OpenRequest, seen: Seen, plan: Plan, source: Source, spooled: Spooled | None
    ) -> Opened:
        progress = await source.open(plan.options)
        start = request.first_row
        if progress.done and start >= progress.records:
            start = max(0, progress.records - request.first_rows)
        description = await source.describe()
        rows = await read_rows(source, start, request.first_rows, progress.records)
        if rows.cells > len(description.columns):
            description = await source.describe()  # these rows may have brought further ones
        snapshot = spooled.original if spooled else seen.snapshot
        return Opened(
            name=seen.name,
            path=spooled.path if spooled else seen.path,
            source=source,
            progress=progress,
            description=description,
            options=encodings.offer_encodings(description.options, plan.encoding),
            notes=[*description.notes, *plan.notes, *(spooled.notes if spooled else ())],
            first_page=Page(start=start, count=rows.count, rows=rows.text),
            snapshot=snapshot,
            size_bytes=snapshot.state.size,
            spooled=spooled,
            began=request.began,
            owner=request.place.owner,
        )


def _snapshot(opened: Opened) -> Snapshot:
    assert opened.snapshot is not None  # it is a file
    return opened.snapshot


async def _close(source: Source | None, spooled: Spooled | None) -> None:
    try:
        if source is not None:
            await source.close()
    except ThothError as error:
        logger.warning("a plugin did not close: %s", error)
    finally:
        if spooled is not None:
            spooled.release()
