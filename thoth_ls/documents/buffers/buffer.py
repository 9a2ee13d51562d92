"""One text an editor has open: follows its changes, and is read anew when they pause or somebody asks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from thoth_ls.documents.buffers.index import TextIndex, TextReader
from thoth_ls.documents.buffers.lines import TextLines
from thoth_ls.errors import PluginError, ThothError
from thoth_ls.wire.texts import Area, Edit, TextProblem, TextProblems

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 0.3
"""How long a text has to rest before it is read for its problems."""

Tell = Callable[[TextProblems], None]


class Buffer:
    """A text and what a plugin knows of its newest version.

    `problem_limit` says how many problems to tell; each version that was read is told once, by `tell`.
    """

    def __init__(
        self,
        lines: TextLines,
        version: int | None,
        reader: TextReader,
        tell: Tell,
        problem_limit: Callable[[], int],
    ) -> None:
        self._lines = lines
        self._version = version
        self._reader = reader
        self._tell = tell
        self._problem_limit = problem_limit
        self._index: TextIndex | None = None
        self._wanted, self._have = 1, 0
        self._waiting = 0
        self._closed = False
        self._changed = asyncio.Event()
        self._changed.set()
        self._asked = asyncio.Event()
        self._news = asyncio.Event()
        self._following = asyncio.create_task(self._follow())

    @property
    def plugin_id(self) -> str:
        """The plugin that reads it."""
        return self._reader.plugin_id

    @property
    def version(self) -> int | None:
        """The version the editor gave the text last."""
        return self._version

    def text(self) -> str:
        """The text as it is now."""
        return "".join(self._lines.snapshot())

    def change(self, version: int | None, edits: Sequence[Edit]) -> None:
        """The editor changed the text."""
        if self._closed:
            return
        for edit in edits:
            self._lines.change(edit)
        self._version = version
        self._wanted += 1
        self._changed.set()

    @asynccontextmanager
    async def index(self) -> AsyncIterator[TextIndex | None]:
        """The newest version, waiting for it to be read; None where no plugin reads it, or it was closed."""
        self._waiting += 1
        self._asked.set()
        try:
            while self._have != self._wanted and not self._closed:
                await self._news.wait()
        finally:
            self._waiting -= 1
        index = self._index.share() if self._index is not None and not self._closed else None
        try:
            yield index
        finally:
            if index is not None:
                await index.release()

    async def tell_again(self) -> None:
        """Tells the problems of the version that was read last, as many as are wanted by now."""
        if self._index is not None:
            index = self._index.share()
            with contextlib.suppress(ThothError):
                self._tell(await index.problems(self._problem_limit()))
            await index.release()

    async def close(self) -> None:
        """Forgets the text; nothing of it is told from here on."""
        self._forget()
        self._following.cancel()
        await asyncio.gather(self._following, return_exceptions=True)
        index, self._index = self._index, None
        if index is not None:
            await index.release()

    def _forget(self) -> None:
        self._closed = True
        self._lines.change(Edit(None, ""))
        self._announce()

    async def _follow(self) -> None:
        if not await self._reader.suits():
            self._forget()
            return
        while True:
            await self._changed.wait()
            await self._rest()
            self._changed.clear()
            wanted = self._wanted
            reading = asyncio.create_task(self._read())
            changing = asyncio.create_task(self._changed.wait())
            try:
                await asyncio.wait((reading, changing), return_when=asyncio.FIRST_COMPLETED)
            finally:
                overtaken = not reading.done()
                changing.cancel()
                if overtaken:
                    reading.cancel()
                    await asyncio.gather(reading, return_exceptions=True)
            if not overtaken:
                await self._adopt(reading.result(), wanted)

    async def _rest(self) -> None:
        """Waits for a pause in the changes, unless it is the first version or somebody waits."""
        if self._have == 0 or self._waiting:
            return
        self._asked.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PAUSE_SECONDS):
                await self._asked.wait()

    async def _read(self) -> tuple[TextIndex | None, TextProblems]:
        """The newest version and its problems; a text that no plugin reads has that one."""
        version = self._version
        try:
            index = await self._reader.read(self._lines, version)
        except ThothError as error:
            said = str(error)
            if isinstance(error, PluginError):
                said = said.removeprefix(f"plugin {error.plugin_id}: ")
            return None, TextProblems(version, [TextProblem(Area((0, 0), (0, 1)), error.kind.value, said)], 1)
        except Exception:
            logger.exception("a text could not be read by an error of our own")
            return None, TextProblems(version, [], 0)
        try:
            return index, await index.problems(self._problem_limit())
        except ThothError as error:
            logger.info("problems of a text are not told: %s", error)
            return index, TextProblems(version, [], 0)
        except BaseException:
            await index.release()
            raise

    async def _adopt(self, read: tuple[TextIndex | None, TextProblems], wanted: int) -> None:
        old, (self._index, problems) = self._index, read
        self._have = wanted
        self._announce()
        self._tell(problems)
        if old is not None:
            await old.release()

    def _announce(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
