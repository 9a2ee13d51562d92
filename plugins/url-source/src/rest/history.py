"""What was sent and what came of it, newest first, within a number and a size."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from rest import media, secrets, stored, urls
from rest.model import Request
from rest.prepared import Prepared
from rest.telling import LEFT_OUT, is_telling, shown_name

MOST_ENTRIES: Final = 200
MOST_BYTES: Final = 4 * 1024 * 1024
"""Of all entries as JSON."""
_PIECE: Final = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)(?:"(?P<colon>\s*:\s*)?|\\?\Z)|-?[0-9][0-9.eE+-]*', re.DOTALL)
"""A text of JSON with the colon behind it (one that is cut off at the end, too), or a number."""
MOST_BODY: Final = 64 * 1024
"""Characters of a body that are kept."""


@dataclass(slots=True)
class Response:
    """What came back, as much of it as is kept."""

    status: int = 0
    headers: list[list[str]] = field(default_factory=list)
    """Pairs; values that may be secret are left out."""
    body: str = ""
    """Its beginning, without what may be secret; empty where it is no text."""
    body_bytes: int = 0
    """Of all of it."""
    truncated: bool = False
    """Whether `body` is not all of it."""
    digest: str = ""
    """SHA-256 of a body of which all was known, so that equal ones are seen to be equal; else empty."""
    duration_ms: int = 0
    url: str = ""
    """Where it is from, after redirects."""
    http_version: str = ""

    @property
    def content_type(self) -> str:
        """What it says of the body; empty where it says nothing."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


@dataclass(slots=True)
class Entry:
    """One request that was sent."""

    id: str = ""
    at: str = ""
    """When, ISO 8601 in UTC."""
    request: Request = field(default_factory=Request)
    """As it was edited, to be sent again: with variables, without secrets."""
    method: str = ""
    url: str = ""
    """As sent, without what may be secret."""
    response: Response | None = None
    error: str = ""
    """Why there is no response."""


@dataclass(slots=True)
class History:
    """All of it."""

    entries: list[Entry] = field(default_factory=list)

    def find(self, entry_id: str) -> Entry | None:
        """The entry of that id."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def of_request(self, request_id: str) -> list[Entry]:
        """Those of one saved request."""
        return [entry for entry in self.entries if request_id and entry.request.id == request_id]


def add(
    history: History,
    entry: Entry,
    most_entries: int = MOST_ENTRIES,
    most_bytes: int = MOST_BYTES,
    sized: Callable[["Entry"], int] | None = None,
) -> list[Entry]:
    """Puts an entry first; those that give way to it, of which there are too many or too much, are returned.

    The newest stays, without its body if need be. `sized` is asked for the bytes of entries in place of `size_of`, by
    who knows them already.
    """
    known = sized or size_of
    total = known(entry)
    if total > most_bytes and entry.response is not None:
        entry.response.body, entry.response.truncated = "", True
        total = size_of(entry)
    kept = 0
    for one in history.entries[: most_entries - 1]:
        total += known(one)
        if total > most_bytes:
            break
        kept += 1
    gone = history.entries[kept:]
    history.entries[:] = [entry, *history.entries[:kept]]
    return gone


def remove(history: History, entry_id: str) -> None:
    """Takes one out; it need not be there."""
    history.entries = [entry for entry in history.entries if entry.id != entry_id]


def size_of(entry: Entry) -> int:
    """Bytes of an entry as JSON."""
    return len(json.dumps(stored.to_json(entry), ensure_ascii=False).encode("utf-8", "replace"))


def entry_of(entry_id: str, at: str, request: Request, prepared: Prepared) -> Entry:
    """The entry of a request that is being sent; what may be secret is left out, but keys of secure storage stay."""
    return Entry(
        entry_id,
        at,
        _without_secrets(request),
        prepared.method,
        secrets.redacted_url(prepared.url, prepared.secrets),
    )


def response_of(
    status: int,
    headers: Sequence[tuple[str, str]],
    body: str | None,
    body_bytes: int,
    known_secrets: Mapping[str, str],
    *,
    duration_ms: int = 0,
    url: str = "",
    http_version: str = "",
) -> Response:
    """What is kept of a response; None for a body that is no text."""
    shown = [[name, value] for name, value in secrets.redacted_headers(headers, known_secrets)]
    made = Response(status, shown, "", body_bytes, duration_ms=duration_ms, http_version=http_version)
    made.url = secrets.redacted_url(url, known_secrets)
    if body is None:
        made.truncated = body_bytes > 0
        return made
    data = body.encode("utf-8", "replace")
    whole = len(data) >= body_bytes
    if whole:  # of a beginning it would call bodies equal that go on differently
        made.digest = hashlib.sha256(data).hexdigest()
    text = redacted_body(body, made.content_type, known_secrets)
    made.body = text[:MOST_BODY]
    made.truncated = not whole or len(text) > MOST_BODY
    return made


def redacted_body(text: str, content_type: str, known_secrets: Mapping[str, str]) -> str:
    """A body without known secrets, and without values of names that sound like them in JSON and forms."""
    if media.is_json(content_type) or text.lstrip()[:1] in ("{", "["):
        text = _Hiding().done(text)
    elif media.essence(content_type) == "application/x-www-form-urlencoded":
        text = "&".join(
            f"{raw.partition('=')[0]}={LEFT_OUT}" if is_telling(urls.decoded(raw)[0]) else raw
            for raw in text.split("&")
        )
    return secrets.redact(text, known_secrets)


def _without_secrets(request: Request) -> Request:
    """What is in secure storage stays there; what is written out in the request is left out of its copy."""
    copy = deepcopy(request)
    copy.name = shown_name(copy.name)
    for place in secrets.places(copy):
        if not secrets.keys_in(place.value):
            place.put(f"{{{{{secrets.variable_name(place.label)}}}}}")
    return copy


class _Hiding:
    """Leaves values of telling names out of JSON, all else as it stands; it need not be whole, as a parser wants it."""

    def __init__(self) -> None:
        self._hides_at = -1
        """Where a value begins whose name is telling."""

    def done(self, text: str) -> str:
        """The text without them."""
        return _PIECE.sub(self._shown, text)

    def _shown(self, found: re.Match[str]) -> str:
        hides = found.start() == self._hides_at
        if found["colon"] is not None:
            self._hides_at = found.end() if is_telling(found["text"]) else -1
            return found[0]
        if hides and found["text"] != "":
            return f'"{LEFT_OUT}"'
        return found[0]
