"""All texts of a request, wherever they are in it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from rest import templates


def texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Place and text: `headers[0].value`, `Bearer {{token}}`."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from texts(item, f"{where}[{at}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{where}.{field.name}" if where else field.name)


def variables_in(value: Any) -> set[str]:
    """The variables that texts of a request ask for, without dynamic ones."""
    return {
        name for _, text in texts(value) if "{{" in text for name in templates.names(text) if not name.startswith("$")
    }
