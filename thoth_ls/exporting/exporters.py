"""The installed exporters, and one of them at work."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.manifest import Capability
from thoth_ls.catalog.manifest_tables import is_extension
from thoth_ls.errors import (
    InputInvalid,
    Limit,
    PluginDisabled,
    PluginInvalid,
    PluginLimitHit,
    ThothError,
)
from thoth_ls.exporting.choosing import named, offering
from thoth_ls.runtime.marshal import Case
from thoth_ls.wire.exports import ExporterInfo, ExporterList, ExportOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.exporting.rows import Shape
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.wire.documents import Column

Kind = Literal["text", "bool", "select"]
_KINDS: dict[str, Kind] = {"bool": "bool", "select": "select"}
"""How an option is asked for; in any other way it is asked for as text."""
EXPORTER, STREAMING = "exporter", "streaming-exporter"
MIB = 1 << 20
MOST_OPTIONS = 100
MOST_CHOICES = 1_000
LONGEST_TEXT = 1_000
LONGEST_VALUE = 10_000
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


class Exporters:
    """Finds exporters and starts them."""

    def __init__(self, runtime: PluginRuntime) -> None:
        self._runtime = runtime

    async def list(self) -> ExporterList:
        """All that are switched on, those that do not work as well, by name."""
        plugins = offering(self._runtime.catalog, Capability.EXPORTER)
        found = await asyncio.gather(*(self._info(plugin) for plugin in plugins))
        known = [info for info in found if info is not None]
        return ExporterList(exporters=sorted(known, key=lambda info: (info.name.casefold(), info.plugin_id)))

    async def start(self, plugin_id: str) -> PluginInstance:
        """An instance of its own; raises PluginNotFound, or PluginInvalid when the plugin exports nothing."""
        plugin = named(self._runtime.catalog, plugin_id, Capability.EXPORTER, "it does not export files")
        return await self._runtime.instance(plugin)

    async def _info(self, plugin: Plugin) -> ExporterInfo | None:
        manifest = plugin.manifest
        assert manifest is not None  # or it would not be usable
        name, extension = manifest.name, manifest.exporter.output_extension if manifest.exporter else ""
        try:
            instance = await self._runtime.instance(plugin)  # which compiles nothing that is switched off
            streaming = STREAMING in instance.exports
            try:
                name = _short(await _text(instance, "name")) or name
                extension = extension or extension_of(instance, await _text(instance, "output-extension"))
                options = await options_of(instance)
            finally:
                await instance.close()
        except PluginDisabled:
            return None
        except ThothError as error:
            return _info(plugin.id, name, extension, problem=str(error))
        return _info(plugin.id, name, extension, streaming=streaming, options=options)


def _info(
    plugin_id: str,
    name: str,
    extension: str,
    *,
    streaming: bool = False,
    options: Sequence[ExportOption] = (),
    problem: str | None = None,
) -> ExporterInfo:
    return ExporterInfo(
        plugin_id=plugin_id, name=name, extension=extension, streaming=streaming, options=list(options), problem=problem
    )


class _Given(BaseModel):
    """An option as a plugin tells of it."""

    model_config = ConfigDict(strict=True)
    key: str
    label: str
    default_value: str
    input_type: str
    choices: list[str]


_GIVEN = TypeAdapter(list[_Given])


async def _text(instance: PluginInstance, function: str) -> str:
    text = await instance.call(EXPORTER, function)
    if not isinstance(text, str):
        raise PluginInvalid(instance.plugin_id, f"{EXPORTER}.{function} returned something else than a text")
    return text


async def options_of(instance: PluginInstance) -> list[ExportOption]:
    """What a person may choose; raises PluginInvalid where the plugin's list makes no sense."""
    said = f"{EXPORTER}.available-options returned"
    try:
        given = _GIVEN.validate_python(await instance.call(EXPORTER, "available-options"))
    except ValidationError:
        raise PluginInvalid(instance.plugin_id, f"{said} no list of options as the contract has them") from None
    if len(given) > MOST_OPTIONS:
        raise PluginInvalid(instance.plugin_id, f"{said} more than {MOST_OPTIONS} options")
    options: dict[str, ExportOption] = {}
    for item in given:
        key, choices = item.key, item.choices
        if not key or len(key) > LONGEST_TEXT or key in options:
            raise PluginInvalid(instance.plugin_id, f"{said} an option whose key is empty, too long or there twice")
        if len(choices) > MOST_CHOICES or any(len(choice) > LONGEST_TEXT for choice in choices):
            raise PluginInvalid(instance.plugin_id, f"{said} too many choices, or too long ones, for {key!r}")
        kind = _KINDS.get(item.input_type, "text")
        if kind == "select" and not choices:
            raise PluginInvalid(instance.plugin_id, f"{said} no choices for {key!r}")
        default = item.default_value
        if kind == "bool":
            default = "true" if default == "true" else "false"
        elif kind == "select" and default not in choices:
            default = choices[0]
        options[key] = ExportOption(
            key=key,
            label=_short(item.label) or key,
            kind=kind,
            default=default[:LONGEST_VALUE],
            choices=choices if kind == "select" else [],
        )
    return list(options.values())


def chosen(plugin_id: str, options: Sequence[ExportOption], given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every option with the value given or its default; raises InputInvalid for what does not fit."""
    known = {option.key: option for option in options}
    for key, value in given.items():
        option = known.get(key)
        if option is None:
            said = f"known are {', '.join(known)}" if known else "it has no options"
            raise InputInvalid(plugin_id, key, f"it has no option {key[:100]!r}; {said}")
        if option.kind == "bool" and value not in ("true", "false"):
            raise InputInvalid(plugin_id, key, f"option {key!r} is either true or false, not {value[:100]!r}")
        if option.kind == "select" and value not in option.choices:
            said = ", ".join(repr(choice) for choice in option.choices[:20])
            raise InputInvalid(plugin_id, key, f"option {key!r} is one of {said}, not {value[:100]!r}")
        if len(value) > LONGEST_VALUE:
            raise InputInvalid(plugin_id, key, f"option {key!r} is longer than {LONGEST_VALUE:,} characters")
    return [(option.key, given.get(option.key, option.default)) for option in options]


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


def extension_of(instance: PluginInstance, text: str) -> str:
    """What a plugin says its files end in: it becomes part of the name that is proposed for one."""
    extension = text.strip().removeprefix(".")
    if extension and not is_extension(extension):
        said = f"{EXPORTER}.output-extension returned {harmless(text, 40)!r}, which no file name can end in"
        raise PluginInvalid(instance.plugin_id, said)
    return extension


def _short(text: str) -> str:
    """A text of a plugin as it can be shown in a line."""
    return harmless(text, LONGEST_TEXT)
