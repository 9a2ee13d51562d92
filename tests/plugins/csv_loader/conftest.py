"""The built plugin, driven as the documents drive it, with far less memory than a user's setting allows."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.documents.source import Description, Query, Source
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.wire.documents import CellText, Problem, Progress

PLUGIN = "com.thoth.csv-loader"
MEMORY = 64 << 20
"""Bytes of memory the plugin has to get along with, whatever the file."""
LONG = 1024
"""Bytes of UTF-8 from which on a cell is cut in a page."""


class Opened:
    """One open file. Calls of the plugin run to their end before they return."""

    def __init__(self, plugin: "CsvPlugin", source: Source, progress: Progress) -> None:
        self._run = plugin.run
        self._source = source
        self.progress = progress

    def read_on(self, steps: Sequence[int] = (1 << 24,)) -> "Opened":
        """Reads the rest of the file in steps of so many bytes, over and over."""
        for step in cycle(steps):
            if self.progress.done:
                return self
            before = self.progress
            self.progress = self._run(self._source.advance(step))
            assert self.progress.bytes_done > before.bytes_done or self.progress.done
        raise AssertionError("no steps given")

    def describe(self) -> Description:
        return self._run(self._source.describe())

    def options(self) -> dict[str, str]:
        return {option.key: option.value for option in self.describe().options}

    def page(self, start: int = 0, count: int = 10_000_000) -> list[list[Any]]:
        """Records as lists of cells: strings, or for long ones pairs of a beginning and the length of the whole."""
        records = json.loads(self._run(self._source.page(start, count)))
        return [[c if isinstance(c, str) else (c["text"], c["bytes"]) for c in record] for record in records]

    def cell(self, record: int, column: int, start: int = 0, count: int = 1 << 20) -> CellText:
        return self._run(self._source.cell(record, column, start, count))

    def problems(self) -> tuple[Sequence[Problem], int]:
        return self._run(self._source.problems(0, 20_000))

    def find(self, query: Query, start: int = 0, max_bytes: int = 1 << 20) -> list[tuple[int, int]]:
        """All matches, gathered in steps."""
        found: list[tuple[int, int]] = []
        while True:
            step = self._run(self._source.find(query, start, max_bytes))
            found += step.matches
            if step.done:
                return found
            assert step.next_record > start
            start = step.next_record


class CsvPlugin:
    """The plugin and a folder with the file it reads."""

    def __init__(self, folder: Path) -> None:
        self._runner = asyncio.Runner()
        self.run = self._runner.run
        self._folder = folder / "files"
        self._folder.mkdir()
        limits = Limits(memory_bytes=MEMORY)
        self._runtime = PluginRuntime(Paths.under(folder / "home"), limits, lambda *_: None)
        self._sources: dict[str, Source] = {}
        self._direct: Any = None

    def open(self, data: bytes, options: Mapping[str, str] | None = None, name: str = "data.csv") -> Opened:
        """Opens a file with that content; what is there beyond its first MiB is not read yet."""
        path = self.write(data, name)
        if name not in self._sources:
            self._sources[name] = self.run(self._runtime.loaders.choose(name, PLUGIN).source(path))
        source = self._sources[name]
        return Opened(self, source, self.run(source.open(options or {})))

    def write(self, data: bytes, name: str = "data.csv") -> Path:
        """Puts a file where the plugin sees it; one that was there keeps its identity."""
        path = self._folder / name
        path.write_bytes(data)
        return path

    def call(self, interface: str, function: str, *arguments: Any) -> Any:
        """Any export of an instance of its own, which sees the folder as `/data`."""
        if self._direct is None:
            plugin = self._runtime.catalog.get(PLUGIN)
            assert plugin is not None, "build the plugins first: make plugins"
            self._direct = self.run(self._runtime.instance(plugin, folder=self._folder))
        return self.run(self._direct.call(interface, function, *arguments))

    def close(self) -> None:
        self.run(self._runtime.close())
        self._runner.close()


@pytest.fixture(scope="session")
def csv_plugin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CsvPlugin]:
    """The plugin as `make plugins` built it."""
    plugin = CsvPlugin(tmp_path_factory.mktemp("csv"))
    yield plugin
    plugin.close()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the project's sample files."""
    return Path(__file__).parents[3] / "samples"
