"""Host patterns: what `network` and `tcp` are limited to, and whether one says no more than another.

A pattern is `[scheme://]host[:port]`. The host is a name, an address (IPv6 in brackets), `*.` before a name for every
name below it (not the name itself), or `*` for any. Without a scheme any of http, https, ws and wss is meant; with one
but without a port the scheme's own port; without both any port; `*` is any port. `http` stands for `ws` as well and
`https` for `wss`. Names are compared as the network knows them: lower case, IDNA, without the dot at the end.
"""

from __future__ import annotations

import encodings.idna
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ANY: Final = "*"
PORTS: Final = {"http": 80, "https": 443}
_SAME: Final = {"http": "http", "ws": "http", "https": "https", "wss": "https"}
"""A WebSocket begins as a request of HTTP."""
_PATTERN = re.compile(
    r"(?:(?P<scheme>[A-Za-z]+)://)?(?P<host>\[[^\[\]]*\]|[^\[\]:/@?#\\]+)(?::(?P<port>\*|[0-9]{1,5}))?/?"
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_READ_DIFFERENTLY = re.compile("[\u00df\u1e9e\u03c2\u200c\u200d]")
"""Letters that the two standards for names turn into different names."""
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
MAX_TEXT = 512
MAX_TARGET: Final = 16 << 10
"""Characters of an address to be reached."""
MAX_HOST: Final = 1024
"""Characters of a host before it is brought into form, which takes long for long ones."""


class ScopeError(ValueError):
    """What is wrong with a pattern or an address, as a sentence."""


@dataclass(frozen=True, slots=True)
class HostPattern:
    """One parsed pattern; `str()` writes it in the one form that equal patterns share."""

    scheme: str | None
    """http or https, None for both."""
    host: str
    """`*`, `*.name`, a name, or an address without brackets."""
    port: int | None
    """None for any."""

    def covers(self, other: HostPattern) -> bool:
        """Whether everything `other` allows is allowed by this one too."""
        return (
            self.scheme in (None, other.scheme)
            and self.port in (None, other.port)
            and _host_covers(self.host, other.host)
        )

    def __str__(self) -> str:
        scheme = f"{self.scheme}://" if self.scheme else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.scheme is not None and self.port == PORTS[self.scheme]:
            return scheme + host
        if self.port is None:
            return f"{scheme}{host}:{ANY}" if scheme else host
        return f"{scheme}{host}:{self.port}"


def parse_pattern(text: str) -> HostPattern:
    """The pattern in `text`; raises ScopeError."""
    found = _PATTERN.fullmatch(text) if len(text) <= MAX_TEXT else None
    if found is None:
        raise ScopeError(f"{text[:80]!r} is no host pattern: write [scheme://]host[:port], for instance *.example.com")
    scheme = _scheme(found["scheme"]) if found["scheme"] else None
    port = _port(found["port"], scheme)
    host = found["host"]
    if host == ANY:
        return HostPattern(scheme, host, port)
    if host.startswith("*."):
        below = _host(host[2:])
        if is_address(below):
            raise ScopeError(f"{text!r} puts a * before an address; a * stands before names only")
        return HostPattern(scheme, f"*.{below}", port)
    return HostPattern(scheme, _host(host), port)


def parse_target(text: str) -> HostPattern:
    """Where a request to the address `text` goes: `https://…`, or `host:port`; raises ScopeError.

    Whatever two programs might read as two different hosts is refused: user names, backslashes, white space, addresses
    written in other ways than the usual one.
    """
    if len(text) > MAX_TARGET:
        raise ScopeError(f"an address must not be longer than {MAX_TARGET:,} characters")
    authority, path_from = text, len(text)
    scheme: str | None = None
    head, sign, rest = text.partition("://")
    if sign:
        scheme = _scheme(head)
        path_from = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
        authority = rest[:path_from]
    if re.search(r"[\s\\\x00-\x20\x7f-\x9f]", text):
        raise ScopeError("an address must not contain spaces, control characters or backslashes")
    if "@" in authority:
        raise ScopeError("an address must not contain a user name")
    found = _PATTERN.fullmatch(authority)
    if found is None or found["scheme"] or ANY in authority or authority.endswith("/"):
        raise ScopeError(f"{authority[:80]!r} is no host")
    port = _port(found["port"], scheme)
    if port is None:
        raise ScopeError(f"{authority[:80]!r} names no port")
    return HostPattern(scheme, _host(found["host"]), port)


def parse_host(text: str) -> str:
    """A name or an address as the network knows it, an address of IPv6 without its brackets; raises ScopeError."""
    host = _host(f"[{text}]" if ":" in text and not text.startswith("[") else text)
    if ANY in host:
        raise ScopeError(f"{text[:80]!r} is no host")
    return host


def is_address(host: str) -> bool:
    """Whether a parsed host is an address, and no name."""
    return ":" in host or host.rpartition(".")[2].isdigit()


def tcp_address(host: str, port: int) -> str:
    """`host:port`, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host and not host.startswith("[") else f"{host}:{port}"


def covers(granted: Iterable[str], asked: Iterable[str]) -> bool:
    """Whether each pattern of `asked` says no more than one of `granted`.

    What is no pattern covers nothing but itself: it reaches nothing, and asking for it again would be no news.
    """
    texts = list(granted)
    patterns = readable(texts)
    return all(item in texts or _covered(patterns, item) for item in asked)


def reaches(granted: Iterable[str], target: str) -> bool:
    """Whether an address may be reached under these patterns; one that cannot be read may not."""
    try:
        wanted = parse_target(target)
    except ScopeError:
        return False
    return any(pattern.covers(wanted) for pattern in readable(granted))


def unreadable(target: str) -> str | None:
    """Why an address cannot be reached whatever the patterns are, as a sentence; None where it can be read."""
    try:
        parse_target(target)
    except ScopeError as error:
        return str(error)
    return None


def shown(scope: Iterable[str]) -> list[str]:
    """The patterns as people are shown them, those that allow most first; one that is none says so."""
    patterns: dict[str, int] = {}
    for text in scope:
        try:
            pattern = parse_pattern(text)
            patterns[str(pattern)] = _width(pattern)
        except ScopeError:
            patterns[f"{text[:80]!a} (not a host pattern)"] = 3
    return sorted(patterns, key=lambda text: (patterns[text], text))


def _covered(patterns: list[HostPattern], asked: str) -> bool:
    try:
        wanted = parse_pattern(asked)
    except ScopeError:
        return False
    return any(pattern.covers(wanted) for pattern in patterns)


def readable(texts: Iterable[str]) -> list[HostPattern]:
    """The patterns in `texts`; what is none is left out, for it reaches nothing."""
    found = []
    for text in texts:
        try:
            found.append(parse_pattern(text))
        except ScopeError:
            continue
    return found


def _width(pattern: HostPattern) -> int:
    return 0 if pattern.host == ANY else 1 if pattern.host.startswith("*.") else 2


def _host_covers(pattern: str, host: str) -> bool:
    if pattern in (ANY, host):
        return True
    return pattern.startswith("*.") and not is_address(host) and host.removeprefix("*").endswith(pattern[1:])


def _scheme(text: str) -> str:
    scheme = _SAME.get(text.lower())
    if scheme is None:
        raise ScopeError(f"the scheme {text[:20]!r} is none of http, https, ws and wss")
    return scheme


def _port(text: str | None, scheme: str | None) -> int | None:
    if text is None:
        return PORTS[scheme] if scheme else None
    if text == ANY:
        return None
    if not 0 < int(text) < 65536:
        raise ScopeError(f"there is no port {text}")
    return int(text)


def _host(text: str) -> str:
    """A name or address as the network knows it."""
    if text.startswith("["):
        try:
            address = ipaddress.IPv6Address(text[1:-1])
        except ValueError:
            raise ScopeError(f"{text[:80]!r} is no IPv6 address") from None
        if address.scope_id:
            raise ScopeError(f"{text[:80]!r} names a network interface")
        # One of IPv4 in disguise is the same place as without.
        return str(address.ipv4_mapped or address)
    if len(text) > MAX_HOST:
        raise ScopeError(f"{text[:80]!r}… is longer than any host name")
    name = text.removesuffix(".")
    name = name.lower() if name.isascii() else _to_ascii(name)
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ScopeError(f"{text[:80]!r} is no host name")
    if labels[-1].isdigit() or re.fullmatch(r"0x[0-9a-f]*", labels[-1]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            raise ScopeError(f"{text[:80]!r} is neither a host name nor an IPv4 address") from None
    return name


def _to_ascii(name: str) -> str:
    if _READ_DIFFERENTLY.search(name):
        raise ScopeError(f"{name[:80]!r} is read in two ways: write it in its xn-- form")
    try:
        labels = [encodings.idna.ToASCII(label).decode("ascii").lower() for label in _DOTS.split(name)]
    except UnicodeError:
        raise ScopeError(f"{name[:80]!r} is no host name") from None
    if any("." in label for label in labels):
        raise ScopeError(f"{name[:80]!r} holds something that only looks like a dot")
    return ".".join(labels)
