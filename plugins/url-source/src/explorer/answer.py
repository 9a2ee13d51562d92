"""What came of a request, as a tab keeps it."""

import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from explorer.body_kind import BodyKind, kind_of
from rest import history, secrets
from rest.prepared import Handle, Prepared, Text
from thoth_plugin.http import Response

SHOWN: Final = 65_536
"""Characters of a body that was sent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The request that left, without secrets."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str
    """Its text, or a sentence where it is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, and what was sent for it."""

    response: Response
    sent: Sent
    at: float = field(default_factory=time.time)

    @property
    def kind(self) -> BodyKind:
        """What the body is."""
        return kind_of(self.response)


def reason_of(status: int) -> str:
    """`Not Found` for 404; empty for what has no words."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def sent_of(prepared: Prepared) -> Sent:
    """What is shown of a request that leaves."""
    values = prepared.secrets
    texts = [part.text for part in prepared.body if isinstance(part, Text)]
    files = sum(1 for part in prepared.body if isinstance(part, Handle))
    body = "".join(texts)
    if len(texts) < len(prepared.body):
        body = f"{body}\n({files} {'file' if files == 1 else 'files'})" if files else f"{body}\n(bytes)"
    return Sent(
        prepared.method,
        secrets.redacted_url(prepared.url, values),
        tuple(secrets.redacted_headers(prepared.headers, values)),
        secrets.redact(body[:SHOWN], values),
    )


def kept_of(response: Response, prepared: Prepared) -> history.Response:
    """What the history keeps of a response: of a body that is no text only its length."""
    return history.response_of(
        response.status,
        response.headers,
        response.body if kind_of(response).is_text else None,
        response.body_bytes,
        prepared.secrets,
        duration_ms=round(response.duration_ms),
        url=response.url,
        http_version=response.http_version,
    )
