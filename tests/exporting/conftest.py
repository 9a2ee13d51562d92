"""Exports of real files by real plugins, in the tests' own process."""

import asyncio
import csv
import json
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import RecordingEvents
from thoth_ls.documents.store import Documents
from thoth_ls.documents.watch import WatchTiming
from thoth_ls.exporting.export import Exports
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.settings import FilesSettings
from thoth_ls.wire.documents import OpenDocumentParams, OpenDocumentResult
from thoth_ls.wire.exports import ExportParams, ExportResult, ExportScope

ROOT = Path(__file__).parent.parent.parent
ODD, PLAIN = "org.thoth.fixture.odd-exporter", "org.thoth.fixture.plain-exporter"
CSV, JSON = "com.thoth.csv-export", "com.thoth.json-export"
FUEL = 1_000_000_000
"""So that what spins is stopped at once."""


class Bench:
    """Files, the documents over them and their exports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "files"
        self.folder.mkdir()
        home = Paths.under(folder / "home")
        for name in ("odd-exporter", "plain-exporter"):
            install(home.plugins / name, name)
        self.events = RecordingEvents()
        self.runtime = PluginRuntime(home, Limits(fuel_per_call=FUEL), lambda *_: None)
        timing = WatchTiming(poll=0.01, settle=0.02, gap=0.05)
        self.documents = Documents(
            self.runtime.loaders, FilesSettings(), home.temp / "spool", self.events, timing=timing
        )
        self.exports = Exports(self.runtime, self.documents)
        self.reports: list[tuple[int | None, str]] = []

    async def open(self, name: str, content: str | bytes, **more: Any) -> OpenDocumentResult:
        """An open file of that content."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return await self.documents.open(OpenDocumentParams(uri=path.as_uri(), **more))

    async def export(
        self,
        opened: OpenDocumentResult,
        plugin_id: str = ODD,
        to: str = "out",
        scope: dict[str, Any] | None = None,
        **more: Any,
    ) -> ExportResult:
        """Writes a file."""
        params = ExportParams(
            document_id=opened.document_id,
            generation=opened.generation,
            plugin_id=plugin_id,
            target=(self.folder / to).as_uri(),
            scope=ExportScope(**(scope or {})),
            **more,
        )
        return await self.exports.export(params, lambda percent, message: self.reports.append((percent, message)))

    def names(self) -> list[str]:
        """What is in the folder."""
        return sorted(path.name for path in self.folder.iterdir())

    def lines(self, name: str = "out") -> list[Any]:
        """What the odd exporter was given, row by row."""
        text = (self.folder / name).read_text("utf-8")
        return [json.loads(line, parse_int=str, parse_float=str) for line in text.splitlines()]


def install(folder: Path, fixture: str) -> None:
    """Puts a fixture where a user's plugins are."""
    folder.mkdir(parents=True)
    wasm = ROOT / "build" / "fixtures" / f"{fixture}.wasm"
    assert wasm.exists(), "build the fixtures first: make plugins"
    shutil.copy(wasm, folder / "plugin.wasm")
    shutil.copy(ROOT / "plugins" / "fixtures" / f"{fixture}.toml", folder / "plugin.toml")


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """Everything, closed afterwards."""
    made = Bench(tmp_path)
    yield made
    await made.documents.close_all()
    await made.runtime.close()


def rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


async def until(condition: Callable[[], bool]) -> None:
    """Waits for something that nobody tells of."""
    async with asyncio.timeout(20):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)
