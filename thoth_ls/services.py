"""Everything below the protocol, opened and closed in one place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from thoth_ls.documents.buffers.store import Buffers, OpenedText
from thoth_ls.documents.store import Documents
from thoth_ls.exporting.renderers import Renderers
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime, wasmtime_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.documents.events import DocumentEvents, TextEvents
    from thoth_ls.paths import Paths
    from thoth_ls.settings import Settings
    from thoth_ls.wire.plugins import PluginInfo

    OnLog = Callable[[str, str, str], None]
    OnCompile = Callable[[str, bool], None]

    class Events(DocumentEvents, TextEvents, Protocol):
        """Whoever passes on what is told while nobody is asking."""


__all__ = ["OpenedText", "Services"]


class Services:
    """The plugin runtime and the open documents. Making it costs little; `start` does what may take a moment."""

    def __init__(self, settings: Settings, paths: Paths, events: Events, on_log: OnLog, on_compile: OnCompile) -> None:
        self.paths = paths
        self._diagnostics = settings.diagnostics
        self.runtime = PluginRuntime(paths, Limits.of(settings.runtime), on_log, on_compile)
        self.runtime.preferred = preferred_loaders(settings)
        self.documents = Documents(
            self.runtime,
            settings.files,
            paths.temp / "spool",
            events,
            problem_limit=settings.diagnostics.max_per_file,
        )
        self.renderers = Renderers(self.runtime, self.documents.reading)
        self.texts = Buffers(self.runtime, paths.temp / "texts", events, settings.diagnostics.max_per_file)

    async def start(self) -> None:
        """Loads what the first request will want, and removes what servers left behind that are gone."""
        self.runtime.sweep()
        await asyncio.to_thread(self.runtime.prepare)

    def reconfigure(self, settings: Settings) -> None:
        """Takes settings over for what is opened from now on; what is published follows them."""
        self.runtime.limits = Limits.of(settings.runtime)
        self.runtime.preferred = preferred_loaders(settings)
        self.documents.settings = settings.files
        self.documents.problem_limit = self.texts.problem_limit = settings.diagnostics.max_per_file
        if settings.diagnostics != self._diagnostics:
            self._diagnostics = settings.diagnostics
            self.documents.publish_again()
            self.texts.tell_again()

    async def plugins(self) -> list[PluginInfo]:
        """The installed plugins."""
        return await asyncio.to_thread(self.runtime.list)

    def wasmtime_version(self) -> str:
        """The version of the WebAssembly engine in use; imports it."""
        return wasmtime_version()

    async def close(self) -> None:
        """Closes every document and text, and ends every plugin."""
        await self.texts.close_all()
        await self.documents.close_all()
        await self.runtime.close()


def preferred_loaders(settings: Settings) -> dict[str, str]:
    """The plugins to try first, by extension as names are compared with it."""
    return {name.strip().lower().removeprefix("."): plugin_id for name, plugin_id in settings.files.loaders.items()}
