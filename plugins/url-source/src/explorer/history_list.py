"""What was sent, as a list."""

import time
from calendar import timegm
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from explorer import sizes, timing
from rest.history import MOST_ENTRIES, Entry
from thoth_plugin import ui

LONGEST: Final = 60
"""Characters of a URL that a line shows."""


def history_items(entries: Sequence[Entry], chosen: str = "") -> list[ui.Part]:
    """An item for each entry."""
    today = time.localtime()[:3]
    items = [_item(entry, today) for entry in entries]
    return [ui.Part(item, selected=True) if item["key"] == chosen else item for item in items] if chosen else items


def when(entry: Entry) -> str:
    """`14:05:33` for today, else `3 Nov 14:05:33`."""
    return _when(entry.at, time.localtime()[:3])


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


def _item(entry: Entry, today: tuple[int, ...]) -> ui.Part:
    name = entry.request.name or _short(entry.url)
    if entry.response is None:
        return _made(entry.id, f"{entry.method} {name}", result(entry), None, entry.at, today)
    return _made(entry.id, f"{entry.method} {name}", None, entry.response.status, entry.at, today)


@lru_cache(maxsize=2 * MOST_ENTRIES)  # a list is drawn with each tree, and one entry of it is new
def _made(
    entry_id: str, title: str, failure: str | None, status: int | None, at: str, today: tuple[int, ...]
) -> ui.Part:
    return ui.item(
        title,
        key=entry_id,
        description=failure,
        meta=_when(at, today),
        badge=ui.Part(text="failed", color="error")
        if status is None
        else ui.Part(text=str(status), color=timing.status_color(status)),
    )


def _when(at: str, today: tuple[int, ...]) -> str:
    try:
        then = time.localtime(timegm(time.strptime(at, "%Y-%m-%dT%H:%M:%SZ")))
    except ValueError:
        return ""
    clock = time.strftime("%H:%M:%S", then)
    return clock if then[:3] == today else f"{then.tm_mday} {time.strftime('%b', then)} {clock}"
