"""A tab of the explorer in a fake host, as tests begin with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from explorer.panel import Explorer
from thoth_plugin.testing import FakeHost, OpenedPanel

if TYPE_CHECKING:
    from thoth_plugin.testing import FakeRequest


def opened(url: str = "", host: FakeHost | None = None, **state: Any) -> tuple[FakeHost, OpenedPanel]:
    """A host, and a tab in it for a URL."""
    host = host or FakeHost()
    tab = host.open(Explorer, state=state or None)
    if url:
        tab.change("url", url)
    return host, tab


def entries(*rows: tuple[str, str]) -> str:
    """What a table of names and values tells."""
    return json.dumps([{"key": name, "value": value, "enabled": True} for name, value in rows])


def sent(tab: OpenedPanel) -> FakeRequest:
    """Presses Send; the request that left."""
    tab.click("send")
    return tab.host.http.last
