"""The server itself, as the client sees it."""

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
    plugins_folder: str
    """Where the plugins are that the user installed; it need not exist."""
    open_documents: int
