"""Documents over the protocol, from a real process and a real plugin: what an editor does."""

import asyncio
import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp.client import LanguageClient

from tests.lsp.conftest import SAMPLES, ask, open_file, ref, rows

PATIENCE = 20.0


async def told(client: LanguageClient, method: str, wanted: Any) -> dict[str, Any]:
    """The first notification of that kind for which `wanted` holds, waiting for it if need be."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for event in client.told[method]:  # type: ignore[attr-defined]
                if wanted(event):
                    return dict(event)
            await client.wait_for_notification(method)


async def read_whole(client: LanguageClient, opened: dict[str, Any]) -> dict[str, Any]:
    """The progress at the end of the file."""
    if opened["progress"]["done"]:
        return dict(opened["progress"])
    same = ref(opened)
    event = await told(
        client,
        "thoth/document/didProgress",
        lambda e: e["progress"]["done"] and {key: e[key] for key in same} == same,
    )
    return dict(event["progress"])


def write_rows(path: Path, count: int) -> Path:
    """A CSV file of `count` rows; row n holds n, a name with quotes and newlines, and its square."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "square"])
        writer.writerows([n, f'row "{n}",\nsecond line' if n % 7 == 0 else f"row {n}", n * n] for n in range(count))
    return path


async def test_a_sample_opens_with_its_columns_and_first_rows(client: LanguageClient) -> None:
    """The answer to open is enough to draw."""
    opened = await open_file(client, SAMPLES / "airports.csv", firstRows=3)
    assert [column["name"] for column in opened["columns"]][:3] == ["iata", "name", "city"]
    assert {column["name"]: column["type"] for column in opened["columns"]}["latitude"] == "float"
    assert rows(opened["firstPage"])[0][:2] == ["00M", "Thigpen"]
    assert opened["firstPage"]["count"] == 3
    assert {option["key"]: option["value"] for option in opened["options"]}["delimiter"] == ","
    assert opened["sandbox"] in ("file", "folder")


async def test_every_row_of_every_page_is_what_csv_reads(client: LanguageClient, tmp_path: Path) -> None:
    """Pages of any size from any place hold what Python's csv module reads there."""
    path = write_rows(tmp_path / "rows.csv", 5_000)
    with path.open(newline="") as file:
        expected = list(csv.reader(file))[1:]
    opened = await open_file(client, path)
    assert (await read_whole(client, opened))["records"] == 5_000
    for start, count in ((0, 1), (1, 700), (4_990, 100), (4_999, 1), (2_345, 678)):
        page = await ask(client, "thoth/document/page", **ref(opened), start=start, count=count)
        assert rows(page) == expected[start : start + count]
        assert page["count"] == len(rows(page))
    beyond = await ask(client, "thoth/document/page", **ref(opened), start=5_000, count=10)
    assert (rows(beyond), beyond["count"]) == ([], 0)
    assert rows(await ask(client, "thoth/document/page", **ref(opened), start=2**53 - 1, count=10_000)) == []


async def test_a_long_cell_is_cut_in_the_page_and_whole_on_request(client: LanguageClient, tmp_path: Path) -> None:
    """Pages stay small, nothing is lost."""
    text = "ä€😀 \n" * 100_000
    path = tmp_path / "long.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["a", "b"], ["1", text]])
    opened = await open_file(client, path)
    page = await ask(client, "thoth/document/page", **ref(opened), start=0, count=1)
    cell = rows(page)[0][1]
    size = len(text.encode())
    assert cell["bytes"] == size
    assert text.startswith(cell["text"])
    assert 900 < len(cell["text"].encode()) <= 1024
    got, start = "", 0
    while start is not None:
        part = await ask(client, "thoth/document/cell", **ref(opened), row=0, column=1, start=start, count=300_001)
        got, start = got + part["text"], part["next"]
        assert part["sizeBytes"] == size
    assert got == text


async def test_malformed_rows_are_kept_listed_and_published(client: LanguageClient, tmp_path: Path) -> None:
    """Ragged rows are shown as they are, and said to be ragged, in the problems and as diagnostics."""
    path = tmp_path / "ragged.csv"
    path.write_text('a,b,c\n1,2,3\n4,5\n6,7,8,9\n"x\ny",1,2\n')
    opened = await open_file(client, path)
    await read_whole(client, opened)
    assert rows(opened["firstPage"]) == [["1", "2", "3"], ["4", "5"], ["6", "7", "8", "9"], ["x\ny", "1", "2"]]
    found = await ask(client, "thoth/document/problems", **ref(opened), start=0, count=10)
    assert [(p["record"], p["line"], p["offset"]) for p in found["problems"]] == [(1, 2, 12), (2, 3, 16)]
    assert (found["total"], found["complete"]) == (2, True)
    if path.as_uri() not in client.diagnostics:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    published = client.diagnostics[path.as_uri()]
    assert [item.range.start.line for item in published] == [2, 3]
    assert all(item.source == "thoth" for item in published)
    await ask(client, "thoth/document/close", documentId=opened["documentId"])
    async with asyncio.timeout(PATIENCE):
        while client.diagnostics[path.as_uri()]:
            await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)


async def test_find_streams_the_cells_that_match(client: LanguageClient, tmp_path: Path) -> None:
    """Every match comes once and in order, then the answer closes the search."""
    path = write_rows(tmp_path / "rows.csv", 20_000)
    opened = await open_file(client, path)

    async def find(text: str, **more: Any) -> tuple[list[list[int]], dict[str, Any]]:
        client.told["thoth/document/didFind"].clear()  # type: ignore[attr-defined]
        answer = await ask(client, "thoth/document/find", **ref(opened), searchId="s", text=text, **more)
        events = client.told["thoth/document/didFind"]  # type: ignore[attr-defined]
        return [match for event in events for match in event["matches"]], answer

    matches, answer = await find("ROW 199")
    expected = [[n, 1] for n in range(20_000) if f"row {n}".startswith("row 199") and n % 7]
    assert (matches, answer) == (expected, {"total": len(expected), "nextRow": None})
    assert (await find("ROW 199", matchCase=True))[0] == []
    assert (await find("4", wholeCell=True))[0] == [[2, 2], [4, 0]]
    assert (await find('"7",\nsecond'))[0] == [[7, 1]]
    some, answer = await find("row", limit=10)
    assert len(some) == 10
    assert answer["total"] == 10
    rest, answer = await find("row", fromRow=answer["nextRow"], limit=100_000)
    assert len(rest) == 20_000 - 10
    assert answer["nextRow"] is None


async def test_a_search_can_be_cancelled(client: LanguageClient, tmp_path: Path) -> None:
    """The request is answered with -32800 and the document goes on working."""
    path = write_rows(tmp_path / "rows.csv", 300_000)
    opened = await open_file(client, path)
    sent = {**ref(opened), "searchId": "s", "text": "no such text anywhere"}
    waiting = asyncio.ensure_future(client.protocol.send_request_async("thoth/document/find", sent, msg_id="find-1"))
    await asyncio.sleep(0)
    client.cancel_request(types.CancelParams(id="find-1"))
    with pytest.raises(JsonRpcException) as raised:
        await asyncio.wait_for(waiting, PATIENCE)
    assert raised.value.code == -32800
    assert rows(await ask(client, "thoth/document/page", **ref(opened), start=0, count=1)) == [
        ["0", 'row "0",\nsecond line', "0"]
    ]


async def test_other_options_make_another_generation(client: LanguageClient, tmp_path: Path) -> None:
    """The old rows are refused, the new ones read as asked."""
    path = tmp_path / "semi.csv"
    path.write_bytes("name;größe\nMünchen;1,5\n".encode("cp1252"))
    opened = await open_file(client, path)
    assert [column["name"] for column in opened["columns"]] == ["name", "größe"]
    again = await ask(
        client, "thoth/document/reopenWith", documentId=opened["documentId"], options={"delimiter": ",", "header": "no"}
    )
    assert again["generation"] > opened["generation"]
    assert rows(again["firstPage"]) == [["name;größe"], ["München;1", "5"]]
    with pytest.raises(JsonRpcException) as raised:
        await ask(client, "thoth/document/page", **ref(opened), start=0, count=1)
    assert raised.value.data["kind"] == "unknownDocument"
    bad = {"delimiter": "many"}
    with pytest.raises(JsonRpcException, match="delimiter"):
        await ask(client, "thoth/document/reopenWith", documentId=opened["documentId"], options=bad)


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        *(("utf-8-sig", "東京 ñ"), ("utf-16", "東京 ñ"), ("utf-32", "東京 ñ"), ("latin-1", "ñandú"), ("cp1252", "€ñ")),
        *(("shift_jis", "東京"), ("cp437", "ñandú"), ("gb18030", "北京😀")),
    ],
)
async def test_encodings_are_read(client: LanguageClient, tmp_path: Path, encoding: str, word: str) -> None:
    """Some by the plugin, any other through a temporary file."""
    path = tmp_path / "words.csv"
    path.write_bytes(f"name,size\n{word},1\n".encode(encoding))
    options = {} if encoding in ("utf-8-sig", "utf-16") else {"encoding": encoding}
    opened = await open_file(client, path, options=options)
    assert rows(opened["firstPage"]) == [[word, "1"]]


async def test_a_compressed_file_opens_as_what_it_holds(client: LanguageClient, tmp_path: Path) -> None:
    """The progress of decompression is reported, and the temporary file is gone after close."""
    plain = write_rows(tmp_path / "rows.csv", 2_000)
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    client.progress_reports["unpack"] = []
    opened = await open_file(client, packed, workDoneToken="unpack")
    assert (await read_whole(client, opened))["records"] == 2_000
    kinds = [report.kind for report in client.progress_reports["unpack"]]
    assert (kinds[0], kinds[-1]) == ("begin", "end")
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(JsonRpcException) as raised:
        await open_file(client, packed)
    assert raised.value.data["kind"] == "fileUnreadable"
    assert "packed.csv.gz" in raised.value.message


@pytest.mark.parametrize("change", ["appended", "truncated", "replaced", "modified", "deleted"])
async def test_a_change_on_disk_is_said_and_old_rows_are_refused(
    client: LanguageClient, tmp_path: Path, change: str
) -> None:
    """No row is served for a file that is not the one that was read."""
    path = write_rows(tmp_path / "rows.csv", 1_000)
    opened = await open_file(client, path)
    await read_whole(client, opened)
    content = path.read_bytes()
    if change == "appended":
        with path.open("ab") as file:
            file.write(b"1000,new,1000000\r\n")
    elif change == "truncated":
        with path.open("r+b") as file:
            file.truncate(len(content) // 2)
    elif change == "replaced":
        other = tmp_path / "other.csv"
        other.write_bytes(content.replace(b"row", b"sow"))
        other.replace(path)
    elif change == "modified":
        path.write_bytes(content.replace(b"row", b"sow"))
    else:
        path.unlink()
    event = await told(client, "thoth/document/didChange", lambda e: e["documentId"] == opened["documentId"])
    assert event["change"] == change
    assert "rows.csv" in event["message"]
    with pytest.raises(JsonRpcException) as raised:
        await ask(client, "thoth/document/page", **ref(opened), start=0, count=1)
    assert raised.value.data["kind"] == "documentChanged"
    if change == "deleted":
        return
    again = await ask(client, "thoth/document/reopenWith", documentId=opened["documentId"])
    expected = list(csv.reader(path.read_text().splitlines(keepends=True)))[1:]
    assert rows(again["firstPage"])[:50] == expected[:50]
    assert (await read_whole(client, again))["records"] == len(expected)


@pytest.mark.parametrize("name", ["gone.csv", "folder", "what.unknown"])
async def test_what_cannot_be_opened_is_explained(client: LanguageClient, tmp_path: Path, name: str) -> None:
    """The message names the file and says what is wrong with it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "what.unknown").write_text("a,b\n")
    with pytest.raises(JsonRpcException) as raised:
        await open_file(client, tmp_path / name)
    assert raised.value.data["kind"] == ("noLoader" if name == "what.unknown" else "fileUnreadable")
    assert name in raised.value.message


@pytest.mark.parametrize(
    "uri", ["http://x/a.csv", "untitled:a.csv", "a.csv", "", "file://host/a.csv", "file:///a%00b.csv"]
)
async def test_other_uris_are_refused(client: LanguageClient, uri: str) -> None:
    """Only files are opened."""
    with pytest.raises(JsonRpcException) as raised:
        await ask(client, "thoth/document/open", uri=uri)
    assert raised.value.data["kind"] in ("fileUnreadable", "noLoader")


async def test_an_empty_file_and_a_header_alone_have_no_rows(client: LanguageClient, tmp_path: Path) -> None:
    """Neither is an error."""
    for text in ("", "a,b\n", "\n"):
        path = tmp_path / "few.csv"
        path.write_text(text)
        opened = await open_file(client, path)
        progress = await read_whole(client, opened)
        assert progress["records"] == len(rows(opened["firstPage"])) <= 1
        await ask(client, "thoth/document/close", documentId=opened["documentId"])


async def test_plugins_and_server_say_what_they_are(client: LanguageClient) -> None:
    """Enough for a bug report and for a picker."""
    listed = await ask(client, "thoth/plugin/list")
    csv_loader = next(plugin for plugin in listed["plugins"] if plugin["id"] == "com.thoth.csv-loader")
    assert csv_loader["origin"] == "bundled"
    assert csv_loader["problem"] is None
    assert {"csv", "tsv", "tab", "psv"} <= set(csv_loader["extensions"])
    info = await ask(client, "thoth/server/info")
    assert info["wasmtime"].startswith("50.")
    assert json.dumps(info)


async def test_closing_twice_or_while_reading_is_no_error(client: LanguageClient, tmp_path: Path) -> None:
    """A tab can be closed at any moment."""
    path = write_rows(tmp_path / "rows.csv", 200_000)
    opened = await open_file(client, path)
    for _ in range(2):
        assert await ask(client, "thoth/document/close", documentId=opened["documentId"]) == {}
    assert (await ask(client, "thoth/server/info"))["openDocuments"] == 0
