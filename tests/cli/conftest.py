"""`thoth` inside of the tests' own process, over one server: starting both takes longer than what most tests ask."""

from __future__ import annotations

import asyncio
import os
import shutil
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

ROOT = Path(__file__).parent.parent.parent
Command = Callable[..., "subprocess.CompletedProcess[str]"]


class SharedClient(ThothClient):
    """A client that one command after the other uses as if it were its own."""

    def __init__(self) -> None:
        super().__init__()
        self._receivers: dict[str, Callable[[Any], None]] = {}
        self._opened: list[str] = []

    def on(self, rpc: Rpc, told: Callable[[Any], None]) -> None:
        if rpc.method not in self._receivers:
            super().on(rpc, lambda params: self._receivers[rpc.method](params))
        self._receivers[rpc.method] = told

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
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands and their server keep what they keep."""
    return tmp_path_factory.mktemp("thoth-home")


def install_counter(home: Path, plugin_id: str, folder_name: str | None = None) -> Path:
    """The fixture with commands under that id, as a plugin of the user's."""
    wasm = ROOT / "build" / "fixtures" / "counter.wasm"
    assert wasm.exists(), "build the fixtures first: make plugins"
    folder = home / "data" / "plugins" / (folder_name or plugin_id)
    folder.mkdir(parents=True)
    manifest = (ROOT / "plugins" / "fixtures" / "counter.toml").read_text("utf-8")
    (folder / "plugin.toml").write_text(manifest.replace("org.thoth.fixture.counter", plugin_id), "utf-8")
    shutil.copy(wasm, folder / "plugin.wasm")
    return folder


@pytest.fixture(scope="session")
def shared(runner: asyncio.Runner, home: Path) -> Iterator[SharedClient]:
    """The server of the commands."""
    client = SharedClient()
    runner.run(_start(client, str(home)))
    yield client
    runner.run(client.leave())


async def _start(client: ThothClient, home: str) -> None:
    await client.spawn(SERVER, {"THOTH_HOME": home})
    await client.hello({"logLevel": "warning"})


@pytest.fixture
def thoth(
    runner: asyncio.Runner,
    shared: SharedClient,
    home: Path,
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
    monkeypatch.setenv("THOTH_HOME", str(home))

    def run(*arguments: str | bytes | Path) -> subprocess.CompletedProcess[str]:
        given = [os.fsdecode(item) for item in arguments]
        try:
            code = main.main(given)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(given, code, out, err)

    return run
