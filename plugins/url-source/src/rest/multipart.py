"""Bodies of multipart/form-data (RFC 7578), written as browsers and curl do."""

import secrets
from collections.abc import Callable, Iterable
from typing import Final

from rest import media
from rest.model import FileRef, Part
from rest.prepared import BodyPart, Handle, Text
from rest.variables import Expander

DASHES: Final = "-" * 24
_BOUNDARY: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=? ")
_QUOTED: Final = frozenset("'()+,/:=? ")


def new_boundary() -> str:
    """One that no body holds: 128 random bits."""
    return f"{DASHES}{secrets.token_hex(16)}"


def is_boundary(text: str) -> bool:
    """Whether a text can be a boundary (RFC 2046, 5.1.1)."""
    return 0 < len(text) <= 70 and set(text) <= _BOUNDARY and not text.endswith(" ")


def content_type(boundary: str) -> str:
    """What Content-Type says of it."""
    written = f'"{boundary}"' if set(boundary) & _QUOTED else boundary
    return f"multipart/form-data; boundary={written}"


def write(
    parts: Iterable[Part], boundary: str, expander: Expander, handle_of: Callable[[FileRef, str], str | None]
) -> tuple[BodyPart, ...]:
    """The body; parts that are switched off are not in it.

    `handle_of` gives the host's name for a file's bytes, and None where it has none (it tells so itself).
    """
    body: list[BodyPart] = []
    said: list[str] = []
    for at, part in enumerate(parts):
        where = f"body.parts[{at}]"
        if not part.enabled or not (part.name or part.value or part.file):
            continue
        said.append(f"--{boundary}\r\n{_head(part, where, expander)}\r\n")
        if part.file is None:
            said.append(expander.expand(part.value, where))
        elif handle := handle_of(part.file, where):
            body += [Text("".join(said)), Handle(handle)]
            said = []
        said.append("\r\n")
    said.append(f"--{boundary}--\r\n")
    return (*body, Text("".join(said)))


def _head(part: Part, where: str, expander: Expander) -> str:
    """The headers of a part. Those that the person writes win over ours of the same name, as they do with curl."""
    written = _written(part, where, expander)
    own = {name.lower() for name, _ in written}
    lines = [f"{name}: {value}" for name, value in _ours(part, where, expander) if name.lower() not in own]
    lines += [f"{name}: {value}" for name, value in written]
    for line in lines:
        if "\r" in line or "\n" in line:
            expander.problem("error", where, "a header of this part holds a line break")
            return ""
    return "".join(f"{line}\r\n" for line in lines)


def _ours(part: Part, where: str, expander: Expander) -> list[tuple[str, str]]:
    name = expander.expand(part.name, where)
    filename = part.filename if part.filename is not None else part.file.name if part.file else None
    disposition = f'form-data; name="{_escaped(name)}"'
    if filename is not None:
        disposition += f'; filename="{_escaped(expander.expand(filename, where))}"'
    kind = expander.expand(part.content_type, where) or (media.of_file(filename or "") if part.file else "")
    return [("Content-Disposition", disposition), *([("Content-Type", kind)] if kind else [])]


def _written(part: Part, where: str, expander: Expander) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for row in part.headers:
        name = expander.expand(row.name, where).strip() if row.enabled else ""
        if name and not media.TOKEN.fullmatch(name):
            said = f"{name[:60]!r} is no name of a header: it has letters, digits and some signs"
            expander.problem("error", where, said)
        elif name:
            found.append((name, expander.expand(row.value, where)))
    return found


def _escaped(name: str) -> str:
    """As the standard of HTML has it, and curl: quotes and line breaks in percent."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
