"""More tabs of the same plugin. Needs `open-tabs`."""

from __future__ import annotations

from thoth_plugin import current
from thoth_plugin.json_text import dumps


def open(title: str, state: object = None, icon: str | None = None) -> str:
    """Opens a tab whose panel is given `state` by `restore`; returns an id for logs, empty where it may not."""
    told = None if state is None else dumps(state)
    opened: str = current.host_call("ui-tabs", "open-tab", title, icon, told)
    return opened
