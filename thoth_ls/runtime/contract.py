"""What plugins export, by the contract in `wit/`, and which exports their capabilities promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from thoth_ls.catalog.manifest import Capability

EXPORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "plugin-meta": ("get-info",),
    "plugin-lifecycle": ("on-load", "on-close", "on-setting-change"),
    "plugin-settings": ("render-settings",),
    "plugin-cli": ("schema", "run"),
    "file-loader": ("supported-extensions", "open", "get", "get-range", "raw-bytes"),
    "file-viewer": ("preferred-display", "render-record", "column-headers"),
    "data-source": ("required-config", "connect", "schema", "query", "close", "render-pane"),
    "exporter": ("name", "output-extension", "available-options", "run"),
    "data-renderer": ("name", "render"),
    "ui-component": ("render-ui", "handle-event", "render-sidebar"),
    "tab-host": (
        "tab-title",
        "tab-icon",
        "get-state",
        "init-with-state",
        "on-tab-focused",
        "on-tab-blurred",
        "on-tab-closed",
    ),
    "data-producer": ("provide-dataset",),
    "paged-loader": ("open", "advance", "columns", "page", "node", "find", "problems"),
    "tree-loader": ("roots", "children", "value", "text", "locate", "search"),
    "segmented-loader": ("segmented", "survey", "accept"),
    "theme-provider": ("themes",),
    "streaming-exporter": ("wants", "begin", "write", "finish"),
}
"""The functions of each interface a plugin may export."""

PROMISES: Final[Mapping[Capability, tuple[str, ...]]] = {
    Capability.FILE_LOADER: ("paged-loader", "file-loader"),
    Capability.FILE_VIEWER: ("file-viewer",),
    Capability.DATA_SOURCE: ("data-source",),
    Capability.EXPORTER: ("exporter",),
    Capability.SEARCH_PROVIDER: (),
    Capability.NEW_UI_COMPONENT: ("ui-component",),
    Capability.THEME: (),
    Capability.DATA_PRODUCER: ("data-producer",),
    Capability.RENDERER: ("data-renderer",),
    Capability.CLI: ("plugin-cli",),
}
"""Interfaces of which a plugin with the capability exports at least one; none where it needs no code."""
