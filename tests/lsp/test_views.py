"""Other ways to look at a document, over the protocol and with real plugins."""

import gzip
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types

from thoth_ls.lsp.client import RequestFailed, ThothClient, connect
from thoth_ls.wire.documents import OpenDocumentParams, OpenDocumentResult, PageParams, ReopenParams
from thoth_ls.wire.methods import LOADERS, OPEN, PAGE, RENDER, REOPEN, SET_PERMISSION
from thoth_ls.wire.permissions import SetPermissionParams
from thoth_ls.wire.views import LoadersParams, RenderParams

ROOT = Path(__file__).parent.parent.parent
CARD_VIEWER = "org.thoth.fixture.card-viewer"
SETTINGS = {"runtime": {"fuelPerCall": 500_000_000}}
"""So that what spins is stopped at once."""


@pytest_asyncio.fixture(loop_scope="session")
async def viewer(tmp_path: Path) -> AsyncIterator[ThothClient]:
    """A server with the card viewer installed, which may read what it opens."""
    folder = tmp_path / "home" / "data" / "plugins" / CARD_VIEWER
    folder.mkdir(parents=True)
    wasm = ROOT / "build" / "fixtures" / "card-viewer.wasm"
    assert wasm.exists(), "build the fixtures first: make plugins"
    shutil.copy(wasm, folder / "plugin.wasm")
    shutil.copy(ROOT / "plugins" / "fixtures" / "card-viewer.toml", folder / "plugin.toml")
    async with connect(SETTINGS, env={"THOTH_HOME": str(tmp_path / "home")}) as client:
        await client.request(
            SET_PERMISSION, SetPermissionParams(plugin_id=CARD_VIEWER, need="opened-file", decision="granted")
        )
        yield client


def written(path: Path, *lines: str) -> str:
    """The address of a file of these lines."""
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path.as_uri()


def put(path: Path, content: bytes) -> None:
    """Writes a file."""
    path.write_bytes(content)


async def opened(client: ThothClient, path: Path, *lines: str) -> OpenDocumentResult:
    """An open file of these lines."""
    result: OpenDocumentResult = await client.request(OPEN, OpenDocumentParams(uri=written(path, *lines)))
    return result


async def drawn(client: ThothClient, document: OpenDocumentResult, start: int, count: int) -> list[dict[str, Any]]:
    """Records as the plugin draws them."""
    same = {"document_id": document.document_id, "generation": document.generation}
    result = await client.request(RENDER, RenderParams(**same, start=start, count=count))
    items: list[dict[str, Any]] = json.loads(result.nodes)
    assert (result.start, result.count) == (start, len(items))
    return items


async def test_a_plugin_draws_the_records_of_its_files(viewer: ThothClient, tmp_path: Path) -> None:
    """Any node, each record by itself, from any place on."""
    nodes = [{"type": "badge", "label": "ä"}, {"type": "row", "children": [{"type": "separator"}]}]
    document = await opened(viewer, tmp_path / "a.cards", *map(json.dumps, nodes), "plain text", "tall")
    assert (document.display, document.progress.records) == ("custom", 4)
    assert await drawn(viewer, document, 0, 2) == [{"node": node, "height": 0} for node in nodes]
    assert await drawn(viewer, document, 2, 100) == [
        {"node": {"type": "text", "text": "plain text"}, "height": 0},
        {"node": {"type": "text", "text": "tall"}, "height": 300},
    ]
    assert await drawn(viewer, document, 4, 1) == []
    assert await drawn(viewer, document, 0, 0) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("trap", "render-record crashed"),
        ("spin", "render-record was stopped: fuel limit"),
        ("error", "this record cannot be drawn, as it asked for"),
        ("big", "a node of more than 1 MiB"),
        ("broken", "a node that is not JSON"),
        ('{"a": 1}', "an object with a text `type`"),
    ],
)
async def test_a_record_that_fails_costs_itself_alone(
    viewer: ThothClient, tmp_path: Path, line: str, said: str
) -> None:
    """Whatever the plugin does in it; the rest is drawn, by another instance where this one is dead."""
    document = await opened(viewer, tmp_path / "a.cards", "before", line, "after")
    first, failed, last = await drawn(viewer, document, 0, 3)
    assert (first["node"]["text"], last["node"]["text"]) == ("before", "after")
    assert said in failed["error"]


async def test_a_plugin_that_crashes_three_times_draws_no_more(viewer: ThothClient, tmp_path: Path) -> None:
    """Until the file is opened again."""
    document = await opened(viewer, tmp_path / "a.cards", "trap", "trap", "trap", "after")
    assert [list(item) for item in await drawn(viewer, document, 0, 4)] == [["error"]] * 3
    with pytest.raises(RequestFailed) as caught:
        await drawn(viewer, document, 3, 1)
    assert caught.value.kind == "pluginDisabled"
    again = await viewer.request(REOPEN, ReopenParams(document_id=document.document_id))
    assert (await drawn(viewer, again, 3, 1))[0]["node"]["text"] == "after"


async def test_a_file_that_is_drawn_has_a_table_too(viewer: ThothClient, tmp_path: Path) -> None:
    """Pages are answered as ever."""
    document = await opened(viewer, tmp_path / "a.cards", '{"type": "text", "text": "x"}')
    same = {"document_id": document.document_id, "generation": document.generation}
    page = await viewer.request(PAGE, PageParams(**same, start=0, count=1))
    assert json.loads(page.rows) == [["text", "x"]]


async def test_a_plugin_that_prefers_a_table_draws_when_asked(viewer: ThothClient, tmp_path: Path) -> None:
    """The plugin for CSV, which reads in steps, draws a tree of each record."""
    document = await opened(viewer, tmp_path / "a.csv", "a,b", "1,2")
    assert document.display == "table"
    assert (await drawn(viewer, document, 0, 9))[0]["node"] == {"type": "json-tree", "value": {"a": "1", "b": "2"}}


async def test_plugins_are_offered_with_their_reasons(viewer: ThothClient, tmp_path: Path) -> None:
    """And a setting changes which one comes first."""
    path = tmp_path / "a.cards"
    path.write_text("tall\n")
    choices = (await viewer.request(LOADERS, LoadersParams(uri=path.as_uri()))).loaders
    assert (choices[0].plugin_id, choices[0].match, choices[0].default) == (CARD_VIEWER, "name", True)
    assert {"com.thoth.csv-loader": "other"}.items() <= {item.plugin_id: item.match for item in choices}.items()
    viewer.workspace_did_change_configuration(
        types.DidChangeConfigurationParams({"thoth": {"files": {"loaders": {"cards": "com.thoth.csv-loader"}}}})
    )
    result = await viewer.request(LOADERS, LoadersParams(uri=path.as_uri()))
    assert [(item.plugin_id, item.default) for item in result.loaders][:2] == [
        ("com.thoth.csv-loader", True),
        (CARD_VIEWER, False),
    ]
    assert result.extension == "cards"
    assert (await opened(viewer, path, "a,b", "1,2")).plugin_id == "com.thoth.csv-loader"
    with pytest.raises(RequestFailed) as caught:
        await viewer.request(LOADERS, LoadersParams(uri=(tmp_path / "none").as_uri()))
    assert caught.value.kind == "fileUnreadable"


JSON = {
    "records.txt": (b'[{"a": 1}, {"a": 2}]', 2),
    "lines.log": (b'{"a": 1}\n{"a": 2}\n{"a": 3}\n', 3),
    "noname": (b'\xef\xbb\xbf{"a": [1]}', 1),
    "wide.dat": ('\ufeff[{"ä": 1}]'.encode("utf-16-le"), 1),
    "packed.bin": (gzip.compress('\ufeff[{"ä": 1}, 2]'.encode("utf-16-be")), 2),
    "long.bak.gz": (gzip.compress(b"[" + b'{"a": 1},' * 300_000 + b"{}]"), 300_001),
}
NO_JSON = [
    *(b"hello world\n", b"1,2,3\n4,5,6\n", b"12 apples\n", b"   \n", b"", bytes(range(256)), b"# title\n[link](x)\n"),
    *(b'"""Doc."""\nimport os\n', b"[section]\nkey=1\n", b"{ let a = 1; }", b"[link](http://x)", b'"quoted" text'),
    *(b"null and void", b"a: 1\nb: [1, 2]\n", b"<html></html>", b"[ ] to do\n", b"{\\rtf1 text}"),
]


async def test_json_is_opened_whatever_it_is_named(viewer: ThothClient, tmp_path: Path) -> None:
    """In any encoding that says what it is, and compressed."""
    for name, (content, records) in JSON.items():
        path = tmp_path / name
        put(path, content)
        document = await viewer.request(OPEN, OpenDocumentParams(uri=path.as_uri()))
        assert document.plugin_id == "com.thoth.json-loader", name
        assert document.progress.records == records or not document.progress.done
        choices = (await viewer.request(LOADERS, LoadersParams(uri=path.as_uri()))).loaders
        assert (choices[0].plugin_id, choices[0].match) == ("com.thoth.json-loader", "content")


async def test_what_is_no_json_is_not_taken_for_it(viewer: ThothClient, tmp_path: Path) -> None:
    """Whatever it begins like; CSV, which refuses nothing, is offered and not taken."""
    path = tmp_path / "a.txt"
    for content in NO_JSON:
        put(path, content)
        choices = (await viewer.request(LOADERS, LoadersParams(uri=path.as_uri()))).loaders
        assert [item.plugin_id for item in choices if item.default] == [], content
        assert "com.thoth.csv-loader" in [item.plugin_id for item in choices]
        with pytest.raises(RequestFailed) as caught:
            await viewer.request(OPEN, OpenDocumentParams(uri=path.as_uri()))
        assert caught.value.kind == "noLoader"


async def test_a_page_named_json_says_what_can_be_done(viewer: ThothClient, tmp_path: Path) -> None:
    """The plugin's sentence, and other ways to look at it."""
    with pytest.raises(RequestFailed, match=r"no JSON: .*open it with another plugin \(Open With\), or as text"):
        await opened(viewer, tmp_path / "page.json", "<!DOCTYPE html>", "<html></html>")
