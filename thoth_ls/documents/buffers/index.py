"""One version of a text, read to its end by a plugin."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from thoth_ls.documents.buffers.lines import TextLines
from thoth_ls.documents.buffers.positions import Positions
from thoth_ls.documents.pace import Pace
from thoth_ls.documents.source import Loader, Source
from thoth_ls.documents.spool import Spool, remove
from thoth_ls.errors import PluginInvalid, PluginRefused, ThothError
from thoth_ls.wire.texts import TextProblem, TextProblems
from thoth_ls.wire.trees import Summary

logger = logging.getLogger(__name__)

SUMMARIES = TypeAdapter(list[Summary])
WINDOW = 500
"""Children asked for at once."""


class TextIndex:
    """Answers about one version; shared by those who ask and freed by the last of them."""

    def __init__(self, version: int | None, positions: Positions, source: Source, records: int, path: Path) -> None:
        self.version = version
        self.positions = positions
        self.source = source
        self.records = records
        self._path = path
        self._users = 1

    def share(self) -> TextIndex:
        """One more user."""
        self._users += 1
        return self

    async def release(self) -> None:
        """One user less; the last one ends the plugin instance and removes the file."""
        self._users -= 1
        if self._users == 0:
            await _free(self.source, self._path)

    async def roots(self, count: int) -> list[Summary]:
        """The first records."""
        found: list[Summary] = []
        count = min(count, self.records)
        while len(found) < count:
            text = await self.source.tree.roots(len(found), min(WINDOW, count - len(found)))
            window = SUMMARIES.validate_json(text)
            if not window:
                break
            found += window
        return found

    async def children(self, record: int, path: Sequence[int], most: int) -> list[Summary]:
        """The first children of a value."""
        found: list[Summary] = []
        async for window in self.windows(record, path, most):
            found += window
        return found

    async def windows(self, record: int, path: Sequence[int], most: int) -> AsyncIterator[list[Summary]]:
        """The first children of a value, some at a time."""
        start = 0
        while start < most:
            answer = await self.source.tree.children(record, path, start, min(WINDOW, most - start))
            window = SUMMARIES.validate_json(answer.children)
            if window:
                yield window
            start += len(window)
            if not window or start == answer.count:
                return

    async def problems(self, limit: int) -> TextProblems:
        """What is not well formed in the text, in its order."""
        problems, total = await self.source.problems(0, limit)

        def placed() -> list[TextProblem]:
            return [TextProblem(self.positions.mark(item.offset), item.kind, item.message) for item in problems]

        return TextProblems(self.version, await asyncio.to_thread(placed), total)


class TextReader:
    """Reads versions of one text through a plugin."""

    def __init__(self, spool: Spool, loader: Loader, options: Mapping[str, str], extension: str) -> None:
        self._spool = spool
        self._loader = loader
        self._options = dict(options)
        self._extension = extension

    @property
    def plugin_id(self) -> str:
        """The plugin."""
        return self._loader.plugin_id

    async def suits(self) -> bool:
        """Whether the plugin tells of nested values and where they are in the text."""
        try:
            return await self._loader.nests()
        except ThothError as error:
            logger.warning("a text is not read: %s", error)
            return False

    async def read(self, text: TextLines, version: int | None) -> TextIndex:
        """The text, read to its end; raises what the plugin raises. Cancelling it leaves nothing behind."""
        lines = text.snapshot()

        def prepared() -> tuple[bytes, Positions]:
            return "".join(lines).encode(), Positions(lines, text.unit)

        content, positions = await asyncio.to_thread(prepared)
        path = await self._spool.write(content, self._extension)
        source: Source | None = None
        try:
            source = await self._loader.source(path)
            records = await self._read(source)
            return TextIndex(version, positions, source, records, path)
        except BaseException:
            await _free(source, path)
            raise

    async def _read(self, source: Source) -> int:
        """Reads to the end; how many records there are."""
        try:
            progress = await source.open(self._options)
        except PluginRefused:
            if not self._options:
                raise
            progress = await source.open({})  # another plugin than the one the options are meant for
        pace = Pace()
        while not progress.done:
            before = progress
            progress = await source.advance(pace.start())
            pace.stop()
            if pace.stuck(progress.done or progress.bytes_done > before.bytes_done):
                raise PluginInvalid(source.plugin_id, "does not read on, and does not say that it is done")
        return progress.records


async def _free(source: Source | None, path: Path) -> None:
    try:
        if source is not None:
            await source.close()
    except ThothError as error:
        logger.warning("a plugin did not close: %s", error)
    finally:
        remove(path)
