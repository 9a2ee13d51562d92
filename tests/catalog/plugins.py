"""Plugins as discovery finds them, without folders to find them in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thoth_ls.catalog.manifest import parse_manifest
from thoth_ls.catalog.plugin import Plugin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from thoth_ls.wire.plugins import Origin

PLUGIN_ID = "org.example.plugin"


def manifest_text(
    permissions: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    plugin_id: str = PLUGIN_ID,
    version: str = "1.2.0",
    name: str = "Example",
    rest: str = "",
) -> str:
    """A manifest that declares these needs; None leaves the section out."""
    fields = {"id": plugin_id, "name": name, "version": version, "description": "", "author": "Somebody"}
    lines = [f"{key} = {_toml(value)}" for key, value in fields.items()]
    lines += [rest or "capabilities = []"]
    if permissions is not None:
        lines.append("[permissions]")
        for need, table in permissions.items():
            inside = ", ".join(f"{key} = {_toml(value)}" for key, value in table.items())
            lines.append(f"{need} = {{ {inside} }}")
    return "\n".join(lines) + "\n"


def found(
    folder: Path, permissions: Mapping[str, Mapping[str, Any]] | None = None, *, origin: Origin = "user", **fields: str
) -> Plugin:
    """A plugin in that folder."""
    return Plugin(folder, origin, parse_manifest(manifest_text(permissions, **fields).encode()))


def _toml(value: object) -> str:
    """JSON texts and arrays are TOML too, but for the characters that TOML wants as eight digits."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
