"""Opening, paging, reloading and closing."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest

from tests.documents.conftest import Bench, rows, settled
from thoth_ls.errors import (
    Cancelled,
    FileUnreadable,
    NoLoader,
    PluginInvalid,
    PluginNotFound,
    PluginRefused,
    PluginTrapped,
    UnknownDocument,
)
from thoth_ls.wire.documents import CellParams, CloseParams, DidFail, DidProgress, OpenDocumentParams, ProblemsParams


async def test_an_open_file_answers_with_its_first_rows(bench: Bench) -> None:
    """The answer to open holds all a grid needs to be drawn."""
    path = bench.file()
    opened = await bench.open(path)
    assert (opened.generation, opened.plugin_name, opened.size_bytes) == (1, "Lines", 12)
    assert json.loads(opened.first_page.rows) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert opened.first_page.count == 3
    assert opened.notes == ["a note of the plugin"]
    assert opened.progress.done


async def test_the_end_of_indexing_is_always_told(bench: Bench) -> None:
    """Also of a file that `open` read to its end: its problems are not in the answer."""
    bench.loader.behaviour.malformed_rows = frozenset({1})
    path = bench.file()
    opened = await bench.open(path)
    told = await bench.events.wait(DidProgress, lambda event: event.progress.done)
    assert (told.document_id, told.generation, told.problems) == (opened.document_id, 1, 1)
    await settled(lambda: bool(bench.events.malformed_calls))
    uri, problems, total = bench.events.malformed_calls[-1]
    assert (uri, [problem.record for problem in problems], total) == (path.as_uri(), [1], 1)


async def test_published_problems_are_capped_and_their_number_is_not(bench: Bench) -> None:
    """A file that is wrong everywhere must not flood the editor."""
    bench.documents.problem_limit = 5
    bench.loader.rows = rows(50)
    bench.loader.behaviour.malformed_rows = frozenset(range(50))
    await bench.open(bench.file())
    await bench.events.wait(DidProgress, lambda event: event.progress.done)
    await settled(lambda: bool(bench.events.malformed_calls))
    _, problems, total = bench.events.malformed_calls[-1]
    assert (len(problems), total) == (5, 50)


async def test_closing_takes_published_problems_back(bench: Bench) -> None:
    """What another open document of the same file published stays."""
    bench.loader.behaviour.malformed_rows = frozenset({1})
    path = bench.file()
    first, second = await bench.open(path), await bench.open(path)
    await settled(lambda: len(bench.events.malformed_calls) == 2)
    await bench.close(first)
    assert bench.events.malformed_calls[-1][2] == 1
    await bench.close(second)
    assert bench.events.malformed_calls[-1] == (path.as_uri(), [], 0)


async def test_pages_are_joined_where_the_source_returns_fewer_rows(bench: Bench) -> None:
    """The cap of a plugin's answer is not the client's concern."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    bench.loader.behaviour.page_cap = 7
    page = await bench.page(opened, 10, 50)
    assert page.count == 50
    assert json.loads(page.rows) == rows(100)[10:60]


async def test_a_page_ends_with_the_file(bench: Bench) -> None:
    """Fewer rows than asked for, none after the end, and no rows when none are asked for."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    assert (await bench.page(opened, 95, 50)).count == 5
    beyond = await bench.page(opened, 2**53 - 1, 10_000)
    assert (beyond.count, beyond.rows) == (0, "[]")
    assert (await bench.page(opened, 5, 0)).rows == "[]"


async def test_a_page_beyond_the_frontier_waits_for_it(bench: Bench) -> None:
    """Jumping ahead of the indexer answers when it has come there, not with nothing."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    opened = await bench.open(bench.file())
    waiting = asyncio.create_task(bench.page(opened, 75, 5))
    assert (await bench.page(opened, 5, 20)).count == 5
    assert not waiting.done()
    behaviour.gate.set()
    page = await waiting
    assert json.loads(page.rows) == rows(100)[75:80]


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


async def test_rows_that_are_not_json_are_the_plugins_fault(bench: Bench) -> None:
    """No client has to parse what a plugin made up."""
    opened = await bench.open(bench.file())
    for text in ("", "{}", "[1", "[NaN]", "[" * 100_000, "[[],[],[]]"):
        bench.loader.behaviour.page_text = text
        with pytest.raises(PluginInvalid, match=r"com\.example\.lines"):
            await bench.page(opened, 0, 2)


async def test_a_cell_is_read_in_parts(bench: Bench) -> None:
    """The whole of a long cell is had by asking on from `next`."""
    opened = await bench.open(bench.file(content="größer,b\n".encode()))
    ref = {"document_id": opened.document_id, "generation": 1, "row": 0, "column": 0}
    first = await bench.documents.cell(CellParams(**ref, start=0, count=4))
    assert (first.text, first.size_bytes, first.next) == ("grö", 8, 4)
    rest = await bench.documents.cell(CellParams(**ref, start=4, count=100))
    assert (rest.text, rest.next) == ("ßer", None)


async def test_problems_say_whether_the_file_has_been_read(bench: Bench) -> None:
    """None found means something else before the end."""
    bench.loader.behaviour.malformed_rows = frozenset(range(3))
    opened = await bench.open(bench.file())
    params = ProblemsParams(document_id=opened.document_id, generation=1, start=1, count=1)
    result = await bench.documents.problems(params)
    assert ([problem.record for problem in result.problems], result.total, result.complete) == ([1], 3, True)


async def test_reopening_makes_a_new_generation_and_ends_the_old(bench: Bench) -> None:
    """Rows of different readings cannot be mixed up."""
    bench.loader.rows = rows(100)
    opened = await bench.open(bench.file())
    old = bench.source
    again = await bench.reopen(opened, options={"delimiter": ";"}, first_row=40, first_rows=2)
    assert (again.document_id, again.generation) == (opened.document_id, 2)
    assert json.loads(again.first_page.rows) == rows(100)[40:42]
    assert bench.source.options["delimiter"] == ";"
    with pytest.raises(UnknownDocument, match="generation 1 is gone"):
        await bench.page(opened, 0, 1)
    await settled(lambda: old.closed)


async def test_reopening_at_a_row_that_is_gone_shows_the_end(bench: Bench) -> None:
    """A file that became shorter does not come back empty."""
    bench.loader.rows = rows(10)
    opened = await bench.open(bench.file())
    again = await bench.reopen(opened, first_row=50, first_rows=4)
    assert (again.first_page.start, again.first_page.count) == (6, 4)


async def test_a_failed_reopen_leaves_the_old_reading(bench: Bench) -> None:
    """A wrong option costs an error message, not the view."""
    opened = await bench.open(bench.file())
    bench.loader.behaviour.failures["open"] = PluginRefused("com.example.lines", "no such option: x")
    with pytest.raises(PluginRefused, match="no such option"):
        await bench.reopen(opened, options={"x": "y"})
    assert (await bench.page(opened, 0, 3)).count == 3


async def test_a_later_reopen_takes_the_place_of_one_under_way(bench: Bench) -> None:
    """Choosing twice in a row waits for the second choice only."""
    opened = await bench.open(bench.file())
    never = asyncio.Event()
    bench.loader.behaviour.before["open"] = never.wait
    first = asyncio.create_task(bench.reopen(opened))
    await settled_soon(lambda: len(bench.loader.sources) == 2)
    del bench.loader.behaviour.before["open"]
    second = await bench.reopen(opened)
    with pytest.raises(Cancelled):
        await first
    assert second.generation == 2


async def settled_soon(condition: object) -> None:
    """Like `settled`, for what needs a thread to answer."""
    async with asyncio.timeout(10):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0.001)


async def test_documents_of_the_same_file_are_independent(bench: Bench) -> None:
    """Two views of one file, closed one after the other."""
    path = bench.file()
    first, second = await bench.open(path), await bench.open(path)
    assert first.document_id != second.document_id
    await bench.close(first)
    with pytest.raises(UnknownDocument):
        await bench.page(first, 0, 1)
    assert (await bench.page(second, 0, 1)).count == 1
    assert bench.documents.open_count == 1


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
    await settled_soon(lambda: len(bench.loader.sources) == 2)
    await bench.close(opened)
    with pytest.raises(Cancelled):
        await reopening


async def test_shutting_down_during_an_open_leaves_nothing(bench: Bench) -> None:
    """And nothing opens after that."""
    bench.loader.behaviour.before["open"] = asyncio.Event().wait
    opening = asyncio.create_task(bench.open(bench.file()))
    await settled_soon(lambda: len(bench.loader.sources) == 1)
    await bench.documents.close_all()
    with pytest.raises(Cancelled):
        await opening
    with pytest.raises(Cancelled, match="shutting down"):
        await bench.open(bench.file())


async def test_cancelling_an_open_closes_its_source(bench: Bench) -> None:
    """Whenever the caller withdraws; the fixture checks that the sources are closed."""
    bench.loader.behaviour.before["describe"] = asyncio.Event().wait
    opening = asyncio.create_task(bench.open(bench.file()))
    await settled_soon(lambda: bool(bench.loader.sources) and "describe" in bench.source.calls)
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
    try:
        await bench.close(await opening)
    except asyncio.CancelledError:
        pass
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


async def test_what_is_no_regular_file_is_refused(bench: Bench) -> None:
    """Nothing waits for a pipe, and the message says what it is."""
    folder = bench.folder / "folder.csv"
    folder.mkdir()
    pipe = bench.folder / "pipe.csv"
    os.mkfifo(pipe)
    cases = {
        folder: "it is a folder",
        pipe: "it is a pipe",
        Path("/dev/null"): "it is a device",
        bench.folder / "missing.csv": "no such file",
        bench.file() / "below.csv": "no such file",
        bench.folder / ("x" * 300): "too long",
    }
    for path, words in cases.items():
        with pytest.raises(FileUnreadable, match=words):
            await bench.open(path)
    assert bench.loader.sources == []


async def test_an_empty_file_has_no_rows(bench: Bench) -> None:
    """Zero bytes are a table without columns."""
    opened = await bench.open(bench.file(content=b""))
    assert (opened.columns, opened.first_page.rows, opened.progress.done) == ([], "[]", True)
    assert (await bench.page(opened, 0, 100)).count == 0


async def test_a_file_that_vanishes_before_the_plugin_reads_it_is_said_to_be_gone(bench: Bench) -> None:
    """Not "the plugin failed"."""
    path = bench.file()

    async def vanish() -> None:
        path.unlink()

    bench.loader.behaviour.before["open"] = vanish
    bench.loader.behaviour.failures["open"] = PluginRefused("com.example.lines", "cannot open")
    with pytest.raises(FileUnreadable, match="no such file"):
        await bench.open(path)


async def test_a_loader_that_fails_leaves_nothing(bench: Bench) -> None:
    """Neither does one that is not there."""
    bench.loader.failure = PluginRefused("com.example.lines", "no")
    with pytest.raises(PluginRefused):
        await bench.open(bench.file())
    with pytest.raises(NoLoader, match="x.parquet"):
        await bench.open(bench.file("x.parquet"))
    with pytest.raises(PluginNotFound):
        await bench.open(bench.file(), plugin_id="nobody")
    assert bench.documents.open_count == 0


async def test_a_source_that_cannot_close_does_not_keep_the_document(bench: Bench) -> None:
    """It is logged; the client gets its answer."""
    opened = await bench.open(bench.file())
    bench.loader.behaviour.failures["close"] = PluginTrapped("com.example.lines", "close", "x")
    await bench.close(opened)
    assert bench.documents.open_count == 0


async def test_unknown_documents_are_named(bench: Bench) -> None:
    """After a restart of the server the client learns that it has to open again; a huge id is not echoed."""
    params = {"generation": 1, "start": 0, "count": 1}
    from thoth_ls.wire.documents import PageParams

    with pytest.raises(UnknownDocument, match="Open the file again") as caught:
        await bench.documents.page(PageParams(document_id="x" * 100_000, **params))
    assert len(str(caught.value)) < 200


async def test_files_of_any_name_open(bench: Bench) -> None:
    """Spaces, percent signs, other scripts, and bytes that are no text at all."""
    for name in ("with space.csv", "100%.csv", "数据 #1?.csv", "ünïcode.csv"):
        opened = await bench.open(bench.file(name))
        assert opened.first_page.count == 3
    odd = os.fsencode(bench.folder) + b"/caf\xe9.csv"
    with open(odd, "wb") as file:
        file.write(b"a\n")
    opened = await bench.documents.open(OpenDocumentParams(uri=Path(os.fsdecode(odd)).as_uri()))
    assert opened.first_page.count == 1
