"""Builds the server: the list of features is its table of contents."""

from thoth_ls.lsp.features import lifecycle
from thoth_ls.lsp.server import ThothServer


def build() -> ThothServer:
    """A server that can be started; its own features are registered when it wakes."""
    server = ThothServer(register_features)
    lifecycle.register(server)
    return server


def register_features(server: ThothServer) -> None:
    """Registers everything that needs our own types; importing those costs as much as pydantic does."""
    from thoth_ls.lsp.features import (
        commands,
        datasets,
        documents,
        exporters,
        info,
        manifests,
        network,
        panels,
        permissions,
        picks,
        plugins,
        records,
        renderers,
        searches,
        status,
        texts,
        themes,
        trees,
        views,
    )

    about_documents = (documents, info, picks, records, trees, searches, texts, manifests, views)
    about_plugins = (plugins, permissions, network, commands, exporters, renderers, themes)
    about_panels = (panels, datasets)
    for feature in (status, *about_documents, *about_plugins, *about_panels):
        feature.register(server)
