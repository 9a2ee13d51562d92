"""A client that is asked back: it reads everything a server process says, and answers the server's requests by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.lsp.raw import PATIENCE, RawServer, raw_server


class Talk:
    """One conversation; nothing is answered unless a test does it."""

    def __init__(self, server: RawServer) -> None:
        self.server = server
        self.asked: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        """Requests of the server, whole."""
        self.told: list[dict[str, Any]] = []
        """Its notifications."""
        self._news = asyncio.Event()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())

    async def begin(self, method: str, params: Any = None) -> tuple[int, asyncio.Future[dict[str, Any]]]:
        """Sends a request; its id and what will be the whole answer."""
        number = len(self._answers) + 1
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self.server.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params or {}})
        return number, answer

    async def request(self, method: str, params: Any = None) -> dict[str, Any]:
        """The whole answer to a request."""
        _, answer = await self.begin(method, params)
        return await asyncio.wait_for(answer, PATIENCE)

    async def cancel(self, number: int | str) -> None:
        """Withdraws a request."""
        await self.server.send({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": number}})

    async def question(self) -> dict[str, Any]:
        """The next request of the server."""
        return await asyncio.wait_for(self.asked.get(), PATIENCE)

    async def reply(self, question: dict[str, Any], result: Any) -> None:
        """Answers a request of the server."""
        await self.server.send({"jsonrpc": "2.0", "id": question["id"], "result": result})

    async def wait_told(self, method: str) -> dict[str, Any]:
        """The params of the first notification of that kind, past or future."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in self.told:
                    if message["method"] == method:
                        return dict(message["params"])
                self._news.clear()
                await self._news.wait()

    async def hello(self, capabilities: Any, options: Any = None, **more: Any) -> None:
        """Initializes the server for a client that can do this; `more` are further params."""
        params = {"processId": None, "rootUri": None, "capabilities": capabilities, "initializationOptions": options}
        params |= more
        assert "result" in await self.request("initialize", params)
        await self.server.send({"jsonrpc": "2.0", "method": "initialized", "params": {}})

    def end(self) -> None:
        """Reads no more."""
        self._reading.cancel()

    async def _read(self) -> None:
        while True:
            message = await self.server.read()
            if "method" not in message:
                self._answers[message["id"]].set_result(message)
            elif "id" in message:
                self.asked.put_nowait(message)
            else:
                self.told.append(message)
                self._news.set()


@asynccontextmanager
async def talk(capabilities: Any, options: Any = None, *, log: Path | None = None, **more: Any) -> AsyncIterator[Talk]:
    """A conversation with a fresh server, ended afterwards; see `raw_server` for `log`."""
    async with raw_server(log) as server:
        made = Talk(server)
        try:
            await made.hello(capabilities, options, **more)
            yield made
        finally:
            made.end()
