"""Loader plugins as the documents know them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from thoth_ls.errors import PluginInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.documents.source import Source
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.runtime.sandbox import Sandbox
    from thoth_ls.runtime.worker import Call


class PluginLoader:
    """One installed plugin that opens files (`documents.source.Loader`)."""

    def __init__(self, runtime: PluginRuntime, plugin: Plugin) -> None:
        manifest = plugin.manifest
        if manifest is None:
            raise PluginInvalid(plugin.id, plugin.problem or "it has no manifest")
        self.plugin_id = plugin.id
        self.plugin_name = manifest.name
        self.extensions: Sequence[str] = manifest.extensions()
        self.description = manifest.description
        self.encodings = manifest.encodings()
        self._runtime = runtime
        self._plugin = plugin

    async def nests(self) -> bool:
        """Whether the plugin tells of nested values and where they are; raises PluginInvalid.

        Asked about texts that are merely open in an editor, which is no occasion to ask a person: until somebody has
        decided what the plugin may do, it does not.
        """
        if not self._runtime.custody.settled(self._plugin):
            return False
        return "tree-loader" in (await self._runtime.load(self._plugin)).exports

    async def source(self, path: Path) -> Source:
        """A fresh instance that will read `path`, a regular file, and can see nothing else.

        Raises FileUnreadable, PluginInvalid or PermissionDenied. The first source of a plugin may wait for a person and
        for its compilation.
        """
        from thoth_ls.runtime.paged_source import PagedSource
        from thoth_ls.runtime.plain_source import PlainSource
        from thoth_ls.runtime.plugin_source import OpenFile

        await self._runtime.custody.admit(self._plugin, "opened-file")
        loaded = await self._runtime.load(self._plugin)
        if loaded.exports.isdisjoint({"paged-loader", "file-loader"}):
            raise PluginInvalid(self.plugin_id, "it exports neither paged-loader nor file-loader")
        self._runtime.sweep()
        sandbox = await self._sandbox(path)

        async def instance(restore: Callable[[Call], None]) -> PluginInstance:
            return await self._runtime.instance(self._plugin, folder=sandbox.folder, restore=restore)

        file = OpenFile(self.plugin_id, self.plugin_name, sandbox, instance)
        paged = "paged-loader" in loaded.exports
        source = PagedSource(file, loaded.exports) if paged else PlainSource(file, loaded.exports)
        try:
            source.attach(await instance(source.restore))
        except BaseException:
            sandbox.close()
            raise
        return source

    async def _sandbox(self, path: Path) -> Sandbox:
        """The folder with the file; one that is ready only after the caller withdrew is removed again."""
        making = asyncio.ensure_future(asyncio.to_thread(self._runtime.sandboxes.make, path))
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            making.add_done_callback(_close_if_made)
            raise


def _close_if_made(making: asyncio.Future[Sandbox]) -> None:
    if not making.cancelled() and making.exception() is None:
        making.result().close()
