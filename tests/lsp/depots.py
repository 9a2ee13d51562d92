"""A user with the depot, a panel that does with data what it is told, and a client that looks at what becomes of it."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.lsp.couriers import ROOT, Editor
from tests.lsp.raw import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lsp.talking import Talk

DEPOT = "org.thoth.fixture.depot"


def install_fixture(home: Path, name: str) -> None:
    """A fixture as a plugin of the user's own."""
    wasm = ROOT / "build" / "fixtures" / f"{name}.wasm"
    assert wasm.exists(), "build the fixtures first: make plugins"
    folder = home / "data" / "plugins" / name
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "plugins" / "fixtures" / f"{name}.toml", folder / "plugin.toml")
    shutil.copy(wasm, folder / "plugin.wasm")


class Panel:
    """One open panel of the depot."""

    def __init__(self, talk: Talk, panel_id: str, node: str) -> None:
        self.panel_id = panel_id
        self._talk = talk
        self._first = node

    @property
    def texts(self) -> list[str]:
        """The handle published last, that of the body, and what came last."""
        nodes = [self._first] + [
            message["params"]["view"]["node"]
            for message in self._talk.told
            if message["method"] == "thoth/panel/didRender" and message["params"]["panelId"] == self.panel_id
        ]
        view, body, last = json.loads(nodes[-1])["children"]
        return [view["handle"], body["text"], last["text"]]

    @property
    def handle(self) -> str:
        return self.texts[0]

    async def do(self, widget: str, value: str = "") -> None:
        """Has it do something; returns when it has."""
        params = {"panelId": self.panel_id, "widgetId": widget, "kind": "click", "value": value}
        await good(self._talk, "thoth/panel/event", **params)

    async def until(self, fits: Callable[[list[str]], object]) -> list[str]:
        """The texts once they fit."""
        async with asyncio.timeout(PATIENCE):
            while not fits(self.texts):  # noqa: ASYNC110 - looking is the only way
                await asyncio.sleep(0.01)
        return self.texts

    async def queried(self, query: str, connection: str = "c1") -> Any:
        """What the event says of a query."""
        await self.do("query", f"{connection}|{query}")
        return json.loads((await self.until(lambda texts: texts[2].startswith("{")))[2])

    async def data(self, handle: str, name: str = "") -> str:
        """The address of the data with that handle."""
        found = await good(self._talk, "thoth/panel/data", panelId=self.panel_id, handle=handle, name=name)
        return str(found["uri"])

    async def close(self) -> None:
        await good(self._talk, "thoth/panel/close", panelId=self.panel_id)


async def open_panel(talk: Talk) -> Panel:
    """A panel of the depot."""
    opened = await good(talk, "thoth/panel/open", pluginId=DEPOT, place="tab", state=None)
    return Panel(talk, opened["panelId"], opened["view"]["node"])


async def good(talk: Talk, method: str, **params: Any) -> Any:
    """The result of a request that has one."""
    answer = await talk.request(method, params)
    assert "result" in answer, answer
    return answer["result"]


async def bad(talk: Talk, method: str, **params: Any) -> tuple[str, str]:
    """Kind and message of the error of a request that fails."""
    answer = await talk.request(method, params)
    assert "error" in answer, answer
    return answer["error"]["data"]["kind"], answer["error"]["message"]


async def opened(talk: Talk, uri: str) -> Any:
    """An open document."""
    return await good(talk, "thoth/document/open", uri=uri)


__all__ = ["Editor"]
