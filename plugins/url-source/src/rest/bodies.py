"""What a request sends, and what its Content-Type says of it."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any, Final

from rest import json_check, media, multipart, params, urls
from rest.model import Body, FileRef, Param
from rest.prepared import Base64, BodyPart, Handle, Text
from rest.variables import Expander

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
DEFAULT_TYPES: Final = {
    "json": JSON,
    "text": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "form": FORM,
    "graphql": JSON,
}
"""What Content-Type says by itself, for the kinds that always say the same."""

Made = tuple[tuple[BodyPart, ...], str]
"""A body, and its Content-Type ("" for none)."""


def made(body: Body, said_type: str | None, expander: Expander) -> Made:
    """The body and its Content-Type, where `said_type` is what the request's own header says (None: it has none)."""
    if body.kind == "none":
        return (), ""
    parts, own = _MAKERS[body.kind](body, said_type, expander)
    if body.kind != "multipart" and body.content_type is not None:
        own = expander.expand(body.content_type, "body")
    _check_charset(own if said_type is None else said_type, parts, expander)
    return parts, own


def graphql_object(body: Body, expander: Expander) -> dict[str, Any]:
    """What GraphQL over HTTP sends: `query`, and `variables` and `operationName` where there are any."""
    sent: dict[str, Any] = {"query": expander.expand(body.query, "body.query")}
    if not sent["query"].strip():
        expander.problem("error", "body.query", "there is no query")
    written = expander.expand(body.variables, "body.variables")
    if written.strip():
        fault = json_check.check(written)
        value = None if fault else json.loads(written)
        if fault is not None:
            expander.problem("error", "body.variables", f"the variables are no JSON: {fault}")
        elif value is not None and not isinstance(value, dict):
            expander.problem("error", "body.variables", "the variables are no object: write them in braces")
        sent["variables"] = value
    if operation := expander.expand(body.operation, "body.operation").strip():
        sent["operationName"] = operation
    return sent


def compact(value: Any) -> str:
    """A value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def parsed(text: str) -> Any:
    """The value of a JSON text; raises ValueError."""
    return json_check.parse(text)


def boundary_of(content_type: str) -> str | None:
    """The boundary that a multipart Content-Type names; None where there is none, or it is another type."""
    return media.parameter(content_type, "boundary") if media.essence(content_type).startswith("multipart/") else None


def form_text(fields: list[Param], expander: Expander) -> str:
    """Fields as a form is sent; those with a spelling of their own (as pasted) keep it."""
    return "&".join(_field(row, f"body.fields[{at}]", expander) for at, row in enumerate(fields) if params.is_said(row))


def _field(row: Param, where: str, expander: Expander) -> str:
    if row.raw is not None:
        return expander.expand(row.raw, where, urls.form_encoded)
    name, value = (expander.expand(urls.around_variables(text, urls.form_encoded), where, urls.form_encoded)
                   for text in (row.name, row.value))  # fmt: skip
    return f"{name}={value}"


def _json(body: Body, _: str | None, expander: Expander) -> Made:
    text = expander.expand(body.text, "body")
    fault = json_check.check(text) if text.strip() else None
    if fault is not None:
        expander.problem("warning", "body", f"the body is no JSON: {fault}")
    return _texts(text), JSON


def _text(body: Body, _: str | None, expander: Expander) -> Made:
    return _texts(expander.expand(body.text, "body")), DEFAULT_TYPES[body.kind]


def _form(body: Body, _: str | None, expander: Expander) -> Made:
    return _texts(form_text(body.fields, expander)), FORM


def _graphql(body: Body, _: str | None, expander: Expander) -> Made:
    return (Text(compact(graphql_object(body, expander))),), JSON


def _multipart(body: Body, said_type: str | None, expander: Expander) -> Made:
    wanted = media.parameter(said_type, "boundary") if said_type is not None else None
    if wanted is not None and not multipart.is_boundary(wanted):
        expander.problem("error", "headers", f"{wanted[:80]!r} in Content-Type cannot be a boundary")
        wanted = None
    boundary = wanted or multipart.new_boundary()
    parts = multipart.write(body.parts, boundary, expander, _handles(expander))
    return parts, multipart.content_type(boundary)


def _binary(body: Body, _: str | None, expander: Expander) -> Made:
    if body.file is not None:
        handle = _handles(expander)(body.file, "body.file")
        return (Handle(handle),) if handle else (), media.of_file(body.file.name)
    try:
        data = base64.b64decode("".join(body.base64.split()), validate=True)
    except (binascii.Error, ValueError):
        expander.problem("error", "body", "the bytes are no base64")
        return (), media.OCTETS
    if not data:
        expander.problem("error", "body.file", "no file is chosen")
    return (Base64(base64.b64encode(data).decode("ascii")),) if data else (), media.OCTETS


_MAKERS: Final[dict[str, Callable[[Body, str | None, Expander], Made]]] = {
    "json": _json,
    "text": _text,
    "xml": _text,
    "form": _form,
    "graphql": _graphql,
    "multipart": _multipart,
    "binary": _binary,
}


def _handles(expander: Expander) -> Callable[[FileRef, str], str | None]:
    def handle_of(file: FileRef, where: str) -> str | None:
        if not file.handle:
            name = file.name or file.path
            said = f"the file {name} has to be chosen again" if name else "no file is chosen"
            expander.problem("error", where, said)
            return None
        return file.handle

    return handle_of


def _texts(text: str) -> tuple[BodyPart, ...]:
    return (Text(text),) if text else ()


def _check_charset(content_type: str, parts: tuple[BodyPart, ...], expander: Expander) -> None:
    charset = media.parameter(content_type, "charset")
    if charset is None or charset.lower() in ("utf-8", "utf8"):
        return
    if any(isinstance(part, Text) and not part.text.isascii() for part in parts):
        expander.problem("warning", "body", f"the body is sent as UTF-8, and Content-Type says {charset[:40]}")
