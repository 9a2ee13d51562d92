"""The server itself and its plugins, as the client sees them."""

from typing import Literal

from thoth_ls.wire.base import Wire


class ServerInfo(Wire):
    """What to say in a bug report; holds no file names and no settings values."""

    version: str
    protocol_version: int
    """Raised when an existing message changes its meaning."""
    python: str
    platform: str
    wasmtime: str
    cache_folder: str
    """Where compiled plugins are kept."""
    open_documents: int


class PluginInfo(Wire):
    """One installed plugin."""

    id: str
    name: str
    version: str
    description: str
    extensions: list[str]
    """File name extensions it opens, lower case, without the dot."""
    bundled: bool
    """Whether it came with Thoth."""
    problem: str | None
    """Why it cannot be used, null when it can."""


class PluginList(Wire):
    """The installed plugins, by id."""

    plugins: list[PluginInfo]


class DidLog(Wire):
    """Something a plugin wrote to its standard error stream."""

    plugin_id: str
    level: Literal["info", "warning", "error"]
    text: str
