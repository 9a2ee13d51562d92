"""Records drawn by the plugin that reads them, one call a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thoth_ls.errors import Limit, PluginDisabled, PluginError, PluginInvalid, PluginLimitHit
from thoth_ls.runtime.nodes import check_node

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.runtime.instance import PluginInstance

VIEWER, LOADER = "file-viewer", "file-loader"
RENDER = "file-viewer.render-record"
NODE_BYTES = 1 << 20
HEIGHT = 10_000
"""Most logical pixels a record can wish for."""
ANSWER_CHARACTERS = 16 << 20


class RecordViewer:
    """`documents.source.Viewer` over a plugin with `file-viewer`.

    `file-loader.get-range` hands out the records, whichever interface opened the file. Each record is a call of its
    own, so that pages overtake a long window.
    """

    def __init__(self, plugin_id: str, instance: Callable[[], PluginInstance]) -> None:
        self.preferred = False
        """Whether the plugin would have the open file drawn."""
        self._plugin_id = plugin_id
        self._instance = instance

    async def opened(self) -> None:
        """Asks how the file that was just opened should be shown."""
        self.preferred = await self._instance().call(VIEWER, "preferred-display") == "custom"

    async def draw(self, start: int, count: int) -> list[str]:
        """Records from `start` on as JSON text each; fewer where the answer would be too long, or at the end."""
        drawn: list[str] = []
        size = 0
        for record in await self._records(start, count):
            try:
                item = await self._drawn(record)
            except PluginDisabled:
                if not drawn:
                    raise
                break  # whoever asks for the rest will be told
            drawn.append(item)
            size += len(item)
            if size > ANSWER_CHARACTERS:
                break
        return drawn

    async def _records(self, start: int, count: int) -> Sequence[str | PluginError]:
        """The records as JSON text; where they are too large together, each by itself."""
        try:
            texts = await self._instance().call(LOADER, "get-range", start, count)
        except PluginLimitHit as error:
            if error.limit is not Limit.RESULT_SIZE or count <= 1:
                raise
            return [await self._record(number) for number in range(start, start + count)]
        if len(texts) > count:
            said = f"file-loader.get-range returned {len(texts)} records where {count} were asked for"
            raise PluginInvalid(self._plugin_id, said)
        found: Sequence[str] = texts
        return found

    async def _record(self, number: int) -> str | PluginError:
        try:
            text: str = await self._instance().call(LOADER, "get", number)
        except PluginDisabled:
            raise
        except PluginError as error:
            return error
        return text

    async def _drawn(self, record: str | PluginError) -> str:
        """One record drawn, or what went wrong with it; raises PluginDisabled."""
        try:
            if isinstance(record, PluginError):
                raise record
            output = await self._instance().call(VIEWER, "render-record", record)
            return self._item(output)
        except PluginDisabled:
            raise
        except PluginError as error:
            return json.dumps({"error": str(error)}, ensure_ascii=False)

    def _item(self, output: Any) -> str:
        text = output["node_json"]
        check_node(self._plugin_id, RENDER, text, NODE_BYTES)
        return f'{{"node":{text},"height":{min(output["height_hint"], HEIGHT)}}}'
