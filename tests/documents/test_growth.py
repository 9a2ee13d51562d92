"""Columns that turn up while a file is read."""

import asyncio

import pytest

from tests.documents.conftest import Bench
from tests.fakes import FakeSource
from thoth_ls.documents import growth
from thoth_ls.documents.source import Description
from thoth_ls.wire.documents import Column, DidFail, DidProgress


@pytest.fixture
def growing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Documents with one more column for every row that has been read, ten at most."""
    monkeypatch.setattr(growth, "ASK_SECONDS", 0)
    bench.loader.rows = [["x"]] * 12
    bench.loader.behaviour.rows_per_step = 1

    async def describe(self: FakeSource) -> Description:
        await self._enter("describe")
        count = min(10, self.read)
        columns = [Column(name=f"c{number}", type="text", nulls=[], path=[f"c{number}"]) for number in range(count)]
        return Description(columns, [], [], display="tree", nested=True, growing=count < 10)

    monkeypatch.setattr(FakeSource, "describe", describe)
    return bench


async def test_all_columns_are_told_when_some_have_turned_up(growing: Bench) -> None:
    """In the end the client knows all of them, in the order in which they came."""
    opened = await growing.open(growing.file())
    assert (opened.display, opened.nested, len(opened.columns)) == ("tree", True, 1)
    await growing.events.wait(DidProgress, lambda event: event.progress.done)
    told = [event.columns for event in growing.events.of(DidProgress) if event.columns]
    assert [column.name for column in told[-1]] == [f"c{number}" for number in range(10)]
    assert told[-1][3].path == ["c3"]
    assert [len(columns) for columns in told] == sorted({len(columns) for columns in told})


async def test_a_plugin_is_not_asked_again_once_no_more_columns_can_come(growing: Bench) -> None:
    """Nor when nothing has been read since."""
    gate = growing.loader.behaviour.gate = asyncio.Event()
    await growing.open(growing.file())
    assert growing.source.calls.count("describe") == 1
    gate.set()
    await growing.events.wait(DidProgress, lambda event: event.progress.done)
    assert growing.source.calls.count("describe") <= 11


async def test_columns_that_move_are_a_fault_of_the_plugin(growing: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows on the screen would stand under the wrong names."""
    await growing.open(growing.file())

    async def describe(self: FakeSource) -> Description:
        return Description([Column(name=str(self.read), type="text", nulls=[])], [], [], growing=True)

    monkeypatch.setattr(FakeSource, "describe", describe)
    failed = await growing.events.wait(DidFail)
    assert "moved or took back columns" in failed.message


async def test_a_column_that_only_a_page_shows_is_told_before_the_page(bench: Bench) -> None:
    """Once: cells too many that no column comes for are not asked about again."""
    bench.loader.rows = [["x"], ["x", "y"], ["x", "y"]]
    opened = await bench.open(bench.file(), first_rows=1)
    named = 1

    async def describe(self: FakeSource) -> Description:
        await self._enter("describe")
        return Description([Column(name=f"c{number}", type="text", nulls=[]) for number in range(named)], [], [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeSource, "describe", describe)
        await bench.page(opened, 0, 1)
        asked = bench.source.calls.count("describe")
        await bench.page(opened, 0, 3)
        await bench.page(opened, 0, 3)
        assert bench.source.calls.count("describe") == asked + 1
        bench.loader.sources[-1].rows.append(["x", "y", "z"])
        bench.source.read, named = 4, 3
        before = len(bench.events.of(DidProgress))
        await bench.page(opened, 3, 1)
    (told,) = bench.events.of(DidProgress)[before:]
    assert told.columns is not None
    assert [column.name for column in told.columns] == ["c0", "c1", "c2"]


async def test_an_answer_to_an_open_names_the_columns_of_its_rows(bench: Bench) -> None:
    """Also those that were not known before the rows were read."""
    bench.loader.rows = [["x", "y"]]

    async def describe(self: FakeSource) -> Description:
        await self._enter("describe")
        number = 2 if "page" in self.calls else 1
        return Description([Column(name=f"c{n}", type="text", nulls=[]) for n in range(number)], [], [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeSource, "describe", describe)
        opened = await bench.open(bench.file())
    assert [column.name for column in opened.columns] == ["c0", "c1"]
