"""What the table of a file should show, worked out from the values that Python's parser finds."""

import json
from typing import Any

from . import records
from .conftest import Opened

LONG = 1_024
"""Bytes of UTF-8 from which on a cell is cut in a page."""


def cells_of(value: Any) -> dict[str, Any]:
    """The cells of a record by the path of their column, as JSON; of members with the same name the first."""
    if isinstance(value, records.Object):
        return {json.dumps([records.said(name)]): child for name, child in reversed(value)}
    if isinstance(value, list):
        return {json.dumps([index]): child for index, child in enumerate(value)}
    return {"[]": value}


def columns_of(values: list[Any]) -> list[str]:
    """The paths of all columns in the order in which they turn up."""
    paths: dict[str, None] = {}
    for value in values:
        names = [[records.said(name)] for name, _ in value] if isinstance(value, records.Object) else None
        paths.update(dict.fromkeys(map(json.dumps, names) if names is not None else cells_of(value)))
    return list(paths)


def check(cell: Any, value: Any) -> None:
    """A cell of a page shows a value."""
    kind = records.kind_of(value)
    text = cell if isinstance(cell, str) else cell["text"]
    if isinstance(cell, str):
        assert kind == "string"
    elif kind != "string":
        assert cell["kind"] == kind
    assert len(text.encode()) <= LONG
    if not isinstance(cell, str) and "bytes" in cell:
        assert cell["bytes"] > LONG
        assert len(text.encode()) > LONG - 4
        if kind == "string":
            assert records.said(value).startswith(text)
            assert cell["bytes"] == len(records.said(value).encode())
    elif kind == "string":
        assert text == records.said(value)
    else:
        assert records.parse(text) == value
    if kind in ("object", "array"):
        assert cell["count"] == len(value)


def shown(opened: Opened, record: int, column: int) -> str:
    """The whole text of a cell, put together from its parts."""
    text: str = ""
    at: int | None = 0
    while True:
        part: dict[str, Any] = opened.json("paged-loader", "node", record, json.dumps([column]), at, 1 << 20)
        assert part["kind"] == "text"
        text += part["text"]
        at = part["next"]
        if at is None:
            assert part["bytes"] == len(text.encode())
            return text
