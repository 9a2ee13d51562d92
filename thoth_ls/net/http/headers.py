"""Headers: which of them a plugin may write, which Thoth writes itself, and how they become text. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from thoth_ls import __version__
from thoth_ls.calling import INVALID, HostRefusal
from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.scopes import PORTS
from thoth_ls.net.redaction import SAID_FREELY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thoth_ls.net.model import Target

Headers = list[tuple[bytes, bytes]]

MOST_HEADERS: Final = 200
MOST_BYTES: Final = 64 * 1024
"""Of all names and values of one request together."""
MOST_METHOD: Final = 32
AGENT: Final = f"thoth-ls/{__version__}"
ENCODINGS: Final = "gzip, deflate, zstd"

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
"""Control characters but for the tab: CR and LF would begin another header, NUL ends one in some servers."""
_OURS: Final = {
    "host": "it follows from the address",
    "content-length": "it follows from the body",
    "transfer-encoding": "how a body is sent is decided here",
    "connection": "connections are shared by requests",
    "keep-alive": "connections are shared by requests",
    "upgrade": "another protocol cannot begin here; use the interface websocket",
    "te": "trailers are not handed over",
    "trailer": "trailers are not sent",
    "expect": "a body is sent at once",
    "http2-settings": "the version is agreed on with the server",
}
"""Headers that say where a request goes or where it ends: whoever could write them could say two things at once."""
_ABOUT_BODIES: Final = frozenset({"content-type", "content-encoding", "content-language", "content-location"})
_FORBIDDEN_METHODS: Final = {
    "CONNECT": "it would turn the connection into a tunnel; use the interface tcp-client",
    "TRACK": "servers answer it with the headers they got, secrets among them",
}


_KNOWN_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"})


def method_of(text: str) -> str:
    """The method of a request, in capitals where it is a known one; raises HostRefusal (400)."""
    if not _TOKEN.fullmatch(text) or len(text) > MOST_METHOD:
        raise HostRefusal(f"{harmless(text, MOST_METHOD)!r} is no method: write a word like GET", INVALID)
    known = text.upper()
    if known in _FORBIDDEN_METHODS:
        raise HostRefusal(f"the method {known} is not sent: {_FORBIDDEN_METHODS[known]}", INVALID)
    return known if known in _KNOWN_METHODS else text


def checked(headers: Iterable[tuple[str, str]], authority: str, body_bytes: int) -> Headers:
    """What the plugin wrote, fit to be sent; raises HostRefusal (400) for what would not arrive as it was meant.

    `Host` and `Content-Length` are left out where they say what will be sent anyway.
    """
    fit: Headers = []
    size = 0
    for name, value in headers:
        if not _TOKEN.fullmatch(name):
            raise HostRefusal(
                f"{harmless(name, 60)!r} is no name of a header: it has letters, digits and some signs", INVALID
            )
        if _UNSAFE.search(value):
            raise HostRefusal(f"the header {name} holds a line break or another control character", INVALID)
        lower, said = name.lower(), value.strip(" \t")
        if (lower == "host" and said.lower() == authority) or (lower == "content-length" and said == str(body_bytes)):
            continue
        why = _OURS.get(lower) or ("proxies are a matter of the person's settings" if _for_proxies(lower) else None)
        if why is not None:
            raise HostRefusal(f"a plugin cannot write the header {name}: {why}. Leave it out", INVALID)
        pair = (name.encode("ascii"), _encoded(said))
        size += len(pair[0]) + len(pair[1])
        if size > MOST_BYTES or len(fit) >= MOST_HEADERS:
            raise HostRefusal(
                f"a request has {MOST_HEADERS} headers and {MOST_BYTES // 1024} KiB of them at most", INVALID
            )
        fit.append(pair)
    return fit


def completed(fit: Headers, target: Target, body_bytes: int | None) -> Headers:
    """All that is sent: with the host, the body's length, and what a client says where the plugin did not."""
    said = {name.lower() for name, _ in fit}
    headers: Headers = [(b"Host", authority_of(target).encode("ascii"))]
    if b"user-agent" not in said:
        headers.append((b"User-Agent", AGENT.encode("ascii")))
    if b"accept" not in said:
        headers.append((b"Accept", b"*/*"))
    if b"accept-encoding" not in said:
        # A part of a compressed body could not be decompressed.
        headers.append((b"Accept-Encoding", b"identity" if b"range" in said else ENCODINGS.encode("ascii")))
    if body_bytes is not None:
        headers.append((b"Content-Length", str(body_bytes).encode("ascii")))
    return [*headers, *fit]


def abroad(fit: Headers) -> Headers:
    """What may follow a redirect to another origin: nothing that a server could take for a secret of the first one's.

    Those are Authorization, Cookie and Proxy-*, and every other header whose meaning is not known here.
    """
    return [(name, value) for name, value in fit if name.lower().decode("ascii") in SAID_FREELY]


def bodiless(fit: Headers) -> Headers:
    """Without those that describe a body that is not sent any more."""
    return [(name, value) for name, value in fit if name.lower().decode("ascii") not in _ABOUT_BODIES]


def authority_of(target: Target) -> str:
    """Host, and port where it is not the scheme's own, as `Host` has it."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if is_default_port(target) else f"{host}:{target.port}"


def is_default_port(target: Target) -> bool:
    """Whether it is the scheme's own."""
    return PORTS.get(target.scheme) == target.port


def as_text(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Names (lower case) and values in their order."""
    return [(name.decode("latin-1").lower(), _decoded(value)) for name, value in headers]


def has(headers: Headers, name: bytes) -> bool:
    """Whether there is one of that name, given in lower case."""
    return any(found.lower() == name for found, _ in headers)


def first(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The value of the first header of that name, given in lower case."""
    return next((value for found, value in headers if found == name), None)


def _for_proxies(name: str) -> bool:
    return name.startswith("proxy-")


def _encoded(value: str) -> bytes:
    """Latin-1, as HTTP has it; UTF-8 for what Latin-1 cannot say, which servers understand most often."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace")


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
