"""From a table to an open document."""

from __future__ import annotations

from thoth_ls.documents.data.source import TableSource
from thoth_ls.documents.data.table import Table
from thoth_ls.documents.opening import Opened, OpenRequest
from thoth_ls.documents.pages import read_rows
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.documents import Page


async def open_table(table: Table, request: OpenRequest) -> Opened:
    """The table with its first rows; raises PluginRefused where it is to be read by a plugin, or in another way."""
    if request.plugin_id not in (None, table.plugin_id):
        raise PluginRefused(table.plugin_id, f"{table.name} is a table, which no other plugin has to read")
    source = TableSource(table.view())
    progress = await source.open(request.options)
    start = request.first_row
    if start >= progress.records:
        start = max(0, progress.records - request.first_rows)
    description = await source.describe()
    rows = await read_rows(source, start, request.first_rows, progress.records)
    return Opened(
        name=table.name,
        path=None,
        owner=table.plugin_id,
        source=source,
        progress=progress,
        description=description,
        options=[],
        notes=[],
        first_page=Page(start=start, count=rows.count, rows=rows.text),
        snapshot=None,
        size_bytes=table.size,
        spooled=None,
        began=request.began,
    )
