"""A real guest wants to reach a real server: a person is asked in every way there is, and their answers hold."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.lsp.couriers import COURIER, Editor, install
from tests.lsp.homes import Home
from tests.lsp.raw import PATIENCE
from tests.lsp.talking import talk

ASK, WAITING = "thoth/consent/request", "waiting for user consent"
OURS = {"experimental": {"thoth": {"permissions": True, "consent": True}}}
MESSAGES = {"window": {"showMessage": {}}, "experimental": {"thoth": {"permissions": True}}}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A web server in a process of its own: what started Thoth, a plugin does not reach."""
    command = [sys.executable, "-m", "tests.net.servers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield json.loads(process.stdout.readline())["url"]
        process.stdin.close()


class Person:
    """Answers what they are asked by `choice`, or thinks about it for ever."""

    def __init__(self, choice: str | None = None) -> None:
        self.choice = choice
        self.asked: list[dict[str, Any]] = []

    def __call__(self, question: dict[str, Any]) -> Any:
        self.asked.append(question)
        return None if self.choice is None else {"choice": self.choice}


@asynccontextmanager
async def editor(home: Home, person: Person | None, capabilities: Any = OURS, **settings: Any) -> AsyncIterator[Editor]:
    """A client, and the courier; without a person questions stay open."""
    install(home.folder)
    async with talk(capabilities, {"logLevel": "debug", **settings}, log=home.folder / "log") as client:
        made = Editor(client, {} if person is None else {ASK: person, "window/showMessageRequest": person})
        try:
            yield made
        finally:
            made.end()


async def fetched(client: Editor, url: str) -> str:
    """What a fetch has come to: the body, or why there is none."""
    answer = await client.run("get", url=f"{url}/hello")
    if "result" in answer:
        return str(json.loads(answer["result"]["text"])["body"])
    assert answer["error"]["data"]["kind"] == "pluginRefused"
    return str(answer["error"]["message"])


async def decided(client: Editor) -> list[str]:
    answer = await client.talk.request("thoth/network/grants")
    return [f"{grant['decision']} {grant['pattern']} {grant['duration']}" for grant in answer["result"]["grants"]]


async def until(client: Editor, wanted: list[str]) -> None:
    """Waits for the client to be told that this is decided."""
    await asyncio.wait_for(client.talk.wait_told("thoth/network/didChangeGrants"), PATIENCE)
    assert await decided(client) == wanted


async def activity(client: Editor) -> list[str]:
    answer = await client.talk.request("thoth/network/activity")
    return [entry["verdict"] for entry in answer["result"]["entries"]]


async def approved(client: Editor, url: str) -> str:
    """Fetches until the answer of the person has come in."""
    async with asyncio.timeout(PATIENCE):
        while WAITING in (said := await fetched(client, url)):
            pass  # it takes a while by itself
    return said


async def test_always_is_asked_once_and_outlives_the_server(own_home: Home, url: str) -> None:
    person = Person("always")
    async with editor(own_home, person) as client:
        assert WAITING in await fetched(client, url)
        await until(client, [f"allowed {url} user"])
        assert await fetched(client, url) == "hello"
        (question,) = person.asked
        port = int(url.rpartition(":")[2])
        assert question == {
            "pluginId": COURIER,
            "pluginName": "Courier",
            "version": "0.1.0",
            "origin": "user",
            "kind": "http",
            "method": "GET",
            "target": url,
            "host": "127.0.0.1",
            "port": port,
            "addresses": ["127.0.0.1"],
            "local": True,
            "reason": "It fetches the addresses you give it.",
            "redirectedFrom": None,
            "waiting": 1,
        }
        assert await activity(client) == ["asked", "allowed"]
    async with editor(own_home, Person("deny")) as client:
        assert await fetched(client, url) == "hello"


async def test_once_is_good_for_one_request(own_home: Home, url: str) -> None:
    person = Person("once")
    async with editor(own_home, person) as client:
        assert await approved(client, url) == "hello"
        assert await decided(client) == []
        assert len(person.asked) == 1
        assert WAITING in await fetched(client, url)
        assert await approved(client, url) == "hello"
        assert len(person.asked) == 2


async def test_denied_is_not_asked_again_until_it_is_undone(own_home: Home, url: str) -> None:
    person = Person("deny")
    async with editor(own_home, person) as client:
        assert "was denied just now" in await approved(client, url)
        assert "was denied just now" in await fetched(client, url)
        assert len(person.asked) == 1
        forgotten = {"pluginId": COURIER, "pattern": url, "decision": "ask"}
        assert "result" in await client.talk.request("thoth/network/setGrant", forgotten)
        person.choice = "untilClosed"
        assert await approved(client, url) == "hello"
        assert await decided(client) == [f"allowed {url} untilClosed"]
        assert "result" in await client.talk.request("thoth/network/setGrant", {**forgotten, "decision": "denied"})
        assert "was denied to the plugin" in await fetched(client, url)


@pytest.mark.parametrize("answer", [None, "denyAlways", "everything"])
async def test_what_is_no_yes_is_a_no(own_home: Home, url: str, answer: str | None) -> None:
    person = Person(answer)
    async with editor(own_home, person) as client:
        assert "denied" in await approved(client, url)
        kept = [f"denied {url} user"] if answer == "denyAlways" else []
        assert await decided(client) == kept


async def test_other_editors_are_asked_by_a_message(own_home: Home, url: str) -> None:
    async with editor(own_home, None, MESSAGES) as client:
        assert WAITING in await fetched(client, url)
        message = await client.wait_asked("window/showMessageRequest")
        assert f"wants to reach {url}." in message["params"]["message"]
        await client.talk.reply(message, {"title": "Always Allow"})
        await until(client, [f"allowed {url} user"])
        assert await fetched(client, url) == "hello"


async def test_a_decision_at_the_command_line_takes_the_question_away(own_home: Home, url: str) -> None:
    """Its server is another process; the file it writes is looked at each second."""
    async with editor(own_home, None) as client:
        assert WAITING in await fetched(client, url)
        question = await client.wait_asked(ASK)
        async with editor(own_home, None) as other:
            allowed = {"pluginId": COURIER, "pattern": url, "decision": "allowed", "local": True}
            assert "result" in await other.talk.request("thoth/network/setGrant", allowed)
        assert await client.talk.wait_told("$/cancelRequest") == {"id": question["id"]}
        assert await fetched(client, url) == "hello"


async def test_switching_the_plugin_or_the_network_off_takes_the_question_away(own_home: Home, url: str) -> None:
    async with editor(own_home, None) as client:
        assert WAITING in await fetched(client, url)
        question = await client.wait_asked(ASK)
        off = {"settings": {"thoth": {"network": {"enabled": False}}}}
        await client.talk.server.send({"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": off})
        assert await client.talk.wait_told("$/cancelRequest") == {"id": question["id"]}
        assert await client.talk.wait_told("thoth/network/didChangeGrants") == {"pluginIds": []}
        grants = (await client.talk.request("thoth/network/grants"))["result"]
        assert not grants["enabled"]
        assert "thoth.network.enabled" in grants["whyNot"]
        assert "thoth.network.enabled" in await fetched(client, url)


async def test_with_nobody_to_ask_the_message_has_the_command_that_allows_it(own_home: Home, url: str) -> None:
    async with editor(own_home, None, {"experimental": {"thoth": {"permissions": True}}}) as client:
        said = await fetched(client, url)
        assert f"run: thoth network allow {COURIER} {url}" in said
        assert WAITING not in said


async def test_uninstalling_with_data_forgets_what_was_decided(own_home: Home, url: str) -> None:
    async with editor(own_home, None) as client:
        denied = {"pluginId": COURIER, "pattern": url, "decision": "denied"}
        assert "result" in await client.talk.request("thoth/network/setGrant", denied)
        assert await decided(client) == [f"denied {url} user"]
        gone = {"pluginId": COURIER, "deleteData": True}
        assert "result" in await client.talk.request("thoth/plugin/uninstall", gone)
        assert await decided(client) == []


async def test_a_flood_of_news_is_told_now_and_then(own_home: Home, url: str) -> None:
    async with editor(own_home, Person("always")) as client:
        await approved(client, url)
        before = len([message for message in client.talk.told if message["method"] == "thoth/network/didActivity"])
        began = asyncio.get_running_loop().time()
        counts = await client.record("beg", url=f"{url}/hello", times="100")
        seconds = asyncio.get_running_loop().time() - began
        assert counts["answered"] == 100
        told = [message for message in client.talk.told if message["method"] == "thoth/network/didActivity"]
        assert 1 <= len(told) - before <= 5 * seconds + 2
