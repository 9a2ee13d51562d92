"""Settings that change while files are open."""

import asyncio
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp.client import LanguageClient

from tests.lsp.conftest import ask, open_file, ref
from tests.lsp.raw import RawServer, raw_server

PATIENCE = 20.0


def configure(client: LanguageClient, settings: Any) -> None:
    """Sends the settings as an editor does when its user changed them."""
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=settings))


async def published(client: LanguageClient, path: Path, count: int) -> list[types.Diagnostic]:
    """The diagnostics of a file once there are so many."""
    async with asyncio.timeout(PATIENCE):
        while len(client.diagnostics.get(path.as_uri(), ())) != count:
            await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[path.as_uri()])


async def test_diagnostics_of_open_files_follow_their_settings(client: LanguageClient, tmp_path: Path) -> None:
    """Switching them off clears them, switching them on or allowing more shows them, without opening a file again."""
    path = tmp_path / "ragged.csv"
    path.write_text("a,b\n" + "1\n" * 5)
    opened = await open_file(client, path)
    await published(client, path, 5)
    configure(client, {"thoth": {"diagnostics": {"enabled": False}}})
    await published(client, path, 0)
    configure(client, {"thoth": {"diagnostics": {"enabled": True, "maxPerFile": 2}}})
    *listed, rest = await published(client, path, 3)
    assert [item.range.start.line for item in listed] == [1, 2]
    assert rest.message.startswith("3 more")
    configure(client, {"thoth": {"diagnostics": {"maxPerFile": 4}}})
    assert [item.range.start.line for item in await published(client, path, 5)] == [1, 2, 3, 4, 4]
    await ask(client, "thoth/document/close", documentId=opened["documentId"])
    await published(client, path, 0)


async def test_a_file_opened_twice_keeps_its_diagnostics_until_both_are_closed(
    client: LanguageClient, tmp_path: Path
) -> None:
    """Two views of a file are two documents, the diagnostics belong to the file."""
    path = tmp_path / "ragged.csv"
    path.write_text("a,b\n1\n2\n")
    first = await open_file(client, path)
    await published(client, path, 2)
    second = await open_file(client, path)
    assert second["documentId"] != first["documentId"]
    await ask(client, "thoth/document/reopenWith", documentId=second["documentId"], options={"header": "yes"})
    await published(client, path, 2)
    for opened, count in ((second, 2), (first, 0)):
        await ask(client, "thoth/document/close", documentId=opened["documentId"])
        await published(client, path, count)
        if count:
            again = await ask(client, "thoth/document/problems", **ref(first), start=0, count=9)
            assert again["total"] == count


async def warnings_after(raw: RawServer, settings: Any) -> list[str]:
    """What the person is told about a change of settings."""
    raw.notifications.clear()
    message = {"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": {"settings": settings}}
    await raw.send(message)
    await raw.request("thoth/server/ping")
    return [n["params"]["message"] for n in raw.notifications if n["method"] == "window/showMessage"]


async def test_a_change_that_does_not_speak_of_thoth_changes_nothing(home: Path, tmp_path: Path) -> None:
    """Editors send null, or the settings of others, to say that something changed somewhere."""
    path = tmp_path / "ragged.csv"
    path.write_text("a,b\n1\n2\n3\n")
    async with raw_server() as raw:
        await raw.initialize({"diagnostics": {"maxPerFile": 1}})
        for settings in (None, {}, {"other": {"runtime": 3}}):
            assert await warnings_after(raw, settings) == []
        opened = (await raw.request("thoth/document/open", {"uri": path.as_uri()}))["result"]
        while not any(n["method"] == "textDocument/publishDiagnostics" for n in raw.notifications):
            await raw.request("thoth/server/ping")
        told = [n["params"] for n in raw.notifications if n["method"] == "textDocument/publishDiagnostics"]
        assert len(told[0]["diagnostics"]) == 2
        assert opened["documentId"]
        assert await warnings_after(raw, {"thoth": 3}) == ["Ignoring the thoth settings: expected an object, got int."]
        assert len(await warnings_after(raw, 7)) == 1


async def test_a_warning_has_no_links(home: Path) -> None:
    """VS Code would run the command behind one, and settings may be those of a folder somebody else has made."""
    async with raw_server() as raw:
        await raw.initialize({"plugins": {"devFolders": ["[Mend](command:x)"]}})
        await raw.request("thoth/plugin/list", {})
        await raw.request("thoth/server/ping")
        (said,) = [n["params"]["message"] for n in raw.notifications if n["method"] == "window/showMessage"]
        assert "'[Mend] (command:x)'" in said
