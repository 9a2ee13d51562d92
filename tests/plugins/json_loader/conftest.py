"""The built plugin, its exports called one by one, with far less memory than a user's setting allows."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.errors import PluginRefused
from thoth_ls.paths import Paths
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime

PLUGIN = "com.thoth.json-loader"
MEMORY = 64 << 20
"""Bytes of memory the plugin has to get along with, whatever the file."""


@dataclass(frozen=True)
class Progress:
    """How far a file has been read."""

    records: int
    bytes_done: int
    bytes_total: int
    done: bool


@dataclass(frozen=True)
class Problem:
    """A malformed place."""

    record: int
    line: int
    offset: int
    kind: str
    message: str


class Opened:
    """One open file. Calls of the plugin run to their end before they return."""

    def __init__(self, plugin: "JsonPlugin", instance: PluginInstance, path: str, options: Mapping[str, str]) -> None:
        self._plugin = plugin
        self.instance = instance
        self.progress = self.step("paged-loader", "open", path, json.dumps(dict(options)))

    def call(self, interface: str, function: str, *arguments: Any) -> Any:
        """Any export."""
        return self._plugin.run(self.instance.call(interface, function, *arguments))

    def json(self, interface: str, function: str, *arguments: Any) -> Any:
        """Any export that returns JSON text, as what it says."""
        return json.loads(self.call(interface, function, *arguments))

    def step(self, interface: str, function: str, *arguments: Any) -> Progress:
        """An export that returns progress."""
        given = self.call(interface, function, *arguments)
        return Progress(**given)

    def advance(self, max_bytes: int) -> Progress:
        """Reads on."""
        self.progress = self.step("paged-loader", "advance", max_bytes)
        return self.progress

    def read_on(self, steps: Sequence[int] = (1 << 24,)) -> "Opened":
        """Reads the rest of the file in steps of so many bytes, over and over."""
        for step in cycle(steps):
            before = self.progress
            if before.done:
                return self
            after = self.advance(step)
            assert after.bytes_done > before.bytes_done or after.done
            assert after.records >= before.records
        raise AssertionError("no steps given")

    def problems(self) -> tuple[list[Problem], int]:
        """Those that were kept, and how many there are."""
        given = self.json("paged-loader", "problems", 0, 20_000)
        return [Problem(**item) for item in given["problems"]], given["total"]

    def kinds(self) -> list[tuple[int, str]]:
        """Offset and kind of every problem."""
        return [(problem.offset, problem.kind) for problem in self.problems()[0]]

    def options(self) -> dict[str, str]:
        """Those in force."""
        return {option["key"]: option["value"] for option in self.json("paged-loader", "columns")["options"]}

    def notes(self) -> list[str]:
        """What a person should read."""
        return list(self.json("paged-loader", "columns")["notes"])


class JsonPlugin:
    """The plugin and a folder with the files it reads."""

    def __init__(self, folder: Path) -> None:
        self._runner = asyncio.Runner()
        self.run = self._runner.run
        self._folder = folder / "files"
        self._folder.mkdir()
        self._runtime = PluginRuntime(Paths.under(folder / "home"), Limits(memory_bytes=MEMORY), lambda *_: None)
        self._instances: dict[int, PluginInstance] = {}

    def open(
        self,
        data: bytes,
        options: Mapping[str, str] | None = None,
        name: str = "data.json",
        *,
        instance: int = 0,
    ) -> Opened:
        """Opens a file with that content; what is there beyond its first MiB is not read yet."""
        (self._folder / name).write_bytes(data)
        return self.open_again(options, name, instance=instance)

    def open_again(self, options: Mapping[str, str] | None = None, name: str = "data.json", *, instance: int) -> Opened:
        """Opens a file that is there in another instance."""
        if instance not in self._instances:
            plugin = self._runtime.catalog.get(PLUGIN)
            assert plugin is not None, "build the plugins first: make plugins"
            self._instances[instance] = self.run(self._runtime.instance(plugin, folder=self._folder))
        return Opened(self, self._instances[instance], f"/data/{name}", options or {})

    def refusal(self, data: bytes, options: Mapping[str, str] | None = None, name: str = "data.json") -> str:
        """Why a file is not opened."""
        with pytest.raises(PluginRefused) as refused:
            self.open(data, options, name)
        return str(refused.value)

    def close(self) -> None:
        """Ends the instances."""
        self.run(self._runtime.close())
        self._runner.close()


@pytest.fixture(scope="session")
def json_plugin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonPlugin]:
    """The plugin as `make plugins` built it."""
    plugin = JsonPlugin(tmp_path_factory.mktemp("json"))
    yield plugin
    plugin.close()
