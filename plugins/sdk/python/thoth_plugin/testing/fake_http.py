"""HTTP of the fake host: requests are kept until the test answers them, or answered by what it said before."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from thoth_plugin.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Deliver = Callable[[str, str, str], None]

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class _Answer:
    method: str
    url: str
    give: Callable[[FakeRequest], None]


class FakeRequest:
    """A request the plugin made."""

    def __init__(self, http: FakeHttp, number: str, record: Mapping[str, Any], options: Mapping[str, Any]) -> None:
        self.id = number
        self.method: str = record["method"]
        self.url: str = record["url"]
        self.headers: list[tuple[str, str]] = [*record["headers"]]
        self.options = options
        """As the host got them."""
        self.body: bytes = http.body_of(record["body"], options)
        """What is sent, whatever it was made of."""
        self.cancelled = False
        self.answered = False
        self.outcome: dict[str, Any] | HostError | None = None
        """What it came to, of one that is waited for."""
        self._http = http

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for given, value in self.headers if given.lower() == name.lower()), None)

    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)

    def respond(
        self,
        status: int = 200,
        body: bytes | str = "",
        *,
        json: object = None,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        url: str | None = None,
        hops: list[dict[str, Any]] | None = None,
        duration_ms: float = 12,
        http_version: str = "HTTP/1.1",
    ) -> None:
        """Answers it. A body larger than the preview gets a handle, as from the real host."""
        pairs = [*(headers.items() if hasattr(headers, "items") else headers)]
        if json is not None:
            body, pairs = _dumps(json), pairs or [("content-type", "application/json")]
        content = body.encode() if isinstance(body, str) else body
        self.answered = True
        told: dict[str, Any] = {
            "status": status,
            "headers": [[name.lower(), value] for name, value in pairs],
            "duration_ms": duration_ms,
            "body_bytes": len(content),
            "url": url or self.url,
            "http_version": http_version,
            "hops": hops if hops is not None else [_hop(self.url, status, http_version, duration_ms)],
        }
        preview = content[: int(self.options.get("preview_bytes", MIB))]
        if len(preview) < len(content) or self.options.get("keep_body"):
            told["body_handle"] = self._http.keep(content)
        told["body"] = preview.decode("utf-8", "replace")
        if told["body"].encode() != preview:
            told["body_base64"] = base64.b64encode(preview).decode("ascii")
        self.outcome = told
        self._http.tell(self, {"ok": told})

    def fail(self, message: str, code: str = "error") -> None:
        """Has no response come of it."""
        self.answered = True
        self.outcome = HostError(message, 2)
        self._http.tell(self, {"err": {"code": code, "message": message}})

    def consent_pending(self, message: str = "waiting for user consent") -> None:
        """A person is being asked; answer it afterwards."""
        self._http.tell(self, {"err": {"code": "consent_pending", "message": message}})

    def __repr__(self) -> str:
        return f"<{self.method} {self.url}>"


@dataclass(slots=True)
class FakeHttp:
    """All requests of a host."""

    deliver: Deliver
    requests: list[FakeRequest] = field(default_factory=list)
    """All that were made, in order."""
    bodies: dict[str, bytes] = field(default_factory=dict)
    """What is kept, by handle."""
    shown: list[tuple[str, bytes]] = field(default_factory=list)
    """Names and contents that were opened in the editor."""
    saved: list[tuple[str, bytes]] = field(default_factory=list)
    """Paths and contents that were saved."""
    refusal: HostError | None = None
    """Set it to have every request refused at once."""
    _answers: list[_Answer] = field(default_factory=list)
    _numbers: int = 0

    def on(self, method: str, url: str, answer: Callable[[FakeRequest], None] | None = None, **given: Any) -> None:
        """Answers requests by itself: `method` or `*`, `url` a pattern with `*`, a later rule before an earlier one.

        With a function, or with what `FakeRequest.respond` takes: `http.on("GET", "https://a.example/*", json=[1])`.
        """
        self._answers.insert(0, _Answer(method, url, answer or (lambda request: request.respond(**given))))

    @property
    def pending(self) -> list[FakeRequest]:
        """Requests that were not answered or cancelled."""
        return [request for request in self.requests if not request.answered and not request.cancelled]

    @property
    def last(self) -> FakeRequest:
        """The newest request; AssertionError where there is none."""
        assert self.requests, "no request was made"
        return self.requests[-1]

    def keep(self, content: bytes) -> str:
        """Keeps bytes; the handle."""
        self._numbers += 1
        handle = f"body-{self._numbers}"
        self.bodies[handle] = content
        return handle

    def body_of(self, body: bytes | None, options: Mapping[str, Any]) -> bytes:
        """What is sent."""
        if "body_handle" in options:
            return self._kept(options["body_handle"])
        parts = options.get("body_parts")
        if parts is None:
            return body or b""
        return b"".join(
            self._kept(part["body_handle"])
            if "body_handle" in part
            else part["text"].encode()
            if "text" in part
            else base64.b64decode(part["base64"])
            for part in parts
        )

    def call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """A function of `http-control`."""
        if name in ("submit", "fetch"):
            return self._begin(name, *arguments)
        if name == "cancel":
            for request in self.pending:
                if request.id == arguments[0]:
                    request.cancelled = True
                    self.tell(request, {"err": {"code": "cancelled", "message": "cancelled"}})
            return None
        if name == "release-body":
            self.bodies.pop(arguments[0], None)
            return None
        content = self._kept(arguments[0])
        if name == "read-body":
            return content[arguments[1] : arguments[1] + min(arguments[2], MIB)]
        if name == "show-body":
            self.shown.append((arguments[1], content))
        return content

    def tell(self, request: FakeRequest, told: Mapping[str, Any]) -> None:
        """Delivers an event, but for `fetch`."""
        if request.id:
            self.deliver(request.id, "http-response", _dumps(told))

    def _begin(self, name: str, record: Mapping[str, Any], options: str = "{}") -> Any:
        if self.refusal is not None:
            raise self.refusal
        self._numbers += 1
        number = f"request-{self._numbers}" if name == "submit" else ""
        request = FakeRequest(self, number, record, json.loads(options))
        self.requests.append(request)
        found = next((each for each in self._answers if _fits(each, request)), None)
        if found is not None:
            found.give(request)
        if name == "submit":
            return number
        if request.outcome is None:
            raise AssertionError(f"{request} waits for its answer: say it before, by host.http.on(…)")
        if isinstance(request.outcome, HostError):
            raise request.outcome
        return _dumps(request.outcome)

    def _kept(self, handle: str) -> bytes:
        if handle not in self.bodies:
            raise HostError(f"there is no body {handle!r}", 4)
        return self.bodies[handle]


def _fits(answer: _Answer, request: FakeRequest) -> bool:
    return answer.method in ("*", request.method) and fnmatchcase(request.url, answer.url)


def _hop(url: str, status: int, http_version: str, total: float) -> dict[str, Any]:
    phases = {"dns": 1.0, "connect": 2.0, "tls": None, "first_byte": max(0.0, total - 4), "total": total}
    return {"url": url, "status": status, "address": "127.0.0.1", "http_version": http_version, "timing_ms": phases}


_dumps = json.JSONEncoder(ensure_ascii=False).encode
