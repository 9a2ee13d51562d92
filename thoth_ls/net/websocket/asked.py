"""What a plugin asks of a WebSocket, read and checked. Pure; raises HostRefusal (400) for what cannot be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from thoth_ls.calling import INVALID, HostRefusal
from thoth_ls.catalog.harmless import harmless
from thoth_ls.net.http import headers as http_headers
from thoth_ls.net.model import Attempt
from thoth_ls.net.target import parse_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thoth_ls.net.model import Target

MOST_MESSAGE: Final = 16 << 20
"""Bytes of one message, either way."""
MOST_REASON: Final = 123
"""Bytes of the reason in a Close frame: RFC 6455, 5.5."""
MOST_SUBPROTOCOLS: Final = 16
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")


class _Options(BaseModel):
    """The options of `websocket-control.connect`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    subprotocols: Annotated[list[str], Field(max_length=MOST_SUBPROTOCOLS)] = Field(default=[])
    timeout_ms: Annotated[int, Field(ge=1, le=300_000)] | None = None
    verify_tls: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A connection that is asked for."""

    target: Target
    url: str
    """In canonical form."""
    headers: Sequence[tuple[str, str]]
    """As the plugin wrote them, as text of ISO 8859-1."""
    subprotocols: Sequence[str] = ()
    seconds: float | None = None
    """Of the handshake; None for the person's setting."""
    verify_tls: bool | None = None
    """Whether the server's certificate is checked; None for what the person has decided."""
    tells_subprotocol: bool = False
    """Whether `ws-open` has the subprotocol as its value."""

    @property
    def attempt(self) -> Attempt:
        """What is judged."""
        return Attempt("websocket", self.target, "", self.url)

    @property
    def resource(self) -> str:
        """Path and query."""
        return "/" + self.url.partition("://")[2].partition("/")[2]


def connection(url: str, headers: Iterable[tuple[str, str]], options: str | None = None) -> Asked:
    """What `connect` asks for; `options` is the JSON of `websocket-control`, None for `websocket`."""
    target, canonical = parse_url(url, "websocket")
    fit = http_headers.checked(_no_handshake(headers), http_headers.authority_of(target), 0)
    pairs = [(name.decode("ascii"), value.decode("latin-1")) for name, value in fit]
    if options is None:
        return Asked(target, canonical, pairs)
    told = _options(options)
    seconds = None if told.timeout_ms is None else told.timeout_ms / 1000
    return Asked(target, canonical, pairs, told.subprotocols, seconds, told.verify_tls, tells_subprotocol=True)


def check_size(count: int) -> None:
    """Refuses a message of more than `MOST_MESSAGE` bytes."""
    if count > MOST_MESSAGE:
        raise HostRefusal(f"a message has {MOST_MESSAGE >> 20} MiB at most: send it in parts", INVALID)


def check_closing(code: int, reason: str) -> None:
    """Refuses codes that programs may not send, and reasons that do not fit into a frame."""
    if code != 1000 and not 3000 <= code <= 4999:
        raise HostRefusal(f"{code} is no code to close with: 1000, or 3000 to 4999", INVALID)
    if len(reason.encode()) > MOST_REASON:
        raise HostRefusal(f"the reason for closing has {MOST_REASON} bytes at most", INVALID)


def _options(text: str) -> _Options:
    try:
        told = _Options.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "options"
        raise HostRefusal(f"the options cannot be read: {harmless(where, 60)}: {first['msg']}", INVALID) from None
    for name in told.subprotocols:
        if not _TOKEN.fullmatch(name):
            raise HostRefusal(f"{harmless(name, 60)!r} is no name of a subprotocol", INVALID)
    if len(set(told.subprotocols)) < len(told.subprotocols):
        raise HostRefusal("a subprotocol is offered once", INVALID)
    return told


def _no_handshake(headers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Refuses headers by which the handshake is made."""
    for name, value in headers:
        lower = name.lower()
        if lower == "sec-websocket-protocol":
            raise HostRefusal(f"{name}: name subprotocols in the options of websocket-control.connect", INVALID)
        if lower.startswith("sec-websocket-") or lower in ("upgrade", "connection"):
            raise HostRefusal(f"a plugin cannot write the header {harmless(name, 60)}: the handshake does", INVALID)
        yield name, value
