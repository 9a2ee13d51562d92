"""`thoth` inside of the tests' own process, over one server: starting both takes longer than what most tests ask."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.cli import main
from thoth_ls.lsp.client import SERVER, ThothClient
from thoth_ls.wire import documents as d
from thoth_ls.wire.base import Wire
from thoth_ls.wire.methods import CLOSE, OPEN, Rpc

Command = Callable[..., "subprocess.CompletedProcess[str]"]


class SharedClient(ThothClient):
    """A client that one command after the other uses as if it were its own."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, Callable[[Any], None]] = {}
        self._opened: list[str] = []

    def on(self, rpc: Rpc, told: Callable[[Any], None]) -> None:
        if rpc.method not in self._told:
            super().on(rpc, lambda params: self._told[rpc.method](params))
        self._told[rpc.method] = told

    async def request(self, rpc: Rpc, params: Wire | None = None) -> Any:
        result = await super().request(rpc, params)
        if rpc is OPEN:
            self._opened.append(result.document_id)
        return result

    async def close_all(self) -> None:
        """Closes what a command has opened, as the end of its server would."""
        while self._opened:
            await self.request(CLOSE, d.CloseParams(document_id=self._opened.pop()))


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """The event loop of the commands and their server."""
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="session")
def shared(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedClient]:
    """The server of the commands."""
    client, home = SharedClient(), str(tmp_path_factory.mktemp("thoth-home"))
    runner.run(_start(client, home))
    yield client
    runner.run(client.leave())


async def _start(client: ThothClient, home: str) -> None:
    await client.spawn(SERVER, {"THOTH_HOME": home})
    await client.hello({"logLevel": "warning"})


@pytest.fixture
def thoth(
    runner: asyncio.Runner,
    shared: SharedClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs one command to its end; what it returned and printed."""

    @asynccontextmanager
    async def connected(settings: Mapping[str, Any] | None = None) -> AsyncIterator[ThothClient]:
        try:
            yield shared
        finally:
            await shared.close_all()

    monkeypatch.setattr("thoth_ls.cli.session.connect", connected)
    monkeypatch.setattr(asyncio, "run", runner.run)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | bytes | Path) -> subprocess.CompletedProcess[str]:
        given = [os.fsdecode(item) for item in arguments]
        try:
            code = main.main(given)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(given, code, out, err)

    return run
