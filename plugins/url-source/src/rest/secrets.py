"""Secrets of requests: out of the model into secure storage, and out of all that is shown or exported."""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from rest import params, templates, urls
from rest.model import Param, Request, Row
from rest.telling import LEFT_OUT, is_telling, secret_before_host, shown_url
from rest.variables import SECRET

_SCHEMES: Final = re.compile(r"(?i)(basic|bearer|token|digest|negotiate|apikey)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a request that holds a secret."""

    where: str
    """`auth.password`, `headers[2]`, `params[0]`, `body.fields[1]`, `url`."""
    label: str
    """What people know it by: `password`, `X-Api-Key`."""
    value: str
    put: Callable[[str], None]
    """Writes another text there."""


def places(request: Request) -> list[Place]:
    """Where a request holds secrets as they are; what consists of variables alone is none."""
    return [place for place in _candidates(request) if place.value and not templates.is_only_variables(place.value)]


def hide(request: Request, new_id: Callable[[], str]) -> tuple[Request, dict[str, str]]:
    """A copy without secrets, and what is to be put into secure storage, by key.

    Keys are new each time: a copy of a request shares those it was made with until it is given a secret of its own.
    """
    copy = deepcopy(request)
    stored: dict[str, str] = {}
    for place in places(copy):
        key = f"secret.{new_id()}"
        stored[key] = place.value
        place.put(reference(key))
    return copy, stored


def redacted(request: Request) -> Request:
    """A copy in which a variable named after the place stands for each secret, those in secure storage too."""
    copy = deepcopy(request)
    for place in _candidates(copy):
        if place.value and (not templates.is_only_variables(place.value) or SECRET in place.value):
            place.put(f"{{{{{variable_name(place.label)}}}}}")
    return copy


def revealed(request: Request, read_secret: Callable[[str], str | None]) -> Request:
    """A copy with the values of secure storage in place of their keys, as far as it has them."""
    copy = deepcopy(request)
    for place in _candidates(copy):
        value = place.value
        for key in keys_in(value):
            secret = read_secret(key)
            if secret is not None:
                value = value.replace(reference(key), templates.literal(secret))
        if value != place.value:
            place.put(value)
    return copy


def reference(key: str) -> str:
    """What stands in a request for a value that secure storage has under `key`."""
    return f"{{{{{SECRET} {key}}}}}"


def keys_in(text: str) -> list[str]:
    """The keys of secure storage that a text asks for."""
    return [
        piece.arguments.strip()
        for piece in templates.scan(text)
        if isinstance(piece, templates.Token) and piece.name == SECRET
    ]


def all_keys(texts: Iterable[str]) -> set[str]:
    """The keys that texts (of `rest.texts.texts`) ask for: others in secure storage may be deleted."""
    return {key for text in texts if SECRET in text for key in keys_in(text)}


def variable_name(label: str) -> str:
    """A name that can stand in braces: `X_Api_Key` for `X-Api-Key`."""
    name = re.sub(r"\W+", "_", label).strip("_")
    return name if name and not name[0].isdigit() else f"secret_{name}".rstrip("_")


def redact(text: str, values: Mapping[str, str]) -> str:
    """A text for people or logs, without the secrets given by name, nor what they are in base64 or URLs."""
    found = {form for value in values.values() if len(value) >= 4 for form in _forms(value)}
    if not found:
        return text
    longest_first = sorted(found, key=len, reverse=True)
    return re.sub("|".join(re.escape(form) for form in longest_first), LEFT_OUT, text)


def redacted_headers(headers: Iterable[tuple[str, str]], values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Headers as they may be shown: those with telling names have no value."""
    return [(name, LEFT_OUT if is_telling(name) else redact(value, values)) for name, value in headers]


def redacted_url(url: str, values: Mapping[str, str]) -> str:
    """A URL as it may be shown: without user name and password, parameters with telling names have no value."""
    return redact(shown_url(url), values)


def _forms(value: str) -> set[str]:
    return {value, urls.encoded_component(value), urls.form_encoded(value), urls.encoded_value(value)}


def _candidates(request: Request) -> list[Place]:
    auth = request.auth
    found = [
        Place("auth.password", "password", auth.password, _setter(auth, "password")),
        Place("auth.token", "token", auth.token, _setter(auth, "token")),
        Place("auth.key_value", auth.key_name or "api_key", auth.key_value, _setter(auth, "key_value")),
    ]
    found += [place for at, row in enumerate(request.headers) for place in _of_header(row, f"headers[{at}]")]
    found += [
        Place(f"params[{at}]", row.name, row.value, _param_setter(request, at))
        for at, row in enumerate(request.params)
        if is_telling(row.name)
    ]
    found += [
        Place(f"body.fields[{at}]", row.name, row.value, _field_setter(row))
        for at, row in enumerate(request.body.fields)
        if is_telling(row.name)
    ]
    found += [
        Place(f"body.parts[{at}]", part.name, part.value, _setter(part, "value"))
        for at, part in enumerate(request.body.parts)
        if is_telling(part.name) and part.file is None
    ]
    return found + _in_url(request)


def _of_header(row: Row, where: str) -> list[Place]:
    if not is_telling(row.name):
        return []
    scheme = _SCHEMES.match(row.value)
    begin = scheme[0] if scheme else ""

    def put(text: str) -> None:
        row.value = begin + text

    return [Place(where, row.name, row.value[len(begin) :], put)]


def _in_url(request: Request) -> list[Place]:
    """What stands before the host: a password, or a user name that has none, as tokens are written."""
    span = secret_before_host(request.url)
    if span is None:
        return []
    is_password = request.url[: span[0]].endswith(":")

    def put(text: str) -> None:
        now = secret_before_host(request.url)
        if now is not None:
            params.set_url(request, f"{request.url[: now[0]]}{text}{request.url[now[1] :]}")

    return [Place("url", "password" if is_password else "user name", request.url[span[0] : span[1]], put)]


def _setter(target: Any, name: str) -> Callable[[str], None]:
    return lambda text: setattr(target, name, text)


def _param_setter(request: Request, at: int) -> Callable[[str], None]:
    return lambda text: params.edit_param(request, at, value=text)


def _field_setter(row: Param) -> Callable[[str], None]:
    def put(text: str) -> None:
        row.value, row.raw = text, None

    return put
