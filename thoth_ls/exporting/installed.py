"""The installed exporters: what people are told of each, and what they may choose."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.manifest import Capability
from thoth_ls.catalog.manifest_tables import is_extension
from thoth_ls.errors import InputInvalid, PluginDisabled, PluginInvalid, ThothError
from thoth_ls.exporting.choosing import admit_to, named, offering
from thoth_ls.exporting.exporters import EXPORTER, STREAMING
from thoth_ls.wire.exports import ExporterInfo, ExporterList, ExportOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.documents.reading import Reading
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime

Kind = Literal["text", "bool", "select"]
_KINDS: dict[str, Kind] = {"bool": "bool", "select": "select"}
"""How an option is asked for; in any other way it is asked for as text."""
MOST_OPTIONS = 100
MOST_CHOICES = 1_000
LONGEST_TEXT = 1_000
LONGEST_VALUE = 10_000


class Exporters:
    """Finds exporters and starts them."""

    def __init__(self, runtime: PluginRuntime) -> None:
        self._runtime = runtime

    async def list(self, plugin_id: str | None = None) -> ExporterList:
        """All that are switched on, those that do not work as well, by name.

        Those nobody has decided about are not run, so that nobody is asked because of a list. The one that is named is:
        a person may be asked; raises PluginNotFound, PluginInvalid, or PluginDisabled for that.
        """
        if plugin_id is not None:
            return ExporterList(exporters=[await self._info(self._named(plugin_id))])
        plugins = offering(self._runtime.catalog, Capability.EXPORTER)
        enabled = [plugin for plugin in plugins if self._runtime.custody.refusal(plugin) is None]
        found = await asyncio.gather(*map(self._listed, enabled))
        known = [info for info in found if info is not None]
        return ExporterList(exporters=sorted(known, key=lambda info: (info.name.casefold(), info.plugin_id)))

    async def start(self, plugin_id: str, reading: Reading) -> PluginInstance:
        """An instance of its own, which may have the records of `reading`.

        Raises PluginNotFound, PluginInvalid when the plugin exports nothing, and PermissionDenied.
        """
        plugin = self._named(plugin_id)
        await admit_to(self._runtime, plugin, reading)
        return await self._runtime.instance(plugin)

    def _named(self, plugin_id: str) -> Plugin:
        return named(self._runtime.catalog, plugin_id, Capability.EXPORTER, "it does not export files")

    async def _listed(self, plugin: Plugin) -> ExporterInfo | None:
        """None where it was switched off meanwhile."""
        if not self._runtime.custody.settled(plugin):
            name, extension = _declared(plugin)
            return _info(plugin.id, name, extension, undecided=True)
        try:
            return await self._info(plugin)
        except PluginDisabled:
            return None

    async def _info(self, plugin: Plugin) -> ExporterInfo:
        name, extension = _declared(plugin)
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
            raise
        except ThothError as error:
            return _info(plugin.id, name, extension, problem=str(error))
        return _info(plugin.id, name, extension, streaming=streaming, options=options)


def _declared(plugin: Plugin) -> tuple[str, str]:
    """Name and extension, as far as the manifest says them."""
    manifest = plugin.manifest
    assert manifest is not None  # or it would not be usable
    return manifest.name, manifest.exporter.output_extension if manifest.exporter else ""


def _info(
    plugin_id: str,
    name: str,
    extension: str,
    *,
    streaming: bool = False,
    options: Sequence[ExportOption] = (),
    problem: str | None = None,
    undecided: bool = False,
) -> ExporterInfo:
    return ExporterInfo(
        plugin_id=plugin_id,
        name=name,
        extension=extension,
        streaming=streaming,
        options=list(options),
        problem=problem,
        undecided=undecided,
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
