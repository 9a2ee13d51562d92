"""What a client hears of panels while it asks for nothing, and how the server asks it for more of them."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.lsp.couriers import Editor, Refused
from tests.lsp.talking import Talk, talk
from thoth_ls.lsp.errors import REQUEST_CANCELLED

ROOT = Path(__file__).parents[2]
STAGEHAND = "org.thoth.fixture.stagehand"
SHOWS_PANELS = {"experimental": {"thoth": {"permissions": True, "panels": True}}}


class Stage:
    """A client with the stagehand: what it asks, and what it hears."""

    def __init__(self, talked: Talk, editor: Editor) -> None:
        self.talk = talked
        self.editor = editor

    async def result(self, method: str, **params: Any) -> Any:
        """The result of a request that has one."""
        answer = await self.talk.request(method, params)
        assert "result" in answer, answer
        return answer["result"]

    async def open(self, place: str = "tab", state: str | None = None) -> dict[str, Any]:
        """A panel of it."""
        opened = await self.result("thoth/panel/open", pluginId=STAGEHAND, place=place, state=state)
        return dict(opened)

    async def do(self, panel: dict[str, Any], widget_id: str, value: str = "") -> dict[str, Any]:
        """The whole answer to an event."""
        params = {"panelId": panel["panelId"], "widgetId": widget_id, "kind": "click", "value": value}
        return await self.talk.request("thoth/panel/event", params)


async def staged(folder: Path, capabilities: Any) -> AsyncIterator[Stage]:
    """A fresh server."""
    plugin = folder / "data" / "plugins" / "stagehand"
    plugin.mkdir(parents=True)
    shutil.copy(ROOT / "plugins" / "fixtures" / "stagehand.toml", plugin / "plugin.toml")
    shutil.copy(ROOT / "build" / "fixtures" / "stagehand.wasm", plugin / "plugin.wasm")
    async with talk(capabilities) as talked:
        editor = Editor(talked, {"thoth/panel/show": lambda params: {}})
        yield Stage(talked, editor)
        editor.end()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A client that shows panels."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    async for made in staged(tmp_path, SHOWS_PANELS):
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A client that has not heard of panels."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    async for made in staged(tmp_path, {"experimental": {"thoth": {"permissions": True}}}):
        yield made


async def test_a_crash_is_answered_told_and_mended(stage: Stage) -> None:
    panel = await stage.open(state="3:kept")
    answer = await stage.do(panel, "trap")
    assert answer["error"]["data"]["kind"] == "pluginTrapped"
    failed = await stage.talk.wait_told("thoth/panel/didFail")
    assert (failed["panelId"], failed["kind"], failed["ended"]) == (panel["panelId"], "pluginTrapped", False)
    assert "Traceback" not in failed["message"]
    rendered = await stage.talk.wait_told("thoth/panel/didRender")
    assert "count: 3" in rendered["view"]["node"]
    view = await stage.result("thoth/panel/restart", panelId=panel["panelId"])
    assert view["revision"] > rendered["view"]["revision"]


async def test_a_call_that_hangs_is_told_and_can_be_stopped(stage: Stage) -> None:
    """The server answers all the while; what was stopped is answered as cancelled."""
    panel = await stage.open()
    params = {"panelId": panel["panelId"], "widgetId": "spin", "kind": "click", "value": ""}
    _, hanging = await stage.talk.begin("thoth/panel/event", params)
    assert (await stage.talk.wait_told("thoth/panel/didWork"))["busy"] is True
    assert await stage.result("thoth/server/ping") == {}
    assert await stage.result("thoth/panel/stop", panelId=panel["panelId"]) == {}
    assert (await hanging)["error"]["code"] == REQUEST_CANCELLED
    assert "result" in await stage.do(panel, "add")
    busy = [told["params"]["busy"] for told in stage.talk.told if told["method"] == "thoth/panel/didWork"]
    assert busy == [True, False]


async def test_signals_reach_the_client(stage: Stage) -> None:
    panel = await stage.open()
    await stage.do(panel, "signal", "rows 12 ready 0")
    assert await stage.talk.wait_told("thoth/signal/didChange") == {
        "panelId": panel["panelId"],
        "pluginName": "Stagehand",
        "signals": [{"key": "rows", "value": "12", "status": "ready", "endsInMs": None}],
    }


async def test_a_plugin_opens_another_tab_through_the_client(stage: Stage) -> None:
    panel = await stage.open()
    await stage.do(panel, "tabs", "1")
    asked = await stage.editor.wait_asked("thoth/panel/show")
    assert asked["params"] == {"pluginId": STAGEHAND, "title": "Another", "icon": None, "state": "7:seeded"}
    opened = await stage.open(state=asked["params"]["state"])
    assert "count: 7" in opened["view"]["node"]


async def test_a_client_that_refuses_a_tab_is_believed(stage: Stage) -> None:
    """The plugin's log says so, and nothing else happens."""

    def refuse(params: Any) -> Any:
        raise Refused("no more tabs")

    stage.editor.answers["thoth/panel/show"] = refuse
    panel = await stage.open()
    await stage.do(panel, "tabs", "1")
    logged = await stage.talk.wait_told("thoth/plugin/didLog")
    assert logged["pluginId"] == STAGEHAND
    assert "no more tabs" in logged["text"]


async def test_a_client_that_shows_no_panels_is_asked_for_none(plain: Stage) -> None:
    panel = await plain.open()
    await plain.do(panel, "tabs", "1")
    logged = await plain.talk.wait_told("thoth/plugin/didLog")
    assert "shows no panels" in logged["text"]
    assert not [message for message in plain.editor.asked if message["method"] == "thoth/panel/show"]


async def test_a_reload_closes_panels_to_have_them_opened_again(stage: Stage) -> None:
    panel = await stage.open()
    await stage.do(panel, "add")
    await stage.result("thoth/plugin/reload", pluginId=STAGEHAND)
    closed = await stage.talk.wait_told("thoth/panel/didClose")
    assert (closed["panelId"], closed["again"], closed["state"]) == (panel["panelId"], True, "1:")
    answer = await stage.do(panel, "add")
    assert answer["error"]["data"] == {"kind": "unknownPanel"}
    assert "count: 1" in (await stage.open(state=closed["state"]))["view"]["node"]


async def test_switching_off_closes_panels_for_good(stage: Stage) -> None:
    panel = await stage.open("sidebar")
    await stage.result("thoth/plugin/setEnabled", pluginId=STAGEHAND, enabled=False, scope="user")
    closed = await stage.talk.wait_told("thoth/panel/didClose")
    assert (closed["panelId"], closed["again"], closed["state"]) == (panel["panelId"], False, None)
    listed = await stage.result("thoth/panel/list")
    assert STAGEHAND not in [item["pluginId"] for item in listed["panels"]]


async def test_the_page_of_settings_goes_on_beside_panels(stage: Stage) -> None:
    """Its events reach `handle-event` of an instance of its own."""
    panel = await stage.open()
    event = {"pluginId": STAGEHAND, "widgetId": "add", "kind": "click", "value": ""}
    for count in (1, 2):
        page = await stage.result("thoth/plugin/settingsEvent", **event)
        assert json.loads(page["node"])["children"][0]["text"] == f"count: {count}"
    assert "result" in await stage.do(panel, "add")
    rendered = await stage.talk.wait_told("thoth/panel/didRender")
    assert "count: 1" in rendered["view"]["node"]


async def test_the_end_of_the_server_does_not_wait_for_a_panel_that_hangs(stage: Stage) -> None:
    panel = await stage.open()
    params = {"panelId": panel["panelId"], "widgetId": "spin", "kind": "click", "value": ""}
    await stage.talk.begin("thoth/panel/event", params)
    await stage.talk.wait_told("thoth/panel/didWork")
    assert "result" in await stage.talk.request("shutdown")
