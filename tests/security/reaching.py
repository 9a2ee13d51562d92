"""Notes every lookup of a name and every connection that this process begins, whoever begins it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS = frozenset(("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"))
_noting: list[list[str]] = []
"""Lists that are written to; an audit hook cannot be taken away again."""
_hooked: list[bool] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _noting and event in EVENTS:
        for notes in _noting:
            notes.append(f"{event} {arguments[1:] if event == 'socket.connect' else arguments[:2]}")


@contextmanager
def watched() -> Iterator[list[str]]:
    """What was reached for inside the block."""
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    notes: list[str] = []
    _noting.append(notes)
    try:
        yield notes
    finally:
        _noting.remove(notes)
