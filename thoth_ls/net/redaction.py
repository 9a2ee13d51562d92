"""What may be written down of an attempt: everything that could be a secret is left out. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoth_ls.catalog.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT_OUT = "…"
"""Stands where something was left out."""
MOST_URL = 2048
MOST_WHY = 600
MOST_HEADERS = 100
MOST_NAME = 128
MOST_VALUE = 1024

_HARMLESS = """
accept accept-charset accept-encoding accept-language accept-ranges access-control-request-headers cache-control
access-control-request-method connection content-disposition content-encoding content-language content-length
content-range content-type date dnt expect host if-match if-modified-since if-none-match if-range if-unmodified-since
max-forwards origin pragma prefer range te trailer transfer-encoding upgrade upgrade-insecure-requests user-agent via
warning sec-websocket-extensions sec-websocket-version
"""
SAID_FREELY = frozenset(_HARMLESS.split())
"""Headers of requests whose values are shown. Any other was thought up by somebody and may hold a secret."""
ADDRESSES = frozenset({"location", "content-location", "referer", "link", "refresh", "sourcemap"})
"""Headers that hold addresses: shown without what addresses may hide."""
_TELLING = re.compile(
    r"auth|cookie|^proxy-|token|secret|key|passw|pwd|credential|session|signature|csrf|xsrf|otp|nonce|sid$|jwt|bearer"
    r"|^sec-websocket-(accept|protocol)$"
)
"""Names of headers of responses that may hold secrets."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"'`]+")
_HEAD = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_PLACE = re.compile(r"(\[[^\]]*\]|[^:]*)(:[0-9]*)?")
"""A host and its port."""
_PARAMETER = re.compile(r"(;[^=;/?#]*=)[^;/?#]*")


def shown_url(url: str) -> str:
    """An address without user name, fragment, and values in query and path parameters; their names stay."""
    found = _HEAD.match(url)
    head, rest = (found[0], url[found.end() :]) if found else ("", url)
    if found:
        rest = _without_user(rest)
    rest, _, _ = rest.partition("#")
    rest, asks, query = rest.partition("?")
    shown = head + _PARAMETER.sub(rf"\1{LEFT_OUT}", rest)
    if asks:
        shown += f"?{'&'.join(_named(part) for part in query.split('&'))}"
    return harmless(shown, MOST_URL)


def shown_text(text: str) -> str:
    """A sentence, with the addresses in it as `shown_url` writes them."""
    return harmless(_ADDRESS.sub(lambda found: shown_url(found[0]), text), MOST_WHY)


def shown_request(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers that were sent, in their order: values of those we do not know are left out."""
    return [(harmless(name, MOST_NAME), _sent(name.lower(), value)) for name, value in _few(headers)]


def shown_response(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers that were received, in their order: values of those that sound like secrets are left out."""
    return [(harmless(name, MOST_NAME), _received(name.lower(), value)) for name, value in _few(headers)]


def _few(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for _, pair in zip(range(MOST_HEADERS), headers, strict=False)]


def _sent(name: str, value: str) -> str:
    if name in ADDRESSES:
        return _addressed(name, value)
    return harmless(value, MOST_VALUE) if name in SAID_FREELY else LEFT_OUT


def _received(name: str, value: str) -> str:
    if name in ADDRESSES:
        return _addressed(name, value)
    return LEFT_OUT if _TELLING.search(name) else harmless(value, MOST_VALUE)


def _addressed(name: str, value: str) -> str:
    """A value that is an address, or holds some between other words."""
    match name:
        case "link":
            shown = re.sub("<[^>]*", lambda found: f"<{shown_url(found[0][1:])}", value)
        case "refresh":
            shown = re.sub("(url *= *)(.*)", lambda found: found[1] + shown_url(found[2]), value, flags=re.I | re.S)
        case _:
            shown = shown_url(value)
    return harmless(shown, MOST_VALUE)


def _without_user(rest: str) -> str:
    """What follows `//`, without a user name; one whose password holds a slash makes what is no address at all."""
    authority = re.match("[^/?#]*", rest)
    inside = authority[0] if authority else ""
    if "@" in inside:
        return f"{LEFT_OUT}@{rest[inside.rindex('@') + 1 :]}"
    if "@" in rest and not _PLACE.fullmatch(inside):
        return f"{LEFT_OUT}@{rest[rest.rindex('@') + 1 :]}"
    return rest


def _named(part: str) -> str:
    """One part of a query: a name alone may as well be a value."""
    name, sign, _ = part.partition("=")
    return f"{name}={LEFT_OUT}" if sign else LEFT_OUT if part else ""
