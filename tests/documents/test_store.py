"""Answers: first rows, pages, cells, problems, and the change from one reading to the next."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.documents.conftest import Bench, rows, settled
from thoth_ls.errors import (
    PluginInvalid,
    PluginRefused,
    UnknownDocument,
)
from thoth_ls.wire.documents import (
    CellParams,
    DidProgress,
    PageParams,
    ProblemsParams,
)


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


async def test_unknown_documents_are_named(bench: Bench) -> None:
    """After a restart of the server the client learns that it has to open again; a huge id is not echoed."""
    params = {"generation": 1, "start": 0, "count": 1}
    with pytest.raises(UnknownDocument, match="Open the file again") as caught:
        await bench.documents.page(PageParams(document_id="x" * 100_000, **params))
    assert len(str(caught.value)) < 200
