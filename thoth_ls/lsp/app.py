"""Builds the server: the list of features is its table of contents."""

from thoth_ls.lsp.features import documents, lifecycle, plugins
from thoth_ls.lsp.server import ThothServer

FEATURES = (lifecycle, documents, plugins)


def build() -> ThothServer:
    """A server with every feature registered, not started."""
    server = ThothServer()
    for feature in FEATURES:
        feature.register(server)
    return server
