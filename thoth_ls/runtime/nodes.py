"""Nodes of the user interface that plugins answer with: checked before anybody is given them."""

from __future__ import annotations

import json

from thoth_ls.errors import PluginInvalid

NODE_DEPTH = 200
"""Of values in each other; a node that holds another one takes two."""


def check_node(plugin_id: str, export: str, text: str, most_bytes: int) -> None:
    """Raises PluginInvalid, naming the export, where `text` is no node, too long, or nested too deep."""
    if len(text) > most_bytes or len(text.encode("utf-8", "replace")) > most_bytes:
        raise PluginInvalid(plugin_id, f"{export} returned a node of more than {most_bytes >> 20} MiB")
    try:
        node = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise PluginInvalid(plugin_id, f"{export} returned a node that is not JSON ({error})") from None
    if not isinstance(node, dict) or not isinstance(node.get("type"), str):
        raise PluginInvalid(plugin_id, f"{export} returned no node: it has to be an object with a text `type`")
    if too_deep(node):
        raise PluginInvalid(plugin_id, f"{export} returned a node of more than {NODE_DEPTH} levels")


def too_deep(value: object) -> bool:
    """Whether values are nested deeper than a node may be."""
    level: list[object] = [value]
    for _ in range(NODE_DEPTH):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return any(isinstance(item, dict | list) for item in level)


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
