"""Tables drawn by plugins, over the protocol: with the real cards, and with a renderer that does odd things."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from thoth_ls.lsp.client import RequestFailed, ThothClient, connect
from thoth_ls.wire.base import Empty
from thoth_ls.wire.documents import CloseParams, OpenDocumentParams, OpenDocumentResult, ReopenParams
from thoth_ls.wire.exports import RenderTableParams, RenderTableResult
from thoth_ls.wire.methods import CLOSE, ENABLE_PLUGIN, OPEN, RELOAD_PLUGIN, RENDER_TABLE, RENDERERS, REOPEN
from thoth_ls.wire.plugins import EnablePluginParams, PluginRef

ROOT = Path(__file__).parent.parent.parent
CARDS, ODD = "com.thoth.card-view", "org.thoth.fixture.odd-renderer"
SETTINGS = {"runtime": {"fuelPerCall": 500_000_000}, "files": {"autoReload": False}}
"""So that what spins is stopped at once."""


@pytest_asyncio.fixture(loop_scope="session")
async def client(tmp_path: Path) -> AsyncIterator[ThothClient]:
    """A server with the odd renderer installed."""
    folder = tmp_path / "home" / "data" / "plugins" / ODD
    folder.mkdir(parents=True)
    wasm = ROOT / "build" / "fixtures" / "odd-renderer.wasm"
    assert wasm.exists(), "build the fixtures first: make plugins"
    shutil.copy(wasm, folder / "plugin.wasm")
    shutil.copy(ROOT / "plugins" / "fixtures" / "odd-renderer.toml", folder / "plugin.toml")
    async with connect(SETTINGS, env={"THOTH_HOME": str(tmp_path / "home")}) as client:
        yield client


def written(path: Path, text: str) -> str:
    """The address of a file of that text."""
    path.write_text(text, "utf-8")
    return path.as_uri()


async def opened(client: ThothClient, path: Path, text: str) -> OpenDocumentResult:
    """An open file of that text."""
    result: OpenDocumentResult = await client.request(OPEN, OpenDocumentParams(uri=written(path, text)))
    return result


async def drawn(
    client: ThothClient, document: OpenDocumentResult, plugin_id: str, start: int = 0, count: int = 1000, **more: Any
) -> RenderTableResult:
    """A drawn table."""
    where = {"document_id": document.document_id, "generation": document.generation}
    params = RenderTableParams(**where, plugin_id=plugin_id, start=start, count=count, **more)
    result: RenderTableResult = await client.request(RENDER_TABLE, params)
    return result


async def given(client: ThothClient, document: OpenDocumentResult, **more: Any) -> dict[str, Any]:
    """The table that a renderer is handed."""
    result = await drawn(client, document, ODD, **more)
    table: dict[str, Any] = json.loads(json.loads(result.node)["value"])
    assert len(table["rows"]) == result.count
    return table


async def test_renderers_are_listed_by_name(client: ThothClient) -> None:
    """The one that came with Thoth and the user's own, by what their manifests call them."""
    found = (await client.request(RENDERERS, Empty())).renderers
    assert [(item.name, item.plugin_id) for item in found] == [("Cards", CARDS), ("Odd", ODD)]


async def test_cards_of_any_file_are_drawn(client: ThothClient, tmp_path: Path) -> None:
    """Whatever plugin reads it, in any part of the file."""
    csv = await opened(client, tmp_path / "a.csv", "name,n\n" + "".join(f"row {n},{n}\n" for n in range(5000)))
    result = await drawn(client, csv, CARDS, 4990, 100)
    assert (result.start, result.count) == (4990, 10)
    first = json.loads(result.node)["children"][0]["children"][0]
    assert first["title"] == "row 4990"
    lines = await opened(client, tmp_path / "a.ndjson", '{"a": "Oslo", "b": {"c": [1, 2.50]}}\n')
    card = json.loads((await drawn(client, lines, CARDS)).node)["children"][0]["children"][0]
    assert card["title"] == "Oslo"
    assert card["body"]["children"][0]["value"]["text"] == '{"c": [1, 2.50]}'
    assert (await drawn(client, csv, CARDS, 5000, 10)).count == 0


async def test_a_renderer_is_handed_texts_only(client: ThothClient, tmp_path: Path) -> None:
    """Of every kind of value, with names for cells beyond the columns, in rows that are all as long as the columns."""
    lines = ['{"a": null, "b": true, "c": 1.50, "d": [1, {"x": "ü"}]}', '{"a": "A\\n\\"q\\""}']
    document = await opened(client, tmp_path / "kinds.ndjson", "\n".join(lines))
    assert await given(client, document) == {
        "columns": ["a", "b", "c", "d"],
        "rows": [["", "true", "1.50", '[1, {"x": "ü"}]'], ['A\n"q"', "", "", ""]],
    }
    ragged = await opened(client, tmp_path / "ragged.csv", "x,y\n1,2\n1,2,3,4\n5\n")
    table = await given(client, ragged)
    assert table["columns"] == ["x", "y", "3", "4"]
    assert table["rows"] == [["1", "2", "", ""], ["1", "2", "3", "4"], ["5", "", "", ""]]


async def test_long_cells_are_told_in_full_up_to_a_bound(client: ThothClient, tmp_path: Path) -> None:
    """Not as far only as pages hold them."""
    document = await opened(client, tmp_path / "long.csv", f"a,b\nx,{'l' * 60_000}\nx,{'m' * 70_000}\n")
    rows = (await given(client, document))["rows"]
    assert rows[0][1] == "l" * 60_000
    assert rows[1][1] == "m" * 65_536 + "…"


async def test_a_table_that_is_too_long_for_a_call_ends_early(client: ThothClient, tmp_path: Path) -> None:
    """And the rest can be asked for."""
    row = ",".join("abcdefgh" * 100 for _ in range(20))
    document = await opened(
        client, tmp_path / "wide.csv", "\n".join([",".join(f"c{n}" for n in range(20)), *[row] * 900])
    )
    first = await drawn(client, document, CARDS)
    assert 0 < first.count < 900
    rest = await drawn(client, document, CARDS, first.count, 1000)
    assert rest.count > 0


async def test_single_records_are_drawn(client: ThothClient, tmp_path: Path) -> None:
    """Such as a search has found."""
    document = await opened(client, tmp_path / "few.csv", "n\n" + "".join(f"{n}\n" for n in range(100)))
    table = await given(client, document, count=0, records=[3, 4, 5, 90, 99])
    assert [row[0] for row in table["rows"]] == ["3", "4", "5", "90", "99"]


@pytest.mark.parametrize(
    ("word", "kind", "said"),
    [
        ("error", "pluginRefused", "this table cannot be drawn, as it asked for"),
        ("broken", "pluginInvalid", "data-renderer.render returned a node that is not JSON"),
        ("big", "pluginInvalid", "more than 4 MiB"),
        ("trap", "pluginTrapped", "data-renderer.render"),
        ("spin", "pluginLimitHit", "fuel"),
        ('"{""no"":1}"', "pluginInvalid", "has to be an object with a text `type`"),
    ],
)
async def test_what_goes_wrong_is_told(client: ThothClient, tmp_path: Path, word: str, kind: str, said: str) -> None:
    """By a sentence that names the plugin, and the next table is drawn as ever."""
    document = await opened(client, tmp_path / "odd.csv", f"n\n{word}\nfine\n")
    with pytest.raises(RequestFailed, match=ODD) as caught:
        await drawn(client, document, ODD)
    assert caught.value.kind == kind
    assert said in str(caught.value)
    assert (await given(client, document, start=1))["rows"] == [["fine"]]


async def test_after_three_crashes_a_renderer_is_tried_again_when_asked_to(client: ThothClient, tmp_path: Path) -> None:
    """The fourth request is refused without running it; whoever asks once more gets a fresh one."""
    document = await opened(client, tmp_path / "odd.csv", "n\ntrap\nfine\n")
    kinds = []
    for _ in range(4):
        with pytest.raises(RequestFailed) as caught:
            await drawn(client, document, ODD)
        kinds.append(caught.value.kind)
    assert kinds == ["pluginTrapped"] * 3 + ["pluginDisabled"]
    assert (await given(client, document, start=1))["rows"] == [["fine"]]


async def test_plugins_that_are_no_renderers_are_named(client: ThothClient, tmp_path: Path) -> None:
    """Not installed, or without the capability."""
    document = await opened(client, tmp_path / "a.csv", "a\n1\n")
    for plugin_id, kind in (("com.example.none", "pluginNotFound"), ("com.thoth.csv-loader", "pluginInvalid")):
        with pytest.raises(RequestFailed, match=plugin_id) as caught:
            await drawn(client, document, plugin_id)
        assert caught.value.kind == kind


async def test_a_renderer_that_is_switched_off_is_not_offered_and_draws_nothing(
    client: ThothClient, tmp_path: Path
) -> None:
    """At once, and switched on again it draws as before."""
    document = await opened(client, tmp_path / "a.csv", "n\n1\n")
    assert (await drawn(client, document, CARDS)).count == 1
    await client.request(ENABLE_PLUGIN, EnablePluginParams(plugin_id=CARDS, enabled=False))
    assert [item.name for item in (await client.request(RENDERERS, Empty())).renderers] == ["Odd"]
    with pytest.raises(RequestFailed, match="switched off") as caught:
        await drawn(client, document, CARDS)
    assert caught.value.kind == "pluginDisabled"
    await client.request(ENABLE_PLUGIN, EnablePluginParams(plugin_id=CARDS, enabled=True))
    assert (await drawn(client, document, CARDS)).count == 1
    await client.request(RELOAD_PLUGIN, PluginRef(plugin_id=CARDS))
    assert (await drawn(client, document, CARDS)).count == 1


async def test_requests_at_the_same_time_and_a_close_between_them_are_all_answered(
    client: ThothClient, tmp_path: Path
) -> None:
    """Instances are made once, and end with the document."""
    document = await opened(client, tmp_path / "a.csv", "a\n" + "1\n" * 1000)
    tasks = [asyncio.create_task(drawn(client, document, CARDS, n, 100)) for n in range(0, 900, 100)]
    assert {(await task).count for task in tasks} == {100}
    reopened = await client.request(REOPEN, ReopenParams(document_id=document.document_id))
    with pytest.raises(RequestFailed) as caught:
        await drawn(client, document, CARDS)
    assert caught.value.kind == "unknownDocument"
    late = [asyncio.create_task(drawn(client, reopened, name, 0, 1000)) for name in (CARDS, ODD)]
    await asyncio.sleep(0)
    await client.request(CLOSE, CloseParams(document_id=document.document_id))
    for outcome in await asyncio.gather(*late, return_exceptions=True):
        assert isinstance(outcome, RenderTableResult) or getattr(outcome, "kind", "") == "unknownDocument"
