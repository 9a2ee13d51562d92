"""Reads the state of the original explorer, which had no folders, one kind of body, and secrets as they were typed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from rest import media, params, secrets
from rest.collections import free_name
from rest.model import Auth, AuthKind, Body, Param, Request, Row
from rest.telling import shown_name

_KINDS: Final[Mapping[str, AuthKind]] = {
    "bearer": "bearer",
    "basic": "basic",
    "api-key": "api-key",
    "api_key": "api-key",
    "apikey": "api-key",
}


def is_original(data: Mapping[str, Any]) -> bool:
    """Whether it is the original's: a list of requests, and no version of ours."""
    return isinstance(data.get("requests"), list) and "version" not in data


def migrated(data: Mapping[str, Any], new_id: Callable[[], str]) -> tuple[list[Request], dict[str, str]]:
    """Its requests, and their secrets by the keys under which secure storage is to keep them.

    What is no request, or a field of another type, is left out: there is nobody who could put it right.
    """
    found: list[Request] = []
    taken: set[str] = set()
    stored: dict[str, str] = {}
    for record in data["requests"]:
        if not isinstance(record, Mapping):
            continue
        request = request_of(record, new_id())
        request.name = free_name(shown_name(request.title), taken)
        taken.add(request.name)
        hidden, own = secrets.hide(request, new_id)
        found.append(hidden)
        stored |= own
    return found, stored


def request_of(record: Mapping[str, Any], request_id: str) -> Request:
    """One record `{name, method, url, params, req_headers, body, auth_type, …}` as a request of ours, secrets in it."""
    method = _text(record, "method").upper() or "GET"
    request = Request(request_id, _text(record, "name"), method="GET" if method in ("WS", "WSS") else method)
    url = _text(record, "url")
    if method in ("WS", "WSS"):
        request.protocol = "websocket"
        if "://" not in url and url:
            url = f"{method.lower()}://{url}"
    params.set_url(request, url)
    rows = [Param(row.name, row.value, row.enabled) for row in _rows(record.get("params"))]
    if rows:
        params.set_params(request, [*request.params, *rows])
    request.headers = _rows(record.get("req_headers"))
    request.auth = _auth(record)
    request.body = _body(_text(record, "body"), request.headers, method)
    return request


def _auth(record: Mapping[str, Any]) -> Auth:
    return Auth(
        _KINDS.get(_text(record, "auth_type").lower(), "none"),
        _text(record, "auth_username"),
        _text(record, "auth_password"),
        _text(record, "auth_token"),
        key_name=_text(record, "auth_key_name"),
        key_value=_text(record, "auth_key_value"),
        key_in="query" if _text(record, "auth_key_in").lower() == "query" else "header",
    )


def _body(text: str, headers: list[Row], method: str) -> Body:
    """The raw text it had: it was sent with POST, PUT and PATCH alone, and said nothing of its type."""
    if not text:
        return Body()
    said = next((row.value for row in headers if row.enabled and row.name.lower() == "content-type"), "")
    kind = "none" if method not in ("POST", "PUT", "PATCH") else "json" if media.is_json(said) else "text"
    if kind == "text" and media.is_xml(said):
        kind = "xml"
    return Body(kind, text, content_type=None if said or kind != "text" else "")  # type: ignore[arg-type]


def _rows(data: object) -> list[Row]:
    """Rows as objects (`key` or `name`, `value`, `enabled`) or as lists."""
    found: list[Row] = []
    for item in data if isinstance(data, list) else []:
        if isinstance(item, Mapping):
            name = _text(item, "name") or _text(item, "key")
            found.append(Row(name, _text(item, "value"), item.get("enabled") is not False))
        elif isinstance(item, list) and len(item) >= 2 and all(isinstance(part, str) for part in item[:2]):
            found.append(Row(item[0], item[1], not (len(item) > 2 and item[2] is False)))
    return [row for row in found if row.name or row.value]


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
