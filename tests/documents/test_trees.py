"""Questions about nested values of open documents."""

import asyncio
import json
from typing import Any

import pytest

from tests.documents.conftest import Bench, rows, settled
from thoth_ls.errors import PluginRefused, UnknownDocument
from thoth_ls.wire.documents import OpenDocumentResult
from thoth_ls.wire.trees import ChildrenParams, ChildrenResult, LocateParams, ValueParams, ValueTextParams


def ref(opened: OpenDocumentResult) -> dict[str, Any]:
    """What every request names."""
    return {"document_id": opened.document_id, "generation": opened.generation}


async def children(bench: Bench, opened: OpenDocumentResult, record: int | None, **more: Any) -> ChildrenResult:
    """Asks for children."""
    where = {"path": [], "start": 0, "count": 10, **more}
    return await bench.documents.trees.children(ChildrenParams(**ref(opened), record=record, **where))


async def test_records_and_what_is_in_them(bench: Bench) -> None:
    """A window of records, the children of one, one value and its text: all by the same path."""
    opened = await bench.open(bench.file())
    found = await children(bench, opened, None, start=1, count=5)
    assert (found.kind, found.count, found.start) == ("records", 3, 1)
    assert [item["index"] for item in json.loads(found.children)] == [1, 2]
    found = await children(bench, opened, 1)
    assert [(item["key"], item["preview"]) for item in json.loads(found.children)] == [("c0", "1"), ("c1", "2")]
    trees = bench.documents.trees
    value = await trees.value(ValueParams(**ref(opened), record=1, path=["c1"]))
    assert (value.positions, value.value.preview) == ([1], "2")
    text = await trees.text(ValueTextParams(**ref(opened), record=1, path=["c1"], form="source"))
    assert text.text == '"2"'
    assert (await trees.text(ValueTextParams(**ref(opened), record=1, path=["c1"], form="decoded"))).text == "2"
    assert (await trees.locate(LocateParams(**ref(opened), offset=1))).record is None


@pytest.mark.parametrize("record", [None, 50])
async def test_records_are_waited_for(bench: Bench, record: int | None) -> None:
    """As rows are: the tree may scroll ahead of the reading."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 10
    gate = bench.loader.behaviour.gate = asyncio.Event()
    opened = await bench.open(bench.file())
    asked = asyncio.ensure_future(children(bench, opened, record, start=50 if record is None else 0, count=1))
    await settled(lambda: "advance" in bench.source.calls)
    assert not asked.done()
    gate.set()
    assert len(json.loads((await asked).children)) == 1


async def test_nothing_is_waited_for_where_nothing_is_asked_for(bench: Bench) -> None:
    """A window of no records tells how many there are."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 10
    bench.loader.behaviour.gate = asyncio.Event()
    opened = await bench.open(bench.file())
    found = await children(bench, opened, None, start=99, count=0)
    assert (found.count, found.children) == (10, "[]")


async def test_closing_a_document_ends_what_waits_for_its_records(bench: Bench) -> None:
    """With a sentence, not with silence."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 10
    bench.loader.behaviour.gate = asyncio.Event()
    opened = await bench.open(bench.file())
    asked = asyncio.ensure_future(children(bench, opened, 50))
    await settled(lambda: "advance" in bench.source.calls)
    await bench.close(opened)
    with pytest.raises(UnknownDocument, match="was closed or read anew meanwhile"):
        await asked


async def test_a_generation_that_is_gone_is_not_answered(bench: Bench) -> None:
    """Its values may be elsewhere by now."""
    opened = await bench.open(bench.file())
    await bench.reopen(opened)
    with pytest.raises(UnknownDocument, match="generation 1 is gone"):
        await children(bench, opened, 0)


async def test_what_is_not_there_is_refused_by_name(bench: Bench) -> None:
    """The sentence says which record, and what of it."""
    opened = await bench.open(bench.file())
    with pytest.raises(PluginRefused, match="record 1: the record has no member 'x'"):
        await children(bench, opened, 0, path=["x"])
    with pytest.raises(PluginRefused, match="there is no record 8"):
        await children(bench, opened, 7)
