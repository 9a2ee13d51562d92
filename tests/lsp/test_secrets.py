"""Secrets and files of plugins at a real server: a real guest asks, a client with a store and dialogs answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.lsp.couriers import COURIER, Editor, Refused, install
from tests.lsp.homes import Home
from tests.lsp.raw import PATIENCE
from tests.lsp.talking import talk

OURS = ("permissions", "secrets", "dialogs")
READ, STORE, FORGET, DIALOG = "thoth/secret/read", "thoth/secret/store", "thoth/secret/forgetAll", "thoth/dialog/file"
Answers = dict[str, Callable[[dict[str, Any]], Any]]
WORD = "hunter2-hunter2"


class Store:
    """The client's store of secrets."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    @property
    def answers(self) -> Answers:
        return {READ: self.read, STORE: self.store, FORGET: self.forget}

    def read(self, params: dict[str, Any]) -> Any:
        return {"value": self.kept.get((params["owner"], params["key"]))}

    def store(self, params: dict[str, Any]) -> Any:
        if params["value"] is None:
            self.kept.pop((params["owner"], params["key"]), None)
        else:
            self.kept[params["owner"], params["key"]] = params["value"]
        return {}

    def forget(self, params: dict[str, Any]) -> Any:
        self.kept = {name: value for name, value in self.kept.items() if name[0] != params["owner"]}
        return {}


@asynccontextmanager
async def editor(home: Home, answers: Answers, has: tuple[str, ...] = OURS) -> AsyncIterator[Editor]:
    """A client with these capabilities of ours, and the courier."""
    install(home.folder)
    capabilities = {"experimental": {"thoth": dict.fromkeys(has, True)}}
    async with talk(capabilities, {"logLevel": "debug"}, log=home.folder / "log") as client:
        made = Editor(client, answers)
        # so that the log has a line, and one that is looked for is looked for in a log that is written
        await client.server.send({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"logged": True}})
        try:
            yield made
        finally:
            made.end()


def assert_kept_nowhere(home: Home, word: str = WORD) -> None:
    """No file of ours holds the word, and the log, in which all is said, does not either."""
    assert "textDocument/didOpen" in (home.folder / "log").read_text()
    for path in home.folder.rglob("*"):
        assert not path.is_file() or word.encode() not in path.read_bytes(), path


async def test_a_plugin_keeps_secrets_in_the_store_of_the_client(own_home: Home) -> None:
    """Under its own name; they outlive the server, and nothing is written."""
    store = Store()
    async with editor(own_home, store.answers) as client:
        assert await client.record("secret", action="read", key="token") == {"key": "token", "value": None}
        await client.record("secret", action="write", key="token", value=WORD)
        assert store.kept == {(COURIER, "token"): WORD}
    async with editor(own_home, store.answers) as client:
        assert await client.record("secret", action="read", key="token") == {"key": "token", "value": WORD}
        await client.record("secret", action="delete", key="token")
        assert store.kept == {}
        log = (await client.talk.request("thoth/plugin/details", {"pluginId": COURIER}))["result"]["log"]
        assert not any(WORD in line for line in log)
    assert_kept_nowhere(own_home)


async def test_what_the_client_has_against_it_reaches_the_plugin_without_the_secret(own_home: Home) -> None:
    def refuse(params: dict[str, Any]) -> Any:
        raise Refused(f"the keychain\nis locked{' for ' + params['value'] if params['key'] == 'chatty' else ''}")

    async with editor(own_home, {STORE: refuse, READ: lambda params: {"value": [WORD]}}) as client:
        answer = await client.run("secret", action="write", key="token", value=WORD)
        assert "The editor's store of secrets failed: the keychain is locked." in answer["error"]["message"]
        answer = await client.run("secret", action="write", key="chatty", value=WORD)
        assert "The editor's store of secrets failed." in answer["error"]["message"]
        answer = await client.run("secret", action="read", key="token")
        assert "does not fit the protocol" in answer["error"]["message"]
        assert WORD not in json.dumps([answer, client.talk.told])
    assert_kept_nowhere(own_home)


async def test_a_setting_that_is_a_secret_is_what_the_plugin_reads(own_home: Home) -> None:
    """The form learns that it is set, and nobody else anything."""
    store = Store()
    async with editor(own_home, store.answers) as client:
        manifest = own_home.folder / "data" / "plugins" / "courier" / "plugin.toml"
        manifest.write_text(manifest.read_text() + '\n[[setting]]\nkey = "token"\ntype = "secret"\n')
        await client.talk.request("thoth/plugin/reload", {"pluginId": COURIER})
        params = {"pluginId": COURIER, "key": "token", "value": json.dumps(WORD)}
        answer = await client.talk.request("thoth/plugin/setSetting", params)
        (setting,) = answer["result"]["settings"]
        assert (setting["type"], setting["user"], setting["workspace"]) == ("secret", "true", None)
        assert (await client.record("secret", action="read", key="token"))["value"] == WORD
        assert WORD not in json.dumps([answer, client.talk.told])
        answer = await client.talk.request("thoth/plugin/setSetting", {**params, "value": json.dumps([WORD])})
        assert answer["error"]["data"] == {"kind": "inputInvalid", "pluginId": COURIER, "input": "token"}
        assert WORD not in json.dumps(answer)
        answer = await client.talk.request("thoth/plugin/setSetting", {**params, "value": WORD})
        assert WORD not in json.dumps(answer)
    assert_kept_nowhere(own_home)


async def test_a_client_without_a_store_gets_that_of_the_machine_or_a_clear_answer(own_home: Home) -> None:
    """None is installed where tests run, and no file takes its place."""
    async with editor(own_home, {}, ("permissions",)) as client:
        answer = await client.run("secret", action="write", key="token", value=WORD)
        assert "no key store on this machine that keeps them secret" in answer["error"]["message"]
        assert client.asked == []
    assert_kept_nowhere(own_home)


async def test_a_command_that_is_cancelled_takes_its_question_back(own_home: Home) -> None:
    """The next one is asked as ever."""
    async with editor(own_home, {}) as client:
        params = {"pluginId": COURIER, "name": "secret", "values": {"action": "read", "key": "token"}, "show": False}
        number, answer = await client.talk.begin("thoth/command/run", params)
        question = await client.wait_asked(READ)
        await client.talk.cancel(number)
        assert (await asyncio.wait_for(answer, PATIENCE))["error"]["data"]["kind"] == "cancelled"
        async with asyncio.timeout(PATIENCE):
            while not any(m["method"] == "$/cancelRequest" for m in client.talk.told):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert {"id": question["id"]} in [m["params"] for m in client.talk.told if m["method"] == "$/cancelRequest"]
        client.answers[READ] = lambda params: {"value": "x"}
        assert (await client.record("secret", action="read", key="token"))["value"] == "x"


async def test_uninstalling_with_data_has_the_client_forget(own_home: Home) -> None:
    store = Store()
    async with editor(own_home, store.answers) as client:
        await client.record("secret", action="write", key="token", value=WORD)
        params = {"pluginId": COURIER, "deleteData": True}
        assert (await client.talk.request("thoth/plugin/uninstall", params))["result"] == {}
        assert store.kept == {}
        assert client.asked[-1]["params"] == {"owner": COURIER}


async def test_a_file_is_picked_by_the_person_and_given_as_text(own_home: Home, tmp_path: Path) -> None:
    picked = tmp_path / "letter ü.txt"
    picked.write_text("dear ü", "utf-8")
    async with editor(own_home, {DIALOG: lambda params: {"uri": picked.as_uri()}}) as client:
        record = await client.record("dialog", action="open", title="A letter", extensions="txt,md")
        assert record == {"path": str(picked), "contents": "dear ü"}
        assert client.asked[0]["params"] == {
            "mode": "open",
            "pluginName": "Courier",
            "title": "A letter",
            "defaultName": "",
            "extensions": ["txt", "md"],
        }
        record = await client.record("dialog", action="save", name="../reply.txt", text="dear me")
        assert record == {"path": str(picked)}
        assert client.asked[1]["params"]["defaultName"] == "reply.txt"
    assert picked.read_text("utf-8") == "dear me"


async def test_dialogs_that_come_to_nothing_are_answered(own_home: Home) -> None:
    """Cancelled, failed, answered with anything, or nobody to show them."""

    def refuse(params: dict[str, Any]) -> Any:
        raise Refused("no window")

    async with editor(own_home, {DIALOG: lambda params: {"uri": None}}) as client:
        assert await client.record("dialog", action="open") == {"path": None}
        client.answers[DIALOG] = refuse
        assert "could not show the dialog: no window" in (await client.run("dialog", action="open"))["error"]["message"]
        for junk in (None, 3, {"uri": 3}, {}, {"uri": None, "more": 1}):
            client.answers[DIALOG] = lambda params, junk=junk: junk  # type: ignore[misc]
            answer = await client.run("dialog", action="open")
            assert "does not fit the protocol" in answer["error"]["message"]
    async with editor(own_home, {}, ("permissions",)) as client:
        assert "nobody to ask for a file" in (await client.run("dialog", action="open"))["error"]["message"]
