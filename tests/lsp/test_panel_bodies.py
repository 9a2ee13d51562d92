"""Bodies that a panel received, and queries that run behind it, through a real server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from tests.lsp.depots import DEPOT, Editor, bad, good, install_fixture, open_panel, opened
from tests.lsp.talking import Talk, talk

CONSENT = "thoth/consent/request"
SETTINGS = {"logLevel": "debug", "runtime": {"fuelPerCall": 10**15}}
"""So much fuel that a loop lasts until it is stopped, on any machine."""
ASKS = {"experimental": {"thoth": {"permissions": True, "consent": True}}}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A web server in a process of its own: what started Thoth, a plugin does not reach."""
    command = [sys.executable, "-m", "tests.net.servers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield json.loads(process.stdout.readline())["url"]
        process.stdin.close()


@pytest_asyncio.fixture(loop_scope="session")
async def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Editor]:
    """A client of a server with the depot: permissions are granted, and each host allowed once."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    install_fixture(tmp_path, "depot")
    async with talk(ASKS, SETTINGS, log=tmp_path / "log") as talked:
        made = Editor(talked, {CONSENT: lambda question: {"choice": "once"}})
        yield made
        made.end()


@pytest.fixture
def client(editor: Editor) -> Talk:
    """Its conversation."""
    return editor.talk


async def received(panel: Any, address: str) -> str:
    """The handle of the body of a response."""
    before = panel.texts[1]
    await panel.do("get", address)
    return str((await panel.until(lambda texts: texts[1] != before))[1])


async def test_a_body_is_a_document_under_the_name_it_is_given(client: Talk, url: str) -> None:
    """Its ending, or where it has none its content, says which plugin opens it; small ones are kept as well."""
    panel = await open_panel(client)
    handle = await received(panel, f"{url}/echo")
    uri = await panel.data(handle, "answer.json")
    assert uri == await panel.data(handle, "answer.json")
    assert uri.endswith("/answer.json")
    document = await opened(client, uri)
    assert (document["pluginId"], document["nested"], document["hasText"]) == ("com.thoth.json-loader", True, True)
    assert (await opened(client, await panel.data(handle)))["pluginId"] == "com.thoth.json-loader"
    assert (await opened(client, await panel.data(handle, "../../a.csv")))["pluginId"] == "com.thoth.csv-loader"
    assert (await opened(client, await panel.data(handle, "page.html.tsv")))["hasText"], "text of any kind is shown raw"
    offered = await good(client, "thoth/document/loaders", uri=uri)
    assert offered["loaders"][0]["pluginId"] == "com.thoth.json-loader"
    where = {"documentId": document["documentId"], "generation": document["generation"]}
    text = await good(client, "thoth/document/fileText", **where, offset=0, before=0, after=1000)
    assert text["lines"][0]["text"].startswith("{")


async def test_bodies_are_their_panels_alone_and_go_with_it(client: Talk, url: str, tmp_path: Path) -> None:
    """What is open stays; nothing is left on the disk."""
    mine, theirs = await open_panel(client), await open_panel(client)
    handle = await received(mine, f"{url}/echo")
    assert (await bad(client, "thoth/panel/data", panelId=theirs.panel_id, handle=handle, name=""))[
        0
    ] == "unknownDocument"
    uri = await mine.data(handle, "a.json")
    document = await opened(client, uri)
    for number in range(20):
        await mine.data(handle, f"{number}.json")
    folder = next((tmp_path / "temp" / "responses").glob("*/data"))
    assert len(list(folder.iterdir())) == 9  # eight names, and the one that is open
    await mine.close()
    assert (await bad(client, "thoth/document/open", uri=uri))[0] == "fileUnreadable"
    where = {"documentId": document["documentId"], "generation": document["generation"]}
    assert (await good(client, "thoth/document/page", **where, start=0, count=1))["count"] == 1
    assert len(list(folder.iterdir())) == 1
    await good(client, "thoth/document/close", documentId=document["documentId"])
    assert list(folder.iterdir()) == []


async def test_a_query_runs_behind_the_panel_and_is_told(client: Talk) -> None:
    """What it returned, or why it failed; several in their order."""
    panel = await open_panel(client)
    assert await panel.queried('say {"a": "é"}') == {"ok": '{"a": "é"}'}
    assert await panel.queried("fail") == {"err": {"message": "it was asked to fail"}}
    await panel.close()
    storage = await good(client, "thoth/plugin/details", pluginId=DEPOT)
    assert storage["storageBytes"] == len("closed c1\n")


async def test_a_query_that_crashes_is_told_of_the_panel_which_goes_on(client: Talk) -> None:
    """The guest that asked is gone, so that no event comes."""
    panel = await open_panel(client)
    await panel.do("query", "c1|trap")
    failed = await client.wait_told("thoth/panel/didFail")
    assert (failed["kind"], failed["ended"]) == ("pluginTrapped", False)
    assert await panel.queried("say again") == {"ok": "again"}


async def test_a_query_that_never_ends_can_be_stopped(client: Talk) -> None:
    """It keeps the panel busy, which is told."""
    panel = await open_panel(client)
    client.told.clear()  # it may have been busy while it was opened
    await panel.do("query", "c1|spin")
    assert (await client.wait_told("thoth/panel/didWork"))["busy"] is True
    await good(client, "thoth/panel/stop", panelId=panel.panel_id)
    assert await panel.queried("say free") == {"ok": "free"}


@pytest.mark.parametrize("choice", ["once", "deny"])
async def test_a_query_that_needs_a_person_is_run_again_once_they_have_answered(
    editor: Editor, client: Talk, url: str, choice: str
) -> None:
    """The panel takes events meanwhile; a denial is what the query failed with."""
    del editor.answers[CONSENT]
    panel = await open_panel(client)
    await panel.do("query", f"c1|tcp 127.0.0.1 {urlsplit(url).port}")
    asked = await editor.wait_asked(CONSENT)
    await panel.do("publish", "Meanwhile|3")
    assert panel.handle.startswith("data-")
    assert panel.texts[2].startswith("query-")
    await client.reply(asked, {"choice": choice})
    outcome = json.loads((await panel.until(lambda texts: texts[2].startswith("{")))[2])
    if choice == "once":
        assert outcome == {"ok": "connected"}
    else:
        assert "denied" in outcome["err"]["message"]
    assert len([message for message in editor.asked if message["method"] == CONSENT]) == 1


async def test_a_query_that_waits_for_a_person_ends_with_its_panel(editor: Editor, client: Talk, url: str) -> None:
    """Nobody is asked any more for what nobody wants."""
    del editor.answers[CONSENT]
    panel = await open_panel(client)
    await panel.do("query", f"c1|tcp 127.0.0.1 {urlsplit(url).port}")
    asked = await editor.wait_asked(CONSENT)
    await panel.close()
    assert (await client.wait_told("$/cancelRequest"))["id"] == asked["id"]
