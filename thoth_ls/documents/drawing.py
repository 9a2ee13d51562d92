"""Records drawn by the plugin of a document."""

from __future__ import annotations

from thoth_ls.documents.reading import Reading
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.views import RenderResult


async def render(reading: Reading, start: int, count: int) -> RenderResult:
    """Records from `start` on, once they have been read; fewer at the end and where the answer would be too long."""
    viewer = reading.source.viewer
    if viewer is None:
        raise PluginRefused(reading.source.plugin_id, "it does not draw records; they can be shown as a table")
    if count:
        await reading.reach(start)
    known = max(0, min(count, reading.progress.records - start))
    items = await viewer.draw(start, known) if known else []
    await reading.watcher.verify()
    return RenderResult(start=start, count=len(items), nodes=f"[{','.join(items)}]")
