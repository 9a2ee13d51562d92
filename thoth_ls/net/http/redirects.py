"""Where a redirect leads, and what of a request goes along. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from thoth_ls.calling import INVALID
from thoth_ls.net.http import headers as h
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.target import parse_url

if TYPE_CHECKING:
    from thoth_ls.net.http.bodies import Body
    from thoth_ls.net.model import Target

MOST_REDIRECTS: Final = 10
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_KEEPING: Final = frozenset({307, 308})
"""Method and body stay."""
_STATUSES: Final = frozenset({301, 302, 303}) | _KEEPING


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request, or one hop of its redirects."""

    method: str
    target: Target
    url: str
    """In canonical form, without fragment."""
    headers: h.Headers
    """What the plugin wrote, checked."""
    body: bytes | Body | None = None

    @property
    def path(self) -> str:
        """Path and query, as they are sent."""
        rest = self.url.partition("://")[2]
        at = min((place for place in (rest.find("/"), rest.find("?")) if place >= 0), default=len(rest))
        return rest[at:] if rest[at : at + 1] == "/" else f"/{rest[at:]}"


def redirection(status: int, headers: list[tuple[str, str]]) -> str | None:
    """The address a response sends to; None where it is no redirect."""
    return h.first(headers, "location") if status in _STATUSES else None


def followed(request: Outgoing, status: int, location: str) -> Outgoing:
    """The next hop; raises NetworkRefused for a bad address. To another origin neither body nor any secret goes."""
    if _CONTROL.search(location):  # urljoin would leave some of them out
        raise NetworkRefused("Not an address that can be reached: a redirect holds control characters.", INVALID)
    # Servers write spaces there, which parse_url takes from nobody; in a host they are refused in this form too.
    target, url = parse_url(_joined(request.url, location.strip().replace(" ", "%20")), "http")
    method, body = _method(request.method, status), request.body
    if method != request.method:
        body = None
    kept = request.headers
    if target != request.target:
        body, kept = None, h.abroad(kept)
    if body is None and request.body is not None:
        kept = h.bodiless(kept)
    return replace(request, method=method, target=target, url=url, headers=kept, body=body)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:  # brackets that are none, or letters that become others
        raise NetworkRefused("The redirect leads to no address that can be reached.", INVALID) from None


def _method(method: str, status: int) -> str:
    """As all browsers do it (Fetch, 4.4): 303 asks with GET, and so does 301 or 302 after POST."""
    if status == 303 and method != "HEAD":
        return "GET"
    return "GET" if method == "POST" and status not in _KEEPING else method
