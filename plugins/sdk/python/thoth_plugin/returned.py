"""What an author's methods return, looked at before it reaches the border: there, a value of a wrong type is a trap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST: int = 2**64


def text(value: Any, what: str) -> str:
    """A text; raises TypeError."""
    if isinstance(value, str):
        return value
    raise TypeError(f"{what} has to be a text (str), not {_kind(value)}")


def texts(values: Iterable[Any], what: str) -> list[str]:
    """Several of them; raises TypeError."""
    if isinstance(values, str):
        raise TypeError(f"{what} has to be a list of texts, not one text")
    return [text(value, f"each of {what}") for value in values]


def piece(value: Any, what: str) -> str | bytes:
    """A text or bytes; raises TypeError."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    raise TypeError(f"{what} has to return text (str) or bytes, not {_kind(value)}")


def count(value: Any, what: str) -> int:
    """How many of something; raises TypeError and ValueError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{what} has to return a whole number (int), not {_kind(value)}")
    if not 0 <= value < MOST:
        raise ValueError(f"{what} has returned {value}, which is no number of records")
    return int(value)


def _kind(value: Any) -> str:
    return "None: is a `return` missing?" if value is None else type(value).__name__
