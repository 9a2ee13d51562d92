"""All texts of a request, wherever they are in it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from rest import templates


def texts(value: Any) -> Iterator[str]:
    """Every text in a value of our dataclasses, in order."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            left.extend(reversed(one))
        elif is_dataclass(one):
            kind: type = type(one)
            left.extend([getattr(one, name) for name in _names(kind)][::-1])


def variables_in(value: Any) -> set[str]:
    """The variables that texts of a request ask for, without dynamic ones."""
    return {name for text in texts(value) if "{{" in text for name in templates.names(text) if not name.startswith("$")}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
