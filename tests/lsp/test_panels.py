"""Panels through a real server: what a client has to say and hear to show one."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.lsp.couriers import COURIER, Editor, install
from tests.lsp.talking import Talk, talk


@pytest_asyncio.fixture(loop_scope="session")
async def talked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    """A server with the courier, whose permissions are granted."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    install(tmp_path)
    async with talk({}) as talked:
        editor = Editor(talked, {})
        yield talked
        editor.end()


async def result(talked: Talk, method: str, **params: Any) -> Any:
    """The result of a request that has one."""
    answer = await talked.request(method, params)
    assert "result" in answer, answer
    return answer["result"]


async def test_a_panel_is_opened_does_what_it_is_told_and_is_closed(talked: Talk) -> None:
    """The tree comes with the answer at first, and before the answer for each event."""
    listed = await result(talked, "thoth/panel/list")
    assert COURIER in [panel["pluginId"] for panel in listed["panels"]]
    opened = await result(talked, "thoth/panel/open", pluginId=COURIER, place="tab", state=None)
    view = opened["view"]
    assert (view["title"], opened["note"]) == ("Courier", None)
    assert json.loads(view["node"])["type"] == "column"
    panel = {"panelId": opened["panelId"]}
    typed = {**panel, "widgetId": "address", "kind": "change", "value": "https://a.example"}
    told = len(talked.told)
    done = await result(talked, "thoth/panel/event", **typed)
    (rendered,) = [item["params"] for item in talked.told[told:] if item["method"] == "thoth/panel/didRender"]
    assert rendered["panelId"] == opened["panelId"]
    assert rendered["view"]["revision"] == done["revision"] > view["revision"]
    assert "https://a.example" in rendered["view"]["node"]
    assert await result(talked, "thoth/panel/state", **panel) == {"state": None}
    assert await result(talked, "thoth/panel/close", **panel) == {}
    answer = await talked.request("thoth/panel/event", typed)
    assert answer["error"]["data"] == {"kind": "unknownPanel"}


async def test_a_plugin_without_panels_says_so(talked: Talk) -> None:
    """It is none to be opened."""
    answer = await talked.request(
        "thoth/panel/open", {"pluginId": "com.thoth.csv-export", "place": "tab", "state": None}
    )
    assert answer["error"]["data"]["kind"] == "pluginInvalid"
    assert "no panels" in answer["error"]["message"]
