"""Exporters at work: plugins that write in pieces, and those that are given everything at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from thoth_ls.errors import Limit, PluginInvalid, PluginLimitHit
from thoth_ls.runtime.marshal import Case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.exporting.rows import Shape
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.wire.documents import Column

EXPORTER, STREAMING = "exporter", "streaming-exporter"
MIB = 1 << 20
PIECE_BYTES = MIB
"""Of a piece of bytes, as the contract says; text may be as long as any result."""
WHOLE_BYTES = 16 * MIB
"""Of a table as JSON text that an exporter is given all at once."""
BYTES_A_BYTE = 24
"""What one byte of a `list<u8>` counts for in the limit of results, since it takes so much to be passed on."""


class Exporter(Protocol):
    """Makes a file of what it is given, bit by bit."""

    plugin_id: str
    shape: Shape
    """How `write` wants its rows."""

    async def begin(self, columns: Sequence[Column], total: int | None) -> bytes:
        """What stands at the beginning of the file; `total` is how many rows or records there will be, if known."""

    async def write(self, json_text: str, items: int) -> bytes:
        """What some more rows or records, an array of so many, add to the file."""

    async def finish(self) -> bytes:
        """What stands at its end."""


class StreamingExporter:
    """`Exporter` over a plugin that writes in pieces."""

    def __init__(self, instance: PluginInstance, options: Sequence[tuple[str, str]], feed: str) -> None:
        self.shape: Shape = "objects" if feed == "records" else "cells"
        self.plugin_id = instance.plugin_id
        self._instance = instance
        self._options = options

    async def begin(self, columns: Sequence[Column], total: int | None) -> bytes:
        """Begins a file."""
        described = [{"name": column.name, "type": column.type} for column in columns]
        return await self._piece("begin", json.dumps(described, ensure_ascii=False), self._options)

    async def write(self, json_text: str, items: int) -> bytes:
        """Some rows or records in order."""
        return await self._piece("write", json_text)

    async def finish(self) -> bytes:
        """Ends the file."""
        return await self._piece("finish")

    async def _piece(self, function: str, *arguments: Any) -> bytes:
        piece = await self._instance.call(STREAMING, function, *arguments, kill=True)
        value = piece.value if isinstance(piece, Case) else None
        if isinstance(value, str):
            return value.encode("utf-8", "replace")
        if not isinstance(value, bytes):
            said = f"{STREAMING}.{function} returned something else than a piece of text or bytes"
            raise PluginInvalid(self._instance.plugin_id, said)
        if len(value) > PIECE_BYTES:
            said = f"{STREAMING}.{function} returned more than {PIECE_BYTES >> 20} MiB of bytes at once"
            raise PluginInvalid(self._instance.plugin_id, said)
        return value


class WholeExporter:
    """`Exporter` over a plugin of the published contract, which is given the whole table and returns the whole file."""

    shape: Shape = "texts"

    def __init__(self, instance: PluginInstance, options: Sequence[tuple[str, str]], max_result_bytes: int) -> None:
        self.plugin_id = instance.plugin_id
        self._instance = instance
        self._options = options
        self._most = max_result_bytes // BYTES_A_BYTE
        self._columns = "[]"
        self._rows: list[str] = []
        self._items = self._size = 0
        self._total: int | None = None

    async def begin(self, columns: Sequence[Column], total: int | None) -> bytes:
        """Nothing yet."""
        self._columns = json.dumps([column.name for column in columns], ensure_ascii=False)
        self._total = total
        return b""

    async def write(self, json_text: str, items: int) -> bytes:
        """Nothing yet; raises PluginLimitHit when it has become too much."""
        if items:
            self._rows.append(json_text[1:-1])
            self._items += items
            self._size += len(json_text)
        if self._size > WHOLE_BYTES:
            estimate = self._size * max(self._total or 0, self._items) // max(1, self._items)
            said = (
                f"{WHOLE_BYTES // MIB} MiB of rows given at once, and these are about {estimate / MIB:,.0f} MiB;"
                " export fewer rows or columns, or use an exporter that writes in pieces"
            )
            raise PluginLimitHit(self._instance.plugin_id, "exporter.run", Limit.MEMORY, said)
        return b""

    async def finish(self) -> bytes:
        """The file."""
        text = f'{{"columns":{self._columns},"rows":[{",".join(self._rows)}]}}'
        try:
            made = await self._instance.call(EXPORTER, "run", text, self._options, kill=True)
        except PluginLimitHit as error:
            if error.limit is not Limit.RESULT_SIZE:
                raise
            said = f"{self._most / MIB:.1f} MiB of a file returned at once; export fewer rows or columns"
            raise PluginLimitHit(self._instance.plugin_id, "exporter.run", Limit.RESULT_SIZE, said) from None
        if not isinstance(made, bytes):
            raise PluginInvalid(self._instance.plugin_id, "exporter.run returned something else than bytes")
        return made
