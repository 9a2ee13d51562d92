"""A server process spoken to byte by byte, for messages no client library would send."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

PATIENCE = 20.0
"""Seconds to wait for an answer; only a test that fails waits so long."""


class RawServer:
    """Writes any JSON, reads the answers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.notifications: list[dict[str, Any]] = []
        self._next_id = 0

    async def send(self, message: Any) -> None:
        """Writes one message, whatever it is."""
        await self.send_bytes(json.dumps(message).encode())

    async def send_bytes(self, body: bytes) -> None:
        """Writes one body under a right header."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        await self.process.stdin.drain()

    async def receive(self) -> dict[str, Any]:
        """The next answer; notifications on the way are kept."""
        while True:
            message = await asyncio.wait_for(self.read(), PATIENCE)
            if "method" not in message:
                return message
            self.notifications.append(message)

    async def read(self) -> dict[str, Any]:
        """The next message, whatever it is."""
        assert self.process.stdout is not None
        header = (await self.process.stdout.readuntil(b"\r\n\r\n")).decode()
        length = int(header.split("Content-Length:")[1].split("\r\n")[0])
        return dict(json.loads(await self.process.stdout.readexactly(length)))

    async def request(self, method: Any, params: Any = ...) -> dict[str, Any]:
        """The whole answer to one request; `...` leaves the params out."""
        self._next_id += 1
        message = {"jsonrpc": "2.0", "id": self._next_id, "method": method}
        await self.send(message if params is ... else {**message, "params": params})
        answer = await self.receive()
        assert answer["id"] == self._next_id
        return answer

    async def initialize(self, options: Any = None) -> dict[str, Any]:
        """Says hello."""
        params = {"processId": None, "rootUri": None, "capabilities": {}, "initializationOptions": options}
        answer = await self.request("initialize", params)
        await self.send({"jsonrpc": "2.0", "method": "initialized", "params": {}})
        return answer


@asynccontextmanager
async def raw_server(log: Path | None = None) -> AsyncIterator[RawServer]:
    """A fresh process, ended afterwards; with `log` it writes all it has to say there."""
    with (log or Path(os.devnull)).open("wb") as stderr:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "thoth_ls", "--log-level", "error" if log is None else "debug"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=stderr,
        )
    try:
        yield RawServer(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        # the pipes of a killed process are closed here rather than by the garbage collector
        process._transport.close()  # type: ignore[attr-defined]
