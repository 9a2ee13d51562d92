"""What every file read by a plugin has in common."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_ls.errors import PluginError, PluginInvalid
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.runtime.viewer import LOADER, VIEWER, RecordViewer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from thoth_ls.documents.search.guests import GuestSearch
    from thoth_ls.documents.source import Segments
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.sandbox import Sandbox
    from thoth_ls.runtime.worker import Call


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file, and the plugin that is to read it."""

    plugin_id: str
    plugin_name: str
    sandbox: Sandbox
    instance: Callable[[Callable[[Call], None]], Awaitable[PluginInstance]]
    """Starts a further instance that sees the same file; given what brings a fresh guest to where it has to be."""


class PluginSource:
    """One file and the instance that reads it. Subclasses know the interface."""

    interface = ""

    def __init__(self, file: OpenFile, exports: frozenset[str] = frozenset()) -> None:
        self.plugin_id = file.plugin_id
        self.plugin_name = file.plugin_name
        self.sandbox = file.sandbox.kind
        self._guest_path = file.sandbox.guest_path
        self._sandbox = file.sandbox
        self._instance: PluginInstance | None = None
        self.segments: Segments | None = None
        draws = {VIEWER, LOADER} <= exports
        self.viewer = RecordViewer(self.plugin_id, self._open_instance) if draws else None
        self.searcher: GuestSearch | None = None

    def attach(self, instance: PluginInstance) -> None:
        """Gives the source its instance, which belongs to it from here on."""
        self._instance = instance

    def restore(self, call: Call) -> None:
        """Brings a fresh guest to where the last one was; runs on the instance's thread."""
        raise NotImplementedError

    async def close(self) -> None:
        """Ends the instance and frees what it held; closing twice is no error."""
        instance, self._instance = self._instance, None
        if instance is not None:
            await instance.close()
            await asyncio.to_thread(self._sandbox.close)

    async def _call(self, function: str, *arguments: Any, priority: Priority = Priority.INTERACTIVE) -> Any:
        return await self._open_instance().call(self.interface, function, *arguments, priority=priority)

    async def _texts(self, start: int, count: int, priority: Priority = Priority.INTERACTIVE) -> list[str]:
        """Records as JSON text, as `file-loader` tells them."""
        call = self._open_instance().call
        texts: list[str] = await call("file-loader", "get-range", start, count, priority=priority)
        if len(texts) > count:
            said = f"file-loader.get-range returned {len(texts)} records where {count} were asked for"
            raise PluginInvalid(self.plugin_id, said)
        return texts

    def _open_instance(self) -> PluginInstance:
        if self._instance is None:
            raise PluginError(self.plugin_id, "the file has been closed")
        return self._instance
