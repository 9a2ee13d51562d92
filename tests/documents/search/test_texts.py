"""Texts and regular expressions in names and values, whatever kind of plugin reads the file."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from tests.documents.conftest import settled, settled_later
from tests.documents.search.bench import JsonLoader, JsonSource, SearchBench, cancelled, texts
from thoth_ls.documents.search.guests import Candidates, Wanted
from thoth_ls.errors import DocumentChanged, PluginInvalid, PluginTrapped, QueryInvalid
from thoth_ls.wire.searches import DidSearch

PEOPLE = texts(
    {"name": "Ada", "tags": ["math", "Émile's"], "age": 36},
    {"name": "Bob", "address": {"name": "home", "city": "Straße 5"}, "ok": True},
    ["name", None, 1.10, {"Name": "adamant"}],
)


async def test_a_text_is_found_in_names_and_values(records: SearchBench) -> None:
    """With path, names on it, part and preview, in the record's order."""
    records.loader.texts = PEOPLE
    result = await records.search("name")
    assert records.found() == [
        (0, ["name"], "key", "name"),
        (1, ["name"], "key", "name"),
        (1, ["address", "name"], "key", "name"),
        (2, [0], "value", "name"),
        (2, [3, "Name"], "key", "Name"),
    ]
    assert (result.hits, result.records, result.next_record, result.notes) == (5, 3, None, [])
    assert [hit.path for hit in records.told()[1].hits] == [[0], [1, 0]]


@pytest.mark.parametrize(
    ("query", "more", "expected"),
    [
        ("ada", {}, ["Ada", "adamant"]),
        ("ada", {"match_case": True}, ["adamant"]),
        ("ada", {"whole_word": True}, ["Ada"]),
        ("STRASSE", {}, ["Straße 5"]),
        ("name", {"scope": "values"}, ["name"]),
        ("name", {"scope": "keys", "match_case": True}, ["name", "name", "name"]),
        ("true", {}, ["true"]),
        ("null", {}, ["null"]),
        ("36", {"scope": "values"}, ["36"]),
        ("^[A-B]", {"mode": "regex", "match_case": True}, ["Ada", "Bob"]),
        (r"\d+$", {"mode": "regex"}, ["36", "Straße 5", "1.1"]),
        ("ma(th|n)", {"mode": "regex"}, ["math", "adamant"]),
        ("ada", {"mode": "regex", "whole_word": True}, ["Ada"]),
        ("(?x) ada # a comment", {"mode": "regex", "whole_word": True}, ["Ada"]),
        ("nothing", {}, []),
    ],
)
async def test_every_choice_does_what_it_says(
    records: SearchBench, query: str, more: dict[str, object], expected: list[str]
) -> None:
    """Case, whole words, where to look, and regular expressions."""
    records.loader.texts = PEOPLE
    await records.search(query, **more)
    assert [preview for _, preview in records.values()] == expected


async def test_a_plugin_is_asked_for_what_must_be_there(nested: SearchBench) -> None:
    """Literals of an expression leave out what cannot be a hit; without any, everything is asked for."""
    nested.loader.texts = PEOPLE
    await nested.search("ma(th|n)", mode="regex")
    await nested.search("[xyz]+", mode="regex")
    first, second = nested.loader.sources[0].asked[0], nested.loader.sources[0].asked[-1]
    assert [needle.text for needle in first.needles] == ["ma"]
    assert second.needles == ()


async def test_names_are_asked_for_where_the_plugin_does_not_tell_them(nested: SearchBench) -> None:
    """Positions are enough to find them."""
    nested.loader.texts, nested.loader.tells_keys = PEOPLE, False
    await nested.search("adamant")
    assert nested.found() == [(2, [3, "Name"], "value", "adamant")]


async def test_long_texts_are_read_whole_where_that_matters(nested: SearchBench) -> None:
    """A word that ends where the plugin cut the text may go on."""
    nested.loader.texts = texts({"a": "x" * 50 + " catalog"}, {"a": "x" * 50 + " cat"})
    nested.loader.longest = 54
    await nested.search("cat", whole_word=True)
    assert [record for record, _ in nested.values()] == [1]


async def test_the_column_that_shows_a_hit_is_told(records: SearchBench) -> None:
    """By the path of the column, for what is inside its cells as well; null where no column shows it."""
    records.loader.texts = PEOPLE
    records.loader.columns = ["name", "address"]
    await records.search("a", match_case=True, scope="values")
    assert [(hit.keys, hit.column) for item in records.told() for hit in item.hits] == [
        (["name"], 0),
        (["tags", 0], None),
        (["address", "city"], 1),
        ([0], None),
        ([3, "Name"], None),
    ]


async def test_previews_mark_what_was_found_in_utf16(records: SearchBench) -> None:
    """An astral character takes two units; a long text is cut around the first place."""
    long = "😀" * 300 + "needle" + "z" * 300
    records.loader.texts = texts({"a": "😀 needle, needle"}, {"a": long})
    await records.search("needle")
    first, second = (item.hits[0] for item in records.told())
    assert first.ranges == [(3, 9), (11, 17)]
    assert len(second.preview) <= 200
    assert second.preview.startswith("…😀")
    assert second.preview.endswith("z…")
    [(start, end)] = second.ranges
    assert second.preview.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "needle"


async def test_lone_surrogates_do_not_cost_the_message(plain: SearchBench) -> None:
    """They stay the escapes they are in the file, as in the tree."""
    plain.loader.texts = ['{"k\\ud800": "a\\udfffb"}']
    await plain.search("a", scope="values")
    assert plain.found() == [(0, [r"k\ud800"], "value", r"a\udfffb")]


async def test_a_text_the_plugin_compared_in_part_only_is_noted(
    nested: SearchBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, with the record it is in."""
    nested.loader.texts = PEOPLE
    search = JsonSource.search

    async def in_part(self: JsonSource, wanted: Wanted, from_byte: int, max_bytes: int) -> Candidates:
        return replace(await search(self, wanted, from_byte, max_bytes), cut_short=1)

    monkeypatch.setattr(JsonSource, "search", in_part)
    result = await nested.search("name")
    assert result.notes == ["Record 2 holds a text of which only the beginning was searched."]
    assert (await nested.search("name", from_record=2)).notes == []


async def test_a_table_is_searched_cell_by_cell(table: SearchBench) -> None:
    """Column names are the keys; each is a hit once, in the first record."""
    table.loader.rows = [["1", "c1 here"], ["2"], ["c1", "C1"]]
    await table.search("c1")
    assert table.found() == [
        (0, ["c1"], "key", "c1"),
        (0, ["c1"], "value", "c1 here"),
        (2, ["c0"], "value", "c1"),
        (2, ["c1"], "value", "C1"),
    ]
    assert [hit.column for item in table.told() for hit in item.hits] == [1, 1, 0, 1]


@pytest.mark.parametrize(
    ("query", "more", "expected"),
    [
        ("c", {"scope": "keys"}, [(0, "c0"), (0, "c1")]),
        ("c", {"scope": "keys", "from_record": 1}, []),
        ("row", {"whole_word": True, "match_case": True}, [(0, "row 0"), (2, "row")]),
        (
            "row|other",
            {"mode": "regex", "whole_word": True, "scope": "values"},
            [(0, "row 0"), (2, "row"), (3, "other")],
        ),
        ("^r", {"mode": "regex"}, [(0, "row 0"), (1, "rows"), (2, "row")]),
        ("w", {"from_record": 1}, [(1, "rows"), (2, "row")]),
    ],
)
async def test_tables_know_every_choice(
    table: SearchBench, query: str, more: dict[str, object], expected: list[tuple[int, str]]
) -> None:
    """The plugin's find is a first sieve only."""
    table.loader.rows = [["0", "row 0"], ["1", "rows"], ["2", "row"], ["3", "other"]]
    await table.search(query, **more)
    assert table.values() == expected


@pytest.mark.parametrize("mode", ["text", "regex", "jsonpath"])
async def test_the_limit_ends_a_search_and_says_where_to_go_on(table: SearchBench, mode: str) -> None:
    """Going on from `next_record` finds the rest, each hit once, and no record's hits are torn."""
    table.loader.rows = [["x", "x", str(number)] for number in range(50)]
    query = "$[?@ == 'x']" if mode == "jsonpath" else "x"
    at, seen = 0, []
    while at is not None:
        before = len(table.told())
        result = await table.search(query, mode=mode, from_record=at, limit=7)
        told = table.told()[before:]
        assert sum(len(item.hits) for item in told) == result.hits == 8 or result.next_record is None
        seen += [item.record for item in told]
        at = result.next_record
    assert seen == list(range(50))


async def test_a_limit_that_is_the_end_leaves_nothing_to_go_on_with(records: SearchBench) -> None:
    """The last record was the one that filled it."""
    records.loader.texts = texts("x", "x", "x")
    assert (await records.search("x", limit=3)).next_record is None


@pytest.mark.parametrize("mode", ["text", "jsonpath"])
async def test_a_record_that_fills_the_limit_alone_is_cut(records: SearchBench, mode: str) -> None:
    """Ten million hits in one record would never end; it is said, and the next record can be searched."""
    records.loader.texts = texts(["x"] * 1_000, ["x"])
    records.loader.portion = 30
    result = await records.search("$[*]" if mode == "jsonpath" else "x", mode=mode, limit=100)
    assert (result.hits, result.next_record) == (100, 1)
    assert "Record 1 alone has more than 100 hits" in result.notes[0]


async def test_portions_of_a_record_are_put_together(nested: SearchBench) -> None:
    """Whatever the plugin tells at once, a message has a record once."""
    nested.loader.texts = texts(["x"] * 70, ["x"] * 20)
    nested.loader.portion = 30
    await nested.search("x")
    assert [(item.record, len(item.hits)) for item in nested.told()] == [(0, 70), (1, 20)]


async def test_messages_are_bounded(records: SearchBench) -> None:
    """Five hundred hits in each, records whole where they fit."""
    records.loader.texts = texts(*(["x"] * 300 for _ in range(5)), ["x"] * 1_200)
    result = await records.search("x")
    sizes = [sum(len(item.hits) for item in event.records) for event in records.events.of(DidSearch)]
    assert result.hits == sum(sizes) == 2_700
    assert max(sizes) <= 500


@pytest.mark.parametrize(
    ("query", "said"),
    [("a(b", "missing )"), ("[a", "character"), ("*", "character 1"), ("a" + "(" * 3_000, "regular expression")],
)
async def test_a_bad_expression_is_explained(records: SearchBench, query: str, said: str) -> None:
    """By one sentence that says where."""
    with pytest.raises(QueryInvalid, match="regular expression") as caught:
        await records.search(query, mode="regex")
    assert said in str(caught.value)


async def test_a_catastrophic_expression_is_given_up(records: SearchBench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value has its time; a few are left and said, many end the search. The event loop goes on meanwhile."""
    monkeypatch.setattr("thoth_ls.documents.search.finder.REGEX_SECONDS", 0.02)
    records.loader.texts = texts("aa", "a" * 60 + "!", "aaa")
    result = await records.search("(a|aa)+$", mode="regex")
    assert records.values() == [(0, "aa"), (2, "aaa")]
    assert result.notes == ["Record 2: the regular expression took too long over a value, which was left."]
    records.loader.texts = texts(*["a" * 60 + "!"] * 50)
    records.opened = None
    with pytest.raises(QueryInvalid, match="takes too long"):
        await records.search("(a|aa)+$", mode="regex")


async def test_a_search_inside_a_slow_value_can_be_cancelled(plain: SearchBench) -> None:
    """The loop does not wait for the thread, which ends with its value."""
    plain.loader.texts = texts("a" * 60 + "!")
    await plain.open()
    searching = asyncio.create_task(plain.search("(a|aa)+$", mode="regex"))
    await settled(lambda: "records" in plain.loader.sources[0].calls)
    await cancelled(searching)


async def test_a_search_waits_for_the_indexer_and_tells_what_it_has(records: SearchBench) -> None:
    """Hits at the beginning of a huge file are there at once."""
    records.loader.texts = texts(*(f"row {number}" for number in range(100)))
    behaviour = records.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    searching = asyncio.create_task(records.search("row"))
    await records.events.wait(DidSearch, lambda event: sum(len(item.hits) for item in event.records) == 10)
    assert not searching.done()
    behaviour.gate.set()
    assert (await searching).hits == 100
    assert [record for record, _ in records.values()] == list(range(100))


async def test_a_search_that_waits_can_be_cancelled(records: SearchBench) -> None:
    """And leaves nothing behind (the fixture checks)."""
    records.loader.texts = texts(*(f"row {number}" for number in range(100)))
    behaviour = records.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    searching = asyncio.create_task(records.search("row"))
    await records.events.wait(DidSearch)
    await cancelled(searching)


async def test_what_was_found_before_indexing_failed_is_told(table: SearchBench) -> None:
    """The error ends the search, after the hits."""
    table.loader.rows = [[f"row {number}"] for number in range(100)]
    behaviour = table.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    searching = asyncio.create_task(table.search("row"))
    await settled_later(lambda: bool(table.loader.sources) and "find" in table.loader.sources[0].calls)
    behaviour.failures["problems"] = PluginTrapped("com.example.lines", "problems", "unreachable")
    behaviour.rows_per_step = 0
    behaviour.gate.set()
    with pytest.raises(PluginInvalid, match="does not read on"):
        await searching
    assert len(table.values()) == 10


async def test_a_search_of_a_changed_file_ends(records: SearchBench) -> None:
    """Hits in records that are no longer there would mislead."""
    records.loader.texts = PEOPLE

    async def change() -> None:
        records.path.write_bytes(b"other\n")

    records.loader.behaviour.before = {"records": change, "search": change}
    with pytest.raises(DocumentChanged):
        await records.search("a")
    assert records.told() == []


async def test_progress_is_reported_with_counts(records: SearchBench) -> None:
    """In percent once the records are counted."""
    records.loader.texts = texts(*(f"row {number}" for number in range(100)))
    reports: list[tuple[int | None, str]] = []
    await records.search("row 7", report=lambda percent, message: reports.append((percent, message)))
    assert reports[-1] == (100, "100 records searched, 11 hits in 11 of them")


async def test_records_that_cannot_be_read_are_said(plain: SearchBench) -> None:
    """Too large for the plugin to hand out, or nested too deeply for Python; the others are searched."""
    loader = plain.loader
    assert isinstance(loader, JsonLoader)
    loader.cap = 10_000
    loader.texts = [json.dumps("row"), json.dumps("row" * 10_000), "[" * 3_000 + "]" * 3_000, json.dumps("row")]
    result = await plain.search("row")
    assert [record for record, _ in plain.values()] == [0, 3]
    assert result.notes == [
        "Record 2 is too large to be searched.",
        "Record 3 is nested too deeply or is not valid, and was not searched.",
    ]
