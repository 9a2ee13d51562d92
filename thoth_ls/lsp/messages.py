"""Words of plugins, files and settings, made fit for the messages of an editor."""

from __future__ import annotations


def unlinked(text: str) -> str:
    """`text` for a message of an editor: VS Code makes links of `[words](command:…)`, which run commands of its own."""
    return text.replace("](", "] (")
