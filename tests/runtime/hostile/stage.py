"""A stage for hostile guests: installed plugins, the real runtime, a log that can be read and a watched event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.documents.source import Loader
from thoth_ls.paths import Paths
from thoth_ls.runtime.imports import HostTable
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import MIB, Limits
from thoth_ls.runtime.runtime import PluginRuntime

PLUGIN = "org.example.hostile"
MANIFEST = f"""
id = "{PLUGIN}"
name = "Hostile"
version = "0.1.0"
description = "Means no good"
author = "Tests"
capabilities = ["file-loader"]
[[file-loader]]
supported-extensions = ["csv"]
"""
LIMITS = Limits(fuel_per_call=200_000_000, deadline_seconds=5.0, memory_bytes=64 * MIB, max_result_bytes=8 * MIB)
"""Smaller than the defaults, so that each is reached soon."""
LONGEST_GAP = 0.8
"""Seconds; generous, since it only has to show that nothing blocks the loop. The benchmark measures how long."""


class Heart:
    """Notices how long the event loop stood still."""

    def __init__(self) -> None:
        self.longest_gap = 0.0
        self._last = 0.0

    def excuse(self) -> None:
        """Does not count the time until now: the test itself was busy."""
        self._last = time.monotonic()

    @asynccontextmanager
    async def beating(self) -> AsyncIterator[None]:
        """Fails when the event loop stood still inside the block."""
        self.excuse()
        task = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            task.cancel()
        assert self.longest_gap < LONGEST_GAP

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(0.005)
            now = time.monotonic()
            self.longest_gap = max(self.longest_gap, now - self._last)
            self._last = now


@dataclass
class Stage:
    """Installs guests as plugins and runs them; remembers what they write to their logs."""

    folder: Path
    heart: Heart = field(default_factory=Heart)
    logs: list[tuple[str, str, str]] = field(default_factory=list)
    compilations: list[tuple[str, bool]] = field(default_factory=list)
    runtimes: list[PluginRuntime] = field(default_factory=list)

    async def put_on(
        self, wasm: bytes, *, folder: Path | None = None, host: HostTable | None = None, **changes: Any
    ) -> PluginInstance:
        """An instance of `wasm`, loaded as any installed plugin; `changes` are fields of its limits."""
        runtime = self.install(wasm, host=host, **changes)
        plugin = runtime.catalog.get(PLUGIN)
        assert plugin is not None
        return await runtime.instance(plugin, folder=folder)

    def loader(self, wasm: bytes, **changes: Any) -> Loader:
        """The plugin as the documents meet it."""
        return self.install(wasm, **changes).loaders.choose("a.csv", PLUGIN)

    def install(self, wasm: bytes, *, host: HostTable | None = None, **changes: Any) -> PluginRuntime:
        """A runtime of its own, with `wasm` as the user's only plugin."""
        paths = self.paths(len(self.runtimes))
        plugin = paths.plugins / PLUGIN
        plugin.mkdir(parents=True)
        (plugin / "plugin.toml").write_text(MANIFEST)
        (plugin / "plugin.wasm").write_bytes(wasm)
        self.runtimes.append(self.open_runtime(paths, host=host, **changes))
        self.heart.excuse()  # the guest was made just now
        return self.runtimes[-1]

    def paths(self, number: int = 0) -> Paths:
        """Where the runtime installed as number so-and-so keeps its files."""
        return Paths.under(self.folder / f"home-{number}")

    def open_runtime(self, paths: Paths, *, host: HostTable | None = None, **changes: Any) -> PluginRuntime:
        """A runtime over what is installed below `paths`."""
        return PluginRuntime(
            paths,
            replace(LIMITS, **changes),
            lambda *line: self.logs.append(line),
            lambda name, begins: self.compilations.append((name, begins)),
            bundled_folders=(),
            host=host,
        )


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The stage, with the event loop watched: whatever a guest does, the loop must go on turning."""
    made = Stage(tmp_path)
    async with made.heart.beating():
        yield made
        for runtime in made.runtimes:
            await runtime.close()
