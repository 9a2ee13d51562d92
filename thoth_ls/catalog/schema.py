"""The JSON Schema of `plugin.toml`, read from the file made of the model: what each key means and may be."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

Node = dict[str, Any]
"""A part of the schema."""

FILE = Path(__file__).with_name("plugin.schema.json")
"""Written by `scripts/generate_manifest_schema.py`."""
TYPES = {
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a table",
    "array": "a list",
}


@cache
def root() -> Node:
    """The schema of the whole manifest."""
    found: Node = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def at(path: tuple[str | int, ...]) -> Node | None:
    """The schema of what stands at `path`, None where the model knows nothing."""
    node: Node | None = root()
    for part in path:
        if node is None:
            return None
        node = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
    return node


def keys_of(path: tuple[str | int, ...]) -> dict[str, Node]:
    """The keys a table at `path` may have, in the order of the model; of a list of tables those of each."""
    node = at(path)
    if node is not None and "items" in node:
        node = node["items"]
    found: dict[str, Node] = node.get("properties", {}) if node is not None else {}
    return found


def required_keys(path: tuple[str | int, ...]) -> list[str]:
    """The keys a table at `path` has to have."""
    node = at(path) or {}
    found: list[str] = node.get("items", node).get("required", [])
    return found


def choices(node: Node) -> dict[str, str]:
    """The texts to choose from, with what each means where that is known; none where any text will do."""
    meanings = node.get("x-taplo", {}).get("docs", {}).get("enumValues", [])
    texts = node.get("enum", [])
    return dict(zip(texts, meanings or [""] * len(texts), strict=True))


def expected(node: Node) -> str:
    """What has to stand there, in words."""
    texts = choices(node)
    if len(texts) == 1:
        return f'"{next(iter(texts))}"'
    if texts:
        return f"one of {', '.join(texts)}"
    words = TYPES.get(node.get("type", ""), "a value")
    items = node.get("items")
    if items is not None and items.get("type") in ("string", "object"):
        words = "a list of texts" if items["type"] == "string" else "a list of tables"
    if node.get("type") in ("string", "array") and node.get("examples"):
        words += f" like {node['examples'][0]}"
    return words
