"""Installed plugins: what they are, what state they are in, and what a person can do with them."""

from typing import Literal

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count
from thoth_ls.wire.permissions import Permission

Origin = Literal["bundled", "user", "development", "workspace"]
"""Came with Thoth; was installed by the user; stands in a folder named by `thoth.plugins.devFolders`; stands in
`.thoth/plugins` of an open, trusted workspace."""


class PluginUsage(Wire):
    """What one plugin has used up at most, over all its instances since the server started."""

    calls: Count
    peak_fuel: Count
    """Instructions, roughly, of the costliest call."""
    peak_milliseconds: float
    """Of the longest call."""
    peak_memory_bytes: Count
    """0 where it cannot be told (only Linux tells)."""
    crashes: Count
    last_crash: str | None
    """What the last crash was, as a sentence."""
    instances: Count
    """Running now."""


class PluginInfo(Wire):
    """One installed plugin."""

    id: str
    name: str
    version: str
    description: str
    author: str
    homepage: str | None
    license: str | None
    keywords: list[str]
    icon: str | None
    """A glyph of the Phosphor font, as in the manifest."""
    extensions: list[str]
    """File name extensions it opens, lower case, without the dot."""
    capabilities: list[str]
    """As in the manifest, for instance `file-loader`."""
    origin: Origin
    folder: str
    """Path of its folder."""
    state: Literal["enabled", "disabled", "unusable"]
    problem: str | None
    """Why it cannot be used, null when it can."""
    warnings: list[str]
    """Sentences a person should read, for instance about unknown keys of the manifest."""
    permissions: list[Permission]
    """What it declares it needs; empty where it needs nothing."""
    has_settings: bool
    """Whether there is something to set: declared settings, or a page of its own."""
    has_readme: bool


class PluginList(Wire):
    """The installed plugins, by id; two of one id may be listed, of which at most one is usable."""

    plugins: list[PluginInfo]


class PluginRef(Wire):
    """Names one plugin."""

    plugin_id: str


class PluginDetails(Wire):
    """All there is to know of one plugin."""

    plugin: PluginInfo
    readme: str | None
    """README.md beside the manifest, at most 256 KiB; untrusted markdown."""
    usage: PluginUsage
    storage_bytes: Count
    """Size of what it keeps by `plugin-storage` and of its settings."""
    log: list[str]
    """The last lines it wrote to its log, the oldest first."""


class EnablePluginParams(PluginRef):
    """Switches a plugin on or off, at once and in every open view."""

    enabled: bool
    scope: Literal["user", "workspace"] = "user"
    """Where the choice is kept: for every window, or for this workspace alone."""


class UninstallPluginParams(PluginRef):
    """Deletes a plugin the user installed; others are refused."""

    delete_data: bool
    """Whether its stored data, settings, grants and secrets go too."""


class DidChangePlugins(Wire):
    """Plugins came, went, or changed their state; whoever shows them asks for the list again."""

    plugin_ids: list[str]
    reason: Literal[
        "installed", "removed", "enabled", "disabled", "reloaded", "permissions", "settings", "crashed", "warnings"
    ]
    message: str | None
    """What to tell a person, for instance why a rebuilt plugin cannot be used."""


class DidLog(Wire):
    """Something a plugin wrote to its standard error stream."""

    plugin_id: str
    level: Literal["info", "warning", "error"]
    text: str
