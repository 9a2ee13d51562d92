"""The one model of a request: what is edited, stored, sent, imported and exported.

Every text may hold `{{variables}}` (`rest.templates`). Secrets are never in it: a secret stands as `{{$secret key}}`,
and its value lives in secure storage under that key (`rest.secrets`).
"""

from dataclasses import dataclass, field
from typing import Final, Literal

from rest.telling import shown_url

VERSION: Final = 1
"""Of the JSON that `rest.stored` writes. One that is higher is refused, one that is lower is brought up to date."""

Protocol = Literal["http", "websocket"]
AuthKind = Literal["none", "basic", "bearer", "api-key", "digest"]
BodyKind = Literal["none", "json", "text", "xml", "form", "multipart", "binary", "graphql"]
HttpVersion = Literal["auto", "1.1", "2"]
ExtractionSource = Literal["jsonpath", "header", "regex", "status"]
MessageKind = Literal["text", "json", "binary"]

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
"""Those that are offered; any other word is a method too."""


@dataclass(slots=True)
class Row:
    """A name and a value that can be switched off: a header, a parameter, a field of a form."""

    name: str = ""
    value: str = ""
    enabled: bool = True
    note: str = ""
    """What the person wrote about it."""


@dataclass(slots=True)
class Param(Row):
    """A parameter of a query, or a field of a form that is sent like one.

    Change it with `rest.params`, which keeps URL and table alike.
    """

    raw: str | None = None
    """How it stands in the URL (`q=a+b`), for as long as name and value are what that says; None once edited."""


@dataclass(slots=True)
class FileRef:
    """A file that is to be sent: its bytes are held by the host, and gone when the instance ends."""

    name: str = ""
    path: str = ""
    """Where a command line named it; we cannot read there, the person picks the file."""
    bytes: int | None = None
    handle: str = field(default="", metadata={"stored": False})
    """Names the bytes for the host; empty where the file has to be picked (again)."""


@dataclass(slots=True)
class Part(Row):
    """A part of a multipart body: text, or a file."""

    file: FileRef | None = None
    """Sent in place of `value`."""
    filename: str | None = None
    """Told to the server; None for the file's own name, or none where the part is text."""
    content_type: str = ""
    """Empty: none for text, by the file's extension for a file."""
    headers: list[Row] = field(default_factory=list)
    """Of this part, besides Content-Disposition and Content-Type."""


@dataclass(slots=True)
class Auth:
    """How the request says who sends it. What belongs to other kinds stays, so that changing `kind` loses nothing."""

    kind: AuthKind = "none"
    username: str = ""
    """Of basic and digest."""
    password: str = ""
    token: str = ""
    """Of bearer."""
    scheme: str = "Bearer"
    """The word before the token."""
    key_name: str = ""
    key_value: str = ""
    key_in: Literal["header", "query"] = "header"


@dataclass(slots=True)
class Body:
    """What is sent. What belongs to other kinds stays, so that changing `kind` loses nothing."""

    kind: BodyKind = "none"
    text: str = ""
    """Of json, text and xml."""
    content_type: str | None = None
    """In place of the kind's own; "" sends none. A header Content-Type of the request wins over it."""
    fields: list[Param] = field(default_factory=list)
    """Of form."""
    parts: list[Part] = field(default_factory=list)
    """Of multipart."""
    file: FileRef | None = None
    """Of binary."""
    base64: str = ""
    """Of binary, where bytes were given and no file."""
    query: str = ""
    """Of graphql, as are the next two."""
    variables: str = ""
    """JSON, an object; may be empty."""
    operation: str = ""


@dataclass(slots=True)
class Options:
    """How the request is made; the names are those of the host's `http-control`."""

    timeout_ms: int | None = None
    """Of the whole exchange; None for what the settings say."""
    follow_redirects: bool = True
    max_redirects: int = 10
    verify_tls: bool = True
    http_version: HttpVersion = "auto"
    cookies: bool = False
    """Whether cookies of earlier responses are sent."""


@dataclass(slots=True)
class Extraction:
    """What of a response becomes a variable."""

    variable: str = ""
    source: ExtractionSource = "jsonpath"
    expression: str = ""
    """A JSONPath, a header's name, a regular expression (its first group, else all it matches); empty for status."""
    enabled: bool = True


@dataclass(slots=True)
class Message:
    """A message of a WebSocket that is kept to be sent again."""

    name: str = ""
    kind: MessageKind = "text"
    text: str = ""
    """For binary: base64."""


@dataclass(slots=True)
class Socket:
    """What a WebSocket has besides URL, headers and auth."""

    subprotocols: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    reconnect: bool = False


@dataclass(slots=True)
class Request:
    """A request as a person edits it."""

    id: str = ""
    """Given once, kept for good; empty until it is saved."""
    name: str = ""
    note: str = ""
    protocol: Protocol = "http"
    method: str = "GET"
    url: str = ""
    """As typed, with the query of those parameters that are switched on. Change it with `rest.params.set_url`."""
    params: list[Param] = field(default_factory=list)
    """All, in order, with those that are switched off."""
    headers: list[Row] = field(default_factory=list)
    auth: Auth = field(default_factory=Auth)
    body: Body = field(default_factory=Body)
    options: Options = field(default_factory=Options)
    extractions: list[Extraction] = field(default_factory=list)
    socket: Socket = field(default_factory=Socket)

    @property
    def title(self) -> str:
        """What a list or a tab calls it: its name, else its URL without secrets."""
        return self.name or shown_url(self.url) or "New Request"
