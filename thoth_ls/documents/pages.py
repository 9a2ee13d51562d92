"""Rows as JSON text: checked, counted and joined."""

from __future__ import annotations

import json

from thoth_ls.documents.source import Source
from thoth_ls.errors import PluginInvalid

TEXT_LIMIT = 16 << 20
"""A page of more characters than this ends early; whoever asked goes on from where it stops."""


async def read_rows(source: Source, start: int, count: int, records: int) -> tuple[str, int]:
    """Up to `count` rows from `start` on as one JSON array, and how many they are.

    A source returns fewer than asked for where the text would be too long for it, so it is asked again. `records` are
    those known to be readable: having come so far ends the asking.
    """
    pieces: list[str] = []
    got = size = 0
    while got < count and size < TEXT_LIMIT:
        text = await source.page(start + got, count - got)
        number = count_rows(text, source.plugin_id)
        if number > count - got:
            raise PluginInvalid(source.plugin_id, f"returned {number} rows where {count - got} were asked for")
        if number == 0:
            break
        pieces.append(text)
        got += number
        size += len(text)
        if start + got >= records:
            break
    return _joined(pieces), got


def count_rows(text: str, plugin_id: str) -> int:
    """How many rows a JSON array holds; raises PluginInvalid where it is none, so that no client has to face that."""
    try:
        rows = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise PluginInvalid(plugin_id, f"returned rows that are not JSON ({error})") from None
    if not isinstance(rows, list):
        raise PluginInvalid(plugin_id, "returned rows that are not a JSON array")
    return len(rows)


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _joined(pieces: list[str]) -> str:
    if len(pieces) == 1:
        return pieces[0]
    return f"[{','.join(piece.strip()[1:-1] for piece in pieces)}]"
