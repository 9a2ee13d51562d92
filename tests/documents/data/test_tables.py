"""Tables that were handed over, as documents."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from tests.documents.conftest import Bench, settled_later
from thoth_ls.documents.data.places import Place
from thoth_ls.documents.data.rows import pack
from thoth_ls.documents.data.table import Table
from thoth_ls.documents.store import Documents
from thoth_ls.errors import FileUnreadable, PluginRefused, UnknownDocument
from thoth_ls.wire.documents import (
    CellParams,
    Column,
    DidChange,
    DidProgress,
    OpenDocumentParams,
    OpenDocumentResult,
    ProblemsParams,
)
from thoth_ls.wire.searches import DidSearch, SearchParams
from thoth_ls.wire.trees import ChildrenParams, ValueParams
from thoth_ls.wire.views import FileTextParams, LoadersParams

OWNER = "com.example.explorer"


def column(name: str, kind: Any = "text") -> Column:
    """A column."""
    return Column(name=name, type=kind, nulls=[] if kind == "text" else [""])


def table_of(rows: Sequence[Sequence[str]], columns: Sequence[Column] = (column("n", "integer"), column("s"))) -> Table:
    """A table of a plugin."""
    table = Table("Result", OWNER, "Explorer")
    table.replace(columns, pack(rows, len(columns)))
    return table


def numbered(start: int, end: int) -> list[list[str]]:
    """Rows that tell where they stand."""
    return [[str(number), f"row {number}"] for number in range(start, end)]


async def opened_from(documents: Documents, place: Place, **more: Any) -> OpenDocumentResult:
    """Opens what was handed over."""
    return await documents.open(OpenDocumentParams(uri=place.uri, **more))


async def handed(bench: Bench, table: Table) -> OpenDocumentResult:
    """Hands a table over and opens it."""
    return await opened_from(bench.documents, bench.documents.places.hand_over("Result", OWNER, table=table))


async def test_a_table_opens_with_its_columns_and_first_rows(bench: Bench) -> None:
    """Like a file that was read to its end; the answer says whose it is."""
    opened = await handed(bench, table_of(numbered(0, 2_500)))
    assert [item.type for item in opened.columns] == ["integer", "text"]
    assert opened.progress.records == 2_500
    assert opened.progress.done
    assert (opened.plugin_id, opened.plugin_name, opened.display) == (OWNER, "Explorer", "table")
    assert json.loads(opened.first_page.rows) == numbered(0, 100)
    page = await bench.page(opened, 990, 1_020)
    assert json.loads(page.rows) == numbered(990, 2_010)
    assert (await bench.page(opened, 2_499, 10)).count == 1


async def test_long_cells_come_in_parts(bench: Bench) -> None:
    """A page holds the beginning of a text longer than 1,024 bytes, and how long it is."""
    long = "é" * 3_000
    opened = await handed(bench, table_of([["1", "short"], ["2", long], ["3", "y" * 1_024]]))
    rows = json.loads(opened.first_page.rows)
    assert rows[1][1] == {"text": "é" * 512, "bytes": 6_000}
    assert rows[2][1] == "y" * 1_024
    where = {"document_id": opened.document_id, "generation": opened.generation, "row": 1, "column": 1}
    first = await bench.documents.cell(CellParams(**where, count=4_001))
    assert (first.text, first.size_bytes, first.next) == ("é" * 2_000, 6_000, 4_000)
    assert (await bench.documents.cell(CellParams(**where, start=4_000))).text == "é" * 1_000
    with pytest.raises(PluginRefused, match="row 2 has no cell 8"):
        await bench.documents.cell(CellParams(**{**where, "column": 7}))


async def test_cells_are_found_and_searched(bench: Bench) -> None:
    """Both searches, whatever the case, also behind what pages show of a text."""
    opened = await handed(bench, table_of([*numbered(0, 3_000), ["x", "z" * 2_000 + "NeedLe"]]))
    found = await bench.find(opened, "needle")
    assert found.total == 1
    found = await bench.find(opened, "row 299")
    assert found.total == 11
    where = {"document_id": opened.document_id, "generation": opened.generation, "search_id": "q"}
    result = await bench.documents.search(SearchParams(**where, query="needle"))
    assert (result.hits, result.records) == (1, 1)
    assert [item.record for event in bench.events.of(DidSearch) for item in event.records] == [3_000]


async def test_rows_are_trees_with_the_types_of_their_columns(bench: Bench) -> None:
    """Numbers are numbers, an empty cell of another type than text stands for no value."""
    columns = [column("n", "integer"), column("s"), column("j", "json")]
    opened = await handed(bench, table_of([["1", "", '{"a":[1]}'], ["", "b", ""]], columns))
    where = {"document_id": opened.document_id, "generation": opened.generation}
    roots = await bench.documents.trees.children(ChildrenParams(**where, record=None, path=[], start=0, count=5))
    assert roots.count == 2
    value = await bench.documents.trees.value(ValueParams(**where, record=0, path=["j", "a", 0]))
    assert value.value.kind == "number"
    assert (await bench.documents.trees.value(ValueParams(**where, record=1, path=["n"]))).value.kind == "null"


async def test_rows_of_another_length_are_kept_and_told_as_problems(bench: Bench) -> None:
    """Nothing of them is lost."""
    opened = await handed(bench, table_of([["1", "a"], ["2"], ["3", "c", "d", "e"], []]))
    assert json.loads(opened.first_page.rows) == [["1", "a"], ["2"], ["3", "c", "d", "e"], []]
    where = {"document_id": opened.document_id, "generation": opened.generation}
    problems = await bench.documents.problems(ProblemsParams(**where, start=1, count=10))
    assert problems.total == 3
    assert [(item.record, item.message) for item in problems.problems] == [
        (2, "4 cells where there are 2 columns"),
        (3, "0 cells where there are 2 columns"),
    ]
    assert bench.events.malformed_calls == []


async def test_added_rows_are_seen_as_growth(bench: Bench) -> None:
    """In the same generation; rows can be asked for as soon as they have been told."""
    table = table_of(numbered(0, 10))
    opened = await handed(bench, table)
    table.append(numbered(10, 1_500), 50_000)
    event = await bench.events.wait(DidProgress, lambda event: event.progress.records == 1_500)
    assert event.progress.done
    assert json.loads((await bench.page(opened, 1_490, 100)).rows) == numbered(1_490, 1_500)
    for number in range(1_500, 1_600):
        table.append(numbered(number, number + 1), 50_000)
    await bench.events.wait(DidProgress, lambda event: event.progress.records == 1_600)
    assert len(bench.events.of(DidProgress)) < 10  # not one for each
    assert json.loads((await bench.page(opened, 0, 2_000)).rows) == numbered(0, 1_600)
    assert bench.events.of(DidChange) == []


@pytest.mark.parametrize("how", ["replace", "trim"])
async def test_other_rows_are_told_once_and_those_shown_stay_until_they_are_read_anew(bench: Bench, how: str) -> None:
    """Whoever scrolls meanwhile sees what they saw."""
    table = table_of(numbered(0, 10))
    opened = await handed(bench, table)
    if how == "replace":
        table.replace([column("other")], pack([["x"]], 1))
    else:
        table.append(numbered(10, 20), 12)
        table.append(numbered(20, 30), 12)
    change = await bench.events.wait(DidChange)
    assert (change.change, change.generation) == ("reloaded", 1)
    assert json.loads((await bench.page(opened, 0, 100)).rows) == numbered(0, 10)
    again = await bench.reopen(opened, first_row=5, first_rows=100)
    assert again.generation == 2
    if how == "replace":
        assert [item.name for item in again.columns] == ["other"]
        assert (again.first_page.start, json.loads(again.first_page.rows)) == (0, [["x"]])
    else:
        assert json.loads(again.first_page.rows) == numbered(23, 30)
    assert len(bench.events.of(DidChange)) == 1
    with pytest.raises(UnknownDocument):
        await bench.page(opened, 0, 1)


async def test_what_no_table_has_is_refused_with_a_reason(bench: Bench) -> None:
    """Raw text, options, another plugin; no plugin is offered for it."""
    table = table_of(numbered(0, 3))
    place = bench.documents.places.hand_over("Result", OWNER, table=table)
    opened = await opened_from(bench.documents, place)
    where = {"document_id": opened.document_id, "generation": opened.generation}
    with pytest.raises(FileUnreadable, match="no file"):
        await bench.documents.file_text(FileTextParams(**where, offset=0, before=0, after=10))
    with pytest.raises(PluginRefused, match="another way"):
        await opened_from(bench.documents, place, options={"delimiter": ";"})
    with pytest.raises(PluginRefused, match="no other plugin"):
        await opened_from(bench.documents, place, plugin_id="com.example.lines")
    assert (await bench.documents.loaders(LoadersParams(uri=place.uri))).loaders == []


async def test_an_open_document_outlives_the_withdrawal_of_its_table(bench: Bench) -> None:
    """A person may go on reading; nobody opens it anew."""
    gone: list[str] = []
    place = bench.documents.places.hand_over(
        "Result", OWNER, table=table_of(numbered(0, 3)), discard=lambda: gone.append("table")
    )
    opened = await opened_from(bench.documents, place)
    bench.documents.places.withdraw(place)
    bench.documents.places.withdraw(place)
    with pytest.raises(FileUnreadable, match="panel"):
        await opened_from(bench.documents, place)
    assert (await bench.page(opened, 0, 3)).count == 3
    assert (await bench.reopen(opened)).progress.records == 3
    assert gone == []
    await bench.close(opened)
    assert gone == ["table"]


async def test_nothing_listens_to_a_table_whose_document_was_closed(bench: Bench) -> None:
    """However often one is opened."""
    table = table_of(numbered(0, 3))
    for _ in range(3):
        opened = await handed(bench, table)
        await settled_later(lambda: len(table._news) == 1)
        await bench.close(opened)
        await settled_later(lambda: not table._news)


@pytest.mark.parametrize(
    "uri",
    [
        "thoth-data:",
        "thoth-data:/",
        "thoth-data:/0/x",
        "thoth-data:/../../etc/passwd",
        "THOTH-DATA:/ab",
        "thoth-data:/zz/",
    ],
)
async def test_guessed_addresses_lead_nowhere(bench: Bench, uri: str) -> None:
    """Nor do those of files become readable by this way."""
    bench.documents.places.hand_over("Result", OWNER, table=table_of([]))
    with pytest.raises(FileUnreadable, match="panel"):
        await bench.documents.open(OpenDocumentParams(uri=uri))


async def test_tokens_are_long_and_all_different(bench: Bench) -> None:
    """128 bits each."""
    places = [bench.documents.places.hand_over("a/b c", OWNER, table=table_of([])) for _ in range(100)]
    tokens = {place.uri.split("/")[1] for place in places}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {32}
    assert places[0].uri.endswith("/a%2Fb%20c")


async def test_a_search_that_runs_does_not_mind_rows_that_are_added(bench: Bench) -> None:
    """What is found is where it was said to be."""
    table = table_of(numbered(0, 20_000))
    opened = await handed(bench, table)
    searching = asyncio.create_task(bench.find(opened, "row 19999"))
    for number in range(20_000, 20_300):
        table.append(numbered(number, number + 1), 50_000)
        await asyncio.sleep(0)
    assert (await searching).total == 1
