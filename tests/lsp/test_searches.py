"""Searching through a real server and a real plugin."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp.client import LanguageClient

from tests.lsp.conftest import SAMPLES, ask, open_file, ref

SEARCH = "thoth/document/search"


def told(client: LanguageClient, search_id: str = "s") -> list[dict[str, Any]]:
    """Every record with hits that was told so far."""
    events = client.told["thoth/document/didSearch"]  # type: ignore[attr-defined]
    return [record for event in events if event["searchId"] == search_id for record in event["records"]]


async def search(client: LanguageClient, opened: dict[str, Any], query: str, **more: Any) -> dict[str, Any]:
    """The answer to a search."""
    return dict(await ask(client, SEARCH, **ref(opened), searchId=more.pop("search_id", "s"), query=query, **more))


@pytest.mark.parametrize(
    ("query", "more", "hits"),
    [
        ("Thigpen", {}, 1),
        ("thigpen", {"matchCase": True}, 0),
        ("^Thig", {"mode": "regex"}, 1),
        ("$[?@ == 'Thigpen']", {"mode": "jsonpath"}, 1),
        ("$[?search(@, '^Thig')]", {"mode": "jsonpath"}, 1),
        ("latitude", {"scope": "keys"}, 1),
    ],
)
async def test_a_table_is_searched_in_every_way(
    client: LanguageClient, query: str, more: dict[str, Any], hits: int
) -> None:
    """Texts, expressions and paths, in cells and column names."""
    opened = await open_file(client, SAMPLES / "airports.csv")
    result = await search(client, opened, query, **more)
    assert (result["hits"], result["nextRecord"], result["notes"]) == (hits, None, [])
    found = [hit for record in told(client) for hit in record["hits"]]
    assert len(found) == hits
    if hits and more.get("scope") != "keys":
        assert (found[0]["keys"], found[0]["preview"], found[0]["column"]) == (["name"], "Thigpen", 1)


async def test_numbers_of_a_table_are_numbers(client: LanguageClient) -> None:
    """Columns of numbers are compared as numbers."""
    opened = await open_file(client, SAMPLES / "airports.csv")
    north = await search(client, opened, "$[?@ > 71 && @ < 72]", mode="jsonpath")
    assert north["hits"] > 0
    assert {hit["column"] for record in told(client) for hit in record["hits"]} == {5}


@pytest.mark.parametrize(
    ("query", "mode", "said"),
    [("a(b", "regex", "regular expression: missing )"), ("$.a[", "jsonpath", "at character")],
)
async def test_a_bad_query_is_answered_with_a_sentence(
    client: LanguageClient, query: str, mode: str, said: str
) -> None:
    """Its kind is stable, its place named."""
    opened = await open_file(client, SAMPLES / "airports.csv")
    with pytest.raises(JsonRpcException) as raised:
        await search(client, opened, query, mode=mode)
    assert raised.value.data["kind"] == "queryInvalid"
    assert said in str(raised.value)


def write_slow(path: Path, rows: int) -> Path:
    """Rows over which a bad expression takes its time."""
    path.write_text("id,text\n" + f"1,{'a' * 60}!\n" * rows)
    return path


@pytest.mark.parametrize(("query", "mode"), [("(a|aa)+$", "regex"), ("$[?search(@, '(a|aa)+$')]", "jsonpath")])
async def test_nothing_waits_for_a_bad_expression(
    client: LanguageClient, tmp_path: Path, query: str, mode: str
) -> None:
    """Pages and pings are answered while it is being tried, and it can be cancelled in the middle of a value."""
    opened = await open_file(client, write_slow(tmp_path / "slow.csv", 100))
    asked = client.protocol.send_request_async(
        SEARCH, {**ref(opened), "searchId": "s", "query": query, "mode": mode}, "id"
    )
    searching = asyncio.ensure_future(asked)
    for _ in range(20):
        await ask(client, "thoth/server/ping")
        await ask(client, "thoth/document/page", **ref(opened), start=3, count=5)
    assert not searching.done()
    client.cancel_request(types.CancelParams(id="id"))
    with pytest.raises(JsonRpcException, match="ancel"):
        await searching


async def test_a_bad_expression_ends_by_itself(client: LanguageClient, tmp_path: Path) -> None:
    """After a number of values that took too long."""
    opened = await open_file(client, write_slow(tmp_path / "slow.csv", 100))
    with pytest.raises(JsonRpcException, match="takes too long") as raised:
        await search(client, opened, "(a|aa)+$", mode="regex")
    assert raised.value.data["kind"] == "queryInvalid"


async def test_messages_come_at_a_bounded_rate(client: LanguageClient, tmp_path: Path) -> None:
    """A message for each tenth of a second the search took, one at the end, and as many as the hits need."""
    path = tmp_path / "many.csv"
    path.write_text("id,text\n" + "".join(f"{number},needle {number}\n" for number in range(200_000)))
    opened = await open_file(client, path)
    began = time.monotonic()
    result = await search(client, opened, "needle", limit=20_000)
    took = time.monotonic() - began
    events = client.told["thoth/document/didSearch"]  # type: ignore[attr-defined]
    assert (result["hits"], result["nextRecord"]) == (20_000, 20_000)
    assert len(events) <= 20_000 / 500 + 2 * (took / 0.1 + 1)
    assert [record["record"] for record in told(client)] == list(range(20_000))


async def test_json_is_searched_by_its_plugin(client: LanguageClient, tmp_path: Path) -> None:
    """Names and values at any depth, escapes decoded, with positions, names and columns."""
    path = tmp_path / "records.ndjson"
    first = '{"id": 1, "n\\u0061me": "caf\\u00e9", "tags": [{"x": 1.50}]}'
    path.write_text(first + '\n{"id": 2, "name": "tea", "more": {"café": null}}\n', encoding="utf-8")
    opened = await open_file(client, path)
    columns = [column["name"] for column in opened["columns"]]
    assert (await search(client, opened, "CAFÉ"))["hits"] == 2
    value, name = (record["hits"][0] for record in told(client))
    assert (value["path"], value["keys"], value["part"]) == ([1], ["name"], "value")
    assert (value["preview"], value["ranges"], columns[value["column"]]) == ("café", [[0, 4]], "name")
    assert (name["path"], name["keys"], name["part"], name["kind"]) == ([2, 0], ["more", "café"], "key", "null")
    assert (await search(client, opened, "$..x", mode="jsonpath", search_id="p"))["hits"] == 1
    [found] = told(client, "p")
    assert (found["record"], found["hits"][0]["keys"]) == (0, ["tags", 0, "x"])
    assert found["hits"][0]["preview"] == "1.50"
    assert (await search(client, opened, "^te", mode="regex", scope="values", search_id="r"))["hits"] == 1
    assert (await search(client, opened, "name", mode="text", scope="keys", whole_word=True))["hits"] == 2


async def test_records_are_told_as_they_are_in_the_file(client: LanguageClient, tmp_path: Path) -> None:
    """Of a table as objects; none at the end."""
    lines = ['{"a" : 1.50}', '{"b":"\\u00e9"}', "[1,2]"]
    path, table = tmp_path / "records.ndjson", tmp_path / "table.csv"
    path.write_text("\n".join(lines) + "\n")
    table.write_text("a,b\n1.50,x\n")
    opened = await open_file(client, path)
    answer = await ask(client, "thoth/document/records", **ref(opened), start=0, count=10)
    assert answer == {"records": lines, "tooLarge": False}
    answer = await ask(client, "thoth/document/records", **ref(opened), start=3, count=10)
    assert answer == {"records": [], "tooLarge": False}
    opened = await open_file(client, table)
    answer = await ask(client, "thoth/document/records", **ref(opened), start=0, count=1)
    assert answer["records"] == ['{"a":1.50,"b":"x"}']


async def test_a_record_beyond_memory_is_searched_in_pieces(client: LanguageClient, tmp_path: Path) -> None:
    """And one that is nested a hundred thousand levels deep gives a sentence."""
    path = tmp_path / "large.ndjson"
    with path.open("w") as file:
        file.write('{"items":[' + ",".join(f'{{"n":{n},"pad":"{"p" * 1_000}"}}' for n in range(18_000)) + "]}\n")
        file.write('{"a":' * 100_000 + '{"n":1}' + "}" * 100_000 + "\n")
        file.write('{"n":3}\n')
    opened = await open_file(client, path)
    result = await search(client, opened, "$.items[?@.n >= 17998].n", mode="jsonpath")
    assert [hit["path"] for record in told(client) for hit in record["hits"]] == [[0, 17_998, 0], [0, 17_999, 0]]
    result = await search(client, opened, "$..n", mode="jsonpath", limit=100_000, fromRecord=1, search_id="n")
    assert [record["record"] for record in told(client, "n")] == [2]
    assert result["notes"] == ["Record 2 is nested too deeply for a JSONPath; the rest was left out."]
