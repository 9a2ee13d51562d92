"""From a path and options to an open plugin: what kind of file it is, whether to unpack it, who reads it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from thoth_ls.documents import encodings
from thoth_ls.documents.archives import Compression, compression_of, inner_name
from thoth_ls.documents.events import Report
from thoth_ls.documents.identity import Change, Snapshot, compare, open_regular, snapshot_of, take, unchanged
from thoth_ls.documents.pages import read_rows
from thoth_ls.documents.source import Description, Loader, Loaders, Source
from thoth_ls.documents.spool import Spool, Spooled, SpoolPlan
from thoth_ls.documents.uris import display_name
from thoth_ls.errors import FileUnreadable, PluginError, ThothError
from thoth_ls.wire.documents import OpenOption, Page, Progress

logger = logging.getLogger(__name__)

HEAD_BYTES = 16
TRIES = 3
"""So often a file that changes while it is being opened is read again."""

_UTF_32_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What to open, and how."""

    path: Path
    options: Mapping[str, str]
    plugin_id: str | None
    first_row: int
    first_rows: int


@dataclass(slots=True)
class Opened:
    """A file in the hands of a plugin."""

    name: str
    loader: Loader
    source: Source
    progress: Progress
    description: Description
    options: list[OpenOption]
    notes: list[str]
    first_page: Page
    snapshot: Snapshot
    spooled: Spooled | None

    async def close(self) -> None:
        """Ends the plugin instance and frees the temporary file."""
        await _close(self.source, self.spooled)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it looks before anything is done to it."""

    path: Path
    """Without symbolic links."""
    head: bytes
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a file will be read."""

    loader: Loader
    options: dict[str, str]
    """For the plugin."""
    spool: SpoolPlan | None
    encoding: str | None
    """What the file is transcoded from, as the user named it."""
    notes: list[str]


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
                change, now = await self._compare(request.path, opened.snapshot)
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

    async def _open_once(
        self, request: OpenRequest, earlier: Spooled | None, spool_bytes: float, report: Report
    ) -> Opened:
        loop = asyncio.get_running_loop()
        seen = await loop.run_in_executor(self._threads, _see, request.path)
        plan = self._plan(request, seen)
        spooled: Spooled | None = None
        source: Source | None = None
        try:
            if plan.spool is not None:
                spooled = await self._spooled(plan.spool, earlier, spool_bytes, report)
            source = await plan.loader.source(spooled.path if spooled else seen.path)
            return await self._read(request, seen, plan, source, spooled)
        except BaseException as error:
            await _close(source, spooled)
            if isinstance(error, PluginError):
                # The file may have gone between the look at it and the plugin's: then that is what happened.
                await loop.run_in_executor(self._threads, take, request.path)
            raise

    async def _spooled(self, plan: SpoolPlan, earlier: Spooled | None, spool_bytes: float, report: Report) -> Spooled:
        if earlier is not None and earlier.plan == plan:
            loop = asyncio.get_running_loop()
            same = await loop.run_in_executor(self._threads, unchanged, plan.path, earlier.original)
            if same is not None and earlier.in_use:
                return earlier.share()
        return await self._spool.make(plan, spool_bytes, report)

    async def _read(
        self, request: OpenRequest, seen: _Seen, plan: _Plan, source: Source, spooled: Spooled | None
    ) -> Opened:
        progress = await source.open(plan.options)
        description = await source.describe()
        start = request.first_row
        if progress.done and start >= progress.records:
            start = max(0, progress.records - request.first_rows)
        rows, count = await read_rows(source, start, request.first_rows, progress.records)
        return Opened(
            name=display_name(request.path),
            loader=plan.loader,
            source=source,
            progress=progress,
            description=description,
            options=encodings.offer_encodings(description.options, plan.encoding),
            notes=[*description.notes, *plan.notes, *(spooled.notes if spooled else ())],
            first_page=Page(start=start, count=count, rows=rows),
            snapshot=spooled.original if spooled else seen.snapshot,
            spooled=spooled,
        )

    def _plan(self, request: OpenRequest, seen: _Seen) -> _Plan:
        name = display_name(request.path)
        inner, suffixed = inner_name(name)
        compression = compression_of(seen.head)
        loader = self._loaders.choose(inner, request.plugin_id)
        options = dict(request.options)
        encoding = options.pop(encodings.KEY, "").strip() or _marked_encoding(seen.head, loader, compression)
        codec = encodings.codec_name(encoding) if encoding else None
        decoded = codec is not None and codec in loader.encodings
        if codec is not None and len(loader.encodings) > 1:
            # A plugin that reads one encoding only has no such option to be told.
            options[encodings.KEY] = encodings.common_name(codec if decoded else "utf-8")
        transcode = None if decoded else codec
        spool = None
        if compression is not None or transcode is not None:
            spool = SpoolPlan(seen.path, compression, transcode, inner.rpartition(".")[2].lower())
        notes = []
        if suffixed and compression is None and seen.snapshot.state.size:
            notes.append("The file's name says that it is compressed, but it is not; it is shown as it is.")
        return _Plan(loader, options, spool, encoding if transcode else None, notes)


def _marked_encoding(head: bytes, loader: Loader, compression: Compression | None) -> str | None:
    """UTF-32 says what it is in its first bytes, which most plugins would take for UTF-16."""
    known = "utf-32" in loader.encodings or not loader.encodings
    return "utf-32" if compression is None and not known and head.startswith(_UTF_32_MARKS) else None


def _see(path: Path) -> _Seen:
    with open_regular(path) as file:
        name = display_name(path)
        snapshot = snapshot_of(file, name)
        try:
            file.seek(0)
            return _Seen(path.resolve(), file.read(HEAD_BYTES), snapshot)
        except (OSError, RuntimeError) as error:
            raise FileUnreadable(f"Cannot open {name}: {error}.") from None


async def _close(source: Source | None, spooled: Spooled | None) -> None:
    try:
        if source is not None:
            await source.close()
    except ThothError as error:
        logger.warning("a plugin did not close: %s", error)
    finally:
        if spooled is not None:
            spooled.release()
