"""Tables drawn by plugins: another way to look at the records of any document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from thoth_ls.catalog.manifest import Capability
from thoth_ls.errors import PluginDisabled
from thoth_ls.exporting.choosing import admit_to, named, offering
from thoth_ls.exporting.tables import read_table
from thoth_ls.wire.exports import RendererInfo, RendererList, RenderTableResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.documents.reading import Reading
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.wire.documents import DocumentRef
    from thoth_ls.wire.exports import RenderTableParams

INTERFACE = "data-renderer"
RENDER = f"{INTERFACE}.render"
NODE_BYTES = 4 << 20
LACKING = "it draws no tables: its manifest does not name the capability renderer"


class Renderers:
    """The renderers, and an instance of each for every reading that uses it; they end with the reading."""

    def __init__(self, runtime: PluginRuntime, reading: Callable[[DocumentRef], Reading]) -> None:
        self._runtime = runtime
        self._reading = reading

    async def list(self) -> RendererList:
        """All enabled renderers, by name; none is run for it."""
        catalog = await asyncio.to_thread(lambda: self._runtime.catalog)
        enabled = (item for item in offering(catalog, Capability.RENDERER) if not self._runtime.custody.refusal(item))
        found = [RendererInfo(plugin_id=item.id, name=item.manifest.name) for item in enabled if item.manifest]
        return RendererList(renderers=sorted(found, key=lambda info: (info.name.casefold(), info.plugin_id)))

    async def render(self, params: RenderTableParams) -> RenderTableResult:
        """Some records drawn by a renderer, once they have been read."""
        reading = self._reading(params)
        return await reading.run(self._render(reading, params))

    async def _render(self, reading: Reading, params: RenderTableParams) -> RenderTableResult:
        from thoth_ls.runtime.nodes import check_node

        catalog = await asyncio.to_thread(lambda: self._runtime.catalog)
        plugin = named(catalog, params.plugin_id, Capability.RENDERER, LACKING)
        await admit_to(self._runtime, plugin, reading)
        records = params.records
        if records is None:
            records = list(range(params.start, params.start + params.count))
        table = await read_table(reading, records)
        await reading.watcher.verify()
        text = await asyncio.to_thread(table.text)
        drawing = reading.companion(f"renderer {plugin.id}", lambda: Drawing(self._runtime))
        node = await drawing.draw(plugin, text)
        await asyncio.to_thread(check_node, plugin.id, RENDER, node, NODE_BYTES)
        return RenderTableResult(node=node, start=params.start, count=len(table.rows))


class Drawing:
    """One renderer in use for one reading. Closed with the reading."""

    def __init__(self, runtime: PluginRuntime) -> None:
        self._runtime = runtime
        self._plugin: Plugin | None = None
        self._instance: PluginInstance | None = None
        self._starting = asyncio.Lock()

    async def draw(self, plugin: Plugin, text: str) -> str:
        """What the plugin makes of a table; an instance of a plugin that was replaced meanwhile makes room for one."""
        instance = await self._ready(plugin)
        try:
            node: str = await instance.call(INTERFACE, "render", text)
        except PluginDisabled:
            await self._end()  # who asks again, wants it tried again
            raise
        return node

    async def close(self) -> None:
        """Ends the instance, if there is one."""
        async with self._starting:
            await self._end()

    async def _ready(self, plugin: Plugin) -> PluginInstance:
        async with self._starting:
            if self._instance is None or self._instance.closed or self._plugin != plugin:
                await self._end()
                self._instance = await self._runtime.instance(plugin)
                self._plugin = plugin
            return self._instance

    async def _end(self) -> None:
        instance, self._instance = self._instance, None
        if instance is not None:
            await instance.close()
