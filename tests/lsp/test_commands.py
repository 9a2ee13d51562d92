"""Commands of plugins through a real server, as the editor and other clients run them."""

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp.client import LanguageClient

from tests.lsp.conftest import ROOT, SERVER, SETTINGS, ask, make_client, open_file, rows

PLUGIN = "org.thoth.fixture.counter"
BROKEN = "org.example.broken"
BUNDLED = "com.thoth.url-source"
"""Has commands, and came with Thoth."""
PATIENCE = 30.0


def install(home: Path) -> None:
    """The fixture with commands, and a plugin that says it has some and is no component."""
    wasm = ROOT / "build" / "fixtures" / "counter.wasm"
    assert wasm.exists(), "build the fixtures first: make plugins"
    manifest = (ROOT / "plugins" / "fixtures" / "counter.toml").read_text("utf-8")
    for plugin_id, code in ((PLUGIN, wasm.read_bytes()), (BROKEN, b"\0asm no component")):
        folder = home / "data" / "plugins" / plugin_id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plugin.toml").write_text(manifest.replace(PLUGIN, plugin_id), "utf-8")
        (folder / "plugin.wasm").write_bytes(code)


class Editor:
    """A client, and what it was asked to show."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.shown: list[types.ShowDocumentParams] = client.shown_documents

    async def run(self, name: str, values: dict[str, Any] | None = None, **params: Any) -> Any:
        """What `thoth/command/run` answers."""
        return await ask(
            self.client,
            "thoth/command/run",
            pluginId=PLUGIN,
            name=name,
            values=values or {},
            **{"show": False, **params},
        )

    async def error(self, name: str, values: dict[str, Any] | None = None, **params: Any) -> tuple[str, str]:
        """Kind and message of the error it answers."""
        with pytest.raises(JsonRpcException) as caught:
            await self.run(name, values, **params)
        return caught.value.data["kind"], caught.value.message

    async def execute(self, command: str, *arguments: Any) -> Any:
        """What `workspace/executeCommand` answers."""
        params = types.ExecuteCommandParams(command=command, arguments=list(arguments))
        return await self.client.workspace_execute_command_async(params)


async def started(capabilities: types.ClientCapabilities) -> LanguageClient:
    """A server of one test's own."""
    client = make_client()
    await client.start_io(*SERVER)
    settings = {**SETTINGS, "runtime": {"fuelPerCall": 10**15, "deadlineSeconds": 60}}
    await client.initialize_session(types.InitializeParams(capabilities=capabilities, initialization_options=settings))
    return client


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def editor(home: Path) -> AsyncIterator[Editor]:
    """A server with the fixture installed, and an editor that shows documents."""
    install(home)
    window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True))
    client = await started(types.ClientCapabilities(window=window))
    yield Editor(client)
    await client.shutdown_session()
    await client.stop()
    for plugin_id in (PLUGIN, BROKEN):
        shutil.rmtree(home / "data" / "plugins" / plugin_id)


async def test_commands_are_listed_beside_what_is_wrong_with_others(editor: Editor) -> None:
    """One broken plugin hides no other."""
    told = await ask(editor.client, "thoth/command/list")
    listed = [command["name"] for command in told["commands"] if command["pluginId"] == PLUGIN]
    assert listed[:3] == ["greet", "count", "big"]
    assert {command["pluginId"] for command in told["commands"]} == {PLUGIN, BUNDLED}
    assert [problem["pluginId"] for problem in told["problems"]] == [BROKEN]
    assert BROKEN in told["problems"][0]["message"]
    one = await ask(editor.client, "thoth/command/list", pluginId=PLUGIN)
    own = [command for command in told["commands"] if command["pluginId"] == PLUGIN]
    assert one == {"commands": own, "problems": []}
    flag = {"kind": "flag", "long": "shout", "short": "s", "valueName": None}
    shout = {"id": "shout", "help": "In capital letters", "required": False, **flag}
    assert one["commands"][0]["arguments"][1] == shout
    with pytest.raises(JsonRpcException) as caught:
        await ask(editor.client, "thoth/command/list", pluginId="com.thoth.csv-loader")
    assert caught.value.message == "plugin com.thoth.csv-loader: it has no commands"


async def test_records_come_as_text_with_all_their_digits(editor: Editor) -> None:
    """Nothing is rounded on the way, and `limit` shortens the text alone."""
    greeted = await editor.run("greet", {"name": 'Ada "A"', "shout": True})
    assert greeted == {"records": 1, "uri": None, "text": '{"greeting":"HELLO, ADA \\"A\\"!"}\n'}
    big = await editor.run("big")
    assert (
        big["text"]
        == '{"id":12345678901234567890,"price":1.10,"tiny":1e-400,"huge":123456789012345678901234567890.5}\n'
    )
    counted = await editor.run("count", {"to": "12", "from": "10"}, limit=2)
    assert (counted["records"], counted["text"].count("\n")) == (3, 2)
    assert await editor.run("nothing", show=True) == {"records": 0, "uri": None, "text": None}


async def test_a_result_opens_like_any_file(editor: Editor) -> None:
    """As a table, by the same plugins."""
    result = await editor.run("count", {"to": "1000"}, show=True)
    assert (result["records"], result["text"]) == (1000, None)
    editor.client.opened = set()  # type: ignore[attr-defined]
    opened = await open_file(editor.client, Path(result["uri"].removeprefix("file://")), firstRows=2)
    assert rows(opened["firstPage"])[1][0]["text"] == "2"
    await ask(editor.client, "thoth/document/close", documentId=opened["documentId"])


async def test_failures_are_told_apart(editor: Editor) -> None:
    """Each with a kind, the plugin's id once, and what to do."""
    assert await editor.error("greet") == ("inputInvalid", f"plugin {PLUGIN}: greet: NAME is missing")
    kind, said = await editor.error("great", {})
    assert kind == "inputInvalid"
    assert "it has greet, count, big" in said
    kind, said = await editor.error("count", {"to": "three"})
    assert (kind, said) == ("pluginRefused", f"plugin {PLUGIN}: a number is needed, of digits only")
    assert (await editor.error("fail"))[0] == "pluginRefused"
    assert (await editor.error("trap"))[0] == "pluginTrapped"
    assert (await editor.error("nonsense"))[0] == "pluginInvalid"
    assert (await editor.run("greet", {"name": "still here"}))["records"] == 1


async def test_a_cancelled_run_ends_at_once(editor: Editor) -> None:
    """However busy the plugin is; others are not disturbed, and the progress has an end."""
    reports = editor.client.progress_reports["spinning"] = []
    running = asyncio.ensure_future(
        editor.client.protocol.send_request_async(
            "thoth/command/run",
            {"pluginId": PLUGIN, "name": "spin", "values": {}, "workDoneToken": "spinning"},
            msg_id="spin-1",
        )
    )
    while not reports:  # noqa: ASYNC110 - the client keeps a list, no event
        await asyncio.sleep(0.02)
    assert (await editor.run("greet", {"name": "x"}))["records"] == 1
    began = time.perf_counter()
    editor.client.cancel_request(types.CancelParams(id="spin-1"))
    with pytest.raises(JsonRpcException) as caught:
        await asyncio.wait_for(running, PATIENCE)
    assert time.perf_counter() - began < 2
    assert caught.value.code == -32800
    assert reports[0].title == "Counter spin"
    assert isinstance(reports[-1], types.WorkDoneProgressEnd)


async def test_many_runs_at_once_do_not_meet(editor: Editor) -> None:
    """Each has an instance of its own."""
    results = await asyncio.gather(*(editor.run("greet", {"name": str(number)}) for number in range(20)))
    assert [json.loads(result["text"])["greeting"] for result in results] == [f"Hello, {n}!" for n in range(20)]


async def test_any_editor_runs_commands_by_the_standard(editor: Editor) -> None:
    """The result is shown as a document where the editor can show one."""
    editor.shown.clear()
    result = await editor.execute("thoth.runPluginCommand", PLUGIN, "count", {"to": "3"})
    assert (result["records"], result["text"]) == (3, None)
    assert [params.uri for params in editor.shown] == [result["uri"]]
    assert (await editor.execute("thoth.runPluginCommand", PLUGIN, "nothing"))["uri"] is None
    assert len(editor.shown) == 1
    assert (await editor.execute("thoth.listPluginCommands", PLUGIN))["commands"][0]["name"] == "greet"
    assert len((await editor.execute("thoth.listPluginCommands"))["problems"]) == 1


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("thoth.runPluginCommand", [], "takes a plugin id"),
        ("thoth.runPluginCommand", [PLUGIN], "takes a plugin id"),
        ("thoth.runPluginCommand", [PLUGIN, "greet", {}, 1], "takes a plugin id"),
        ("thoth.runPluginCommand", [PLUGIN, "greet", ["Ada"]], "values"),
        ("thoth.runPluginCommand", [PLUGIN, "greet", {"name": 1}], "values.name"),
        ("thoth.runPluginCommand", [{}, "greet"], "pluginId"),
        ("thoth.listPluginCommands", [1], "pluginId"),
        ("thoth.listPluginCommands", [PLUGIN, PLUGIN], "takes a plugin id, or nothing"),
        ("thoth.somethingElse", [], "no command 'thoth.somethingElse'"),
    ],
)
async def test_wrong_arguments_of_the_standard_request_are_named(
    editor: Editor, command: str, arguments: list[Any], said: str
) -> None:
    """As invalid params."""
    with pytest.raises(JsonRpcException) as caught:
        await editor.execute(command, *arguments)
    assert caught.value.code == -32602
    assert said in caught.value.message


async def test_an_editor_that_cannot_show_documents_gets_the_text(editor: Editor) -> None:
    """And one that has commands of these names itself is not told of the server's."""
    own = types.ClientCapabilities(experimental={"thoth": {"ownCommands": True}})
    client = await started(own)
    try:
        plain = Editor(client)
        result = await plain.execute("thoth.runPluginCommand", PLUGIN, "count", {"to": "2"})
        assert result == {"records": 2, "uri": None, "text": '{"number":1,"even":false}\n{"number":2,"even":true}\n'}
        assert plain.shown == []
    finally:
        await client.shutdown_session()
        await client.stop()


async def test_results_go_with_the_server(editor: Editor, home: Path) -> None:
    """Nothing a command returned stays on the disk."""
    client = await started(types.ClientCapabilities())
    path = Path((await Editor(client).run("count", {"to": "2"}, show=True))["uri"].removeprefix("file://"))
    assert (await asyncio.to_thread(path.read_text, "utf-8")).count("\n") == 2
    await client.shutdown_session()
    await client.stop()
    assert not path.parent.exists()
