"""Hits as the protocol has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from thoth_ls.documents.search.columns import ColumnMap
from thoth_ls.documents.search.previews import clean, excerpt
from thoth_ls.wire.searches import SearchHit
from thoth_ls.wire.trees import Kind


def hit(
    path: Sequence[int],
    keys: Sequence[str | int],
    part: Literal["key", "value"],
    kind: Kind,
    text: str,
    places: Sequence[tuple[int, int]],
    column: int | ColumnMap,
) -> SearchHit:
    """What was found at `path`, with as much of `text` around the places as a preview holds."""
    preview, ranges = excerpt(text, places)
    return SearchHit(
        path=list(path),
        keys=[clean(key) if isinstance(key, str) else key for key in keys],
        part=part,
        kind=kind,
        preview=preview,
        ranges=ranges,
        column=column.of(path, keys) if isinstance(column, ColumnMap) else column,
    )
