"""A request as it leaves: every variable has its value, every header is written, the body is bytes or names them."""

from dataclasses import dataclass, field
from typing import Any

from rest.variables import Problem


@dataclass(frozen=True, slots=True)
class Text:
    """Part of a body that is sent as UTF-8."""

    text: str


@dataclass(frozen=True, slots=True)
class Base64:
    """Part of a body that is any bytes."""

    base64: str


@dataclass(frozen=True, slots=True)
class Handle:
    """Part of a body that the host holds."""

    body_handle: str


BodyPart = Text | Base64 | Handle


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks, for what the server wants to be proven (digest)."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that can be handed to the host."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    """In order, doubles too. Host, Content-Length and what the host adds by itself are not in it."""
    body: tuple[BodyPart, ...]
    """Their bytes follow each other; empty for no body."""
    options: dict[str, Any]
    """For `http-control.submit`, without the body."""
    subprotocols: tuple[str, ...] = ()
    """Of a WebSocket."""
    digest: Credentials | None = None
    """Where a 401 is to be answered (`rest.digest.answer`)."""
    problems: tuple[Problem, ...] = ()
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    """Values that must not be shown, by the names people know them by."""

    @property
    def errors(self) -> list[Problem]:
        """What has to be put right before it can be sent."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What the person should know: it is sent all the same."""
        return [problem for problem in self.problems if problem.level == "warning"]

    def submit_options(self) -> dict[str, Any]:
        """All options for `http-control.submit`, the body among them as `body_parts`."""
        parts = [_as_option(part) for part in self.body]
        return {**self.options, **({"body_parts": parts} if parts else {})}

    def header(self, name: str) -> str | None:
        """The value of the first header of that name, whatever its case."""
        return next((value for found, value in self.headers if found.lower() == name.lower()), None)


def _as_option(part: BodyPart) -> dict[str, str]:
    match part:
        case Text(text):
            return {"text": text}
        case Base64(data):
            return {"base64": data}
        case Handle(handle):
            return {"body_handle": handle}
