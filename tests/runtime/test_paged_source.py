"""Files read through `paged-loader`; whatever the plugin answers is checked."""

import json
from typing import Any

import pytest

from tests.runtime.fake_instance import FILE, FakeInstance, attached
from thoth_ls.documents.source import Query
from thoth_ls.errors import PluginError, PluginInvalid
from thoth_ls.runtime.guest_segments import STEP_BYTES
from thoth_ls.runtime.paged_source import PagedSource
from thoth_ls.wire.documents import CellText, Column, Problem, Progress

TOTAL = 100 << 20


def progress(done: int, **changes: Any) -> dict[str, Any]:
    """The record `progress` of the contract."""
    return {"records": done // 10, "bytes_done": done, "bytes_total": TOTAL, "done": done == TOTAL, **changes}


class Plugin:
    """A plugin with a file of 100 MiB."""

    def __init__(self) -> None:
        self.at = 0
        self.answers: dict[str, Any] = {
            "columns": {"columns": [{"name": "id", "type": "integer", "nulls": ["NA"]}]},
            "page": [["1", {"text": "x", "bytes": 2000}]],
            "node": {"kind": "text", "bytes": 9, "text": "abc", "next": 3},
            "find": {"matches": [[1, 2]], "next": 5, "bytes": 100, "done": False},
            "problems": {"total": 7, "problems": []},
        }
        functions: dict[str, Any] = {
            f"paged-loader.{name}": lambda *arguments, name=name: self.answer(name) for name in self.answers
        }
        functions["paged-loader.open"] = self.open
        functions["paged-loader.advance"] = self.advance
        self.instance = FakeInstance(functions)
        self.source = attached(PagedSource(FILE), self.instance)

    def answer(self, name: str) -> Any:
        """What the plugin returns: text, made from a value where it is none."""
        value = self.answers[name]
        return value if isinstance(value, str) else json.dumps(value)

    def open(self, path: str, options: str) -> dict[str, Any]:
        """The beginning."""
        self.at = 1 << 20
        return progress(self.at)

    def advance(self, count: int) -> dict[str, Any]:
        """The next bytes."""
        self.at = min(TOTAL, self.at + count)
        return progress(self.at)


async def test_a_file_is_opened_read_and_searched() -> None:
    """Every answer arrives as the value the documents know."""
    plugin = Plugin()
    source = plugin.source
    opened = await source.open({"delimiter": ";"})
    assert opened == Progress(records=104857, bytes_done=1 << 20, bytes_total=TOTAL, done=False)
    assert plugin.instance.calls == [("open", "/data/x.csv", '{"delimiter": ";"}')]
    described = await source.describe()
    assert described.columns == [Column(name="id", type="integer", nulls=["NA"])]
    assert (await source.advance(1 << 20)).bytes_done == 2 << 20
    assert json.loads(await source.page(0, 1)) == [["1", {"text": "x", "bytes": 2000}]]
    assert await source.cell(3, 4, 0, 3) == CellText(text="abc", size_bytes=9, next=3)
    assert ("node", 3, "[4]", 0, 3) in plugin.instance.calls
    step = await source.find(Query("x", match_case=True, whole_cell=False), 0, 1000)
    assert (list(step.matches), step.next_record, step.bytes_read, step.done) == ([(1, 2)], 5, 100, False)
    plugin.answers["problems"]["problems"] = [{"record": 1, "line": 2, "offset": 3, "kind": "k", "message": "m"}]
    assert await source.problems(0, 10) == ([Problem(record=1, line=2, offset=3, kind="k", message="m")], 7)
    assert plugin.instance.background == {"advance", "find"}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("columns", "{"),
        ("columns", "[" * 100_000),
        ("columns", {"columns": [{"name": 3}]}),
        ("columns", {"columns": [{"name": "x"}] * 100_001}),
        ("columns", {"columns": [], "notes": ["x" * 10_001]}),
        ("page", {"rows": []}),
        ("page", [[1]]),
        ("page", [[{"text": "x"}]]),
        ("page", [["a"], ["b"]]),
        ("page", '[["a"'),
        ("page", '[[NaN]]'),
        ("node", {"kind": "object", "count": 1, "children": []}),
        ("node", {"kind": "text", "bytes": -1, "text": "", "next": None}),
        ("node", {"kind": "text", "bytes": 9, "text": "", "next": 0}),
        ("find", {"matches": [[1]], "next": 0, "bytes": 0, "done": True}),
        ("find", {"matches": [[1, 1]] * 100_001, "next": 0, "bytes": 0, "done": True}),
        ("find", {"matches": [], "next": 2**60, "bytes": 0, "done": True}),
        ("problems", {"total": 1, "problems": [{"record": "1"}]}),
    ],
)  # fmt: skip
async def test_an_answer_that_is_not_as_promised_is_refused(name: str, answer: Any) -> None:
    """The error names the function; nothing of the answer gets through."""
    plugin = Plugin()
    await plugin.source.open({})
    plugin.answers[name] = answer
    calls = {
        "columns": plugin.source.describe,
        "page": lambda: plugin.source.page(0, 1),
        "node": lambda: plugin.source.cell(0, 0, 0, 10),
        "find": lambda: plugin.source.find(Query("x", match_case=True, whole_cell=False), 0, 1),
        "problems": lambda: plugin.source.problems(0, 1),
    }
    with pytest.raises(PluginInvalid, match=rf"plugin a\.b: paged-loader\.{name} "):
        await calls[name]()


@pytest.mark.parametrize("odd", [{"records": -1}, {"records": 2**60}, {"bytes_done": TOTAL + 1}])
async def test_progress_that_makes_no_sense_is_refused(odd: dict[str, Any]) -> None:
    """Numbers that do not fit would reach the editor as something else."""
    plugin = Plugin()
    plugin.instance.functions["paged-loader.open"] = lambda path, options: progress(100, **odd)
    with pytest.raises(PluginInvalid, match=r"paged-loader\.open"):
        await plugin.source.open({})


async def test_what_a_later_version_adds_is_left_alone() -> None:
    """An unknown column type is text, unknown members are nobody's."""
    plugin = Plugin()
    plugin.answers["columns"] = {"columns": [{"name": "x", "type": "decimal", "width": 9}], "more": 1}
    assert (await plugin.source.describe()).columns == [Column(name="x", type="text", nulls=[])]


async def test_columns_say_where_their_cells_come_from_and_whether_more_may_come() -> None:
    """Names and positions; a display of a later version is a table."""
    plugin = Plugin()
    columns = [{"name": "a.b", "path": ["a", "b"]}, {"name": "[0]", "path": [0]}, {"name": "\ud800"}]
    plugin.answers["columns"] = {"columns": columns, "growing": True, "display": "tree"}
    described = await plugin.source.describe()
    assert [column.path for column in described.columns] == [["a", "b"], [0], None]
    assert described.columns[2].name == "\ud800"
    assert (described.growing, described.display, described.nested) == (True, "tree", False)
    plugin.answers["columns"] = {"columns": [], "display": "globe"}
    assert (await plugin.source.describe()).display == "table"


async def test_cells_of_every_kind_are_passed_on() -> None:
    """A kind that is none of the contract's is not."""
    plugin = Plugin()
    row = [None, {"text": "1", "kind": "number"}, {"text": "[", "kind": "array", "bytes": 2000, "count": 9}, "\ud800"]
    plugin.answers["page"] = [row]
    assert json.loads(await plugin.source.page(0, 1)) == [row]
    for odd in ({"text": "1", "kind": "integer"}, {"kind": "null"}, {"text": "[]", "kind": "array", "count": -1}):
        plugin.answers["page"] = [[odd]]
        with pytest.raises(PluginInvalid, match=r"paged-loader\.page"):
            await plugin.source.page(0, 1)


async def test_a_fresh_guest_is_brought_to_where_the_last_one_was() -> None:
    """The same options, and as far into the file, in steps that stay within the limits of a call."""
    plugin = Plugin()
    plugin.source.restore(plugin.instance.now)
    assert plugin.instance.calls == []
    await plugin.source.open({"header": "no"})
    await plugin.source.advance(70 << 20)
    plugin.instance.calls.clear()
    plugin.at = 0
    plugin.source.restore(plugin.instance.now)
    assert plugin.instance.calls == [
        ("open", "/data/x.csv", '{"header": "no"}'),
        ("advance", STEP_BYTES),
        ("advance", STEP_BYTES),
        ("advance", (70 << 20) - 2 * STEP_BYTES),
    ]


async def test_a_file_that_could_not_be_opened_is_not_restored() -> None:
    """Opening it again would fail again."""
    plugin = Plugin()
    await plugin.source.open({})
    plugin.instance.functions["paged-loader.open"] = lambda path, options: progress(1, records=-1)
    with pytest.raises(PluginInvalid):
        await plugin.source.open({"x": "y"})
    plugin.instance.calls.clear()
    plugin.source.restore(plugin.instance.now)
    assert plugin.instance.calls == []


async def test_a_plugin_that_does_not_get_on_does_not_hold_up_its_restoring() -> None:
    """Reading on without reading anything ends with an error instead of never."""
    plugin = Plugin()
    await plugin.source.open({})
    await plugin.source.advance(5 << 20)
    plugin.instance.functions["paged-loader.advance"] = lambda count: progress(1 << 20)
    with pytest.raises(PluginInvalid, match="does not get on"):
        plugin.source.restore(plugin.instance.now)


async def test_a_closed_source_says_so() -> None:
    """Closing twice is no error; reading afterwards is."""
    plugin = Plugin()
    await plugin.source.close()
    await plugin.source.close()
    assert plugin.instance.closed
    with pytest.raises(PluginError, match="the file has been closed"):
        await plugin.source.page(0, 1)
