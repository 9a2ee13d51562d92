"""The body that data of a command line is, as the model has it."""

import base64
import re
from dataclasses import replace
from typing import Final

from rest import bodies, json_check, media, params, urls
from rest.curl.data import Data
from rest.model import Body, FileRef, Request, Row

_FORM_LIKE: Final = re.compile(r"[^\n\r{\[<]*=")
_NOT_TEXT: Final = re.compile("[\0\udc80-\udcff]")


def put_data(request: Request, data: Data, *, no_type: bool) -> None:
    """Gives a request its body; a header Content-Type that says what the body says anyway goes.

    With `no_type`, the command line has `-H Content-Type:`.
    """
    rows = _content_types(request)
    said = "" if no_type else "application/json" if data.json else bodies.FORM
    if rows:
        said = rows[0].value
    request.body = _body(data, said)
    _settle(request, rows, said)


def put_upload(request: Request, path: str) -> None:
    """Gives a request the file of `-T`; the address gets its name where it ends in a slash."""
    name = path.replace("\\", "/").rpartition("/")[2]
    request.body = Body("binary", file=FileRef(name, path))
    rows = _content_types(request)
    _settle(request, rows, rows[0].value if rows else "")
    parts = urls.split(request.url)
    parts = replace(parts, query=parts.query or None)
    if name not in ("-", ".") and parts.base.partition("://")[2].count("/") == 0:
        params.set_url(request, str(replace(parts, base=f"{parts.base}/{urls.encoded_component(name)}")))
    elif name not in ("-", ".") and parts.base.endswith("/"):
        params.set_url(request, str(replace(parts, base=f"{parts.base}{urls.encoded_component(name)}")))


def _body(data: Data, said: str) -> Body:
    if data.file is not None:
        name = data.file.replace("\\", "/").rpartition("/")[2]
        return Body("binary", file=FileRef(name, data.file))
    if _NOT_TEXT.search(data.text):
        raw = data.text.encode("utf-8", "surrogateescape")
        return Body("binary", base64=base64.b64encode(raw).decode("ascii"))
    if media.is_json(said):
        return _json(data.text)
    if media.is_xml(said):
        return Body("xml", data.text)
    if media.essence(said) == bodies.FORM and (not data.text or _FORM_LIKE.match(data.text)):
        return Body("form", fields=[params.row_of(raw) for raw in urls.pieces(data.text)] if data.text else [])
    return Body("text", data.text)


def _json(text: str) -> Body:
    """JSON, or GraphQL where it is nothing but that and would be written the same."""
    if '"query"' in text[:20] and json_check.check(text) is None:
        value = json_check.parse(text)
        if set(value) <= {"query", "variables", "operationName"} and _is_graphql(value):
            variables = value.get("variables")
            written = "" if variables is None else bodies.compact(variables)
            body = Body("graphql", query=value["query"], variables=written, operation=value.get("operationName") or "")
            if bodies.compact(value) == text and list(value) == [
                name for name in ("query", "variables", "operationName") if value.get(name) is not None
            ]:
                return body
    return Body("json", text)


def _is_graphql(value: dict[str, object]) -> bool:
    query, variables, operation = value.get("query"), value.get("variables"), value.get("operationName")
    return (
        isinstance(query, str)
        and "{" in query
        and isinstance(variables, dict | None)
        and isinstance(operation, str | None)
    )


def _own_type(body: Body) -> str:
    if body.kind == "binary":
        return media.of_file(body.file.name) if body.file else media.OCTETS
    return bodies.DEFAULT_TYPES.get(body.kind, "")


def _content_types(request: Request) -> list[Row]:
    return [row for row in request.headers if row.name.lower() == "content-type"]


def _settle(request: Request, rows: list[Row], said: str) -> None:
    """Says the type once: by the kind of body where it says so itself, else with the body, or among the headers."""
    own = _own_type(request.body)
    if len(rows) > 1 or (rows and not said) or (rows and request.body.kind != "binary" and said != own):
        return
    for row in rows:
        request.headers.remove(row)
    request.body.content_type = None if said == own else said
