"""From the request that is edited to the one that leaves."""

import re
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import unquote

from rest import auth, bodies, media, params, urls
from rest.model import Options, Request, Row
from rest.prepared import BodyPart, Prepared
from rest.variables import Expander, Variables

_UNSAFE: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HERE: Final = re.compile(
    r"(localhost|[^/?#:]*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(?=[/?#]|$)", re.IGNORECASE
)
_UNREADABLE: Final = re.compile(r"(?:^|,)\s*br\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))", re.IGNORECASE)
_BODILESS: Final = frozenset({"GET", "HEAD"})
NOT_SENT: Final = {
    "host": "it follows from the address",
    "content-length": "it follows from the body",
    "transfer-encoding": "the host decides how a body is sent",
    "connection": "connections are shared by requests",
    "keep-alive": "connections are shared by requests",
    "proxy-connection": "proxies are a matter of the settings",
    "proxy-authorization": "proxies are a matter of the settings",
    "upgrade": "another protocol cannot begin here",
    "te": "trailers are not handed over",
    "trailer": "trailers are not sent",
    "expect": "a body is sent at once",
    "http2-settings": "the version is agreed on with the server",
}
"""Headers that the host writes itself, or not at all, and why."""


def prepare(request: Request, variables: Variables) -> Prepared:
    """The request with all variables filled in, ready for the host. What is wrong or odd is in its `problems`."""
    expander = Expander(variables)
    method = _method(request, expander)
    headers = _headers(request.headers, expander)
    said_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    body, content_type, query = _body(request, method, said_type, expander)
    base, user_info = _address(request, expander)
    proof = auth.proof(request.auth, user_info, expander)
    headers = _completed(headers, proof.headers, content_type, said_type, expander)
    return Prepared(
        method,
        _joined(base, [*_query(request, expander), *query, *proof.query]),
        tuple(_sendable(headers, expander)),
        body,
        _options(request.options, expander),
        tuple(name for name in request.socket.subprotocols if name) if request.protocol == "websocket" else (),
        proof.digest,
        tuple(expander.problems),
        dict(expander.secrets),
    )


def _method(request: Request, expander: Expander) -> str:
    if request.protocol == "websocket":
        return "GET"
    method = expander.expand(request.method, "method").strip()
    if not media.TOKEN.fullmatch(method):
        expander.problem("error", "method", f"{method[:40]!r} is no method: write a word like GET")
    return method


def _headers(rows: list[Row], expander: Expander) -> list[tuple[str, str]]:
    """Those that are switched on and have a name, as they are written."""
    found: list[tuple[str, str]] = []
    for at, row in enumerate(rows):
        where = f"headers[{at}]"
        name = expander.expand(row.name, where).strip() if row.enabled else ""
        if not name:
            continue
        value = expander.expand(row.value, where).strip(" \t")
        if not media.TOKEN.fullmatch(name):
            expander.problem(
                "error", where, f"{name[:60]!r} is no name of a header: it has letters, digits and some signs"
            )
        elif _UNSAFE.search(value):
            expander.problem("error", where, f"the header {name} holds a line break or another control character")
        else:
            found.append((name, value))
    return found


def _body(
    request: Request, method: str, said_type: str | None, expander: Expander
) -> tuple[tuple[BodyPart, ...], str, list[str]]:
    """The body, its own Content-Type, and pieces of the query where GraphQL goes there."""
    if request.protocol == "websocket" or request.body.kind == "none":
        return (), "", []
    if method.upper() == "GET" and request.body.kind == "graphql":
        sent = bodies.graphql_object(request.body, expander)
        return (), "", [f"{name}={urls.encoded_component(_in_query(value))}" for name, value in sent.items()]
    if method.upper() == "TRACE":
        expander.problem("warning", "body", "TRACE has no body: it is left out (RFC 9110, 9.3.8)")
        return (), "", []
    body, content_type = bodies.made(request.body, said_type, expander)
    if body and method.upper() in _BODILESS:
        expander.problem(
            "warning", "body", f"a body with {method} means nothing to most servers; it is sent all the same"
        )
    return body, content_type, []


def _in_query(value: Any) -> str:
    return value if isinstance(value, str) else bodies.compact(value)


def _address(request: Request, expander: Expander) -> tuple[str, tuple[str, str] | None]:
    """The URL up to its query, and the user name and password that stood in it."""
    base = expander.expand(urls.split(request.url.strip()).base, "url").strip().partition("#")[0]
    if not base:
        expander.problem("error", "url", "there is no URL")
        return "", None
    websocket = request.protocol == "websocket"
    base = with_scheme(base, websocket=websocket)
    found = _SCHEME.match(base)
    if found is None:  # a variable that is not known stands where it should be
        return base, None
    if found[1].lower() not in (("ws", "wss") if websocket else ("http", "https")):
        wanted = "ws:// or wss://" if websocket else "http:// or https://"
        expander.problem("error", "url", f"{found[1][:20]}:// is not what is asked here: write {wanted}")
    return _without_user(base, expander)


def with_scheme(base: str, *, websocket: bool) -> str:
    """A URL with the scheme it lacks: that of this machine where it names it, else the encrypted one.

    A WebSocket at http:// is one at ws://. One that begins with a variable is left to its value.
    """
    found = _SCHEME.match(base)
    plain, secure = ("ws", "wss") if websocket else ("http", "https")
    if found is None and not base.startswith("{{"):
        base = base.removeprefix("//")
        return f"{plain if _HERE.match(base) else secure}://{base}"
    if found is not None and websocket and found[1].lower() in ("http", "https"):
        return f"{plain if found[1].lower() == 'http' else secure}{base[len(found[1]) :]}"
    return base


def _without_user(base: str, expander: Expander) -> tuple[str, tuple[str, str] | None]:
    scheme, _, rest = base.partition("://")
    end = next((at for at, sign in enumerate(rest) if sign in "/?#"), len(rest))
    user, at, place = rest[:end].rpartition("@")
    if not at:
        return base, None
    name, _, password = user.partition(":")
    if password:
        expander.secrets.setdefault("password", unquote(password))
    else:  # as tokens are written
        expander.secrets.setdefault("user name", unquote(name))
    return f"{scheme}://{place}{rest[end:]}", (unquote(name), unquote(password))


def _query(request: Request, expander: Expander) -> list[str]:
    found: list[str] = []
    for at, row in enumerate(request.params):
        if not params.is_said(row):
            continue
        raw, where = params.raw_of(row), f"params[{at}]"
        # A variable that stands alone may hold several parameters: `?{{filter}}`.
        encode = urls.encoded_component if urls.parted(raw) != (raw, "") or raw.endswith("=") else None
        found.append(urls.sendable(expander.expand(raw, where, encode)))
    return found


def _joined(base: str, pieces: list[str]) -> str:
    base = urls.sendable_base(base)
    if not pieces:
        return base
    return f"{base}{'&' if '?' in base else '?'}{'&'.join(pieces)}"


def _completed(
    headers: list[tuple[str, str]],
    proof: list[tuple[str, str]],
    content_type: str,
    said_type: str | None,
    expander: Expander,
) -> list[tuple[str, str]]:
    """With those of auth and body, where the person wrote none of that name."""
    written = {name.lower() for name, _ in headers}
    for name, value in proof:
        if name.lower() in written:
            expander.problem("warning", "auth", f"{name} is sent as written among the headers, not as auth has it")
        elif not media.TOKEN.fullmatch(name) or _UNSAFE.search(value):
            expander.problem(
                "error", "auth", f"{name[:60]} cannot be a header: it holds a sign that headers do not have"
            )
        else:
            headers = [*headers, (name, value)]
    if content_type and said_type is None:
        return [*headers, ("Content-Type", content_type)]
    boundary = bodies.boundary_of(content_type)
    if boundary and said_type is not None and bodies.boundary_of(said_type) is None:
        added = content_type.partition(";")[2]
        return [
            (name, f"{value};{added}") if name.lower() == "content-type" else (name, value) for name, value in headers
        ]
    return headers


def _sendable(headers: list[tuple[str, str]], expander: Expander) -> list[tuple[str, str]]:
    """Without those that the host does not take; the person is told."""
    kept: list[tuple[str, str]] = []
    for name, value in headers:
        why = NOT_SENT.get(name.lower())
        if name.lower() == "accept-encoding" and _UNREADABLE.search(value):
            said = "Accept-Encoding asks for br: such a response is not decompressed here"
            expander.problem("warning", "headers", said)
        if why is None:
            kept.append((name, value))
        else:
            expander.problem("warning", "headers", f"the header {name} is not sent: {why}")
    return kept


def _options(options: Options, expander: Expander) -> dict[str, Any]:
    """What differs from the host's defaults, within what it takes; whether certificates are checked is always said."""
    usual = asdict(Options())
    said = {name: value for name, value in asdict(options).items() if value != usual[name]}
    said["verify_tls"] = options.verify_tls  # left out, it would be what the person has decided for the host
    if "timeout_ms" in said and not 1 <= said["timeout_ms"] <= 3_600_000:
        expander.problem("error", "options.timeout_ms", "the timeout is between 1 ms and an hour")
    if not 0 <= options.max_redirects <= 10:
        expander.problem("warning", "options.max_redirects", "between 0 and 10 redirects are followed")
        said["max_redirects"] = min(10, max(0, options.max_redirects))
    return said
