"""Options of curl for the body of a request."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from rest import bodies, media, params, urls
from rest.curl.forms import type_of_file
from rest.importing import Note
from rest.model import Body, FileRef, Part, Request

Encode = Callable[[str], str]


class Say(Protocol):
    """Gives a text of the request as it is to be written: variables with their values, or in braces."""

    def __call__(self, text: str, encode: Encode | None = None) -> str:
        """The text; values are encoded."""


DATA: Final = "--data-raw"


@dataclass(slots=True)
class Words:
    """Options in groups, each for a line of its own, and what cannot be said."""

    groups: list[list[str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    method: str = "GET"
    """What curl takes for the method where none is said."""
    content_type: str | None = None
    """What it sends without being told; None for none."""

    def lose(self, what: str, reason: str) -> None:
        """Notes what the command does not say."""
        self.notes.append(Note("lost", what, reason))


def body_words(request: Request, say: Say) -> tuple[Words, str]:
    """The options for the body, and the Content-Type the request sends ("" for none)."""
    body, made = request.body, Words()
    if request.protocol == "websocket" or body.kind == "none":
        return made, ""
    if body.kind == "multipart":
        _multipart(made, body.parts, say)
        return made, ""
    content_type = _binary(made, body, say) if body.kind == "binary" else _text(made, body, say)
    if body.content_type is not None:
        content_type = say(body.content_type)
    return made, content_type


def _text(made: Words, body: Body, say: Say) -> str:
    made.method, made.content_type = "POST", bodies.FORM
    made.groups.append([DATA, _said(body, say)])
    return bodies.DEFAULT_TYPES[body.kind]


def _said(body: Body, say: Say) -> str:
    if body.kind == "form":
        rows = filter(params.is_said, body.fields)
        return "&".join(
            say(row.raw, urls.form_encoded) if row.raw is not None else _field(row.name, row.value, say) for row in rows
        )
    if body.kind == "graphql":
        return _graphql(body, say)
    return say(body.text)


def _field(name: str, value: str, say: Say) -> str:
    return "=".join(say(urls.around_variables(text, urls.form_encoded), urls.form_encoded) for text in (name, value))


def _graphql(body: Body, say: Say) -> str:
    """The JSON that is sent; variables that are no JSON yet (they hold variables of ours) are put in as they stand."""
    said = [f'"query":{bodies.compact(say(body.query))}']
    if body.variables.strip():
        said.append(f'"variables":{_compacted(say(body.variables))}')
    if body.operation.strip():
        said.append(f'"operationName":{bodies.compact(say(body.operation).strip())}')
    return f"{{{','.join(said)}}}"


def _compacted(text: str) -> str:
    try:
        return bodies.compact(bodies.parsed(text))
    except ValueError:
        return text


def _binary(made: Words, body: Body, say: Say) -> str:
    made.method, made.content_type = "POST", bodies.FORM
    if body.file is not None:
        name = body.file.path or body.file.name
        if not name:
            made.lose("body", "no file is chosen")
        made.groups.append(["--data-binary", f"@{name}"])
        return media.of_file(body.file.name)
    try:
        data = base64.b64decode("".join(body.base64.split()), validate=True)
    except (binascii.Error, ValueError):
        data = b""
        made.lose("body", "the bytes are no base64")
    if not data:
        made.lose("body", "no file is chosen")
    made.groups.append([DATA, data.decode("utf-8", "surrogateescape")])
    return media.OCTETS


def _multipart(made: Words, parts: list[Part], say: Say) -> None:
    made.method = "POST"
    for part in parts:
        if part.enabled and (part.name or part.value or part.file):
            _part(made, part, say)
    if not made.groups:
        made.lose("body", "curl sends no multipart body without parts")


def _part(made: Words, part: Part, say: Say) -> None:
    name = say(part.name)
    if "=" in name:
        made.lose(f"the part {name}", "curl takes names of parts up to a =")
    more = "".join(
        f";headers={_quoted(f'{say(row.name)}: {say(row.value)}')}" for row in part.headers if row.enabled and row.name
    )
    kind = say(part.content_type)
    if part.file is not None and not kind:
        ours = media.of_file(part.filename or part.file.name)
        kind = ours if ours != type_of_file(part.filename, part.file.path or part.file.name) else ""
    if kind:
        more = f";type={kind}{more}"
    if part.file is not None:
        filename = part.filename
        more = f";filename={_quoted(say(filename))}{more}" if filename is not None else more
        made.groups.append(["-F", f"{name}=@{_path(part.file)}{more}"])
        return
    if part.filename is not None:
        made.lose(f"the part {name}", f"curl gives texts no file name ({part.filename})")
    if more:
        made.groups.append(["-F", f"{name}={_quoted(say(part.value))}{more}"])
    else:
        made.groups.append(["--form-string", f"{name}={say(part.value)}"])


def _path(file: FileRef) -> str:
    return _quoted(file.path or file.name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
