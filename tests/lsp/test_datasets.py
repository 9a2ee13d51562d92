"""Data of panels through a real server: tables and bodies become documents, and stay whose they are."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.lsp.depots import DEPOT, Editor, bad, good, install_fixture, open_panel, opened
from tests.lsp.talking import Talk, talk


@pytest_asyncio.fixture(loop_scope="session")
async def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    """A server with the depot, whose permissions are granted."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    for name in ("depot", "plain-exporter", "odd-renderer"):
        install_fixture(tmp_path, name)
    async with talk({}) as talked:
        editor = Editor(talked, {})
        yield talked
        editor.end()


def rows(page: Any) -> Any:
    """The rows of a page."""
    return json.loads(page["rows"])


async def test_a_table_that_a_panel_publishes_is_a_document(client: Talk) -> None:
    """Its columns have the types that were hinted at; it is searched and read as a tree like a file."""
    panel = await open_panel(client)
    await panel.do("publish", "Orders|2000")
    document = await opened(client, await panel.data(panel.handle))
    assert [(column["name"], column["type"]) for column in document["columns"]] == [("n", "integer"), ("text", "text")]
    assert (document["progress"]["records"], document["pluginName"]) == (2000, "Depot")
    where = {"documentId": document["documentId"], "generation": document["generation"]}
    page = await good(client, "thoth/document/page", **where, start=1998, count=10)
    assert rows(page) == [["1998", "row 1998"], ["1999", "row 1999"]]
    found = await good(client, "thoth/document/search", **where, searchId="s", query="row 1777")
    assert found["hits"] == 1
    children = await good(client, "thoth/document/children", **where, record=7, path=[], start=0, count=5)
    assert [(item["key"], item["kind"]) for item in json.loads(children["children"])] == [
        ("n", "number"),
        ("text", "string"),
    ]


async def test_a_document_grows_with_its_table_and_hears_when_that_is_another(client: Talk) -> None:
    """What was shown stays until it is read anew."""
    panel = await open_panel(client)
    await panel.do("publish", "Stream|3")
    document = await opened(client, await panel.data(panel.handle))
    where = {"documentId": document["documentId"], "generation": document["generation"]}
    await panel.do("append", "|5|40")
    grown = await client.wait_told("thoth/document/didProgress")
    while grown["progress"]["records"] < 203:
        client.told = [item for item in client.told if item["method"] != "thoth/document/didProgress"]
        grown = await client.wait_told("thoth/document/didProgress")
    assert rows(await good(client, "thoth/document/page", **where, start=202, count=5)) == [["202", "row 202"]]
    await panel.do("update")
    changed = await client.wait_told("thoth/document/didChange")
    assert changed["change"] == "reloaded"
    assert rows(await good(client, "thoth/document/page", **where, start=0, count=1)) == [["0", "row 0"]]
    again = await good(client, "thoth/document/reopenWith", documentId=document["documentId"])
    assert rows(again["firstPage"]) == [["7"], ["8"]]
    assert len(again["columns"]) == 1


async def test_another_panel_reaches_nothing_of_it(client: Talk) -> None:
    """Not by its handle in a request, nor through the bus; nor does a closed panel."""
    mine, theirs = await open_panel(client), await open_panel(client)
    await mine.do("publish", "Mine|5")
    handle = mine.handle
    assert (await bad(client, "thoth/panel/data", panelId=theirs.panel_id, handle=handle, name=""))[
        0
    ] == "unknownDocument"
    assert (await bad(client, "thoth/dataset/open", panelId=theirs.panel_id, handle=handle))[0] == "unknownDocument"
    for deed in (f"append {handle}|100", f"update {handle}|1", f"release {handle}"):
        await theirs.do(*deed.split(" ", 1))
    uri = await mine.data(handle)
    document = await opened(client, uri)
    assert (document["progress"]["records"], document["hasText"]) == (5, False)
    await mine.close()
    assert (await bad(client, "thoth/panel/data", panelId=mine.panel_id, handle=handle, name=""))[0] == "unknownPanel"
    kind, message = await bad(client, "thoth/document/open", uri=uri)
    assert kind == "fileUnreadable"
    assert "panel" in message


async def test_what_is_too_much_for_the_bus_does_no_harm(client: Talk) -> None:
    """Ten thousand appends, 200 MB in tables, rows of any length, handles that are none."""
    panel = await open_panel(client)
    await panel.do("publish", "Stream|0")
    await panel.do("append", "|1|10000")
    assert (await opened(client, await panel.data(panel.handle)))["progress"]["records"] == 10_000
    large = {"panelId": panel.panel_id, "widgetId": "publish", "kind": "click", "value": "200 MB|16000|12500"}
    kind, message = await bad(client, "thoth/panel/event", **large)
    assert (kind, "64 MiB a value" in message) == ("pluginLimitHit", True)
    listed = await good(client, "thoth/dataset/list")
    assert [item["rows"] for item in listed["datasets"] if item["kind"] == "published"] == [10_000]
    for deed in ("append data-0|5", "update ds-1|5", "release ../x", "append |5"):
        await panel.do(*deed.split(" ", 1))
    several = [await open_panel(client) for _ in range(3)]
    for number, other in enumerate(several):
        await other.do("publish", f"50 MB, {number}|4000|12500")
    listed = await good(client, "thoth/dataset/list")
    names = [item["name"] for item in listed["datasets"] if item["kind"] == "published"]
    assert names == ["Stream", "50 MB, 1", "50 MB, 2"]  # the first is looked at
    await other.do("ragged")
    document = await opened(client, await other.data(other.handle))
    assert rows(document["firstPage"]) == [[], ["1"], ["2", "b", "c"]]


async def test_the_list_tells_tables_and_those_who_make_one(client: Talk) -> None:
    """What is made when it is asked for is a document as well."""
    panel = await open_panel(client)
    await client.wait_told("thoth/dataset/didChange")
    await panel.do("publish", "Orders|4")
    published, producer = (await good(client, "thoth/dataset/list"))["datasets"]
    assert (published["name"], published["rows"], published["columns"], published["kind"]) == (
        "Orders",
        4,
        2,
        "published",
    )
    assert (producer["panelId"], producer["pluginId"], producer["handle"]) == (panel.panel_id, DEPOT, "")
    made = await good(client, "thoth/dataset/open", panelId=panel.panel_id, handle=published["handle"])
    assert made["uri"] == await panel.data(panel.handle)
    made = await good(client, "thoth/dataset/open", panelId=panel.panel_id, handle="")
    assert made["name"] == "Stock"
    document = await opened(client, made["uri"])
    assert document["progress"]["records"] == 3
    await panel.close()
    assert (await good(client, "thoth/dataset/list"))["datasets"] == []
    assert (await bad(client, "thoth/document/open", uri=made["uri"]))[0] == "fileUnreadable"


async def test_data_of_a_plugin_goes_to_others_only_where_they_declare_it(client: Talk, tmp_path: Path) -> None:
    """Exporters and renderers that came with Thoth do; the person can deny it."""
    panel = await open_panel(client)
    await panel.do("publish", "Orders|2")
    document = await opened(client, await panel.data(panel.handle))
    where = {"documentId": document["documentId"], "generation": document["generation"]}
    target = {"target": (tmp_path / "out.csv").as_uri(), "options": {}, "overwrite": True, "scope": {}}
    done = await good(client, "thoth/document/export", **where, pluginId="com.thoth.csv-export", **target)
    assert done["records"] == 2
    assert (tmp_path / "out.csv").read_text("utf-8") == "n,text\n0,row 0\n1,row 1\n"
    drawn = await good(
        client, "thoth/document/renderTable", **where, pluginId="com.thoth.card-view", start=0, count=2, records=None
    )
    assert drawn["count"] == 2
    for plugin_id, method, more in (
        ("org.thoth.fixture.plain-exporter", "thoth/document/export", target),
        ("org.thoth.fixture.odd-renderer", "thoth/document/renderTable", {"start": 0, "count": 2, "records": None}),
    ):
        kind, message = await bad(client, method, **where, pluginId=plugin_id, **more)
        assert kind == "permissionDenied"
        assert "read-datasets" in message
        assert "does not declare" in message
    await good(client, "thoth/permission/set", pluginId="com.thoth.csv-export", need="read-datasets", decision="denied")
    kind, message = await bad(client, "thoth/document/export", **where, pluginId="com.thoth.csv-export", **target)
    assert kind == "permissionDenied"
    assert "thoth plugins grant com.thoth.csv-export read-datasets" in message


@pytest.mark.parametrize("answer", ["granted", "denied"])
async def test_whoever_declares_it_is_asked_about_at_its_first_use_on_such_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """A person is told which plugin wants it, and why; the answer holds."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    for name in ("depot", "plain-exporter"):
        install_fixture(tmp_path, name)
    manifest = tmp_path / "data" / "plugins" / "plain-exporter" / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8") + '\n[permissions]\nread-datasets = { reason = "For tables." }\n')
    asked: list[Any] = []

    def reply(question: Any) -> Any:
        needs = [item["need"] for item in question["permissions"]]
        if question["pluginId"] == DEPOT:
            return {"granted": needs, "denied": []}
        asked.append(question)
        return {"granted": [], "denied": [], answer: needs}

    async with talk({"experimental": {"thoth": {"permissions": True}}}) as talked:
        editor = Editor(talked, {"thoth/permission/request": reply})
        panel = await open_panel(talked)
        await panel.do("publish", "Orders|2")
        document = await opened(talked, await panel.data(panel.handle))
        where = {"documentId": document["documentId"], "generation": document["generation"]}
        export = {"pluginId": "org.thoth.fixture.plain-exporter", "target": (tmp_path / "out").as_uri(), "scope": {}}
        for number in range(2):
            sent = {**where, **export, "options": {}, "overwrite": number > 0}
            if answer == "granted":
                assert (await good(talked, "thoth/document/export", **sent))["records"] == 2
            else:
                assert (await bad(talked, "thoth/document/export", **sent))[0] == "permissionDenied"
        (question,) = asked
        assert [(item["need"], item["reason"]) for item in question["permissions"]] == [
            ("read-datasets", "For tables.")
        ]
        editor.end()
