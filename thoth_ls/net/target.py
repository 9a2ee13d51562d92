"""Reads where something is to go. What two programs could read as two places is refused, the rest has one form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, cast

from thoth_ls.calling import INVALID
from thoth_ls.catalog.scopes import MAX_TARGET, PORTS, ScopeError, parse_host, parse_target, tcp_address
from thoth_ls.net.model import NetworkRefused, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMES: Final[Mapping[str, tuple[str, ...]]] = {"http": ("http", "https"), "websocket": ("ws", "wss")}
_PATH_KEPT = r"!$%&'()*+,\-./0-9:;=@A-Z\[\]_a-z|~"
_NOT_IN_PATH = re.compile(rf"%(?![0-9A-Fa-f]{{2}})|[^{_PATH_KEPT}]")
_NOT_IN_QUERY = re.compile(rf"%(?![0-9A-Fa-f]{{2}})|[^{_PATH_KEPT.replace(chr(39), '')}?^`{{}}]")
_DOT = re.compile("%2e", re.IGNORECASE)


def parse_url(text: str, kind: Literal["http", "websocket"]) -> tuple[Target, str]:
    """Where a request or WebSocket goes, and the same address in canonical form, without the fragment.

    The canonical form has the host as DNS knows it, no port where it is the scheme's own, no dot segments, and only
    characters that are sent as they stand. Raises NetworkRefused (code 400) for what is no such address.
    """
    scheme, rest = _scheme(text, kind)
    try:
        place = parse_target(text)
    except ScopeError as error:
        raise _refused(f"{error}") from None
    assert place.scheme is not None
    assert place.port is not None
    target = Target(cast("Literal['http', 'https']", place.scheme), place.host, place.port)
    begin = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    path, question, query = rest[begin:].partition("#")[0].partition("?")
    authority = tcp_address(target.host, target.port)
    if target.port == PORTS[target.scheme]:
        authority = authority.removesuffix(f":{target.port}")
    canonical = f"{scheme}://{authority}{_path(path)}{question}{_NOT_IN_QUERY.sub(_escaped, query)}"
    if len(canonical) > MAX_TARGET:
        raise _refused(f"it is longer than {MAX_TARGET:,} characters")
    return target, canonical


def parse_tcp(host: str, port: int) -> Target:
    """Where a TCP connection goes; raises NetworkRefused (code 400)."""
    if not 0 < port < 65536:
        raise _refused(f"there is no port {port}")
    try:
        return Target("tcp", parse_host(host), port)
    except ScopeError as error:
        raise _refused(f"{error}") from None


def _scheme(text: str, kind: str) -> tuple[str, str]:
    """The scheme in lower case, and what follows `://`."""
    if len(text) > MAX_TARGET:
        raise _refused(f"it is longer than {MAX_TARGET:,} characters")
    scheme, sign, rest = text.partition("://")
    scheme = scheme.lower()
    allowed = SCHEMES[kind]
    if not sign or scheme not in allowed:
        written = " or ".join(f"{name}://" for name in allowed)
        raise _refused(f"{text[:80]!r} does not begin with {written}")
    return scheme, rest


def _path(path: str) -> str:
    """The path as it is sent: from `/` on, what needs it escaped, `.` and `..` resolved."""
    kept: list[str] = []
    parts = _NOT_IN_PATH.sub(_escaped, path).split("/")[1:]
    for number, part in enumerate(parts, 1):
        dots = _DOT.sub(".", part)
        if dots == "..":
            kept = kept[:-1]
        if dots not in (".", ".."):
            kept.append(part)
        elif number == len(parts):
            kept.append("")
    return "/" + "/".join(kept)


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _refused(said: str) -> NetworkRefused:
    return NetworkRefused(f"Not an address that can be reached: {said}.", INVALID)
