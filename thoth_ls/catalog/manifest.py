"""`plugin.toml`: what a plugin says about itself before any of its code runs."""

from __future__ import annotations

import codecs
import re
import tomllib
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

if TYPE_CHECKING:
    from pathlib import Path

API_VERSION = "0.1"
"""The version of `wit/` this host implements, as written in a manifest."""

MAX_BYTES = 256 * 1024
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+")
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_DEVICES = frozenset({"con", "prn", "aux", "nul", *_PORTS})


class ManifestError(Exception):
    """Why a manifest cannot be used, as a sentence."""


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


def _safe_id(text: str) -> str:
    """A reverse-domain name that is also safe as a folder name on every platform."""
    if not _ID.fullmatch(text) or len(text) > 128:
        raise ValueError("must be a reverse-domain name like com.example.my-plugin (letters, digits, -, _)")
    first = text.partition(".")[0]
    if first.lower() in _DEVICES:
        raise ValueError(f"{first} is the name of a device on Windows")
    return text


def _extension(text: str) -> str:
    text = text.lower().removeprefix(".")
    if not re.fullmatch(r"[^\s./\\:*?\"<>|]{1,32}", text):
        raise ValueError("must be a file name extension without the dot")
    return text


def _codec(text: str) -> str:
    try:
        return codecs.lookup(text).name
    except LookupError:
        raise ValueError(f"{text} is not a known encoding") from None


class _Table(BaseModel):
    """A table of the manifest; keys that are not known yet are left alone."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", strict=True, populate_by_name=True, use_attribute_docstrings=True
    )


Text = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class FileLoader(_Table):
    """One `[[file-loader]]`: a kind of file the plugin opens."""

    file_type: Annotated[str, Field(alias="file-type")] = ""
    """MIME type."""
    supported_extensions: Annotated[
        list[Annotated[str, AfterValidator(_extension)]], Field(alias="supported-extensions", max_length=256)
    ]
    """Lower case, without the dot."""
    encodings: Annotated[list[Annotated[str, AfterValidator(_codec)]], Field(max_length=256)] = ["utf-8"]
    """Encodings the plugin decodes itself, as `codecs.lookup(name).name`; the host turns others to UTF-8."""
    any_extension: Annotated[bool, Field(alias="any-extension")] = False
    """Whether files of any other name may be offered too: `paged-loader.open` then refuses what is not of its kind."""


class DataSource(_Table):
    """`[data-source]`."""

    display_name: Text


class Exporter(_Table):
    """`[exporter]`."""

    output_extension: Annotated[str, AfterValidator(_extension)]


class Network(_Table):
    """`[network]`: what the plugin may ask to reach."""

    allowed_domains: list[Text] = []
    require_https: bool = False
    rate_limit_rpm: Annotated[int, Field(ge=0, le=2**32 - 1)] = 60
    """Requests a minute."""


class Theme(_Table):
    """`[theme]`."""

    family: Text
    catalog: list[Annotated[list[str | bool], Field(min_length=2, max_length=2)]] = []
    """Pairs of a variant's name and whether it is dark."""


class Manifest(_Table):
    """One `plugin.toml`."""

    id: Annotated[str, AfterValidator(_safe_id)]
    """Reverse-domain name, for instance `com.thoth.csv-loader`."""
    api: str = API_VERSION
    """Version of the contract the plugin was built against."""
    name: Text
    version: Text
    description: str
    author: str
    capabilities: Annotated[list[Annotated[Capability, Field(strict=False)]], Field(max_length=64)]
    homepage: str | None = None
    icon: str | None = None
    location: str | None = None
    file_loader: Annotated[list[FileLoader], Field(alias="file-loader", max_length=64)] = []
    data_source: Annotated[DataSource | None, Field(alias="data-source")] = None
    exporter: Exporter | None = None
    network: Network | None = None
    theme: Theme | None = None

    def extensions(self) -> list[str]:
        """File name extensions the plugin opens, in the order given, each once."""
        tables = self.file_loader if Capability.FILE_LOADER in self.capabilities else []
        return list(dict.fromkeys(item for table in tables for item in table.supported_extensions))

    def opens_files(self) -> bool:
        """Whether there is a file the plugin may be asked to open."""
        return bool(self.extensions()) or self.any_extension()

    def any_extension(self) -> bool:
        """Whether the plugin tells by a file's content whether it is of its kind."""
        return Capability.FILE_LOADER in self.capabilities and any(table.any_extension for table in self.file_loader)

    def encodings(self) -> frozenset[str]:
        """Codec names every kind of file can be read in by the plugin itself."""
        tables = [frozenset(table.encodings) for table in self.file_loader]
        return frozenset.intersection(*tables) if tables else frozenset({"utf-8"})


def read_manifest(path: Path) -> Manifest:
    """The manifest at `path`; raises ManifestError with a sentence naming the key that is wrong."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ManifestError(f"plugin.toml cannot be read: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise ManifestError(f"plugin.toml is larger than {MAX_BYTES // 1024} KiB")
    return parse_manifest(raw)


def parse_manifest(raw: bytes) -> Manifest:
    """The manifest in `raw`; the API version is judged first: a later one may mean anything by the rest."""
    try:
        data: dict[str, Any] = tomllib.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"plugin.toml is not valid TOML: {error}") from None
    api = data.get("api", API_VERSION)
    if api != API_VERSION:
        said = f"it was made for version {api!r} of the plugin API"
        raise ManifestError(f"{said}, and this Thoth knows {API_VERSION!r} alone")
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        said = "; ".join(_describe(item["loc"], item["msg"]) for item in problems[:5])
        raise ManifestError(f"plugin.toml: {said}") from None


def _describe(loc: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(part) for part in loc) or 'the file'}: {message.removeprefix('Value error, ')}"
