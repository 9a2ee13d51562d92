"""What tells of a secret: names of headers, parameters and fields, and what stands before the host of a URL."""

import re
from typing import Final

from rest import urls

LEFT_OUT: Final = "•••"
"""Stands where a secret was left out."""
_TELLING: Final = re.compile(
    r"passw|secret|credential|api.?key|access.?key|private.?key|jwt|csrf|xsrf|cookie|bearer", re.IGNORECASE
)
_TELLING_WORDS: Final = frozenset(
    {"auth", "authorization", "authtoken", "pass", "pwd", "passphrase"}
    | {"session", "sessionid", "sessid", "jsessionid", "phpsessid", "sid", "signature", "sig", "otp"}
)
_NO_SECRET_TOKENS: Final = re.compile(
    r"(page|next|prev|previous|sync|continuation|cancel|cancellation)[\W_]?tokens?$|tokens$"
    r"|token.?(type|count|url|endpoint|limit)",
    re.IGNORECASE,
)
"""Tokens that say where a list goes on, or how many words a text has."""
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_USER: Final = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*://|//)?(?P<user>[^/]*)@")


def is_telling(name: str) -> bool:
    """Whether a header, parameter or field of that name may hold a secret."""
    if name.strip().lower() in ("key", "x-key") or _TELLING.search(name):
        return True
    if "token" in name.lower():
        return _NO_SECRET_TOKENS.search(name) is None
    return any(word.lower() in _TELLING_WORDS for word in _WORDS.findall(name)) and not name.lower().endswith("type")


def user_info(url: str) -> tuple[int, int] | None:
    """From where to where user name and password stand in a URL as people type it; None where they do not.

    It may lack its scheme, or have a variable for it, as what is sent may.
    """
    found = _USER.match(_without_braces(urls.split(url).base))
    return None if found is None else found.span("user")


def secret_before_host(url: str) -> tuple[int, int] | None:
    """From where to where the secret of the user info stands: the password, or where there is none the user name."""
    span = user_info(url)
    if span is None:
        return None
    begin, end = span
    colon = _without_braces(url[begin:end]).find(":")
    if colon < 0:
        return span
    return (begin + colon + 1, end) if begin + colon + 1 < end else (begin, begin + colon)


def shown_url(url: str) -> str:
    """A URL as it may be shown: without user name and password, and without the values of telling parameters."""
    if (span := user_info(url)) is not None:
        url = url[: span[0]] + url[span[1] + 1 :]
    parts = urls.split(url)
    if parts.query is None:
        return url
    shown = [_shown(raw) for raw in urls.pieces(parts.query)]
    return str(urls.Split(parts.base, "&".join(shown), parts.fragment))


def shown_name(name: str) -> str:
    """The name of a request as it may be kept: one that is a URL as `shown_url` has it."""
    return shown_url(name) if "://" in name else name


def _shown(raw: str) -> str:
    name, value = urls.parted(raw)
    if not value or value.startswith(LEFT_OUT) or not is_telling(urls.decoded(raw)[0]):
        return raw
    return f"{name}={LEFT_OUT}"


def _without_braces(text: str) -> str:
    """A text as long as this one, whose variables are letters alone."""
    if "{{" not in text:
        return text
    return "".join(piece if isinstance(piece, str) else "x" * len(piece.text) for piece in urls.scan_raw(text))
