"""Searching, behind the indexer and in step with it."""

from __future__ import annotations

import asyncio

import pytest

from tests.documents.conftest import Bench, rows, settled
from thoth_ls.errors import DocumentChanged, PluginInvalid, PluginTrapped
from thoth_ls.wire.documents import DidFind


def matches(bench: Bench) -> list[tuple[int, int]]:
    """Everything that was told, in the order it was told."""
    return [match for event in bench.events.of(DidFind) for match in event.matches]


async def test_matches_arrive_before_the_answer(bench: Bench) -> None:
    """The answer only says how the search ended."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    result = await bench.find(opened, "ROW 5")
    assert matches(bench) == [(5, 1), *((row, 1) for row in range(50, 60))]
    assert (result.total, result.next_row) == (11, None)
    assert {event.search_id for event in bench.events.of(DidFind)} == {"s"}


async def test_nothing_found_is_told_too(bench: Bench) -> None:
    """A client sees how far the search came."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    result = await bench.find(opened, "Row", match_case=True)
    assert (result.total, result.next_row) == (0, None)
    assert bench.events.of(DidFind)[-1].scanned_rows == 100


async def test_the_limit_ends_a_search_and_says_where_to_go_on(bench: Bench) -> None:
    """Going on from `next_row` finds the rest, each cell once."""
    bench.loader.rows = [["x", "x", str(number)] for number in range(50)]
    opened = await bench.open(bench.file())
    found, start = 0, 0
    while start is not None:
        result = await bench.find(opened, "x", whole_cell=True, limit=7, from_row=start)
        found, start = found + result.total, result.next_row
    assert found == 100
    assert matches(bench) == [(row, column) for row in range(50) for column in (0, 1)]


async def test_a_row_is_never_torn_by_the_limit(bench: Bench) -> None:
    """`next_row` could not say where in a row to go on."""
    bench.loader.rows = [["x"] * 2000, ["x"]]
    opened = await bench.open(bench.file())
    result = await bench.find(opened, "x", limit=1)
    assert (result.total, result.next_row) == (2000, 1)


async def test_a_limit_reached_at_the_very_end_is_the_end(bench: Bench) -> None:
    """Nothing is left to go on with."""
    bench.loader.rows = rows(3)
    opened = await bench.open(bench.file())
    assert (await bench.find(opened, "row", limit=3)).next_row is None


async def test_batches_are_bounded(bench: Bench) -> None:
    """A message holds at most 500 matches, in file order."""
    bench.loader.rows = rows(2300)
    opened = await bench.open(bench.file())
    await bench.find(opened, "row")
    assert max(len(event.matches) for event in bench.events.of(DidFind)) == 500
    assert matches(bench) == [(row, 1) for row in range(2300)]


async def test_the_sources_own_limit_is_gone_beyond(bench: Bench) -> None:
    """A step that lists only so many cells is followed by the next."""
    bench.loader.rows = rows(200)
    bench.loader.behaviour.matches_cap = 10
    opened = await bench.open(bench.file())
    assert (await bench.find(opened, "row")).total == 200


async def test_a_search_waits_for_the_indexer_and_tells_what_it_has(bench: Bench) -> None:
    """Matches at the beginning of a huge file are there at once."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    opened = await bench.open(bench.file())
    searching = asyncio.create_task(bench.find(opened, "row"))
    await bench.events.wait(DidFind, lambda event: len(event.matches) == 10)
    assert not searching.done()
    behaviour.gate.set()
    assert (await searching).total == 100
    assert matches(bench) == [(row, 1) for row in range(100)]


async def test_a_search_that_waits_can_be_cancelled(bench: Bench) -> None:
    """And leaves nothing behind (the fixture checks)."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    opened = await bench.open(bench.file())
    searching = asyncio.create_task(bench.find(opened, "row"))
    await bench.events.wait(DidFind)
    searching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await searching


async def test_a_search_inside_a_step_can_be_cancelled(bench: Bench) -> None:
    """Cancelling does not wait for the plugin."""
    opened = await bench.open(bench.file())
    bench.loader.behaviour.before["find"] = asyncio.Event().wait
    searching = asyncio.create_task(bench.find(opened, "row"))
    await settled(lambda: "find" in bench.source.calls)
    searching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await searching


async def test_what_was_found_before_indexing_failed_is_told(bench: Bench) -> None:
    """The error ends the search, after the matches."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    opened = await bench.open(bench.file())
    searching = asyncio.create_task(bench.find(opened, "row"))
    await settled(lambda: "find" in bench.source.calls and "advance" in bench.source.calls)
    behaviour.failures["problems"] = PluginTrapped("com.example.lines", "problems", "unreachable")
    behaviour.rows_per_step = 0
    behaviour.gate.set()
    with pytest.raises(PluginInvalid, match="does not read on"):
        await searching
    assert len(matches(bench)) == 10


async def test_a_search_of_a_changed_file_ends(bench: Bench) -> None:
    """Matches of rows that are no longer there would mislead."""
    bench.loader.rows = rows(100)
    path = bench.file()
    opened = await bench.open(path)

    async def change() -> None:
        path.write_bytes(b"other\n")

    bench.loader.behaviour.before["find"] = change
    with pytest.raises(DocumentChanged):
        await bench.find(opened, "row")
    assert matches(bench) == []


async def test_a_plugin_that_does_not_get_on_is_given_up(bench: Bench) -> None:
    """A search must end."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.matches_cap = 0
    opened = await bench.open(bench.file())
    with pytest.raises(PluginInvalid, match="search"):
        await bench.find(opened, "row")


async def test_progress_is_reported_in_percent_once_the_rows_are_counted(bench: Bench) -> None:
    """Before that only in rows."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    reports: list[tuple[int | None, str]] = []
    await bench.find(opened, "row 7", report=lambda percent, message: reports.append((percent, message)))
    assert reports[-1] == (100, "100 rows searched, 11 cells found")
