"""Questions about nested values of open documents: what the handlers of trees call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from thoth_ls.documents.reading import Reading
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.documents import CellText, DocumentRef
from thoth_ls.wire.trees import (
    ChildrenParams,
    ChildrenResult,
    LocateParams,
    LocateResult,
    Summary,
    ValueParams,
    ValueResult,
    ValueTextParams,
)

Answer = TypeVar("Answer")


class Trees:
    """Answers over the readings in force. Records are waited for as pages are."""

    def __init__(self, reading: Callable[[DocumentRef], Reading]) -> None:
        """`reading` finds the reading a request is about, or raises UnknownDocument."""
        self._reading = reading

    async def children(self, params: ChildrenParams) -> ChildrenResult:
        """A window of the children of a value, or of the records."""
        reading = self._reading(params)
        return await reading.run(_children(reading, params))

    async def value(self, params: ValueParams) -> ValueResult:
        """One value and where it is."""
        reading = self._reading(params)
        return await reading.run(_value(reading, params))

    async def text(self, params: ValueTextParams) -> CellText:
        """The text of a value, or a part of it."""
        reading = self._reading(params)
        return await reading.run(_text(reading, params))

    async def locate(self, params: LocateParams) -> LocateResult:
        """Which value stands at a byte of the file, as far as it has been read."""
        reading = self._reading(params)
        return await reading.run(_locate(reading, params))


async def _children(reading: Reading, params: ChildrenParams) -> ChildrenResult:
    tree = reading.source.tree
    if params.record is None:
        if params.count:
            await reading.reach(params.start)
        text = await tree.roots(params.start, params.count)
        await reading.watcher.verify()
        return ChildrenResult(kind="records", count=reading.progress.records, start=params.start, children=text)
    record = params.record
    found = await _known(reading, record, lambda: tree.children(record, params.path, params.start, params.count))
    await reading.watcher.verify()
    return ChildrenResult(kind=found.kind, count=found.count, start=params.start, children=found.children)


async def _known(reading: Reading, record: int, ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """What a tree says; a value that a record has not shown so far is waited for until the record has been read."""
    await reading.reach(record)
    early = reading.unfinished(record)
    try:
        return await ask()
    except PluginRefused:
        if not early:
            raise
    await reading.finish(record)
    return await ask()


def _open_ended(value: Summary, read: int) -> bool:
    """Whether more of the value may turn up, where so many bytes of the file have been read at least."""
    return (value.kind in ("object", "array") and value.count is None) or (value.at is not None and value.at[1] >= read)


async def _value(reading: Reading, params: ValueParams) -> ValueResult:
    found = await _known(reading, params.record, lambda: reading.source.tree.value(params.record, params.path))
    await reading.watcher.verify()
    return found


async def _text(reading: Reading, params: ValueTextParams) -> CellText:
    record, path, decoded = params.record, params.path, params.form == "decoded"
    tree = reading.source.tree
    await reading.reach(record)
    if reading.unfinished(record):
        read = reading.progress.bytes_done
        if _open_ended((await _known(reading, record, lambda: tree.value(record, path))).value, read):
            await reading.finish(record)
    found = await tree.text(record, path, decoded, params.start, params.count)
    await reading.watcher.verify()
    return found


async def _locate(reading: Reading, params: LocateParams) -> LocateResult:
    found = await reading.source.tree.locate(params.offset)
    await reading.watcher.verify()
    return found
