"""The exports of the component that have nothing to do with panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thoth_plugin import returned
from thoth_plugin.guest import World, clean, failing, nothing, quiet

if TYPE_CHECKING:
    from thoth_plugin.instance import Instance


class FileLoader:
    """file-loader."""

    @quiet(list)
    def supported_extensions(self, instance: Instance) -> list[str]:
        """Extensions of file names."""
        return returned.texts(instance.loader.extensions, "extensions")

    @failing
    def open(self, instance: Instance, path: str) -> int:
        """Opens a file."""
        return instance.open_file(path)

    @failing
    def get(self, instance: Instance, idx: int) -> str:
        """One record."""
        return instance.get_record(idx)

    @failing
    def get_range(self, instance: Instance, start: int, count: int) -> list[str]:
        """Some records."""
        return instance.get_records(start, count)

    @failing
    def raw_bytes(self, instance: Instance, idx: int) -> bytes:
        """One record as it stands in the file."""
        return instance.record_bytes(idx)


class FileViewer:
    """file-viewer."""

    @quiet(lambda: World.exports["file-viewer"].DisplayMode.TABLE)
    def preferred_display(self, instance: Instance) -> Any:
        """Whether records are drawn by the plugin."""
        modes = World.exports["file-viewer"].DisplayMode
        return modes.CUSTOM if instance.loader.draws_records() else modes.TABLE

    @failing
    def render_record(self, instance: Instance, record_json: str) -> Any:
        """Draws one."""
        return World.exports["file-viewer"].RenderOutput(clean(instance.render_record(record_json)), 0)

    @quiet(nothing)
    def column_headers(self, instance: Instance) -> list[str] | None:
        """Headings of the table."""
        return instance.headings()


class Exporter:
    """exporter."""

    @quiet(str)
    def name(self, instance: Instance) -> str:
        """In the menu."""
        return returned.text(instance.exporter.name, "name") or instance.plugin.info.name

    @quiet(str)
    def output_extension(self, instance: Instance) -> str:
        """Of the file's name."""
        return returned.text(instance.exporter.extension, "extension")

    @quiet(list)
    def available_options(self, instance: Instance) -> list[Any]:
        """What a person can choose."""
        option = World.exports["exporter"].ExportOption
        return [
            option(
                returned.text(each.key, "the key of an option"),
                returned.text(each.label, "the label of an option"),
                returned.text(each.default, "the default of an option"),
                returned.text(each.kind, "the kind of an option"),
                returned.texts(each.choices, "the choices of an option"),
            )
            for each in instance.exporter.options()
        ]

    @failing
    def run(self, instance: Instance, records_json: str, options: list[tuple[str, str]]) -> bytes:
        """A whole file."""
        return instance.export_all(records_json, options)


class StreamingExporter:
    """streaming-exporter."""

    @failing
    def wants(self, instance: Instance, options: list[tuple[str, str]]) -> Any:
        """Rows or records."""
        return World.exports["streaming-exporter"].Feed[instance.exporter.feed.upper()]

    @failing
    def begin(self, instance: Instance, columns_json: str, options: list[tuple[str, str]]) -> Any:
        """The beginning of a file."""
        return _piece(instance.export_begin(columns_json, options))

    @failing
    def write(self, instance: Instance, json: str) -> Any:
        """Some of it."""
        return _piece(instance.export_write(json))

    @failing
    def finish(self, instance: Instance) -> Any:
        """Its end."""
        return _piece(instance.export_finish())


def _piece(piece: str | bytes) -> Any:
    module = World.exports["streaming-exporter"]
    return module.Piece_Text(clean(piece)) if isinstance(piece, str) else module.Piece_Bytes(piece)


class DataRenderer:
    """data-renderer."""

    @quiet(str)
    def name(self, instance: Instance) -> str:
        """In the list of views."""
        return returned.text(instance.renderer.name, "name") or instance.plugin.info.name

    @failing
    def render(self, instance: Instance, records_json: str) -> str:
        """Draws a table."""
        return instance.render_table(records_json)


class DataProducer:
    """data-producer."""

    @quiet(lambda: World.exports["data-producer"].Dataset("", "", [], []))
    def provide_dataset(self, instance: Instance) -> Any:
        """A table as it is now."""
        module = World.exports["data-producer"]
        told = clean(instance.provide_dataset())
        columns = [module.DatasetColumn(each["name"], each["type-hint"]) for each in told["columns"]]
        return module.Dataset(told["name"], told["kind"], columns, told["rows"])


class DataSource:
    """data-source."""

    @quiet(list)
    def required_config(self, instance: Instance) -> list[Any]:
        """What has to be known to connect."""
        entry = World.exports["data-source"].ConfigEntry
        return [
            entry(
                returned.text(each.name, "the name of an entry"),
                returned.text(each.description, "the description of an entry"),
                bool(each.required),
                returned.text(each.default, "the default of an entry"),
            )
            for each in instance.source.required_config()
        ]

    @failing
    def connect(self, instance: Instance, config: list[Any]) -> str:
        """Connects."""
        given = {each.name: each.value for each in config}
        handle: str = instance.guarded("connecting", lambda: str(instance.source.connect(given)))
        return handle

    @failing
    def schema(self, instance: Instance, handle: str) -> list[Any]:
        """What there is."""
        module = World.exports["data-source"]
        found = instance.guarded("reading the schema", lambda: [*instance.source.schema(handle)])
        return [
            module.SourceSchema(
                returned.text(each.name, "the name of a collection"),
                [
                    module.FieldSchema(
                        returned.text(one.name, "the name of a field"),
                        returned.text(one.type, "the type of a field"),
                        bool(one.nullable),
                    )
                    for one in each.fields
                ],
            )
            for each in found
        ]

    @failing
    def query(self, instance: Instance, handle: str, q: str) -> str:
        """Runs a query."""
        return instance.query(handle, q)

    @quiet(nothing)
    def close(self, instance: Instance, handle: str) -> None:
        """Ends a connection."""
        instance.source.close(handle)

    @failing
    def render_pane(self, instance: Instance, handle: str) -> Any:
        """The pane of a connection."""
        return World.exports["data-source"].PaneOutput(clean(instance.render_pane(handle)), 0)
