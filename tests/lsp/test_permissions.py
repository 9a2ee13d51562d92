"""A person is asked what a plugin may do, at a real server, in every way a client can be asked."""

import asyncio
from typing import Any

import pytest

from tests.catalog.plugins import PLUGIN_ID
from tests.lsp.homes import OPENS, READS, Home
from tests.lsp.talking import Talk, talk

OURS = {"experimental": {"thoth": {"permissions": True}}}
MESSAGES = {"window": {"showMessage": {"messageActionItem": {"additionalPropertiesSupport": False}}}}
NOBODY: dict[str, Any] = {}
SHOW = "window/showMessageRequest"


async def listed(client: Talk) -> dict[str, str]:
    """What holds for the plugin, by need."""
    plugins = (await client.request("thoth/plugin/list"))["result"]["plugins"]
    (found,) = [plugin for plugin in plugins if plugin["id"] == PLUGIN_ID]
    return {item["need"]: item["decision"] for item in found["permissions"]}


async def test_the_first_file_asks_and_opens_when_allowed(own_home: Home) -> None:
    """Once for all needs; afterwards, and after a restart, nobody is asked."""
    own_home.install({**READS, "network": {"hosts": ["*.example.com"], "reason": "Looks names up."}})
    async with talk(OURS) as client:
        _, opened = await client.begin("thoth/document/open", own_home.opening)
        question = await client.question()
        assert question["method"] == "thoth/permission/request"
        assert question["params"] == {
            "pluginId": PLUGIN_ID,
            "pluginName": "Example",
            "version": "1.2.0",
            "origin": "user",
            "permissions": [
                {
                    "need": "network",
                    "title": "Reach hosts on the network (HTTP, WebSocket)",
                    "scope": ["*.example.com"],
                    "reason": "Looks names up.",
                    "decision": "ask",
                },
                {
                    "need": "opened-file",
                    "title": "Read the files you open with it",
                    "scope": [],
                    "reason": "Reads your logs.",
                    "decision": "ask",
                },
            ],
            "update": False,
        }
        assert not opened.done()
        await client.reply(question, {"granted": ["opened-file"], "denied": ["network"]})
        assert (await opened)["result"]["pluginId"] == PLUGIN_ID
        assert await client.wait_told("thoth/plugin/didChange") == {
            "pluginIds": [PLUGIN_ID],
            "reason": "permissions",
            "message": None,
        }
        assert await listed(client) == {"network": "denied", "opened-file": "granted"}
    async with talk(OURS) as client:
        assert "result" in await client.request("thoth/document/open", own_home.opening)
        assert client.asked.empty()


async def test_denied_the_plugin_opens_no_files_and_the_next_one_is_tried(own_home: Home) -> None:
    own_home.install(rest=OPENS.replace('"log"', '"csv"'))
    sheet = own_home.folder / "a.csv"
    sheet.write_text("a,b\n1,2\n")
    settings = {"files": {"loaders": {"csv": PLUGIN_ID}}}
    async with talk(OURS, settings) as client:
        _, opened = await client.begin("thoth/document/open", {"uri": sheet.as_uri()})
        await client.reply(await client.question(), {"granted": [], "denied": ["opened-file"]})
        result = (await opened)["result"]
        assert result["pluginId"] == "com.thoth.csv-loader"
        assert any(f"{PLUGIN_ID}: it needs the permission opened-file" in note for note in result["notes"])
        alone = await client.request("thoth/document/open", {"uri": sheet.as_uri(), "pluginId": PLUGIN_ID})
        assert alone["error"]["code"] == 1016
        assert alone["error"]["data"] == {"kind": "permissionDenied", "pluginId": PLUGIN_ID, "need": "opened-file"}
        assert client.asked.empty()


UNDECIDING: list[Any] = [
    *(None, {"granted": [], "denied": []}, {}, [], "yes", 3, {"granted": "opened-file", "denied": []}),
    {"granted": ["everything"], "denied": []},
    {"granted": ["network", "headless"], "denied": ["tcp"]},
]


async def test_an_answer_that_decides_nothing_grants_nothing(own_home: Home) -> None:
    """Waved away, malformed, or about something else: refused now, asked at the next act."""
    for number in range(len(UNDECIDING)):
        rest = OPENS.replace('"log"', f'"e{number}"')
        own_home.install(plugin_id=f"org.example.p{number}", rest=rest)
        (own_home.folder / f"a.e{number}").write_text("x")
    async with talk(OURS) as client:
        for number, reply in enumerate(UNDECIDING):
            uri = (own_home.folder / f"a.e{number}").as_uri()
            for _ in range(2):
                _, opened = await client.begin("thoth/document/open", {"uri": uri})
                question = await client.question()
                assert question["params"]["pluginId"] == f"org.example.p{number}"
                await client.reply(question, reply)
                error = (await opened)["error"]
                assert error["data"]["kind"] == "permissionDenied"
                assert f"thoth plugins grant org.example.p{number} opened-file" in error["message"]
    assert own_home.decided() == {}


async def test_a_client_that_answers_with_an_error_decides_nothing(own_home: Home) -> None:
    async with talk(OURS) as client:
        _, opened = await client.begin("thoth/document/open", own_home.opening)
        question = await client.question()
        error = {"code": -32601, "message": "no such method"}
        await client.server.send({"jsonrpc": "2.0", "id": question["id"], "error": error})
        assert (await opened)["error"]["data"]["kind"] == "permissionDenied"


@pytest.mark.parametrize(
    ("button", "decision"), [("Allow", "granted"), ("Deny", "denied"), (None, "ask"), ("Ok", "ask")]
)
async def test_other_editors_are_asked_by_a_message(own_home: Home, button: str | None, decision: str) -> None:
    async with talk(MESSAGES) as client:
        _, opened = await client.begin("thoth/document/open", own_home.opening)
        question = await client.question()
        assert question["method"] == SHOW
        assert question["params"]["message"] == (
            f"The plugin “Example” ({PLUGIN_ID} 1.2.0, was installed by you) asks for leave to:\n"
            "• Read the files you open with it. Its author says: “Reads your logs.”"
        )
        assert [action["title"] for action in question["params"]["actions"]] == ["Allow", "Deny"]
        await client.reply(question, None if button is None else {"title": button})
        answer = await opened
        assert ("result" in answer) == (decision == "granted")
        assert await listed(client) == {"opened-file": decision}


async def test_the_message_shows_what_is_wide_first_and_the_author_s_words_in_one_line(own_home: Home) -> None:
    """However long, and whatever it is written with."""
    evil = "Trust me.” \u202e\u2028\n\n• Nothing else\x1b[2J" + "x" * 400
    hosts = [f"h{number}.example.com" for number in range(200)] + ["*"]
    own_home.install({"network": {"hosts": hosts, "reason": evil}, **READS}, name="N" * 4000, version="1." + "9" * 4000)
    async with talk(MESSAGES) as client:
        await client.begin("thoth/document/open", own_home.opening)
        message = (await client.question())["params"]["message"]
        lines = message.split("\n")
        assert len(lines) == 3
        assert lines[1].startswith("• Reach hosts on the network (HTTP, WebSocket): *, h0.example.com, ")
        assert " and 191 more. Its author says: “Trust me.' • Nothing else [2Jxxx" in lines[1]
        assert all(line.isprintable() for line in lines)
        assert len(message) < 1200


async def test_with_nobody_to_ask_the_answer_names_the_command(own_home: Home) -> None:
    async with talk(NOBODY) as client:
        error = (await client.request("thoth/document/open", own_home.opening))["error"]
        assert error["data"]["kind"] == "permissionDenied"
        assert f"run: thoth plugins grant {PLUGIN_ID} opened-file" in error["message"]
        assert client.asked.empty()


async def test_a_question_can_wait_for_long_and_nothing_waits_for_it(own_home: Home) -> None:
    """No instance exists yet whose time could run out; other requests are answered, other files open."""
    other = own_home.folder / "b.csv"
    other.write_text("a,b\n1,2\n")
    async with talk(OURS, {"runtime": {"deadlineSeconds": 0.3}}) as client:
        _, opened = await client.begin("thoth/document/open", own_home.opening)
        question = await client.question()
        await asyncio.sleep(1)
        assert "result" in await client.request("thoth/server/ping")
        assert "result" in await client.request("thoth/document/open", {"uri": other.as_uri()})
        assert not opened.done()
        await client.reply(question, {"granted": ["opened-file"], "denied": []})
        assert "result" in await opened


async def test_opening_that_waits_for_a_person_can_be_cancelled(own_home: Home) -> None:
    """That withdraws the question; a late answer to it changes nothing, and the next act asks anew."""
    async with talk(OURS) as client:
        number, opened = await client.begin("thoth/document/open", own_home.opening)
        question = await client.question()
        await client.cancel(number)
        assert (await opened)["error"]["code"] == -32800
        assert await client.wait_told("$/cancelRequest") == {"id": question["id"]}
        await client.reply(question, {"granted": ["opened-file"], "denied": []})
        assert await listed(client) == {"opened-file": "ask"}
        _, again = await client.begin("thoth/document/open", own_home.opening)
        await client.reply(await client.question(), {"granted": ["opened-file"], "denied": []})
        assert "result" in await again


async def test_many_files_at_once_are_one_question_and_many_plugins_one_at_a_time(own_home: Home) -> None:
    own_home.install(plugin_id="org.example.second", rest=OPENS.replace('"log"', '"txt"'))
    second = own_home.folder / "b.txt"
    second.write_text("x\n")
    async with talk(OURS) as client:
        openings = [
            await client.begin("thoth/document/open", {"uri": uri})
            for uri in [own_home.file.as_uri(), second.as_uri()] * 10
        ]
        for _ in range(2):
            question = await client.question()
            await asyncio.sleep(0.2)
            assert client.asked.empty()
            await client.reply(question, {"granted": ["opened-file"], "denied": []})
        answers = await asyncio.gather(*(answer for _, answer in openings))
        assert all("result" in answer for answer in answers)
        assert client.asked.empty()


async def test_nobody_is_asked_because_of_the_list_of_exporters(own_home: Home) -> None:
    """Choosing one is another matter: its options are its own to tell."""
    own_home.install(rest='capabilities = ["exporter"]\n[exporter]\noutput_extension = "log"')
    async with talk(OURS) as client:
        exporters = (await client.request("thoth/exporter/list"))["result"]["exporters"]
        (found,) = [item for item in exporters if item["pluginId"] == PLUGIN_ID]
        assert (found["undecided"], found["extension"], found["options"]) == (True, "log", [])
        assert client.asked.empty()
        _, one = await client.begin("thoth/exporter/list", {"pluginId": PLUGIN_ID})
        await client.reply(await client.question(), {"granted": ["opened-file"], "denied": []})
        (found,) = (await one)["result"]["exporters"]
        assert not found["undecided"]
        assert "exporter" in found["problem"]  # which its component does not export, though it says so


async def test_shutting_down_does_not_wait_for_a_person(own_home: Home) -> None:
    async with talk(OURS) as client:
        await client.begin("thoth/document/open", own_home.opening)
        await client.question()
        assert (await client.request("shutdown"))["result"] is None
        await client.server.send({"jsonrpc": "2.0", "method": "exit"})
        assert await asyncio.wait_for(client.server.process.wait(), 10) == 0
