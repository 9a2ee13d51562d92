"""Nested values over the protocol, from a real process and the real JSON plugin: what a tree in an editor asks."""

import json
from pathlib import Path
from typing import Any

import pytest
from pygls.exceptions import JsonRpcException
from pytest_lsp.client import LanguageClient

from tests.lsp.conftest import SAMPLES, ask, open_file, ref, rows
from tests.lsp.test_documents import read_whole, told

RECORD = {"id": 1, "name": "ä…", "tags": [{"deep": [True, None]}, "x" * 5000]}


def write(path: Path, text: str) -> Path:
    """A file of that text."""
    path.write_bytes(text.encode())
    return path


async def children(client: LanguageClient, opened: dict[str, Any], record: int | None, *path: Any, **more: Any) -> Any:
    """A window of children, and the answer they came in."""
    where = {"start": 0, "count": 100, **more}
    answer = await ask(client, "thoth/document/children", **ref(opened), record=record, path=list(path), **where)
    return json.loads(answer["children"]), answer


async def text(client: LanguageClient, opened: dict[str, Any], record: int, path: list[Any], form: str) -> str:
    """The whole text of a value."""
    found, at = "", 0
    while at is not None:
        where = {"record": record, "path": path, "form": form, "start": at}
        part = await ask(client, "thoth/document/valueText", **ref(opened), **where)
        found, at = found + part["text"], part["next"]
    return found


@pytest.mark.parametrize("name", ["lines.ndjson", "array.json", "features.geojson"])
async def test_records_of_every_form_are_trees(client: LanguageClient, tmp_path: Path, name: str) -> None:
    """Lines, an array and a collection of features: the same questions, the same answers."""
    one = json.dumps(RECORD, ensure_ascii=False)
    texts = {
        "lines.ndjson": f"{one}\n7\n",
        "array.json": f"[ {one},\n 7]",
        "features.geojson": f'{{"type": "FeatureCollection", "features": [{one}, 7]}}',
    }
    opened = await open_file(client, write(tmp_path / name, texts[name]))
    assert opened["nested"]
    await read_whole(client, opened)
    records, answer = await children(client, opened, None)
    assert (answer["kind"], answer["count"]) == ("records", 2)
    assert [(item["index"], item["kind"], item["count"]) for item in records] == [(0, "object", 3), (1, "number", None)]
    inner, answer = await children(client, opened, 0)
    assert (answer["kind"], answer["count"]) == ("object", 3)
    assert [(item["key"], item["kind"], item["count"]) for item in inner] == [
        ("id", "number", None),
        ("name", "string", None),
        ("tags", "array", 2),
    ]
    assert inner[1]["preview"] == "ä…"
    window, _ = await children(client, opened, 0, "tags", start=1, count=1)
    assert [(item["index"], item["kind"]) for item in window] == [(1, "string")]
    assert len(window[0]["preview"]) <= 120
    value = await ask(client, "thoth/document/value", **ref(opened), record=0, path=["tags", 0, 0, 1])
    assert (value["positions"], value["keys"]) == ([2, 0, 0, 1], ["tags", 0, "deep", 1])
    assert value["value"]["kind"] == "null"
    begin, end = value["value"]["at"]
    assert texts[name].encode()[begin:end] == b"null"
    found = await ask(client, "thoth/document/locate", **ref(opened), offset=begin)
    assert found == {"record": 0, "path": [2, 0, 0, 1], "part": "value"}
    assert await text(client, opened, 0, [], "source") == one
    assert await text(client, opened, 0, ["tags", 1], "decoded") == "x" * 5000


async def test_a_single_document_is_a_tree_with_one_root(client: LanguageClient) -> None:
    """Which is what such a file is shown as."""
    opened = await open_file(client, SAMPLES / "state-capitals.json")
    assert opened["nested"]
    records, _ = await children(client, opened, None)
    assert len(records) == opened["progress"]["records"]


async def test_records_of_a_table_are_trees_too(client: LanguageClient) -> None:
    """Whatever plugin reads the file; places in it are not known then."""
    opened = await open_file(client, SAMPLES / "airports.csv")
    assert (opened["display"], opened["nested"]) == ("table", False)
    inner, answer = await children(client, opened, 0)
    assert (answer["kind"], answer["count"]) == ("object", len(opened["columns"]))
    assert [item["key"] for item in inner] == [column["name"] for column in opened["columns"]]
    assert [item["kind"] for item in inner][-2:] == ["number", "number"]
    record = json.loads(await text(client, opened, 0, [], "source"))
    assert record["iata"] == "00M"
    found = await ask(client, "thoth/document/locate", **ref(opened), offset=0)
    assert found == {"record": None, "path": [], "part": "value"}


async def test_columns_turn_up_while_the_file_is_read(client: LanguageClient, tmp_path: Path) -> None:
    """A name that comes late is a column too, which is told with the progress; cells say what they are."""
    early = "".join(f'{{"id": {n}, "pad": "{"x" * 100}"}}\n' for n in range(30_000))
    path = write(tmp_path / "late.ndjson", early + '{"id": null, "late": [1, 2]}\n' * 200_000)
    opened = await open_file(client, path, firstRows=1)
    assert [column["name"] for column in opened["columns"]] == ["id", "pad"]
    assert rows(opened["firstPage"])[0][0] == {"text": "0", "kind": "number"}
    await read_whole(client, opened)
    event = await told(client, "thoth/document/didProgress", lambda e: e["columns"] and ref(e) == ref(opened))
    assert [column["name"] for column in event["columns"]] == ["id", "pad", "late"]
    assert event["columns"][2]["path"] == ["late"]
    page = await ask(client, "thoth/document/page", **ref(opened), start=30_000, count=5)
    cells = rows(page)[0]
    assert cells[0] == {"text": "null", "kind": "null"}
    assert cells[1] is None
    assert (cells[2]["kind"], cells[2]["count"], json.loads(cells[2]["text"])) == ("array", 2, [1, 2])


async def test_a_column_that_only_the_page_asked_for_shows_is_told(client: LanguageClient, tmp_path: Path) -> None:
    """One name in one record of many, which no sample meets."""
    common = f'{{"id": 1, "pad": "{"x" * 100}"}}\n'
    text = common * 20_000 + '{"id": 2, "rare": 3}\n' + common * 20_001
    opened = await open_file(client, write(tmp_path / "rare.ndjson", text), firstRows=1)
    await read_whole(client, opened)
    page = await ask(client, "thoth/document/page", **ref(opened), start=20_000, count=1)
    assert rows(page)[0][2] == {"text": "3", "kind": "number"}
    event = await told(client, "thoth/document/didProgress", lambda e: e["columns"] and ref(e) == ref(opened))
    assert [column["name"] for column in event["columns"]] == ["id", "pad", "rare"]
    assert event["progress"]["done"]


@pytest.mark.parametrize(("name", "line"), [("info.csv", "a,b\n"), ("info.ndjson", '{"a":1}\n')])
async def test_what_a_document_takes_is_told(client: LanguageClient, tmp_path: Path, name: str, line: str) -> None:
    """How far it has been read, the memory of its index, the time of the reading."""
    opened = await open_file(client, write(tmp_path / name, line * 100_000))
    await read_whole(client, opened)
    info = await ask(client, "thoth/document/info", **ref(opened))
    assert info["progress"]["done"]
    assert info["progress"]["records"] in (99_999, 100_000)
    assert info["problems"] == 0
    assert 0 < info["indexBytes"] < 1 << 20
    assert info["seconds"] > 0
    assert await ask(client, "thoth/document/info", **ref(opened)) == info


async def test_half_characters_survive_the_whole_way(client: LanguageClient, tmp_path: Path) -> None:
    """A lone surrogate is no text in any encoding, and still what the file says: it stays the escape it is."""
    opened = await open_file(client, write(tmp_path / "odd.ndjson", '{"\\ud800": "\\udc00\\u0000"}\n'))
    inner, _ = await children(client, opened, 0)
    assert [(item["key"], item["preview"]) for item in inner] == [("\\ud800", "\\udc00\0")]
    value = await ask(client, "thoth/document/value", **ref(opened), record=0, path=["\\ud800"])
    assert (value["positions"], value["keys"]) == ([0], ["\\ud800"])
    assert await text(client, opened, 0, ["\\ud800"], "source") == '"\\udc00\\u0000"'


@pytest.mark.parametrize(
    ("record", "path"),
    [(0, ["nope"]), (0, ["id", 0]), (0, ["tags", 9]), (9, []), (0, ["id"])],
)
async def test_what_is_not_there_is_refused_with_a_sentence(
    client: LanguageClient, tmp_path: Path, record: int, path: list[Any]
) -> None:
    """The plugin says why, and the person reads it."""
    opened = await open_file(client, write(tmp_path / "one.ndjson", json.dumps(RECORD) + "\n"))
    with pytest.raises(JsonRpcException) as refused:
        await children(client, opened, record, *path)
    assert refused.value.code == 1012
    assert "com.thoth.json-loader: " in refused.value.message


async def test_a_single_value_is_whole_before_it_is_handed_out(client: LanguageClient, tmp_path: Path) -> None:
    """It is shown from its first bytes on, but what is behind them is waited for, by whatever way it is asked for."""
    whole = '{"first": 1, "items": [' + ", ".join(f'{{"id": {n}}}' for n in range(1_000_000)) + '], "last": 2}'
    path = write(tmp_path / "one.json", whole)

    async def early() -> dict[str, Any]:
        opened = await open_file(client, path)
        assert (opened["progress"]["records"], opened["progress"]["done"]) == (1, False)
        return opened

    opened = await early()
    value = await ask(client, "thoth/document/value", **ref(opened), record=0, path=["last"])
    assert value["value"]["preview"] == "2"
    assert await text(client, await early(), 0, [], "source") == whole
    assert (await text(client, await early(), 0, ["items"], "source")).endswith('{"id": 999999}]')
    assert await text(client, await early(), 0, ["items", 3], "source") == '{"id": 3}'
    opened = await early()
    last, _ = await children(client, opened, 0, "items", 999_999)
    assert last[0]["preview"] == "999999"
    opened = await early()
    records = await ask(client, "thoth/document/records", **ref(opened), start=0, count=1)
    assert records["tooLarge"] or records["records"] == [whole]
    for query in ("$.last", "$.items[999999].id", "$.items[-1].id"):
        asked = {"query": query, "mode": "jsonpath", "searchId": query}
        assert (await ask(client, "thoth/document/search", **ref(await early()), **asked))["hits"] == 1
