"""The texts editors have open, by their addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from thoth_ls.documents.buffers.buffer import Buffer
from thoth_ls.documents.buffers.folds import folds
from thoth_ls.documents.buffers.index import TextIndex, TextReader
from thoth_ls.documents.buffers.lines import TextLines
from thoth_ls.documents.buffers.outline import outline
from thoth_ls.documents.buffers.places import value_at
from thoth_ls.documents.events import TextEvents
from thoth_ls.documents.source import Loaders
from thoth_ls.documents.spool import Spool
from thoth_ls.errors import PluginError
from thoth_ls.wire.texts import Edit, Fold, Position, PositionUnit, Symbol, TextProblems, ValueAt

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class OpenedText:
    """A text that was opened in an editor."""

    uri: str
    version: int | None
    text: str
    unit: PositionUnit
    file_name: str
    """Whose ending says which plugin reads it."""
    options: Mapping[str, str] = field(default_factory=dict)
    """How the plugin should read it, where it understands them."""


class Buffers:
    """Opens, changes and closes texts, in the order they are told; answers about their newest versions."""

    def __init__(self, loaders: Loaders, spool_folder: Path, events: TextEvents, problem_limit: int) -> None:
        self.problem_limit = problem_limit
        """Most problems told of one text; may be set at any time."""
        self._loaders = loaders
        self._spool = Spool(spool_folder)
        self._events = events
        self._buffers: dict[str, Buffer] = {}
        self._opened: dict[str, OpenedText] = {}
        """How the texts of `_buffers` and `_idle` were opened."""
        self._idle: dict[str, TextLines] = {}
        """Texts whose plugin is switched off: followed, and read when it is on again."""
        self._work: set[asyncio.Task[None]] = set()

    def open(self, opened: OpenedText) -> None:
        """A text was opened; it is kept where the plugin for such files tells of nested values and where they are."""
        self.close(opened.uri)
        found = self._loaders.candidates(opened.file_name)
        loader = next((item.loader for item in found.items if item.match in ("setting", "name")), None)
        if loader is not None or found.switched_off:
            self._opened[opened.uri] = replace(opened, text="")
        if loader is None:
            if found.switched_off:
                self._idle[opened.uri] = TextLines(opened.text, opened.unit)
            return
        reader = TextReader(self._spool, loader, opened.options, opened.file_name.rpartition(".")[2])

        def tell(problems: TextProblems) -> None:
            self._events.text_problems(opened.uri, problems)

        self._buffers[opened.uri] = Buffer(
            TextLines(opened.text, opened.unit), opened.version, reader, tell, lambda: self.problem_limit
        )

    def change(self, uri: str, version: int | None, edits: Sequence[Edit]) -> None:
        """A text was changed; one that is not kept is nobody's concern."""
        buffer, idle = self._buffers.get(uri), self._idle.get(uri)
        if buffer is not None:
            buffer.change(version, edits)
        elif idle is not None:
            for edit in edits:
                idle.change(edit)
            self._opened[uri] = replace(self._opened[uri], version=version)

    def close(self, uri: str) -> None:
        """A text was closed, and with it what was told of it."""
        buffer = self._buffers.pop(uri, None)
        self._idle.pop(uri, None)
        self._opened.pop(uri, None)
        if buffer is not None:
            self._events.text_problems(uri, TextProblems(None, [], 0))
            self._later(buffer.close())

    async def outline(self, uri: str) -> list[Symbol] | None:
        """The values of a text; None where it is not kept."""
        return await self._ask(uri, outline)

    async def folds(self, uri: str, most: int) -> list[Fold] | None:
        """Objects and arrays over several lines, at most `most`; None where the text is not kept."""
        return await self._ask(uri, lambda index: folds(index, most))

    async def value_at(self, uri: str, position: Position) -> ValueAt | None:
        """What stands at a place; None for nothing, and where the text is not kept."""
        return await self._ask(uri, lambda index: value_at(index, position))

    def plugin_stopped(self, plugin_id: str, reason: PluginError) -> None:
        """A plugin may not run any more: its texts are only followed from here on."""
        self._open_again(plugin_id)

    def plugin_changed(self, plugin_id: str, message: str) -> None:
        """A plugin is another by now, or may run again: its texts are read anew."""
        self._open_again(plugin_id)
        for uri, lines in list(self._idle.items()):
            self.open(replace(self._opened[uri], text="".join(lines.snapshot())))

    def _open_again(self, plugin_id: str) -> None:
        for uri, buffer in list(self._buffers.items()):
            if buffer.plugin_id == plugin_id:
                self.open(replace(self._opened[uri], text=buffer.text(), version=buffer.version))

    def tell_again(self) -> None:
        """Tells the problems of every text anew, as many as `problem_limit` allows by now."""
        for buffer in self._buffers.values():
            self._later(buffer.tell_again())

    async def close_all(self) -> None:
        """Closes everything and removes all temporary files."""
        for uri in list(self._buffers):
            self.close(uri)
        await asyncio.gather(*self._work, return_exceptions=True)
        await asyncio.to_thread(self._spool.close)

    async def _ask(self, uri: str, question: Callable[[TextIndex], Awaitable[Answer]]) -> Answer | None:
        buffer = self._buffers.get(uri)
        if buffer is None:
            return None
        async with buffer.index() as index:
            return await question(index) if index is not None else None

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)
