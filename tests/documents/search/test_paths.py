"""JSONPath over records, whatever kind of plugin reads the file, small or too large for the library."""

from __future__ import annotations

import asyncio
import json
from typing import Any, ClassVar

import pytest

from tests.documents.conftest import settled
from tests.documents.search.bench import JsonLoader, SearchBench, cancelled, texts
from thoth_ls.documents.search import large, paths
from thoth_ls.documents.texts import part
from thoth_ls.documents.tree import Children
from thoth_ls.errors import QueryInvalid
from thoth_ls.wire.documents import CellText
from thoth_ls.wire.trees import Summary, ValueResult

PEOPLE = texts(
    {"name": "Ada", "born": 1815, "tags": ["math", "poetry"], "home": {"city": "London"}},
    {"name": "Bob", "born": 1900, "home": {"city": "Paris", "zip": "75001"}},
    {"name": "Cy", "friends": [{"name": "Ada"}, {"name": "Di", "home": {"city": "Rome"}}]},
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("$.name", [(0, "Ada"), (1, "Bob"), (2, "Cy")]),
        ("$.tags[*]", [(0, "math"), (0, "poetry")]),
        ("$..city", [(0, "London"), (1, "Paris"), (2, "Rome")]),
        ("$[?@.city == 'Paris']", [(1, '{"city":"Paris","zip":"75001"}')]),
        ("$.friends[?@.home].name", [(2, "Di")]),
        ("$.tags[-1]", [(0, "poetry")]),
        ("$.nothing", []),
        ("$[?@ > 1850]", [(1, "1900")]),
    ],
)
async def test_a_path_is_applied_to_every_record(
    records: SearchBench, query: str, expected: list[tuple[int, str]]
) -> None:
    """`$` is the record."""
    records.loader.texts = PEOPLE
    result = await records.search(query, mode="jsonpath")
    assert records.values() == expected
    assert (result.hits, result.next_record, result.notes) == (len(expected), None, [])


async def test_hits_have_positions_names_and_columns(records: SearchBench) -> None:
    """Of two members of one name it is the first; numbers are told as they are written."""
    records.loader.texts = ['{"a": [{"b": 1.50}], "a": 2, "c": 1E400}']
    records.loader.columns = ["c", "a"]
    await records.search("$..*", mode="jsonpath")
    hits = [(hit.path, hit.keys, hit.kind, hit.preview, hit.column) for hit in records.told()[0].hits]
    assert hits == [
        ([0], ["a"], "array", '[{"b":1.50}]', 1),
        ([2], ["c"], "number", "1E400", 0),
        ([0, 0], ["a", 0], "object", '{"b":1.50}', 1),
        ([0, 0, 0], ["a", 0, "b"], "number", "1.50", 1),
    ]


async def test_tables_are_objects_of_their_columns(table: SearchBench) -> None:
    """A row is an object; its hits stand in columns."""
    table.loader.rows = [["1", "x"], ["2", "y"]]
    await table.search("$.c1", mode="jsonpath")
    assert [(hit.keys, hit.column) for item in table.told() for hit in item.hits] == [(["c1"], 1), (["c1"], 1)]


async def test_names_may_be_spelled_with_escapes(records: SearchBench) -> None:
    """What leaves records out unparsed does not lose those."""
    records.loader.texts = ['{"n\\u0061me": 1}', '{"name": 2}', '{"mane": 3}', '{"a\\"b\\/": 4}']
    await records.search("$.name", mode="jsonpath")
    await records.search("$['a\"b/']", mode="jsonpath")
    assert records.values() == [(0, "1"), (1, "2"), (3, "4")]


async def test_a_bad_path_is_explained(records: SearchBench) -> None:
    """Before anything is read."""
    records.loader.texts = PEOPLE
    with pytest.raises(QueryInvalid, match=r"no JSONPath.*character 6"):
        await records.search("$.a[?", mode="jsonpath")
    assert "records" not in records.loader.sources[0].calls


async def test_records_that_are_no_json_are_said(plain: SearchBench) -> None:
    """And the others searched."""
    plain.loader.texts = ['{"a": 1}', '{"a": }', '{"a": 3}']
    result = await plain.search("$.a", mode="jsonpath")
    assert plain.values() == [(0, "1"), (2, "3")]
    assert result.notes == ["Record 2 is not valid JSON and was left out."]


@pytest.mark.parametrize("query", ["$..b", "$.a.a.a"])
async def test_records_as_deep_as_can_be_are_said(plain: SearchBench, query: str) -> None:
    """A hundred thousand levels are a sentence, not a crash."""
    deep = '{"a":' * 100_000 + '{"b":1}' + "}" * 100_000
    plain.loader.texts = ['{"b": 1}', deep, '{"b": 2}']
    result = await plain.search(query, mode="jsonpath")
    assert result.notes == ["Record 2 is nested too deeply for a JSONPath and was left out."]
    assert result.records == (2 if query == "$..b" else 0)


async def test_a_slow_expression_in_a_filter_is_said(records: SearchBench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is left."""
    monkeypatch.setattr("thoth_ls.documents.search.jsonpath.REGEX_SECONDS", 0.02)
    records.loader.texts = texts(["a" * 60 + "!"], ["aa"])
    result = await records.search("$[?search(@, '(a|aa)+$')]", mode="jsonpath")
    assert records.values() == [(1, "aa")]
    assert result.notes == ["Record 1: the regular expression took too long over a value, which was left."]


async def test_a_search_inside_a_slow_record_can_be_cancelled(plain: SearchBench) -> None:
    """A filter that walks everything for every value is left in the middle."""
    plain.loader.texts = texts([[number] for number in range(100_000)])
    await plain.open()
    searching = asyncio.create_task(plain.search("$[?count($..*) == 0]", mode="jsonpath"))
    await settled(lambda: "records" in plain.loader.sources[0].calls)
    await cancelled(searching)


class TestLargeRecords:
    """Records that the plugin does not hand out whole are walked through its tree."""

    RECORD: ClassVar[dict[str, Any]] = {
        "type": "all",
        "items": [
            {"n": number, "tags": ["even" if number % 2 == 0 else "odd", {"n": -number}]} for number in range(40)
        ],
        "more": {"items": [1, 2, 3], "x": None, "deep": {"n": {"n": 7}}},
        "n": 1.50,
    }

    @pytest.fixture(autouse=True)
    def small_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Large begins where it is easy to test."""
        monkeypatch.setattr(large, "SMALL", 60)
        monkeypatch.setattr(large, "WINDOW", 7)
        monkeypatch.setattr(paths, "LARGE", 500)

    @pytest.mark.parametrize(
        "query",
        [
            "$",
            "$.type",
            "$.items[3].n",
            "$.items[-2].tags[1].n",
            "$.items[99]",
            "$.items[-99]",
            "$.items[*].n",
            "$.items[5:12:3].n",
            "$.items[::-9].n",
            "$.items[?@.n > 35].tags[0]",
            "$.items[?@.tags[0] == 'odd' && @.n < 4]",
            "$..n",
            "$..items[1]",
            "$..[0]",
            "$.*",
            "$.*[0]",
            "$['n', 'type']",
            "$.items.n",
            "$.type[0]",
            "$.more..n",
            "$..*",
        ],
    )
    async def test_they_give_what_small_ones_give(self, nested: SearchBench, query: str) -> None:
        """The same hits in the same order."""
        loader = nested.loader
        assert isinstance(loader, JsonLoader)
        loader.texts = texts({"n": 0}, self.RECORD, {"n": 2})
        loader.cap = 500
        result = await nested.search(query, mode="jsonpath")
        lazily = [hit for item in nested.told() if item.record == 1 for hit in item.hits]
        assert result.notes == []
        loader.texts, loader.cap = texts(self.RECORD), 1 << 40
        nested.opened = None
        nested.events.all.clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(paths, "LARGE", 1 << 40)
            await nested.search(query, mode="jsonpath")
        assert lazily == [hit for item in nested.told() for hit in item.hits]

    async def test_a_filter_that_looks_at_the_root_is_said(self, nested: SearchBench) -> None:
        """A piece of a record has no root."""
        nested.loader.texts = texts(self.RECORD, {"items": [], "n": 1})
        result = await nested.search("$.items[?@.n == $.n]", mode="jsonpath")
        assert result.notes == ["Record 1 is too large for a JSONPath with $ in a filter, and was left out."]

    async def test_a_value_too_large_for_a_filter_is_said(self, nested: SearchBench) -> None:
        """The others are filtered."""
        nested.loader.texts = texts([["x" * 600], {"a": 1}])
        result = await nested.search("$[?@.a]", mode="jsonpath")
        assert nested.values() == [(0, '{"a":1}')]
        assert "too large or too deep for a filter" in result.notes[0]

    async def test_deep_records_are_followed_as_far_as_can_be(self, nested: SearchBench) -> None:
        """Names on the way are enough; walking through all of it ends somewhere, which is said."""
        depth = 3_000
        deep = '{"a":' * depth + '{"b":1}' + "}" * depth

        class Deep:
            """Answers for the first levels only, as if values were found without being parsed."""

            async def value(self, record: int, path: Any) -> ValueResult:
                size = len(deep) - 6 * len(path)
                summary = Summary(index=0, key="a", kind="object", preview="…", count=1, bytes=size)
                return ValueResult(value=summary, positions=[0] * len(path), keys=["a"] * len(path))

            async def children(self, record: int, path: Any, start: int, count: int) -> Children:
                found = [] if start else [(await self.value(record, [*path, 0])).value.model_dump()]
                return Children("object", 1, json.dumps(found))

            async def text(self, record: int, path: Any, decoded: bool, start: int, count: int) -> CellText:
                return part(deep[5 * len(path) : len(deep) - len(path)].encode(), start, count)

        nested.loader.texts = [deep, '{"a": {"a": 2}}']
        await nested.open()
        nested.loader.sources[0].tree = Deep()
        result = await nested.search("$.a.a", mode="jsonpath")
        assert (nested.values(), result.notes) == ([(0, "…"), (1, "2")], [])
        result = await nested.search("$..b", mode="jsonpath")
        assert result.notes == ["Record 1 is nested too deeply for a JSONPath; the rest was left out."]

    async def test_they_can_be_cancelled(self, nested: SearchBench) -> None:
        """Between two windows, or in one."""
        nested.loader.texts = texts(self.RECORD)
        await nested.open()
        started = asyncio.Event()
        tree = nested.loader.sources[0].tree

        async def never(*arguments: Any) -> Any:
            started.set()
            await asyncio.Event().wait()

        tree.children = never  # type: ignore[method-assign]
        searching = asyncio.create_task(nested.search("$..n", mode="jsonpath"))
        await started.wait()
        await cancelled(searching)

    async def test_the_record_behind_is_searched(self, nested: SearchBench) -> None:
        """And the limit holds inside."""
        nested.loader.texts = texts(self.RECORD, {"n": 5})
        assert (await nested.search("$..n", mode="jsonpath", limit=10)).next_record == 1
        assert json.loads(nested.values()[-1][1]) is not None
