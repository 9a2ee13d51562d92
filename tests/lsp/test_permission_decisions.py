"""What was decided about a plugin is carried out at once, wherever it was decided."""

import shutil
from typing import Any

from tests.catalog.plugins import PLUGIN_ID
from tests.lsp.homes import READS, Home
from tests.lsp.talking import talk

OURS = {"experimental": {"thoth": {"permissions": True}}}
NOBODY: dict[str, Any] = {}
"""A client that cannot be asked."""


async def test_taking_the_files_back_ends_what_is_open_and_giving_them_opens_again(own_home: Home) -> None:
    """At once, in the view; the switch is the same message."""
    params = {"pluginId": PLUGIN_ID, "need": "opened-file"}
    async with talk(NOBODY) as client:
        granted = await client.request("thoth/permission/set", {**params, "decision": "granted"})
        assert [item["decision"] for item in granted["result"]["permissions"]] == ["granted"]
        opened = (await client.request("thoth/document/open", own_home.opening))["result"]
        page = {"documentId": opened["documentId"], "generation": opened["generation"], "start": 0, "count": 2}
        assert "result" in await client.request("thoth/document/page", page)
        await client.request("thoth/permission/set", {**params, "decision": "denied"})
        answer = await client.request("thoth/document/page", page)
        assert answer["error"]["data"]["kind"] == "permissionDenied"
        await client.request("thoth/permission/set", {**params, "decision": "granted"})
        assert "result" in await client.request("thoth/document/open", own_home.opening)


async def test_what_another_server_takes_back_is_taken_back_here(own_home: Home) -> None:
    """As by `thoth plugins deny` while an editor has a file open."""
    params = {"pluginId": PLUGIN_ID, "need": "opened-file"}
    async with talk(NOBODY) as here, talk(NOBODY) as there:
        await there.request("thoth/permission/set", {**params, "decision": "granted"})
        opened = (await here.request("thoth/document/open", own_home.opening))["result"]
        page = {"documentId": opened["documentId"], "generation": opened["generation"], "start": 0, "count": 2}
        assert "result" in await here.request("thoth/document/page", page)
        here.told.clear()
        await there.request("thoth/permission/set", {**params, "decision": "denied"})
        assert (await here.wait_told("thoth/plugin/didChange"))["reason"] == "permissions"
        assert (await here.request("thoth/document/page", page))["error"]["data"]["kind"] == "permissionDenied"


async def test_nothing_is_decided_about_what_is_not_installed(own_home: Home) -> None:
    """Whatever the id looks like."""
    async with talk(NOBODY) as client:
        for plugin_id in ("../x", "..", "", "org.example.nobody", "org/example", "\x00", "x" * 10_000):
            params = {"pluginId": plugin_id, "need": "network", "decision": "granted"}
            error = (await client.request("thoth/permission/set", params))["error"]
            assert error["data"]["kind"] == "pluginNotFound"
    assert not own_home.grants.exists()


async def test_a_need_that_is_not_declared_cannot_be_granted(own_home: Home) -> None:
    async with talk(NOBODY) as client:
        params = {"pluginId": PLUGIN_ID, "need": "network", "decision": "granted"}
        error = (await client.request("thoth/permission/set", params))["error"]
        assert error["data"] == {"kind": "inputInvalid", "pluginId": PLUGIN_ID, "input": "need"}
        assert "it declares opened-file" in error["message"]
        assert (await client.request("thoth/permission/set", {**params, "need": "root"}))["error"]["code"] == -32602


async def test_a_broken_file_of_grants_is_told_and_grants_nothing(own_home: Home) -> None:
    own_home.grants.parent.mkdir(mode=0o700)
    own_home.grants.write_text('{"org.example.plugin": {"user": {"opened-file": {"decision": "granted"')
    async with talk(NOBODY) as client:
        assert (await client.request("thoth/document/open", own_home.opening))["error"]["code"] == 1016
        said = (await client.wait_told("window/showMessage"))["message"]
        assert "permissions.json is not JSON" in said
        assert "kept as permissions.json.broken" in said


async def test_a_question_that_was_answered_elsewhere_leaves_the_screen(own_home: Home) -> None:
    """By a switch in the same window, or by the command line; what waited for it goes on."""
    params = {"pluginId": PLUGIN_ID, "need": "opened-file", "decision": "granted"}
    async with talk(OURS) as here, talk(NOBODY) as there:
        for decider in (here, there):
            await here.request("thoth/permission/set", {**params, "decision": "ask"})
            _, opened = await here.begin("thoth/document/open", own_home.opening)
            question = await here.question()
            here.told.clear()
            await decider.request("thoth/permission/set", params)
            assert "result" in await opened
            assert await here.wait_told("$/cancelRequest") == {"id": question["id"]}


async def test_a_manifest_that_is_changed_on_disk_takes_nothing_along(own_home: Home) -> None:
    """Granted once, it declares more: that is asked for, and until then refused; what was granted goes on."""
    async with talk(OURS) as client:
        _, opened = await client.begin("thoth/document/open", own_home.opening)
        await client.reply(await client.question(), {"granted": ["opened-file"], "denied": []})
        assert "result" in await opened
        own_home.install({**READS, "network": {"hosts": ["*"], "reason": "Just so."}})
        reloaded = await client.request("thoth/plugin/reload", {"pluginId": PLUGIN_ID})
        held = {item["need"]: item["decision"] for item in reloaded["result"]["permissions"]}
        assert held == {"network": "ask", "opened-file": "granted"}
        _, opened = await client.begin("thoth/document/open", own_home.opening)
        question = await client.question()
        assert question["params"]["update"] is True
        assert [(item["need"], item["scope"]) for item in question["params"]["permissions"]] == [("network", ["*"])]
        await client.reply(question, {"granted": [], "denied": ["network"]})
        assert "result" in await opened
        own_home.install(READS, version="2.0.0")
        await client.request("thoth/plugin/reload", {"pluginId": PLUGIN_ID})
        _, opened = await client.begin("thoth/document/open", own_home.opening)
        question = await client.question()
        assert [item["need"] for item in question["params"]["permissions"]] == ["opened-file"]
        await client.reply(question, None)
        assert (await opened)["error"]["data"]["kind"] == "permissionDenied"


async def test_a_repository_cannot_bring_a_plugin_that_is_trusted_under_its_name(own_home: Home) -> None:
    """Not even in a trusted workspace: what was granted to the user's own plugin is asked for anew."""
    params = {"pluginId": PLUGIN_ID, "need": "opened-file", "decision": "granted"}
    async with talk(NOBODY) as client:
        await client.request("thoth/permission/set", params)
    repository = own_home.folder / "repository"
    shutil.copytree(own_home.folder / "data" / "plugins", repository / ".thoth" / "plugins")
    folders = [{"uri": repository.as_uri(), "name": "repository"}]
    for trusted in (False, True):
        async with talk(OURS, {"workspaceTrusted": trusted}, workspaceFolders=folders) as client:
            _, opened = await client.begin("thoth/document/open", own_home.opening)
            if trusted:
                question = await client.question()
                assert (question["params"]["origin"], question["params"]["update"]) == ("workspace", False)
                await client.reply(question, {"granted": [], "denied": ["opened-file"]})
            assert ("result" in await opened) is not trusted
    async with talk(NOBODY) as client:
        assert "result" in await client.request("thoth/document/open", own_home.opening)
