"""Rows as JSON text: checked, counted and joined."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from thoth_ls.documents.source import Source
from thoth_ls.errors import PluginInvalid

TEXT_LIMIT = 16 << 20
"""A page of more characters than this ends early; whoever asked goes on from where it stops."""


FIRST_PIECE_ROWS = 100
PIECE_CHARACTERS = 512 << 10
"""About so much is read at once: checking a text keeps everything else of the server waiting, some 10 ms for this."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as one JSON array."""

    text: str
    count: int
    cells: int
    """Of the longest row."""


async def read_rows(source: Source, start: int, count: int, records: int) -> Rows:
    """Up to `count` rows from `start` on.

    Many rows are read piece by piece, each about as long as `PIECE_CHARACTERS`. `records` are those known to be
    readable: having come so far ends the asking.
    """
    pieces: list[str] = []
    got = size = longest = 0
    piece = FIRST_PIECE_ROWS
    while got < count and size < TEXT_LIMIT:
        wanted = min(piece, count - got)
        text = await source.page(start + got, wanted)
        number, cells = count_cells(text, source.plugin_id)
        if number > wanted:
            raise PluginInvalid(source.plugin_id, f"returned {number} rows where {wanted} were asked for")
        if number == 0:
            break
        pieces.append(text)
        got += number
        longest = max(longest, cells)
        size += len(text)
        piece = max(1, number * PIECE_CHARACTERS // len(text))
        if start + got >= records:
            break
    return Rows(join_rows(pieces), got, longest)


def count_cells(text: str, plugin_id: str) -> tuple[int, int]:
    """How many rows a JSON array holds, and how many cells the longest of them.

    Raises PluginInvalid where it is no such array, so that no client has to face that.
    """
    try:
        rows = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise PluginInvalid(plugin_id, f"returned rows that are not JSON ({error})") from None
    if not isinstance(rows, list):
        raise PluginInvalid(plugin_id, "returned rows that are not a JSON array")
    return len(rows), max((len(row) for row in rows if isinstance(row, list)), default=0)


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def join_rows(pieces: Sequence[str]) -> str:
    """JSON arrays of rows as one."""
    if len(pieces) == 1:
        return pieces[0]
    return f"[{','.join(piece.strip()[1:-1] for piece in pieces)}]"
