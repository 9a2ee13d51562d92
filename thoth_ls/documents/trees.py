"""Questions about nested values of open documents: what the handlers of trees call."""

from __future__ import annotations

from collections.abc import Callable

from thoth_ls.documents.reading import Reading
from thoth_ls.wire.documents import CellText, DocumentRef
from thoth_ls.wire.trees import (
    ChildrenParams,
    ChildrenResult,
    LocateParams,
    LocateResult,
    ValueParams,
    ValueResult,
    ValueTextParams,
)


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
    await reading.reach(params.record)
    found = await tree.children(params.record, params.path, params.start, params.count)
    await reading.watcher.verify()
    return ChildrenResult(kind=found.kind, count=found.count, start=params.start, children=found.children)


async def _value(reading: Reading, params: ValueParams) -> ValueResult:
    await reading.reach(params.record)
    found = await reading.source.tree.value(params.record, params.path)
    await reading.watcher.verify()
    return found


async def _text(reading: Reading, params: ValueTextParams) -> CellText:
    await reading.reach(params.record)
    decoded = params.form == "decoded"
    found = await reading.source.tree.text(params.record, params.path, decoded, params.start, params.count)
    await reading.watcher.verify()
    return found


async def _locate(reading: Reading, params: LocateParams) -> LocateResult:
    found = await reading.source.tree.locate(params.offset)
    await reading.watcher.verify()
    return found
