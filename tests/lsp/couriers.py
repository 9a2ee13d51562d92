"""A user with the courier, a plugin that calls any host function by command, and an editor that answers for them."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.lsp.raw import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lsp.talking import Talk

ROOT = Path(__file__).parents[2]
COURIER = "org.thoth.fixture.courier"


def install(home: Path) -> None:
    """The courier as a plugin of the user's own."""
    wasm = ROOT / "build" / "fixtures" / "courier.wasm"
    assert wasm.exists(), "build the fixtures first: make plugins"
    folder = home / "data" / "plugins" / "courier"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "plugins" / "fixtures" / "courier.toml", folder / "plugin.toml")
    shutil.copy(wasm, folder / "plugin.wasm")


class Refused(Exception):
    """What an `Editor`'s answer raises to answer with an error."""


class Editor:
    """Answers what the server asks by `answers`, grants every permission, and notes what it was asked."""

    def __init__(self, talk: Talk, answers: dict[str, Callable[[dict[str, Any]], Any]]) -> None:
        self.talk = talk
        self.answers = {"thoth/permission/request": _all_granted, **answers}
        self.asked: list[dict[str, Any]] = []
        """Whole requests of the server, without those about permissions."""
        self._answering = asyncio.create_task(self._answer())

    async def run(self, command: str, /, **values: Any) -> dict[str, Any]:
        """The whole answer to a command of the courier; `values` by name, `_` for `-`."""
        sent = {key.replace("_", "-"): value for key, value in values.items()}
        params = {"pluginId": COURIER, "name": command, "values": sent, "show": False}
        return await self.talk.request("thoth/command/run", params)

    async def record(self, command: str, /, **values: Any) -> dict[str, Any]:
        """The one record that a command of the courier answers."""
        answer = await self.run(command, **values)
        assert "result" in answer, answer
        return dict(json.loads(answer["result"]["text"]))

    async def wait_asked(self, method: str) -> dict[str, Any]:
        """The first request of that kind, past or future."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in self.asked:
                    if message["method"] == method:
                        return message
                await asyncio.sleep(0.01)

    def end(self) -> None:
        """Answers no more."""
        self._answering.cancel()

    async def _answer(self) -> None:
        while True:
            message = await self.talk.asked.get()
            if message["method"] != "thoth/permission/request":
                self.asked.append(message)
            answer = self.answers.get(message["method"])
            if answer is None:
                continue
            try:
                await self.talk.reply(message, answer(message["params"]))
            except Refused as error:
                sent = {"code": -32803, "message": str(error)}
                await self.talk.server.send({"jsonrpc": "2.0", "id": message["id"], "error": sent})


def _all_granted(question: dict[str, Any]) -> dict[str, Any]:
    return {"granted": [item["need"] for item in question["permissions"]], "denied": []}
