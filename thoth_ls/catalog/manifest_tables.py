"""The tables of `plugin.toml` that the published contract has, and what their values may be."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from thoth_ls.catalog.harmless import harmless
from thoth_ls.wire.base import DESCRIBE_FIELDS

MOST_SHOWN = 100
"""Characters of a name that are shown."""
EXTENSION = re.compile(r"[^\s./\\:*?\"<>|]{1,32}")


class Capability(StrEnum):
    """What a plugin offers."""

    FILE_LOADER = "file-loader"
    FILE_VIEWER = "file-viewer"
    DATA_SOURCE = "data-source"
    EXPORTER = "exporter"
    SEARCH_PROVIDER = "search-provider"
    NEW_UI_COMPONENT = "new-ui-component"
    THEME = "theme"
    DATA_PRODUCER = "data-producer"
    RENDERER = "renderer"
    CLI = "cli"


ABOUT: dict[Capability, str] = {
    Capability.FILE_LOADER: "Opens files: exports `file-loader`, says in `[[file-loader]]` which.",
    Capability.FILE_VIEWER: "Says how records of its files are shown: exports `file-viewer`.",
    Capability.DATA_SOURCE: "Connects to something outside: exports `data-source`.",
    Capability.EXPORTER: "Writes records in a file format: exports `exporter`, says in `[exporter]` which.",
    Capability.SEARCH_PROVIDER: "Reserved: no interface belongs to it yet.",
    Capability.NEW_UI_COMPONENT: "Brings a panel of its own: exports `ui-component`.",
    Capability.THEME: "Brings color themes: has a `theme.json`, says in `[theme]` which.",
    Capability.DATA_PRODUCER: "Offers a table to other plugins: exports `data-producer`.",
    Capability.RENDERER: "Shows a table in another way: exports `data-renderer`.",
    Capability.CLI: "Has commands: exports `plugin-cli`.",
}
"""What each of them means."""


class Misfit(ValueError):
    """A key does not fit the others of its table."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def _shown(text: str) -> str:
    line = harmless(text, MOST_SHOWN)
    if not line:
        raise ValueError("expected a text that can be seen")
    return line


def is_extension(text: str) -> bool:
    """Whether a text can be the end of a file's name behind the dot, and can be seen."""
    return EXTENSION.fullmatch(text) is not None and harmless(text, MOST_SHOWN) == text


def _extension(text: str) -> str:
    text = text.lower().removeprefix(".")
    if not is_extension(text):
        raise ValueError("must be a file name extension without the dot, for instance csv")
    return text


def _codec(text: str) -> str:
    try:
        return codecs.lookup(text).name
    except (LookupError, ValueError):
        raise ValueError("is not an encoding Python knows, for instance utf-8 or windows-1252") from None


class Table(BaseModel):
    """A table of the manifest; keys that are not known yet are left alone."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        strict=True,
        validate_by_alias=True,
        use_attribute_docstrings=DESCRIBE_FIELDS,
        defer_build=True,
    )


Text = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
"""A text that says something."""
Name = Annotated[Text, AfterValidator(_shown), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 4096})]
"""A short text that stands among our own words: one line, without what could change how the rest is read."""
Extension = Annotated[
    str,
    AfterValidator(_extension),
    WithJsonSchema({"type": "string", "pattern": r"^\.?[^\s./\\:*?\"<>|]{1,32}$", "examples": ["csv"]}),
]
Encoding = Annotated[str, AfterValidator(_codec), WithJsonSchema({"type": "string", "examples": ["utf-8", "utf-16le"]})]


class FileLoader(Table):
    """One `[[file-loader]]`: a kind of file the plugin opens."""

    file_type: Annotated[str, Field(alias="file-type")] = ""
    """MIME type."""
    supported_extensions: Annotated[list[Extension], Field(alias="supported-extensions", max_length=256)]
    """File name extensions, lower case, without the dot."""
    encodings: Annotated[list[Encoding], Field(max_length=256)] = ["utf-8"]
    """Encodings the plugin decodes itself, as Python names them; the host turns others into UTF-8."""
    any_extension: Annotated[bool, Field(alias="any-extension")] = False
    """Whether files of any other name may be offered too: `paged-loader.open` then refuses what is not of its kind."""


class DataSource(Table):
    """`[data-source]`: how the plugin is offered where data sources are chosen."""

    display_name: Text
    """The kind of source, for instance Database."""


class Exporter(Table):
    """`[exporter]`: what the plugin writes."""

    output_extension: Extension
    """File name extension of what is written, without the dot."""


class Network(Table):
    """`[network]`: how the plugin uses the network; in older manifests also what it may reach."""

    allowed_domains: Annotated[list[Text], Field(max_length=256)] = []
    """Hosts an older manifest asks for; `[permissions]` has them in `network` and `tcp`."""
    require_https: bool = False
    """Whether plain HTTP is refused."""
    rate_limit_rpm: Annotated[int, Field(ge=0, le=2**32 - 1)] = 60
    """Most requests a minute."""


class Theme(Table):
    """`[theme]`: the color themes in `theme.json`."""

    family: Text
    """What the variants have in common, for instance Material."""
    catalog: Annotated[list[Annotated[list[str | bool], Field(min_length=2, max_length=2)]], Field(max_length=256)] = []
    """Pairs of a variant's name and whether it is dark."""

    @property
    def darkness(self) -> dict[str, bool]:
        """Whether each variant is dark, by its name."""
        return {str(name): bool(dark) for name, dark in self.catalog}
