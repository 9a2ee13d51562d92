"""Rows of cells as trees, for plugins that tell nothing of nested values."""

import json
from typing import Any

import pytest

from thoth_ls.documents.cell_records import LONGEST_CELL, CellRecords
from thoth_ls.documents.texts import part
from thoth_ls.documents.tree import DecodedTree
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.documents import CellText, Column

LONG = '{"deep": ["' + "x" * 2000 + '", 7]}'


class Table:
    """Rows in memory; a cell longer than 1,000 characters is cut, as a page has it."""

    plugin_id = "a.b"

    def __init__(self, *rows: list[Any]) -> None:
        self.rows = rows
        self.parts: list[tuple[int, int]] = []

    async def page(self, start: int, count: int) -> str:
        """The rows with what is long cut."""
        shown = [[self._shown(cell) for cell in row] for row in self.rows[start : start + count]]
        return json.dumps(shown)

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        """A part of a cell, never more than 1,500 bytes at a time."""
        self.parts.append((record, column))
        return part(self.rows[record][column].encode(), start, min(count, 1_500))

    def _shown(self, cell: Any) -> Any:
        is_long = isinstance(cell, str) and len(cell) > 1_000
        return {"text": cell[:1000], "bytes": len(cell.encode())} if is_long else cell


def column(name: str, of: Any = "text", nulls: list[str] | None = None) -> Column:
    """A column."""
    return Column(name=name, type=of, nulls=nulls or [])


def tree(table: Table, *columns: Column) -> DecodedTree:
    """The rows as a tree."""
    records = CellRecords(table)
    records.columns = columns
    return DecodedTree(records, records)


async def children(of: DecodedTree, record: int, path: list[str | int]) -> list[dict[str, Any]]:
    """All children, decoded."""
    found: list[dict[str, Any]] = json.loads((await of.children(record, path, 0, 1000)).children)
    return found


async def test_a_record_is_an_object_of_its_columns() -> None:
    """Cells are what the type of their column says where their text is such a value, otherwise text."""
    columns = (column("id", "integer", ["NA"]), column("on", "boolean"), column("id", "text"))
    over = tree(Table(["007", "true", "x", "more"], ["-1.50", "maybe", ""], ["NA"]), *columns)
    shown = await children(over, 0, [])
    assert [(item["key"], item["kind"], item["preview"], item["duplicate"]) for item in shown] == [
        ("id", "string", "007", False),
        ("on", "boolean", "true", False),
        ("id", "string", "x", True),
        ("4", "string", "more", False),
    ]
    assert [item["kind"] for item in await children(over, 1, [])] == ["number", "string", "string"]
    assert [item["kind"] for item in await children(over, 2, [])] == ["null"]
    assert (await over.text(1, [], decoded=False, start=0, count=100)).text == '{"id":-1.50,"on":"maybe","id":""}'


async def test_records_are_summaries_with_their_numbers() -> None:
    """A window of them, fewer at the end."""
    over = tree(Table(["a"], ["b", "c"]), column("x"), column("y"))
    shown = json.loads(await over.roots(1, 10))
    assert [(item["index"], item["kind"], item["count"], item["preview"]) for item in shown] == [
        (1, "object", 2, '{"x":"b","y":"c"}')
    ]
    assert (await over.value(1, [])).value.index == 1


async def test_a_window_of_children_knows_what_came_before_it() -> None:
    """Positions go on, and a name seen before the window is a duplicate in it."""
    over = tree(Table(["1", "2", "3"]), column("n"), column("m"), column("n"))
    found = await over.children(0, [], 2, 5)
    assert found.count == 3
    assert [(item["index"], item["duplicate"]) for item in json.loads(found.children)] == [(2, True)]


async def test_long_cells_are_fetched_only_when_their_whole_is_needed() -> None:
    """A preview does with the beginning; JSON of a record, and what is inside of a cell, do not."""
    table = Table([LONG, "b"])
    over = tree(table, column("doc", "json"), column("x"))
    (shown, _) = await children(over, 0, [])
    assert shown["bytes"] == len(LONG)
    assert table.parts == []
    assert json.loads((await over.text(0, [], decoded=False, start=0, count=10_000)).text)["doc"] == LONG
    assert table.parts == [(0, 0), (0, 0)]
    piece = await over.text(0, ["doc"], decoded=True, start=2, count=4)
    assert piece == CellText(text="deep", size_bytes=len(LONG), next=6)


async def test_json_in_a_cell_has_children_of_its_own() -> None:
    """A column of JSON is looked into, cut or not."""
    over = tree(Table(['{"a": [1, 2.50]}']), column("doc", "json"))
    assert [item["preview"] for item in await children(over, 0, ["doc", "a"])] == ["1", "2.50"]


async def test_cells_that_are_marked_as_objects_are_looked_into_even_if_cut() -> None:
    """Their kind is known before their whole text is."""

    class Marked(Table):
        async def page(self, start: int, count: int) -> str:
            cell = {"text": LONG[:1000], "bytes": len(LONG), "kind": "object", "count": 1}
            return json.dumps([[cell]])

    over = tree(Marked([LONG]), column("doc"))
    (shown,) = await children(over, 0, [])
    assert (shown["kind"], shown["count"], shown["bytes"]) == ("object", 1, len(LONG))
    assert [item["kind"] for item in await children(over, 0, ["doc", "deep"])] == ["string", "number"]
    assert (await over.value(0, ["doc", "deep", 1])).value.preview == "7"


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ([LONGEST_CELL + 1], "16 MiB in one cell are too much to be put together; its text can be read part by part"),
        ([LONGEST_CELL] * 3, "48 MiB are too much to be put together; its values can be read one by one"),
    ],
)
async def test_what_is_too_long_is_not_put_together(sizes: list[int], said: str) -> None:
    """Memory stays bounded; the sentence says what can be done instead."""

    class Huge(Table):
        async def page(self, start: int, count: int) -> str:
            return json.dumps([[{"text": "x", "bytes": size} for size in sizes]])

    with pytest.raises(PluginRefused, match=said):
        await tree(Huge(), column("x")).text(0, [], decoded=False, start=0, count=10)


@pytest.mark.parametrize(
    ("record", "path", "said"),
    [
        (0, ["y"], "record 1: the record has no member 'y'"),
        (0, ["x"], "record 1: the value has no children: its kind is string"),
        (5, [], "there is no record 6"),
    ],
)
async def test_what_is_not_there_is_refused_with_a_sentence(record: int, path: list[str | int], said: str) -> None:
    """People read it."""
    with pytest.raises(PluginRefused, match=said):
        await tree(Table(["a"]), column("x")).children(record, path, 0, 10)


async def test_places_in_the_file_are_not_known() -> None:
    """Which is no error."""
    assert (await tree(Table(["a"]), column("x")).locate(0)).record is None
