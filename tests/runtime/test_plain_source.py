"""Files read through `file-loader` alone."""

import json
from typing import Any

import pytest

from tests.runtime.fake_instance import FILE, FakeInstance, attached
from thoth_ls.documents.source import Query
from thoth_ls.errors import PluginInvalid, PluginRefused
from thoth_ls.runtime.plain_records import CELL_BYTES
from thoth_ls.runtime.plain_source import STEP_RECORDS, PlainSource
from thoth_ls.wire.documents import CellText, Progress


class Plugin:
    """A plugin with these records, given as JSON text."""

    def __init__(self, *records: Any, headers: list[str] | None = None, viewer: bool = False) -> None:
        self.texts = [record if isinstance(record, str) else json.dumps(record) for record in records]
        self.instance = FakeInstance(
            {
                "file-loader.open": lambda path: len(self.texts),
                "file-loader.get": lambda index: self.texts[index],
                "file-loader.get-range": lambda start, count: self.texts[start : start + count],
                "file-viewer.column-headers": lambda: headers,
                "file-viewer.preferred-display": lambda: "table",
            }
        )
        exports = frozenset({"file-loader", "file-viewer"} if viewer else {"file-loader"})
        self.source = attached(PlainSource(FILE, exports), self.instance)

    async def table(self) -> tuple[list[str], list[Any]]:
        """Column names and all rows."""
        await self.source.open({})
        names = [column.name for column in (await self.source.describe()).columns]
        return names, json.loads(await self.source.page(0, 10_000))


async def test_a_file_is_complete_once_opened() -> None:
    """There is nothing to read on, and no options to be told."""
    plugin = Plugin({"a": "1"}, {"a": "2"})
    whole = Progress(records=2, bytes_done=77, bytes_total=77, done=True)
    assert await plugin.source.open({}) == whole
    assert await plugin.source.advance(100) == whole
    assert await plugin.source.problems(0, 10) == ([], 0)
    with pytest.raises(PluginRefused, match="cannot be told how to read a file \\(option 'delimiter'\\)"):
        await plugin.source.open({"delimiter": ";"})


async def test_columns_are_the_keys_in_the_order_they_appear() -> None:
    """A key that comes later is a later column; cells that are not there are missing, which empty ones are not."""
    names, rows = await Plugin({"b": "1", "a": "2"}, {"c": "3"}, {"b": ""}, {}).table()
    assert names == ["b", "a", "c"]
    assert rows == [["1", "2"], [None, None, "3"], [""], []]


async def test_headers_of_the_plugin_go_first() -> None:
    """They decide order and names; keys beyond them come after the columns."""
    names, rows = await Plugin({"x": "1", "y": "2"}, headers=["y"], viewer=True).table()
    assert names == ["y"]
    assert rows == [["2", "1"]]
    assert (await Plugin({"x": "1"}, headers=None, viewer=True).table())[0] == ["x"]


async def test_values_are_shown_as_they_were_written() -> None:
    """Numbers keep their digits, nested values are JSON, and every cell that is no string says what it is."""
    record = '{"i": 12345678901234567890, "f": 1.10, "t": true, "n": null, "s": "", "o": {"a": [1, 2.50, null]}}'
    plugin = Plugin(record)
    _, rows = await plugin.table()
    assert rows == [
        [
            {"text": "12345678901234567890", "kind": "number"},
            {"text": "1.10", "kind": "number"},
            {"text": "true", "kind": "boolean"},
            {"text": "null", "kind": "null"},
            "",
            {"text": '{"a":[1,2.50,null]}', "kind": "object", "count": 1},
        ]
    ]
    described = await plugin.source.describe()
    assert described.columns[0].nulls == []
    assert described.nested


async def test_records_need_not_be_objects() -> None:
    """Arrays are rows, anything else is a row of one cell."""
    names, rows = await Plugin(["a", "b"], "5", '"text"').table()
    assert names == ["Column 1", "Column 2"]
    assert rows == [["a", "b"], [{"text": "5", "kind": "number"}], ["text"]]


async def test_of_members_with_the_same_name_the_first_is_the_cell() -> None:
    """As a path by name leads to the first."""
    names, rows = await Plugin('{"a": "1", "a": "2", "b": "3"}').table()
    assert names == ["a", "b"]
    assert rows == [["1", "3"]]


async def test_long_cells_are_cut_between_characters() -> None:
    """A page holds the beginning; the rest is read in parts, each of whole characters."""
    text = "ä" * 1000
    plugin = Plugin({"a": text, "b": "y" * CELL_BYTES})
    _, rows = await plugin.table()
    assert rows == [[{"text": "ä" * (CELL_BYTES // 2), "bytes": 2000}, "y" * CELL_BYTES]]
    assert await plugin.source.cell(0, 0, 0, 5) == CellText(text="ää", size_bytes=2000, next=4)
    assert await plugin.source.cell(0, 0, 1996, 100) == CellText(text="ää", size_bytes=2000, next=None)
    with pytest.raises(PluginRefused, match="record 1 has no cell 3"):
        await plugin.source.cell(0, 2, 0, 5)


async def test_half_a_character_does_no_harm() -> None:
    """JSON can say what no encoding can: it stays the escape it was."""
    plugin = Plugin('{"a": "\\ud800x"}')
    await plugin.source.open({})
    assert await plugin.source.page(0, 1) == '[["\\ud800x"]]'
    assert (await plugin.source.cell(0, 0, 0, 100)).text == "?x"


async def test_searching_is_done_here_in_steps() -> None:
    """In the background, a bounded number of records at a time."""
    plugin = Plugin(*({"a": f"Row {n}", "b": "x"} for n in range(STEP_RECORDS + 10)))
    await plugin.source.open({})
    step = await plugin.source.find(Query("ROW 5", match_case=False, whole_cell=True), 0, 1)
    assert (list(step.matches), step.next_record, step.done) == ([(5, 0)], STEP_RECORDS, False)
    step = await plugin.source.find(Query("x", match_case=True, whole_cell=False), step.next_record, 10**9)
    assert (len(step.matches), step.next_record, step.done) == (10, STEP_RECORDS + 10, True)
    assert plugin.instance.background == {"get-range"}


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, '{"a": }'])
async def test_records_that_are_no_json_are_refused(text: str) -> None:
    """The error says what was wrong with them."""
    plugin = Plugin(text)
    with pytest.raises(PluginInvalid, match=r"file-loader\.get-range returned a record that is not JSON"):
        await plugin.source.open({})


async def test_more_records_than_asked_for_are_refused() -> None:
    """They would be shown in the wrong place."""
    plugin = Plugin({"a": 1}, {"a": 2})
    await plugin.source.open({})
    plugin.instance.functions["file-loader.get-range"] = lambda start, count: plugin.texts
    with pytest.raises(PluginInvalid, match="returned 2 records where 1 were asked for"):
        await plugin.source.page(0, 1)


async def test_a_fresh_guest_opens_the_file_again() -> None:
    """If it had been opened before."""
    plugin = Plugin({"a": 1})
    plugin.source.restore(plugin.instance.now)
    assert plugin.instance.calls == []
    await plugin.source.open({})
    plugin.source.restore(plugin.instance.now)
    assert plugin.instance.calls[-1] == ("open", "/data/x.csv")


async def test_records_are_trees_that_have_lost_nothing() -> None:
    """Members of the same name, digits and half a character are all there; what is inside is found by path."""
    plugin = Plugin('{"a": 1.10, "a": [{"b": "\\udc00"}, null]}', "7")
    await plugin.source.open({})
    tree = plugin.source.tree
    assert [item["preview"] for item in json.loads(await tree.roots(0, 5))] == [
        '{"a":1.10,"a":[{"b":"\\udc00"},null]}',
        "7",
    ]
    children = await tree.children(0, [], 0, 10)
    assert (children.kind, children.count) == ("object", 2)
    shown = json.loads(children.children)
    assert [(item["key"], item["kind"], item["preview"], item["duplicate"]) for item in shown] == [
        ("a", "number", "1.10", False),
        ("a", "array", '[{"b":"\\udc00"},null]', True),
    ]
    found = await tree.value(0, [1, 0, "b"])
    assert (found.positions, found.keys, found.value.kind) == ([1, 0, 0], ["a", 0, "b"], "string")
    assert (await tree.text(0, [1], decoded=False, start=0, count=100)).text == '[{"b":"\\udc00"},null]'
    assert (await tree.text(0, [1, 0, "b"], decoded=True, start=0, count=100)).text == "\ufffd"
    with pytest.raises(PluginRefused, match="record 2: the value has no children: its kind is number"):
        await tree.children(1, [], 0, 10)
    with pytest.raises(PluginRefused, match="there is no record 3"):
        await tree.value(2, [])


async def test_another_open_forgets_the_record_looked_into() -> None:
    """What is told belongs to the file as it is read now."""
    plugin = Plugin({"a": 1})
    await plugin.source.open({})
    assert (await plugin.source.tree.value(0, ["a"])).value.preview == "1"
    plugin.texts[0] = '{"a": 2}'
    await plugin.source.open({})
    assert (await plugin.source.tree.value(0, ["a"])).value.preview == "2"
