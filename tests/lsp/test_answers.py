"""Any request gets an answer, whatever it is given."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.raw import PATIENCE, RawServer, raw_server
from thoth_ls.wire.methods import METHODS

REQUESTS = [method for method, rpc in METHODS.items() if rpc.result is not None and rpc.to == "server"]
EMPTY = {method for method in REQUESTS if not METHODS[method].params.model_fields}
ABOUT_DOCUMENTS = {method for method in REQUESTS if "document_id" in METHODS[method].params.model_fields}
ABOUT_PLUGINS = {
    method
    for method in set(REQUESTS) - ABOUT_DOCUMENTS
    if "plugin_id" in METHODS[method].params.model_fields
    and METHODS[method].params.model_fields["plugin_id"].is_required()
}
ABOUT_PANELS = {method for method in REQUESTS if "panel_id" in METHODS[method].params.model_fields}
DECISIONS = {"thoth/network/setGrant": "allowed"}
"""By method, where it is another word than for permissions."""
JUNK: list[Any] = [
    *(1, -1.5, True, "x", "", [], [1], [{}], {"junk": 1}, {"uri": 3}, {"documentId": []}, {"uri": None}),
    {"jsonrpc": "2.0"},
    {"documentId": "d1", "generation": 10**400, "start": -1, "count": 10**30},
    {"documentId": "x" * 2_000_000, "generation": "1", "start": 0, "count": 1},
    {"uri": "\ud800", "options": {"a": {"b": [[[[[]]]]]}}},
    {"uri": "file:///x", "options": [], "firstRows": "many", "pluginId": {}, "workDoneToken": {}},
]


@pytest.mark.parametrize("method", sorted(set(REQUESTS) - EMPTY))
async def test_junk_params_are_answered_with_invalid_params(server: RawServer, method: str) -> None:
    """No request hangs, and the answer names what is wrong."""
    for junk in JUNK:
        answer = await server.request(method, junk)
        assert answer["error"]["code"] == -32602, (junk, answer)
        assert method in answer["error"]["message"]
        assert "Traceback" not in json.dumps(answer)


@pytest.mark.parametrize("method", sorted(EMPTY))
async def test_requests_without_params_accept_their_absence(server: RawServer, method: str) -> None:
    """Absent, null and {} are the same; an unknown field is an error."""
    for params in (..., None, {}):
        assert "result" in await server.request(method, params)
    assert (await server.request(method, {"junk": 1}))["error"]["code"] == -32602


@pytest.mark.parametrize("method", sorted(ABOUT_DOCUMENTS))
async def test_a_document_that_is_not_open_is_said_to_be_unknown(server: RawServer, method: str) -> None:
    """After a restart a client learns from any request that it has to open its files again."""
    params: dict[str, Any] = {"documentId": "gone", "generation": 3, "start": 0, "count": 1, "row": 0, "column": 0}
    params |= {"text": "a", "searchId": "s", "record": 0, "records": [0], "path": [], "offset": 0, "query": "a"}
    params |= {"pluginId": "com.thoth.card-view", "target": "file:///nowhere/x"}
    fields = {field.alias for field in METHODS[method].params.model_fields.values()}
    answer = await server.request(method, {key: value for key, value in params.items() if key in fields})
    if method == "thoth/document/close":
        assert answer["result"] == {}
    else:
        assert answer["error"]["data"]["kind"] == "unknownDocument"


@pytest.mark.parametrize("method", sorted(ABOUT_PLUGINS))
async def test_a_plugin_that_is_not_installed_is_said_not_to_be_found(server: RawServer, method: str) -> None:
    """Whatever is asked of it; a name that leads out of a folder is just another name."""
    params: dict[str, Any] = {"enabled": False, "deleteData": True, "key": "a", "value": "1", "widgetId": "w"}
    params |= {"kind": "click", "need": "network", "name": "x", "values": {}, "pattern": "https://a.example"}
    params |= {"place": "tab", "state": None, "decision": DECISIONS.get(method, "granted")}
    fields = {field.alias for field in METHODS[method].params.model_fields.values()}
    for plugin_id in ("org.example.gone", "../../etc", "", "x" * 100_000, "/", "com.thoth.csv-loader/.."):
        sent = {key: value for key, value in params.items() if key in fields} | {"pluginId": plugin_id}
        answer = await server.request(method, sent)
        assert answer["error"]["data"] == {"kind": "pluginNotFound", "pluginId": plugin_id}
        assert len(answer["error"]["message"]) < 1_000


@pytest.mark.parametrize("method", sorted(ABOUT_PANELS))
async def test_a_panel_that_is_not_open_is_said_to_be_unknown(server: RawServer, method: str) -> None:
    """After a restart a client learns from any request that it has to open its panels again."""
    params: dict[str, Any] = {
        "widgetId": "w",
        "kind": "click",
        "value": "",
        "focused": True,
        "handle": "h",
        "name": "n",
        "offset": 0,
        "count": 1,
    }
    fields = {field.alias for field in METHODS[method].params.model_fields.values()}
    for panel_id in ("gone", "", "x" * 100_000, "../p"):
        sent = {key: value for key, value in params.items() if key in fields} | {"panelId": panel_id}
        answer = await server.request(method, sent)
        if method == "thoth/panel/close":
            assert answer["result"] == {}
        else:
            assert answer["error"]["data"] == {"kind": "unknownPanel"}
            assert len(answer["error"]["message"]) < 1_000


async def test_messages_that_are_no_requests_are_answered_with_invalid_request(server: RawServer) -> None:
    """JSON-RPC 2.0 §5: an error with the id of the request, or null."""
    odd: list[tuple[Any, Any]] = [
        *(([], None), (3, None), ("x", None), (None, None), ({}, None), ([{"jsonrpc": "2.0", "id": 1}], None)),
        ({"jsonrpc": "2.0", "id": 7, "method": 3}, 7),
        ({"jsonrpc": "1.0", "id": 8, "method": "thoth/server/ping"}, 8),
        ({"jsonrpc": "2.0", "id": {"a": 1}, "method": "thoth/server/ping"}, None),
        ({"jsonrpc": "2.0", "id": None, "method": "thoth/server/ping"}, None),
        ({"jsonrpc": "2.0", "id": True, "method": "thoth/server/ping"}, None),
    ]
    for message, answered_id in odd:
        await server.send(message)
        answer = await server.receive()
        assert (answer["error"]["code"], answer.get("id")) == (-32600, answered_id), message
    assert (await server.request("thoth/server/ping"))["result"] == {}


async def test_bytes_that_are_no_json_leave_the_server_standing(server: RawServer) -> None:
    """They are answered with a parse error (JSON-RPC 2.0 §5.1), the next request as ever."""
    for body in (b"{", b"\xff\xfe", b"[1,", b"nul", b'{"jsonrpc": "2.0", "method": '):
        await server.send_bytes(body)
        answer = await server.receive()
        assert (answer["error"]["code"], answer.get("id")) == (-32700, None), body
        assert "Traceback" not in json.dumps(answer)
    assert (await server.request("thoth/server/ping"))["result"] == {}


@pytest.mark.parametrize("params", [b"[" * 100_000 + b"]" * 100_000, b'{"start": ' + b"9" * 100_000 + b"}"])
async def test_json_that_python_does_not_read_is_answered_under_its_id(server: RawServer, params: bytes) -> None:
    """Nesting and numbers without end are refused before the message is known; whoever waits must hear of it."""
    await server.send_bytes(b'{"jsonrpc":"2.0","id":77,"method":"thoth/document/open","params":' + params + b"}")
    answer = await server.receive()
    assert (answer["error"]["code"], answer["id"]) == (-32700, 77)
    await server.send_bytes(b'{"id":"seven","method":"thoth/nothing","params":{"id":5,"a":' + params + b"}}")
    assert (await server.receive())["id"] == "seven"
    assert (await server.request("thoth/server/ping"))["result"] == {}


async def test_headers_are_read_whatever_their_case_and_order(server: RawServer) -> None:
    """The base protocol's header fields follow HTTP."""
    assert server.process.stdin is not None
    body = b'{"jsonrpc":"2.0","id":5,"method":"thoth/server/ping"}'
    header = b"content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:%d\r\n\r\n" % len(body)
    server.process.stdin.write(header + body)
    assert (await server.receive())["id"] == 5


async def test_a_header_that_makes_no_sense_ends_the_server(home: Path) -> None:
    """Nobody can say where the next message begins."""
    async with raw_server() as raw:
        await raw.initialize()
        assert raw.process.stdin is not None
        raw.process.stdin.write(b"Content-Length: 999999999999\r\n\r\n{}")
        assert await asyncio.wait_for(raw.process.wait(), PATIENCE) == 1


async def test_unknown_methods_are_answered(server: RawServer) -> None:
    """-32601, with the method's name."""
    for method in ("thoth/nothing", "", "initialise", "thoth/document/didProgress", "$/thoth"):
        answer = await server.request(method, {})
        assert answer["error"]["code"] == -32601
        assert method in answer["error"]["message"]


async def test_standard_requests_with_junk_are_answered(server: RawServer) -> None:
    """Also the methods that pygls brings along."""
    for params in (3, [], "x", {"command": 4}, {"command": "none"}, None):
        answer = await server.request("workspace/executeCommand", params)
        assert answer["error"]["code"] in (-32602, -32601, -32603)
        assert "Traceback" not in json.dumps(answer)


async def test_unknown_notifications_are_ignored(server: RawServer) -> None:
    """A notification is never answered."""
    for message in (
        {"method": "$/nothing"},
        {"method": "thoth/nothing", "params": 3},
        {"method": "textDocument/didOpen"},
    ):
        await server.send({"jsonrpc": "2.0", **message})
    await server.send({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "never"}})
    await server.send({"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": 7})
    assert (await server.request("thoth/server/ping"))["result"] == {}


async def test_the_server_keeps_no_text_it_knows_nothing_of(home: Path) -> None:
    """An editor that sends its open texts may send gigabytes, and what was not asked for at all."""
    async with raw_server() as raw:
        capabilities = (await raw.initialize())["result"]["capabilities"]
        assert capabilities["textDocumentSync"] == {"openClose": True, "change": 2}
        commands = ["thoth.runPluginCommand", "thoth.listPluginCommands"]
        assert capabilities["executeCommandProvider"] == {"commands": commands, "workDoneProgress": True}
        item = {"uri": "file:///x.csv", "languageId": "csv", "version": 1, "text": "a" * 1_000_000}
        for method in ("textDocument/didOpen", "textDocument/didSave", "notebookDocument/didChange"):
            await raw.send({"jsonrpc": "2.0", "method": method, "params": {"textDocument": item}})
        params = {"textDocument": {"uri": "file:///x.csv"}}
        assert (await raw.request("textDocument/documentSymbol", params))["result"] is None
        assert (await raw.request("thoth/server/ping"))["result"] == {}


async def test_requests_before_initialize_and_after_shutdown_are_answered(home: Path) -> None:
    """Wrong order has its own error codes."""
    async with raw_server() as raw:
        assert (await raw.request("thoth/server/ping", {}))["error"]["code"] == -32002
        assert "result" in await raw.initialize()
        assert (await raw.initialize())["error"]["code"] == -32600
        assert (await raw.request("shutdown"))["result"] is None
        for method in REQUESTS:
            assert (await raw.request(method, {}))["error"]["code"] == -32600
        await raw.send({"jsonrpc": "2.0", "method": "exit"})
        assert await asyncio.wait_for(raw.process.wait(), PATIENCE) == 0


async def test_junk_before_initialize_does_not_prevent_it(home: Path) -> None:
    """A bad initialize is answered, a good one works after it."""
    async with raw_server() as raw:
        assert (await raw.request("initialize", {"capabilities": 3}))["error"]["code"] == -32602
        assert (await raw.request("initialize", []))["error"]["code"] == -32602
        answer = await raw.initialize({"runtime": {"deadlineSeconds": "long"}})
        assert answer["result"]["capabilities"]["experimental"] == {"thoth": {"protocolVersion": 1}}
        assert (await raw.request("thoth/server/ping", {}))["result"] == {}
        shown = [n["params"]["message"] for n in raw.notifications if n["method"] == "window/showMessage"]
        assert any("thoth.runtime.deadlineSeconds" in message for message in shown)


async def test_the_server_ends_when_its_client_goes_away(home: Path) -> None:
    """A closed pipe leaves no process behind."""
    async with raw_server() as raw:
        await raw.initialize()
        assert raw.process.stdin is not None
        raw.process.stdin.close()
        await asyncio.wait_for(raw.process.wait(), PATIENCE)


async def test_many_requests_at_once_are_all_answered(server: RawServer) -> None:
    """Answers may come in any order, but each comes once."""
    for number in range(500):
        await server.send({"jsonrpc": "2.0", "id": f"n{number}", "method": "thoth/server/ping", "params": {}})
    ids = [(await server.receive())["id"] for _ in range(500)]
    assert sorted(ids) == sorted(f"n{number}" for number in range(500))
