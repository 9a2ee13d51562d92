"""The exports that have nothing to do with panels: files, tables, sources. Part of `Instance`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thoth_plugin import returned
from thoth_plugin.datasets import Table, column_of, texts_of
from thoth_plugin.errors import PluginError
from thoth_plugin.json_text import dumps
from thoth_plugin.nodes import Node, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_plugin.definition import Plugin
    from thoth_plugin.exporter import Exporter
    from thoth_plugin.loader import Loader
    from thoth_plugin.renderer import Renderer
    from thoth_plugin.source import DataSource


class Tabular:
    """Makes each part when it is first needed. All methods raise PluginError alone, but where they cannot fail."""

    def __init__(self, plugin: Plugin) -> None:
        self.plugin = plugin
        self._parts: dict[str, Any] = {}

    def guarded(self, doing: str, act: Callable[[], Any]) -> Any:
        """What `act` returns; raises PluginError, whatever it raised."""
        raise NotImplementedError

    def _part(self, name: str, make: Callable[[], Any] | None) -> Any:
        if name not in self._parts:
            if make is None:
                raise PluginError(f"this plugin has no {name}: give one to thoth.plugin({name}=…)")
            self._parts[name] = make()
        return self._parts[name]

    # file-loader and file-viewer

    @property
    def loader(self) -> Loader:
        """The loader."""
        found: Loader = self._part("loader", self.plugin.loader)
        return found

    def open_file(self, path: str) -> int:
        """How many records the file has."""
        count: int = self.guarded("opening the file", lambda: returned.count(self.loader.open(path), "open"))
        return count

    def get_records(self, start: int, count: int) -> list[str]:
        """Records as JSON texts."""
        text: list[str] = self.guarded(
            "reading records", lambda: [dumps(record) for record in self.loader.get_range(start, count)]
        )
        return text

    def get_record(self, index: int) -> str:
        """One record as JSON text."""
        text: str = self.guarded(f"reading record {index}", lambda: dumps(self.loader.get(index)))
        return text

    def record_bytes(self, index: int) -> bytes:
        """One record as it stands in the file."""

        def read() -> bytes:
            found = returned.piece(self.loader.raw_bytes(index), "raw_bytes")
            return found.encode() if isinstance(found, str) else found

        content: bytes = self.guarded(f"reading record {index}", read)
        return content

    def headings(self) -> list[str] | None:
        """Headings of the table; None for the keys of the first record."""
        columns = self.loader.columns()
        return None if columns is None else returned.texts(columns, "what columns returns")

    def render_record(self, record: str) -> str:
        """A record as a tree."""
        tree: str = self.guarded("drawing a record", lambda: to_json(self.loader.render_record(json.loads(record))))
        return tree

    # exporter and streaming-exporter

    @property
    def exporter(self) -> Exporter:
        """The exporter of the file that is being written."""
        found: Exporter = self._part("exporter", self.plugin.exporter)
        return found

    def export_begin(self, columns: str, options: Sequence[tuple[str, str]]) -> str | bytes:
        """The beginning of a file."""

        def begin() -> str | bytes:
            self._parts.pop("exporter", None)
            exporter = self.exporter
            given = {option.key: option.default for option in exporter.options()} | dict(options)
            return returned.piece(exporter.begin(json.loads(columns), given), "begin")

        piece: str | bytes = self.guarded("beginning the file", begin)
        return piece

    def export_write(self, rows: str) -> str | bytes:
        """Some rows or records of it."""
        piece: str | bytes = self.guarded(
            "writing rows", lambda: returned.piece(self.exporter.write(json.loads(rows)), "write")
        )
        return piece

    def export_finish(self) -> str | bytes:
        """Its end."""
        piece: str | bytes = self.guarded(
            "finishing the file", lambda: returned.piece(self.exporter.finish(), "finish")
        )
        return piece

    def export_all(self, records: str, options: Sequence[tuple[str, str]]) -> bytes:
        """A whole file at once, of a table whose cells are texts."""

        def run() -> bytes:
            table = json.loads(records)
            columns = [{"name": name, "type": "text"} for name in table["columns"]]
            rows = table["rows"]
            if self.exporter.feed == "records":
                rows = [dict(zip(table["columns"], row, strict=False)) for row in rows]
            pieces = [
                self.export_begin(dumps(columns), options),
                self.export_write(dumps(rows)),
                self.export_finish(),
            ]
            return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)

        written: bytes = self.guarded("exporting", run)
        return written

    # data-renderer and data-producer

    @property
    def renderer(self) -> Renderer:
        """The renderer."""
        found: Renderer = self._part("renderer", self.plugin.renderer)
        return found

    def render_table(self, records: str) -> str:
        """A table as a tree."""

        def render() -> str:
            table = json.loads(records)
            return to_json(self.renderer.render(Table(table["columns"], table["rows"])))

        tree: str = self.guarded("drawing the table", render)
        return tree

    def provide_dataset(self) -> dict[str, Any]:
        """A table made on demand, as `data-producer.dataset`."""
        made: dict[str, Any] = self.guarded("making the table", lambda: _told(self._provided()))
        return made

    def _provided(self) -> Table:
        table = self.plugin.producer() if self.plugin.producer is not None else self._panel_table()
        if table is None:
            raise PluginError("there is no table now")
        return table

    def _panel_table(self) -> Table | None:
        """What the panel provides."""
        return None

    # data-source

    @property
    def source(self) -> DataSource:
        """The data source."""
        found: DataSource = self._part("source", self.plugin.source)
        return found

    def query(self, handle: str, query: str) -> str:
        """What a query found, as JSON text."""
        found: str = self.guarded("the query", lambda: dumps(self.source.query(handle, query)))
        return found

    def render_pane(self, handle: str) -> str:
        """The pane of a connection."""
        empty = Node(type="column", children=[])
        tree: str = self.guarded("drawing the pane", lambda: to_json(self.source.render_pane(handle) or empty))
        return tree


def _told(table: Table) -> dict[str, Any]:
    """A table as `data-producer.dataset`."""
    if not isinstance(table, Table):
        raise TypeError(f"a table is a thoth.Table, not {type(table).__name__}")
    columns = [
        {"name": returned.text(name, "the name of a column"), "type-hint": returned.text(kind, "the kind of a column")}
        for name, kind in map(column_of, table.columns)
    ]
    name, kind = returned.text(table.name, "the name of a table"), returned.text(table.kind, "the kind of a table")
    return {"name": name, "kind": kind, "columns": columns, "rows": texts_of(table.rows)}
