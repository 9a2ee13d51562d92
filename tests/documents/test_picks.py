"""Rows of records that do not follow each other."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.documents.conftest import Bench, rows
from thoth_ls.documents import picks
from thoth_ls.errors import UnknownDocument
from thoth_ls.wire.documents import OpenDocumentResult
from thoth_ls.wire.picks import PickParams, PickResult


async def pick(bench: Bench, opened: OpenDocumentResult, *records: int, generation: int = 1) -> PickResult:
    """Asks for single records."""
    params = PickParams(document_id=opened.document_id, generation=generation, records=list(records))
    return await bench.documents.pick(params)


async def test_rows_come_in_the_order_asked_for(bench: Bench) -> None:
    """Whoever asks knows which row is which record's."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    picked = await pick(bench, opened, 3, 4, 5, 90, 17)
    assert picked.count == 5
    assert [row[0] for row in json.loads(picked.rows)] == ["3", "4", "5", "90", "17"]


async def test_records_that_follow_each_other_are_read_at_once(bench: Bench) -> None:
    """A plugin finds the beginning of a run once, not for every record of it."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    before = bench.source.calls.count("page")
    await pick(bench, opened, 3, 4, 5, 90, 91)
    assert bench.source.calls.count("page") - before == 2


async def test_a_record_that_is_not_there_ends_the_rows(bench: Bench) -> None:
    """What was asked for before it is answered."""
    bench.loader.rows = rows(10)
    opened = await bench.open(bench.file())
    picked = await pick(bench, opened, 2, 8, 9, 10, 3)
    assert picked.count == 3
    assert json.loads(picked.rows) == [rows(10)[number] for number in (2, 8, 9)]


async def test_nothing_asked_for_is_nothing(bench: Bench) -> None:
    """An empty array, as of an empty page."""
    opened = await bench.open(bench.file())
    assert await pick(bench, opened) == PickResult(count=0, rows="[]")


async def test_an_answer_that_grows_too_long_ends_early(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest can be asked for again."""
    monkeypatch.setattr(picks, "TEXT_LIMIT", 20)
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    picked = await pick(bench, opened, 10, 20, 30, 40)
    assert 1 <= picked.count < 4
    assert json.loads(picked.rows) == [rows(100)[10 * (number + 1)] for number in range(picked.count)]


async def test_records_beyond_the_frontier_are_waited_for(bench: Bench) -> None:
    """A search may have found them in a step that the indexer has not told of yet."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 25
    bench.loader.behaviour.gate = asyncio.Event()
    opened = await bench.open(bench.file())
    waiting = asyncio.create_task(pick(bench, opened, 1, 80))
    bench.loader.behaviour.gate.set()
    assert [row[0] for row in json.loads((await waiting).rows)] == ["1", "80"]


async def test_records_of_an_earlier_generation_are_refused(bench: Bench) -> None:
    """They may be others by now."""
    opened = await bench.open(bench.file())
    await bench.reopen(opened)
    with pytest.raises(UnknownDocument):
        await pick(bench, opened, 0)
