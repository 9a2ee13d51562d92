"""What outlives the session: one value a plugin, shared by all its panels and commands. Not for secrets.

Another panel's `write` comes as the event `storage-changed` of the kind `notify`.
"""

from __future__ import annotations

import json
from typing import Any

from thoth_plugin import current
from thoth_plugin.errors import PluginError
from thoth_plugin.json_text import dumps


def read(default: Any = None) -> Any:
    """The stored value, or `default` where there is none. Raises PluginError where it is no JSON."""
    text = read_text()
    if not text:
        return default
    try:
        return json.loads(text)
    except ValueError as error:
        raise PluginError(f"what is stored cannot be read: {error}") from error


def write(value: Any) -> None:
    """Replaces the stored value. Raises PluginError (too large, disk full)."""
    write_text(dumps(value))


def read_text() -> str:
    """What is stored, as it is; empty for nothing."""
    text: str = current.host_call("plugin-storage", "read")
    return text


def write_text(text: str) -> None:
    """Replaces it as it is. Raises PluginError."""
    current.host_call("plugin-storage", "write", text)
