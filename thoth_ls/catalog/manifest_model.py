"""`plugin.toml` as a model: what a plugin says about itself before any of its code runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema, field_validator

from thoth_ls.catalog.manifest_permissions import Declared, Permissions, older_needs
from thoth_ls.catalog.manifest_settings import Setting
from thoth_ls.catalog.manifest_tables import (
    Capability,
    DataSource,
    Exporter,
    FileLoader,
    Name,
    Network,
    Table,
    Text,
    Theme,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoth_ls.wire.permissions import Need

__all__ = ["API_VERSION", "Capability", "Declared", "Manifest", "Setting", "safe_id"]

API_VERSION = "0.1"
"""The version of `wit/` this host implements, as written in a manifest."""

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+")
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_DEVICES = frozenset({"con", "prn", "aux", "nul", *_PORTS})


def safe_id(text: str) -> str:
    """`text` if it is a reverse-domain name that is also safe as a folder name on every platform, else ValueError."""
    if not _ID.fullmatch(text) or len(text) > 128:
        raise ValueError("must be a reverse-domain name like com.example.my-plugin (letters, digits, -, _)")
    first = text.partition(".")[0]
    if first.lower() in _DEVICES:
        raise ValueError(f"{first} is the name of a device on Windows")
    return text


PluginId = Annotated[
    str,
    AfterValidator(safe_id),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{_ID.pattern}$", "maxLength": 128, "examples": ["com.example.my-plugin"]}
    ),
]


class Manifest(Table):
    """One `plugin.toml`."""

    id: PluginId
    """Reverse-domain name, for instance `com.example.my-plugin`; names folders and secrets, so it never changes."""
    api: Annotated[str, WithJsonSchema({"type": "string", "enum": [API_VERSION]})] = API_VERSION
    """Version of the contract the plugin was built against."""
    name: Name
    """Name for people."""
    version: Name
    """Version of the plugin, `major.minor.patch`."""
    description: Annotated[str, StringConstraints(max_length=4096)]
    """One sentence for people."""
    author: Annotated[str, StringConstraints(max_length=4096)]
    """Person or group that made it."""
    license: Text | None = None
    """SPDX name of the license, for instance MIT."""
    keywords: list[Text] = Field(default=[], max_length=64)
    """Words to find it by."""
    capabilities: Annotated[list[Annotated[Capability, Field(strict=False)]], Field(max_length=64)]
    """What the plugin offers; its component exports an interface for each."""
    homepage: str | None = None
    """Address of a page about it, `https://…`."""
    icon: str | None = None
    """One character of the Phosphor icon font."""
    location: str | None = None
    """Set by hosts of the published contract; not used here."""
    file_loader: list[FileLoader] = Field(default=[], alias="file-loader", max_length=64)
    """Kinds of files the plugin opens."""
    data_source: Annotated[DataSource | None, Field(alias="data-source")] = None
    """How it is offered as a data source."""
    exporter: Exporter | None = None
    """What it writes."""
    network: Network | None = None
    """How it uses the network."""
    theme: Theme | None = None
    """Its color themes."""
    setting: list[Setting] = Field(default=[], max_length=256)
    """What a person can set, in the order in which it is shown."""
    permissions: Permissions | None = None
    """What it needs beyond its sandbox. A manifest without this section is an older one: its needs follow from its
    capabilities."""

    @field_validator("setting")
    @classmethod
    def _settings_have_keys_of_their_own(cls, settings: list[Setting]) -> list[Setting]:
        keys = [setting.key for setting in settings]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise ValueError(f"the key {twice} is given to two settings")
        return settings

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

    def needs(self) -> Mapping[Need, Declared]:
        """What the plugin needs beyond its sandbox; what is not here it cannot be granted.

        Of an older manifest, one without `[permissions]`, the needs follow from its capabilities.
        """
        if self.permissions is None:
            return older_needs(self.capabilities, self.network)
        return self.permissions.declared()
