"""What was sent, as a list."""

import time
from calendar import timegm
from collections.abc import Sequence
from typing import Final

from explorer import sizes, timing
from rest.history import Entry
from thoth_plugin import ui

LONGEST: Final = 60
"""Characters of a URL that a line shows."""


def history_items(entries: Sequence[Entry], chosen: str = "") -> list[ui.Part]:
    """An item for each entry."""
    return [_item(entry, entry.id == chosen) for entry in entries]


def when(entry: Entry) -> str:
    """`14:05` for today, else `3 Nov 14:05`."""
    try:
        at = time.localtime(timegm(time.strptime(entry.at, "%Y-%m-%dT%H:%M:%SZ")))
    except ValueError:
        return ""
    today = time.localtime()
    clock = time.strftime("%H:%M:%S", at)
    return clock if at[:3] == today[:3] else f"{at.tm_mday} {time.strftime('%b', at)} {clock}"


def result(entry: Entry) -> str:
    """`200 · 42 ms · 1.2 KB`, or that there was no response."""
    if entry.response is None:
        return entry.error or "No response"
    response = entry.response
    return f"{response.status} · {sizes.time(response.duration_ms)} · {sizes.size(response.body_bytes)}"


def _short(url: str) -> str:
    """Without scheme and host, as far as that leaves something."""
    path = url.partition("://")[2].partition("/")[2]
    shown = f"/{path}" if path else url
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _item(entry: Entry, selected: bool) -> ui.Part:
    status = entry.response.status if entry.response is not None else None
    return ui.item(
        f"{entry.method} {entry.request.name or _short(entry.url)}",
        key=entry.id,
        description=result(entry) if status is None else None,
        meta=when(entry),
        badge=ui.Part(text="failed", color="error")
        if status is None
        else ui.Part(text=str(status), color=timing.status_color(status)),
        selected=selected,
    )
