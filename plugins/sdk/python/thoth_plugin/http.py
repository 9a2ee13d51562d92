"""HTTP through the host: it judges, asks the person where it has to, and keeps large bodies."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_plugin import current
from thoth_plugin.errors import Cancelled, HostError, PluginError
from thoth_plugin.json_text import dumps
from thoth_plugin.tasks import Pending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Headers = Mapping[str, str] | Iterable[tuple[str, str]]
    """In order; as pairs, a name may occur more than once."""

CONTROL = "http-control"


class HttpError(PluginError):
    """No response came: it could not be reached, was refused, or took too long."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of the phases of one request; None for what did not happen."""

    dns: float | None
    connect: float | None
    tls: float | None
    first_byte: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of an exchange: the first, or one after a redirect."""

    url: str
    status: int
    address: str | None
    http_version: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes the host keeps, by handle: the body of a response, or a file a person picked."""

    handle: str
    name: str = ""
    """Of a picked file."""
    size: int = 0
    """Its length in bytes, where it is known."""

    def read(self, offset: int = 0, count: int = 1 << 20) -> bytes:
        """At most `count` bytes from `offset`, fewer where the host hands over less at a time; none at the end."""
        found: bytes = current.host_call(CONTROL, "read-body", self.handle, offset, count)
        return found

    def read_all(self) -> bytes:
        """All of it, into the plugin's memory."""
        pieces: list[bytes] = []
        offset = 0
        while piece := self.read(offset):
            pieces.append(piece)
            offset += len(piece)
        return b"".join(pieces)

    def show(self, name: str) -> None:
        """Opens it in the editor as a file of that name."""
        current.host_call(CONTROL, "show-body", self.handle, name)

    def save(self, title: str, default_name: str) -> str | None:
        """Asks the person where to save it; the path, or None where they cancelled."""
        path: str | None = current.host_call(CONTROL, "save-body", self.handle, title, default_name)
        return path

    def release(self) -> None:
        """Lets go of it."""
        current.host_call(CONTROL, "release-body", self.handle)


@dataclass(frozen=True, slots=True)
class Response:
    """A response of any status."""

    status: int
    headers: Sequence[tuple[str, str]]
    """As received, names in lower case."""
    body: str
    """As text, U+FFFD for what is none; of a large body the beginning."""
    body_bytes: int
    """Length of the whole body."""
    handle: str | None
    """Names the whole body where the host keeps it: a large one, or any with `keep_body`."""
    url: str
    """Where it is from, after redirects."""
    http_version: str
    """`HTTP/1.1` or `HTTP/2`."""
    duration_ms: float
    hops: Sequence[Hop]
    content: bytes
    """The bytes of what `body` shows."""

    @property
    def timing(self) -> Timing | None:
        """Of the last hop."""
        return self.hops[-1].timing if self.hops else None

    @property
    def complete(self) -> bool:
        """Whether `body` and `content` are all of it."""
        return len(self.content) >= self.body_bytes

    @property
    def stored(self) -> Stored | None:
        """The whole body at the host, where it keeps it."""
        return None if self.handle is None else Stored(self.handle, size=self.body_bytes)

    def header(self, name: str, default: str = "") -> str:
        """The first header of that name, in any capitals."""
        wanted = name.lower()
        return next((value for given, value in self.headers if given.lower() == wanted), default)

    def all_content(self) -> bytes:
        """The whole body, fetched from the host where that has to be."""
        return self.content if self.complete or self.handle is None else Stored(self.handle).read_all()

    def json(self) -> Any:
        """The whole body read as JSON; raises ValueError."""
        return json.loads(self.all_content())


class Exchange(Pending[Response]):
    """A request that was made. `await` it for the response."""

    def __init__(self, on_pending: Callable[[str], object] | None) -> None:
        super().__init__()
        self.id = ""
        """Of the host; empty where it was refused at once."""
        self.waiting_for_consent = False
        """Whether a person is being asked; the answer comes all the same when they have decided."""
        self._on_pending = on_pending

    def cancel(self) -> None:
        """Ends it. Who awaits it gets Cancelled."""
        if not self.done and self.id:
            current.host_call(CONTROL, "cancel", self.id)
        super().cancel()

    def arrived(self, kind: str, text: str) -> None:
        """Takes in an event of the host."""
        told = json.loads(text)
        if self.done:  # it was given up while this was on its way
            handle = told.get("ok", {}).get("body_handle")
            if handle is not None:
                Stored(handle).release()
            return
        if "ok" in told:
            self.waiting_for_consent = False
            self.resolve(response_of(told["ok"]))
            return
        code, message = str(told["err"].get("code", "")), str(told["err"].get("message", ""))
        if code == "consent_pending":
            self.waiting_for_consent = True
            if self._on_pending is not None:
                self._on_pending(message)
        elif code == "cancelled":
            self.fail(Cancelled(message or "cancelled"))
        else:
            self.fail(HttpError(message))


def request(
    method: str,
    url: str,
    *,
    headers: Headers = (),
    body: bytes | str | None = None,
    json: object = None,
    parts: Sequence[bytes | str | Stored] | None = None,
    stored: Stored | None = None,
    timeout_ms: int | None = None,
    follow_redirects: bool = True,
    max_redirects: int | None = None,
    cookies: bool = False,
    http_version: str = "auto",
    preview_bytes: int | None = None,
    keep_body: bool = False,
    verify_tls: bool | None = None,
    on_pending: Callable[[str], object] | None = None,
) -> Exchange:
    """Begins a request; `await` what is returned for the Response. Nothing is raised before that.

    Awaiting raises HttpError where there is no response, Cancelled after `cancel`. The body is one of `body`, `json` (a
    value, sent with its Content-Type unless there is one), `parts` (bytes, texts and what the host stores, one behind
    the other) and `stored`. Certificates are checked as the person has decided for the host, with `verify_tls` True in
    any case, with False not, which fails where nobody has allowed that. `on_pending` is called with a sentence when a
    person is being asked; the panel is drawn after that. In a command, where no event can come, it waits for the
    response at once, and for a person, too.
    """
    sent = _Sent(method, url, headers, body, json)
    options = {
        "timeout_ms": timeout_ms,
        "follow_redirects": None if follow_redirects else False,
        "max_redirects": max_redirects,
        "cookies": cookies or None,
        "http_version": None if http_version == "auto" else http_version,
        "body_handle": None if stored is None else stored.handle,
        "body_parts": None if parts is None else [_part(part) for part in parts],
        "preview_bytes": preview_bytes,
        "keep_body": keep_body or None,
        "verify_tls": verify_tls,
    }
    given = {name: value for name, value in options.items() if value is not None}
    exchange = Exchange(on_pending)
    try:
        if current.instance().takes_events:
            exchange.id = current.host_call(CONTROL, "submit", sent.record, dumps(given))
            current.instance().listen(exchange.id, exchange.arrived, exchange)
        else:
            exchange.resolve(_fetched(sent, given))
    except HostError as error:
        exchange.fail(HttpError(error.message, error.code))
    return exchange


def pick(title: str, extensions: Sequence[str] = ()) -> Stored | None:
    """Asks the person for a file that can be sent; None where they cancelled. Needs `file-dialog`."""
    told = current.host_call(CONTROL, "pick-body", title, [*extensions])
    if told is None:
        return None
    picked = json.loads(told)
    return Stored(picked["handle"], picked["name"], picked["bytes"])


def response_of(told: Mapping[str, Any]) -> Response:
    """The response an event tells of."""
    body = told["body"]
    encoded = told.get("body_base64")
    content = base64.b64decode(encoded) if encoded is not None else body.encode("utf-8", "surrogatepass")
    hops = [
        Hop(
            hop["url"],
            hop["status"],
            hop.get("address"),
            hop.get("http_version", ""),
            Timing(*(hop["timing_ms"].get(name) for name in ("dns", "connect", "tls", "first_byte", "total"))),
        )
        for hop in told.get("hops", ())
    ]
    return Response(
        told["status"],
        [(name, value) for name, value in told["headers"]],
        body,
        told.get("body_bytes", len(content)),
        told.get("body_handle"),
        told.get("url", ""),
        told.get("http_version", ""),
        told.get("duration_ms", 0),
        hops,
        content,
    )


class _Sent:
    """The record `http-request`."""

    def __init__(self, method: str, url: str, headers: Headers, body: bytes | str | None, value: object) -> None:
        pairs = [*(headers.items() if hasattr(headers, "items") else headers)]
        if value is not None:
            body = dumps(value)
            if not any(name.lower() == "content-type" for name, _ in pairs):
                pairs.append(("Content-Type", "application/json"))
        content = body.encode() if isinstance(body, str) else body
        self.record = {"url": url, "method": method, "headers": pairs, "body": content}


def _fetched(sent: _Sent, options: Mapping[str, Any]) -> Response:
    """The response to a command, which is told no events: it is waited for, a person who is asked too."""
    return response_of(json.loads(current.host_call(CONTROL, "fetch", sent.record, dumps(options))))


def _part(part: bytes | str | Stored) -> dict[str, str]:
    if isinstance(part, Stored):
        return {"body_handle": part.handle}
    if isinstance(part, str):
        return {"text": part}
    return {"base64": base64.b64encode(part).decode("ascii")}
