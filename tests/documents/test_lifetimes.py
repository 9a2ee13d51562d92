"""What ends when: closing, cancelling, shutting down, crashing."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from tests.documents.conftest import Bench, rows, settled, settled_later
from thoth_ls.errors import (
    Cancelled,
    PluginTrapped,
    UnknownDocument,
)
from thoth_ls.wire.documents import (
    CloseParams,
    DidFail,
    DidProgress,
)


async def test_waiting_for_a_page_can_be_cancelled(bench: Bench) -> None:
    """A client that scrolled on does not wait for the old place."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    opened = await bench.open(bench.file())
    waiting = asyncio.create_task(bench.page(opened, 75, 5))
    await settled(lambda: "advance" in bench.source.calls)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    behaviour.gate.set()
    assert (await bench.page(opened, 75, 5)).count == 5


async def test_a_later_reopen_takes_the_place_of_one_under_way(bench: Bench) -> None:
    """Choosing twice in a row waits for the second choice only."""
    opened = await bench.open(bench.file())
    never = asyncio.Event()
    bench.loader.behaviour.before["open"] = never.wait
    first = asyncio.create_task(bench.reopen(opened))
    await settled_later(lambda: len(bench.loader.sources) == 2)
    del bench.loader.behaviour.before["open"]
    second = await bench.reopen(opened)
    with pytest.raises(Cancelled):
        await first
    assert second.generation == 2


async def test_closing_what_is_not_open_is_no_error(bench: Bench) -> None:
    """Closing twice, or after a restart of the server."""
    await bench.documents.close(CloseParams(document_id="never"))
    opened = await bench.open(bench.file())
    await bench.close(opened)
    await bench.close(opened)


async def test_closing_ends_everything_that_waits(bench: Bench) -> None:
    """A page, a search and the indexer all let go at once."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    opened = await bench.open(bench.file())
    waiting = [asyncio.create_task(bench.page(opened, 75, 5)), asyncio.create_task(bench.find(opened, "row 99"))]
    await settled(lambda: "find" in bench.source.calls)
    await bench.close(opened)
    for task in waiting:
        with pytest.raises(UnknownDocument, match=r"table\.csv"):
            await task


async def test_closing_during_a_reopen_leaves_nothing(bench: Bench) -> None:
    """The source the reopen had made is closed too (the fixture checks)."""
    opened = await bench.open(bench.file())
    bench.loader.behaviour.before["open"] = asyncio.Event().wait
    reopening = asyncio.create_task(bench.reopen(opened))
    await settled_later(lambda: len(bench.loader.sources) == 2)
    await bench.close(opened)
    with pytest.raises(Cancelled):
        await reopening


async def test_shutting_down_during_an_open_leaves_nothing(bench: Bench) -> None:
    """And nothing opens after that."""
    bench.loader.behaviour.before["open"] = asyncio.Event().wait
    opening = asyncio.create_task(bench.open(bench.file()))
    await settled_later(lambda: len(bench.loader.sources) == 1)
    await bench.documents.close_all()
    with pytest.raises(Cancelled):
        await opening
    with pytest.raises(Cancelled, match="shutting down"):
        await bench.open(bench.file())


async def test_shutting_down_closes_all_files_side_by_side(bench: Bench) -> None:
    """However long each takes: a plugin has a second for its end, and the editor waits for two."""
    for name in ("a.csv", "b.csv", "c.csv"):
        await bench.open(bench.file(name))
    bench.loader.behaviour.before["close"] = asyncio.Barrier(3).wait
    async with asyncio.timeout(5):
        await bench.documents.close_all()
    assert all(source.closed for source in bench.loader.sources)


async def test_cancelling_an_open_closes_its_source(bench: Bench) -> None:
    """Whenever the caller withdraws; the fixture checks that the sources are closed."""
    bench.loader.behaviour.before["describe"] = asyncio.Event().wait
    opening = asyncio.create_task(bench.open(bench.file()))
    await settled_later(lambda: bool(bench.loader.sources) and "describe" in bench.source.calls)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert bench.source.closed


@pytest.mark.parametrize("turns", range(0, 60, 3))
async def test_cancelling_an_open_at_any_moment_leaves_nothing(bench: Bench, turns: int) -> None:
    """Also in the very moment it is ready: whatever was opened is closed, or handed to the caller."""
    opening = asyncio.create_task(bench.open(bench.file()))
    for _ in range(turns):
        await asyncio.sleep(0.0002)
    opening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await bench.close(await opening)
    assert all(source.closed for source in bench.loader.sources)
    assert bench.documents.open_count == 0


async def test_a_crash_while_indexing_is_told_and_the_rows_stay(bench: Bench) -> None:
    """A plugin that trips over row 12 still shows the rows before, and the document can be read again."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 10
    bench.loader.behaviour.failures["advance"] = PluginTrapped("com.example.lines", "advance", "unreachable")
    opened = await bench.open(bench.file())
    told = await bench.events.wait(DidFail)
    assert (told.kind, told.generation) == ("pluginTrapped", 1)
    assert (await bench.page(opened, 0, 100)).count == 10
    with pytest.raises(PluginTrapped):
        await bench.page(opened, 50, 1)
    bench.loader.behaviour.failures.clear()
    again = await bench.reopen(opened)
    assert (await bench.page(again, 99, 1)).count == 1


async def test_an_error_of_our_own_while_indexing_is_told_as_internal(bench: Bench) -> None:
    """Nothing dies silently."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 10
    bench.loader.behaviour.failures["advance"] = ZeroDivisionError()
    await bench.open(bench.file())
    assert (await bench.events.wait(DidFail)).kind == "internal"


async def test_a_plugin_that_never_reads_on_is_given_up(bench: Bench) -> None:
    """It would keep a core busy for ever."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 0
    await bench.open(bench.file())
    told = await bench.events.wait(DidFail)
    assert "does not read on" in told.message


async def test_progress_is_told_in_moderation(bench: Bench) -> None:
    """A thousand steps in no time are one event."""
    bench.loader.rows = rows(1000)
    bench.loader.behaviour.rows_per_step = 1
    await bench.open(bench.file())
    await bench.events.wait(DidProgress, lambda event: event.progress.done)
    assert len(bench.source.steps) == 999
    assert len(bench.events.of(DidProgress)) < 100


async def test_a_source_that_cannot_close_does_not_keep_the_document(bench: Bench) -> None:
    """It is logged; the client gets its answer."""
    opened = await bench.open(bench.file())
    bench.loader.behaviour.failures["close"] = PluginTrapped("com.example.lines", "close", "x")
    await bench.close(opened)
    assert bench.documents.open_count == 0


async def test_what_was_found_in_the_very_moment_of_the_end_is_not_told(bench: Bench) -> None:
    """Diagnostics that come after those of a closed document were cleared would stay for ever."""
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        asked.set()
        await go_on.wait()

    bench.loader.behaviour.malformed_rows = frozenset({1})
    bench.loader.behaviour.before["problems"] = hold
    opened = await bench.open(bench.file())
    await asyncio.wait_for(asked.wait(), 10)
    go_on.set()
    await bench.close(opened)
    assert bench.events.all == []
