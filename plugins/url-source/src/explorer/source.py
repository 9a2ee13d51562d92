"""The data source: one request, whose response is the data. Its settings are those of the explorer before this one."""

import itertools
from collections.abc import Mapping
from typing import Any, Final, cast

import thoth_plugin as thoth
from explorer.fetching import fetch
from explorer.records import records_of
from rest import params
from rest.model import Auth, AuthKind, Body, Request, Row
from rest.prepare import prepare
from rest.secrets import redacted_url
from rest.variables import Variables
from thoth_plugin.http import Response

ENTRIES: Final = (
    thoth.Entry("url", "Address, http:// or https://", required=True),
    thoth.Entry("method", "GET, POST, …", default="GET"),
    thoth.Entry("headers", "Headers, a line `Name: value` each"),
    thoth.Entry("body", "What is sent"),
    thoth.Entry("auth_type", "none, bearer, basic, api-key or digest", default="none"),
    thoth.Entry("auth_token", "Of bearer"),
    thoth.Entry("auth_username", "Of basic and digest"),
    thoth.Entry("auth_password", "Of basic and digest"),
    thoth.Entry("auth_key_name", "Of api-key"),
    thoth.Entry("auth_key_value", "Of api-key"),
    thoth.Entry("auth_key_in", "Of api-key: header or query", default="header"),
)
AUTHS: Final = ("none", "bearer", "basic", "api-key", "digest")
_TYPES: Final[dict[type, str]] = {
    bool: "boolean",
    int: "number",
    float: "number",
    dict: "object",
    list: "array",
    str: "string",
}


class RestSource(thoth.DataSource):
    """Each connection is a response that was fetched."""

    def __init__(self) -> None:
        self._responses: dict[str, list[dict[str, Any]]] = {}
        self._numbers = itertools.count(1)

    def required_config(self) -> tuple[thoth.Entry, ...]:
        """What has to be known."""
        return ENTRIES

    def connect(self, config: Mapping[str, str]) -> str:
        """Fetches; a status that is no success is an error of its code."""
        prepared = prepare(request_of(config), Variables())
        if prepared.errors:
            raise thoth.PluginError(prepared.errors[0].message, 400)
        response: Response = fetch(prepared)
        if not 200 <= response.status < 300:
            url = redacted_url(response.url, prepared.secrets)
            raise thoth.PluginError(f"{prepared.method} {url} answered {response.status}", response.status)
        handle = f"http-{next(self._numbers)}"
        self._responses[handle] = records_of(response)
        if response.stored is not None:
            response.stored.release()
        return handle

    def schema(self, handle: str) -> list[thoth.Collection]:
        """One collection with all names that the records have."""
        records = self._records(handle)
        names = dict.fromkeys(name for record in records for name in record)
        fields = [
            thoth.Field(name, _type(records, name), any(record.get(name) is None for record in records))
            for name in names
        ]
        return [thoth.Collection("response", fields)]

    def query(self, handle: str, query: str) -> list[dict[str, Any]]:
        """All of it, whatever is asked."""
        return self._records(handle)

    def close(self, handle: str) -> None:
        """Forgets a response."""
        self._responses.pop(handle, None)

    def _records(self, handle: str) -> list[dict[str, Any]]:
        if handle not in self._responses:
            raise thoth.PluginError(f"there is no connection {handle[:40]!r}", 4)
        return self._responses[handle]


def request_of(config: Mapping[str, str]) -> Request:
    """The request that settings say; raises PluginError."""
    kind = config.get("auth_type") or "none"
    if kind not in AUTHS:
        raise thoth.PluginError(f"auth_type is {kind[:40]!r}; it can be {', '.join(AUTHS)}", 400)
    place = config.get("auth_key_in") or "header"
    if place not in ("header", "query"):
        raise thoth.PluginError(f"auth_key_in is {place[:40]!r}; it can be header or query", 400)
    body = config.get("body", "")
    request = Request(
        method=(config.get("method") or "GET").upper(),
        headers=_headers(config.get("headers", "")),
        auth=Auth(
            kind=cast("AuthKind", kind),
            username=config.get("auth_username", ""),
            password=config.get("auth_password", ""),
            token=config.get("auth_token", ""),
            key_name=config.get("auth_key_name", ""),
            key_value=config.get("auth_key_value", ""),
            key_in="query" if place == "query" else "header",
        ),
        body=Body(kind="text", text=body, content_type="") if body else Body(),
    )
    params.set_url(request, config.get("url", ""))
    return request


def _headers(text: str) -> list[Row]:
    rows = []
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if line.strip():
            if not colon:
                raise thoth.PluginError(f"headers: {line[:60]!r} has no colon; write Name: value", 400)
            rows.append(Row(name.strip(), value.strip()))
    return rows


def _type(records: list[dict[str, Any]], name: str) -> str:
    found = {_TYPES.get(type(record[name]), "string") for record in records if record.get(name) is not None}
    return found.pop() if len(found) == 1 else "string"
