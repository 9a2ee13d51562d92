"""A whole server below the protocol, with a home of its own and a plugin that keeps a diary of its life."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.manager.kept_secrets import KeptSecrets
from thoth_ls.paths import Paths
from thoth_ls.services import Services
from thoth_ls.settings import Settings, load_settings
from thoth_ls.wire.documents import DocumentRef, OpenDocumentParams, OpenDocumentResult, PageParams
from thoth_ls.wire.network import DidChangeNetworkGrants
from thoth_ls.wire.permissions import PermissionAnswer, PermissionQuestion
from thoth_ls.wire.plugins import DidChangePlugins

ROOT = Path(__file__).parent.parent.parent
DIARY = "org.thoth.fixture.diary"
PATIENCE = 10.0


@dataclass
class Told:
    """What the client would have been told."""

    changes: list[Any] = field(default_factory=list)
    failures: list[Any] = field(default_factory=list)
    plugins: list[DidChangePlugins] = field(default_factory=list)
    network: list[DidChangeNetworkGrants] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    themes: int = 0

    def progress(self, event: object) -> None: ...
    def found(self, event: object) -> None: ...
    def searched(self, event: object) -> None: ...
    def malformed(self, uri: str, problems: Sequence[object], total: int) -> None: ...
    def text_problems(self, uri: str, problems: object) -> None: ...

    def changed(self, event: object) -> None:
        self.changes.append(event)

    def failed(self, event: object) -> None:
        self.failures.append(event)

    def plugins_changed(self, event: DidChangePlugins) -> None:
        self.plugins.append(event)

    def network_activity(self, event: object) -> None: ...
    def panel_rendered(self, event: object) -> None: ...
    def panel_failed(self, event: object) -> None: ...
    def panel_working(self, event: object) -> None: ...
    def panel_closed(self, event: object) -> None: ...
    def signals_changed(self, event: object) -> None: ...
    def datasets_changed(self, event: object) -> None: ...

    def themes_changed(self) -> None:
        self.themes += 1

    def network_changed(self, event: DidChangeNetworkGrants) -> None:
        self.network.append(event)

    def reasons(self, plugin_id: str = DIARY) -> list[str]:
        """What was told of a plugin."""
        return [event.reason for event in self.plugins if plugin_id in event.plugin_ids]


@dataclass
class Stage:
    """Starts servers that share one home."""

    folder: Path
    stack: AsyncExitStack

    @property
    def paths(self) -> Paths:
        return Paths.under(self.folder / "home")

    def install(self, root: Path | None = None, name: str = "diary", build: bytes = b"build-01") -> Path:
        """The diary as an installed plugin, or in another place."""
        folder = (root or self.paths.plugins) / name
        folder.mkdir(parents=True, exist_ok=True)
        wasm = ROOT / "build" / "fixtures" / "diary.wasm"
        assert wasm.exists(), "build the fixtures first: make plugins"
        shutil.copy(ROOT / "plugins" / "fixtures" / "diary.toml", folder / "plugin.toml")
        self.build(folder, build)
        return folder

    def build(self, folder: Path, build: bytes) -> None:
        """Puts another build of the diary in place of the one in a folder."""
        wasm = (ROOT / "build" / "fixtures" / "diary.wasm").read_bytes()
        assert wasm.count(b"build-01") == 1
        (folder / "new.wasm").write_bytes(wasm.replace(b"build-01", build))
        (folder / "new.wasm").replace(folder / "plugin.wasm")

    async def start(self, raw: object = None, folders: Sequence[str] = (), *, watch: bool = False) -> "Server":
        """A server; one that does not watch notices nothing by itself."""
        server = Server(self, load_settings(raw, pytest.fail), folders)
        if watch:
            await server.services.start()
        else:
            await asyncio.to_thread(server.services.runtime.prepare)
            server.plugins.know()
        self.stack.push_async_callback(server.services.close)
        return server

    def file(self, *lines: str) -> Path:
        """A file for the diary to open."""
        path = self.folder / f"{len(list(self.folder.iterdir()))}.diary"
        path.write_text("".join(f"{line}\n" for line in lines))
        return path


class Server:
    """One of them."""

    def __init__(self, stage: Stage, settings: Settings, folders: Sequence[str]) -> None:
        self.told = Told()
        self.logged: list[tuple[str, str, str]] = []
        self.questions: list[PermissionQuestion] = []
        self.secrets = KeptSecrets()
        self.services = Services(
            settings,
            stage.paths,
            self.told,
            lambda plugin_id, level, text: self.logged.append((plugin_id, level, text)),
            lambda name, begins: None,
            ask=self.ask,
            secrets=self.secrets,
            report=self.told.reports.append,
            folders=folders,
        )
        self.plugins = self.services.plugins

    async def ask(self, question: PermissionQuestion) -> PermissionAnswer:
        """Grants everything."""
        self.questions.append(question)
        return PermissionAnswer(granted=[item.need for item in question.permissions], denied=[])

    async def open(self, path: Path, plugin_id: str | None = None) -> OpenDocumentResult:
        """Opens a file."""
        params = OpenDocumentParams(uri=path.as_uri(), plugin_id=plugin_id, first_rows=0)
        return await self.services.documents.open(params)

    async def row(self, opened: DocumentRef | OpenDocumentResult, number: int = 0) -> str:
        """What the diary says to a line."""
        params = PageParams(document_id=opened.document_id, generation=opened.generation, start=number, count=1)
        page = await self.services.documents.page(params)
        rows = json.loads(page.rows)
        return str(rows[0][0])

    async def diary(self, stage: Stage) -> list[str]:
        """What the diary that is installed has entered so far, or else the one in a development folder."""
        folder = stage.paths.data / "plugin-data"
        found = [folder / DIARY / "state.txt", *folder.glob(f"{DIARY}@*/state.txt")]
        return next((path.read_text().splitlines() for path in found if path.exists()), [])


async def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Waits for something to become true."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for is not ours to signal
            await asyncio.sleep(0.01)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage that is cleared afterwards."""
    async with AsyncExitStack() as stack:
        yield Stage(tmp_path, stack)
