"""One export from beginning to end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING, TypeVar

from thoth_ls.errors import PluginError, PluginInvalid, QueryInvalid
from thoth_ls.exporting.exporters import (
    MIB,
    STREAMING,
    Exporter,
    StreamingExporter,
    WholeExporter,
)
from thoth_ls.exporting.feeds import Feed, MoreColumns, find_columns
from thoth_ls.exporting.installed import Exporters, chosen, options_of
from thoth_ls.exporting.rows import Layout
from thoth_ls.exporting.scopes import Scope
from thoth_ls.exporting.writing import TargetFile, target_of
from thoth_ls.wire.exports import ExporterList, ExportParams, ExportResult, ListExportersParams

if TYPE_CHECKING:
    from thoth_ls.documents.events import Report
    from thoth_ls.documents.reading import Reading
    from thoth_ls.documents.store import Documents
    from thoth_ls.exporting.rows import Shape
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime

Item = TypeVar("Item")

TELL_SECONDS = 0.1
WRITE_BYTES = 256 << 10
"""So much is collected before it is written: single records may make small pieces."""
MOST_GROWTH = 40
"""An exporter that makes more bytes than this of each one it is given, and FREE_BYTES, is not going to end."""
FREE_BYTES = 64 * MIB
ALL = 2**53


class Exports:
    """Exports documents; every method takes and returns values of the protocol."""

    def __init__(self, runtime: PluginRuntime, documents: Documents) -> None:
        self._runtime = runtime
        self._documents = documents
        self._exporters = Exporters(runtime)
        self._closing: set[asyncio.Task[None]] = set()

    async def list(self, params: ListExportersParams) -> ExporterList:
        """The exporters that are switched on, or the one that is named; raises PluginError for that."""
        return await self._exporters.list(params.plugin_id)

    async def export(self, params: ExportParams, report: Report) -> ExportResult:
        """Writes a file; when this raises or is cancelled, there is none."""
        reading = self._documents.reading(params)
        return await reading.run(self._export(reading, params, report))

    async def _export(self, reading: Reading, params: ExportParams, report: Report) -> ExportResult:
        Scope(reading, params.scope)
        await asyncio.to_thread(_target(reading, params).check)
        known = -1
        while True:
            instance = await self._exporters.start(params.plugin_id, reading)
            try:
                exporter = await self._exporter(instance, params)
                scope = Scope(reading, params.scope)
                records_alone = exporter.shape == "objects" and params.scope.columns is None
                await _read(reading, scope, report, records_alone=records_alone)
                layout = _laid_out(reading, exporter.shape, params)
                again = known < len(layout.columns)  # unless looking for more columns has brought none
                target = _target(reading, params)
                return await _Job(reading, scope, layout, exporter, target, report, again=again).run()
            except MoreColumns:
                known = len(layout.columns)
                await find_columns(reading, Scope(reading, params.scope), report)
            finally:
                self._close_later(instance)

    async def _exporter(self, instance: PluginInstance, params: ExportParams) -> Exporter:
        options = chosen(params.plugin_id, await options_of(instance), params.options)
        if STREAMING not in instance.exports:
            return WholeExporter(instance, options, self._runtime.limits.max_result_bytes)
        feed = await instance.call(STREAMING, "wants", options)
        if feed not in ("cells", "records"):
            raise PluginInvalid(params.plugin_id, f"{STREAMING}.wants returned neither cells nor records")
        return StreamingExporter(instance, options, feed)

    def _close_later(self, instance: PluginInstance) -> None:
        """Whoever has withdrawn does not wait for a plugin to say goodbye."""
        task = asyncio.create_task(instance.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _target(reading: Reading, params: ExportParams) -> TargetFile:
    sources = [path for path in (reading.opened.path, reading.watcher.path) if path is not None]
    return TargetFile(target_of(params.target), overwrite=params.overwrite, sources=sources)


async def _read(reading: Reading, scope: Scope, report: Report, *, records_alone: bool) -> None:
    """Waits until as much of the file has been read as the export wants; `records_alone` need no columns."""
    last = scope.last
    whole = last is None or not (reading.source.tabular or records_alone)  # columns may turn up until the end
    wanted = ALL if last is None or whole else last
    if wanted < 0:
        return
    while reading.behind(wanted) or (wanted < ALL and reading.unfinished(wanted)):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TELL_SECONDS):
                await (reading.reach(ALL) if wanted == ALL else reading.finish(wanted))
        progress = reading.progress
        percent = 100 * progress.bytes_done // max(1, progress.bytes_total)
        report(None, f"Reading the file first: {percent} %, {progress.records:,} records")


def _laid_out(reading: Reading, shape: Shape, params: ExportParams) -> Layout:
    columns = reading.columns
    picked = params.scope.columns
    if picked is not None:
        beyond = [at for at in picked if at >= len(columns)]
        if beyond:
            raise QueryInvalid(f"There is no column {beyond[0] + 1}: the file has {len(columns):,}.")
        if len(set(picked)) < len(picked) or not picked:
            raise QueryInvalid("The columns to export have to be some, each once.")
    return Layout(shape, columns, picked, typed=shape == "objects" and reading.source.tabular)


class _Job:
    """The part in which the file is written."""

    def __init__(
        self,
        reading: Reading,
        scope: Scope,
        layout: Layout,
        exporter: Exporter,
        target: TargetFile,
        report: Report,
        *,
        again: bool,
    ) -> None:
        """`again`: whether the export can be begun anew, with further columns."""
        self._reading = reading
        self._scope = scope
        self._layout = layout
        self._exporter = exporter
        self._target = target
        self._report = report
        self._again = again
        self._pending = bytearray()
        self._fed = self._made = 0
        self._items = 0
        self._total: int | None = None
        self._searched = ""

    async def run(self) -> ExportResult:
        """Writes the file, or leaves nothing behind."""
        feed = Feed(self._reading, self._layout, self._scope, again=self._again)
        try:
            await self._target.create()
            await self._write(feed)
            self._tell("Writing to disk")
            await self._reading.watcher.verify()
            await self._target.commit()
        finally:
            feed.close()
            await self._target.discard()
        notes = list(self._scope.notes)
        if feed.lost:
            rows = "1 row has" if feed.lost == 1 else f"{feed.lost:,} rows have"
            notes.append(f"{rows} more cells than there are columns; this exporter has no place for them.")
        return ExportResult(records=self._items, bytes=self._target.size, notes=notes)

    async def _write(self, feed: Feed) -> None:
        self._total = self._scope.total()
        await self._take(await self._exporter.begin(self._layout.wanted(), self._total))
        async with contextlib.aclosing(ahead(feed.slices(self._searching))) as slices:
            async for made in slices:
                self._fed += len(made.text)
                try:
                    piece = await self._exporter.write(made.text, made.items)
                except PluginError:
                    await feed.check(made)
                    raise
                self._items += made.items
                await self._take(piece)
                self._tell()
        await self._take(await self._exporter.finish())
        await self._target.write(bytes(self._pending))

    async def _take(self, piece: bytes) -> None:
        self._made += len(piece)
        if self._made > MOST_GROWTH * self._fed + FREE_BYTES:
            made = f"it has made {self._made >> 20:,} MiB of {self._fed >> 20:,} MiB"
            said = f"{made}, which looks as if it would never end"
            raise PluginInvalid(self._exporter.plugin_id, said)
        if not self._pending and len(piece) >= WRITE_BYTES:
            await self._target.write(piece)
            return
        self._pending += piece
        if len(self._pending) >= WRITE_BYTES:
            data, self._pending = bytes(self._pending), bytearray()
            await self._target.write(data)

    def _searching(self, message: str) -> None:
        self._searched = message
        self._tell()

    def _tell(self, last: str | None = None) -> None:
        percent = 99 * self._items // self._total if self._total else None
        written = f"{self._items:,} records, {self._made / MIB:,.1f} MiB"
        parts = [part for part in (last, written, self._searched) if part]
        self._report(percent, "; ".join(parts))


async def ahead(source: AsyncIterator[Item]) -> AsyncGenerator[Item, None]:
    """The same, the next one being made while one is worked on."""
    following: asyncio.Task[Item] | None = None
    try:
        following = asyncio.ensure_future(anext(source))
        while True:
            try:
                item = await following
            except StopAsyncIteration:
                return
            following = asyncio.ensure_future(anext(source))
            yield item
    finally:
        if following is not None:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
