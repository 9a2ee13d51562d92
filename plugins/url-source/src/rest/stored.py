"""Values of our dataclasses as JSON and back. What has its default is not written; what is not understood is told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from rest.model import VERSION, Request

Made = TypeVar("Made")


class NotUnderstood(ValueError):
    """Text that is no such value; the message says where and why."""


def to_json(value: Any) -> dict[str, Any]:
    """A dataclass as an object of JSON, without what has its default."""
    written: dict[str, Any] = {}
    for at in fields(value):
        own = getattr(value, at.name)
        if at.metadata.get("stored", True) and (at.metadata.get("always") or own != _default(at)):
            written[at.name] = _written(own)
    return written


def from_json(kind: type[Made], data: object, where: str = "") -> Made:
    """A value of a dataclass from what `to_json` wrote; raises NotUnderstood. Names it does not know are left out."""
    if not isinstance(data, Mapping):
        raise _wrong(where, "an object", data)
    hints: dict[str, Any] = _hints(kind)  # type: ignore[arg-type] # a class is hashable
    known = {
        name: _read(hint, data[name], f"{where}.{name}" if where else name)
        for name, hint in hints.items()
        if name in data
    }
    return kind(**known)


def dump_request(request: Request) -> str:
    """A request as JSON text, with the version of the model."""
    return json.dumps({"version": VERSION, **to_json(request)}, ensure_ascii=False)


def load_request(text: str) -> Request:
    """A request from `dump_request`; raises NotUnderstood."""
    return from_json(Request, versioned(text, "request"))


def versioned(text: str, what: str) -> dict[str, Any]:
    """The object in `text`, whose version we can read; raises NotUnderstood."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"this {what} is no JSON: {error}") from None
    if not isinstance(data, dict):
        raise _wrong("", f"a {what} (an object)", data)
    version = data.get("version", VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= VERSION:
        raise NotUnderstood(
            f"this {what} has version {str(version)[:20]}, and this Thoth reads up to {VERSION}: update the plugin"
        )
    return data


def _default(at: "Field[Any]") -> Any:
    if at.default_factory is not MISSING:
        return at.default_factory()
    return at.default


def _written(value: Any) -> Any:
    if is_dataclass(value):
        return to_json(value)
    if isinstance(value, list):
        return [_written(item) for item in value]
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of the fields that are stored."""
    hints = get_type_hints(kind)
    return {at.name: hints[at.name] for at in fields(kind) if at.metadata.get("stored", True)}


def _read(hint: Any, data: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin is Literal:
        if data not in get_args(hint) or isinstance(data, bool):
            raise _wrong(where, " or ".join(repr(word) for word in get_args(hint)), data)
        return data
    if origin in (Union, UnionType):
        return _read_optional(hint, data, where)
    if origin is list:
        if not isinstance(data, list):
            raise _wrong(where, "a list", data)
        return [_read(get_args(hint)[0], item, f"{where}[{at}]") for at, item in enumerate(data)]
    if isinstance(hint, type) and is_dataclass(hint):
        return from_json(hint, data, where)
    return _plain(hint, data, where)


def _read_optional(hint: Any, data: Any, where: str) -> Any:
    """A union: of a type and None, or of dataclasses that `kind` tells apart (`TAGS`)."""
    if data is None and type(None) in get_args(hint):
        return None
    choices = [choice for choice in get_args(hint) if choice is not type(None)]
    if len(choices) == 1:
        return _read(choices[0], data, where)
    if not isinstance(data, Mapping):
        raise _wrong(where, "an object", data)
    return from_json(next((one for one in choices if _marks(one) in data), choices[-1]), data, where)


def _marks(kind: type) -> str:
    """The field that only values of this type have: `items` of a folder."""
    return getattr(kind, "MARK", "")


_NAMES: dict[type, tuple[str, Callable[[Any], bool]]] = {
    str: ("a text", lambda data: isinstance(data, str)),
    bool: ("true or false", lambda data: isinstance(data, bool)),
    int: ("a whole number", lambda data: isinstance(data, int) and not isinstance(data, bool)),
    float: ("a number", lambda data: isinstance(data, int | float) and not isinstance(data, bool)),
}


def _plain(hint: Any, data: Any, where: str) -> Any:
    if hint in (dict, object, Any) or get_origin(hint) is dict:
        return data
    said, fits = _NAMES[hint]
    if not fits(data):
        raise _wrong(where, said, data)
    return data


def _wrong(where: str, wanted: str, data: object) -> NotUnderstood:
    found = json.dumps(data, ensure_ascii=False, default=str)[:60]
    return NotUnderstood(f"{where or 'this'} should be {wanted}, and is {found}")
