"""What stands at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thoth_ls.documents.buffers.index import TextIndex
from thoth_ls.wire.texts import Position, ValueAt

_SPECIAL = re.compile(r"[\\'\x00-\x1f]")
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "'": "\\'", "\\": "\\\\"}


async def value_at(index: TextIndex, position: Position) -> ValueAt | None:
    """The innermost value at a position, or the member whose name is there; None where nothing is."""
    tree = index.source.tree
    place = await tree.locate(index.positions.offset(position))
    if place.record is None:
        return None
    found = await tree.value(place.record, place.path)
    value = found.value
    span = value.key_at if place.part == "key" and value.key_at is not None else value.at
    if span is None:
        return None
    return ValueAt(
        path=normalized(found.keys),
        record=place.record + 1 if index.records > 1 else None,
        kind=value.kind,
        count=value.count,
        size=value.bytes,
        duplicate=value.duplicate,
        area=index.positions.area(*span),
    )


def normalized(keys: Sequence[str | int]) -> str:
    """The normalized path (RFC 9535, 2.7) of names and positions."""
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f"['{_SPECIAL.sub(_escape, key)}']" for key in keys)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"
