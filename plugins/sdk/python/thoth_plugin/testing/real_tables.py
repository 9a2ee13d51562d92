"""What the real host does with parts of a plugin that are no panel: files, exports, drawings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.errors import PluginInvalid
from thoth_ls.exporting.exporters import EXPORTER, STREAMING, StreamingExporter, WholeExporter
from thoth_ls.exporting.installed import chosen, options_of
from thoth_ls.runtime.nodes import check_node
from thoth_ls.wire.documents import CloseParams, Column, DocumentRef, OpenDocumentParams
from thoth_ls.wire.records import RecordsParams
from thoth_ls.wire.views import RenderParams
from thoth_plugin.testing.real_server import COMPILING_SECONDS
from thoth_plugin.testing.tables import OpenedFile, given
from thoth_plugin.testing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.runtime.instance import PluginInstance
    from thoth_plugin.testing.real_server import Server
    from thoth_plugin.testing.tables import Given, Records

AT_ONCE = 1_000
DRAWN_AT_ONCE = 100
ALL = 2**53
NODE_BYTES = 4 << 20
RENDERER = "data-renderer"


class RealTables:
    """Part of `RealHost`. All raise ThothError where the plugin fails."""

    plugin_id: str

    @property
    def server(self) -> Server:
        """What runs."""
        raise NotImplementedError

    def open_file(self, path: str | Path) -> OpenedFile:
        """Has the plugin's loader read a file to its end, as the editor does."""
        uri = Path(path).absolute().as_uri()
        return self.server.call(self._opened(uri), COMPILING_SECONDS)

    def export(self, records: Records, **options: str) -> bytes:
        """The file that the plugin's exporter makes of records, with options by their keys."""
        return self.server.call(self._exported(given(records), options), COMPILING_SECONDS)

    def render(self, records: Records) -> Tree:
        """What the plugin's renderer draws of records."""
        return self.server.call(self._rendered(given(records)), COMPILING_SECONDS)

    async def _opened(self, uri: str) -> OpenedFile:
        documents = self.server.services.documents
        opened = await documents.open(OpenDocumentParams(uri=uri, plugin_id=self.plugin_id, first_rows=0))
        try:
            ref = DocumentRef(document_id=opened.document_id, generation=opened.generation)
            reading = documents.reading(ref)
            await reading.finish(ALL)
            texts: list[str] = []
            while len(texts) < reading.progress.records:
                found = await documents.records(
                    RecordsParams(
                        document_id=ref.document_id, generation=ref.generation, start=len(texts), count=AT_ONCE
                    )
                )
                if not found.records:
                    raise PluginInvalid(self.plugin_id, f"record {len(texts)} cannot be told at once: it is too long")
                texts += found.records
            columns = [column.name for column in reading.columns]
            drawn = await self._drawn(ref, len(texts)) if opened.display == "custom" else []
        finally:
            await documents.close(CloseParams(document_id=opened.document_id))
        return OpenedFile(columns, [json.loads(text) for text in texts], drawn)

    async def _drawn(self, ref: DocumentRef, count: int) -> list[Tree]:
        documents, drawn = self.server.services.documents, list[Tree]()
        while len(drawn) < count:
            most = min(DRAWN_AT_ONCE, count - len(drawn))
            found = await documents.render(
                RenderParams(document_id=ref.document_id, generation=ref.generation, start=len(drawn), count=most)
            )
            for item in json.loads(found.nodes):
                if "error" in item:
                    raise PluginInvalid(self.plugin_id, f"record {len(drawn)} cannot be drawn: {item['error']}")
                drawn.append(Tree(item["node"]))
            if not found.count:
                raise PluginInvalid(self.plugin_id, f"record {len(drawn)} was not drawn")
        return drawn

    async def _exported(self, table: Given, given_options: Mapping[str, str]) -> bytes:
        instance = await self._instance(EXPORTER)
        try:
            options = chosen(self.plugin_id, await options_of(instance), given_options)
            exporter: StreamingExporter | WholeExporter
            if STREAMING in instance.exports:
                exporter = StreamingExporter(instance, options, await instance.call(STREAMING, "wants", options))
            else:
                most = self.server.services.runtime.limits.max_result_bytes
                exporter = WholeExporter(instance, options, most)
            shapes: dict[str, Sequence[object]]
            shapes = {"objects": table.objects, "cells": table.rows, "texts": table.texts}
            rows = shapes[exporter.shape]
            columns = [Column.model_validate({**column, "nulls": []}) for column in table.columns]
            pieces = [await exporter.begin(columns, len(rows))]
            if rows:
                pieces.append(await exporter.write(json.dumps(rows, ensure_ascii=False), len(rows)))
            return b"".join([*pieces, await exporter.finish()])
        finally:
            await instance.close()

    async def _rendered(self, table: Given) -> Tree:
        instance = await self._instance(RENDERER)
        try:
            told = json.dumps({"columns": table.names, "rows": table.texts}, ensure_ascii=False)
            node = await instance.call(RENDERER, "render", told)
            check_node(self.plugin_id, f"{RENDERER}.render", node, NODE_BYTES)
            return Tree(json.loads(node))
        finally:
            await instance.close()

    async def _instance(self, wanted: str) -> PluginInstance:
        """An instance of the plugin; raises PluginInvalid where it does not export an interface."""
        services = self.server.services
        instance = await services.runtime.instance(services.runtime.catalog.runnable(self.plugin_id))
        if wanted not in instance.exports:
            await instance.close()
            raise PluginInvalid(self.plugin_id, f"it exports no {wanted}: name it in capabilities of plugin.toml")
        return instance
