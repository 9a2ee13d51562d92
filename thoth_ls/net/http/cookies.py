"""Cookies of one plugin, for as long as the server runs. They go back to the very host that set them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thoth_ls.net.model import Target

MOST_OF_HOST: Final = 50
MOST_HOSTS: Final = 100
MOST_BYTES: Final = 4096
"""Of name and value together."""
_FOREVER: Final = float("inf")


@dataclass(frozen=True, slots=True)
class _Cookie:
    value: str
    path: str
    secure: bool
    """Whether it is for https alone."""
    until: float


class Cookies:
    """What `Set-Cookie` asked to be sent back (RFC 6265, 5.3 and 5.4).

    The attribute `Domain` is not followed: without a list of what names are open to all, a server could write cookies
    for its neighbours.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._kept: dict[str, dict[tuple[str, str], _Cookie]] = {}
        """By host, those used last at the end; then by name and path."""

    def header(self, target: Target, path: str) -> str | None:
        """The value of `Cookie` for a request; None where there is nothing to say."""
        now = self._clock()
        fitting = [
            (name, cookie)
            for (name, _), cookie in self._kept.get(target.host, {}).items()
            if cookie.until > now and (target.scheme == "https" or not cookie.secure) and _matches(cookie.path, path)
        ]
        fitting.sort(key=lambda pair: -len(pair[1].path))
        return "; ".join(f"{name}={cookie.value}" if name else cookie.value for name, cookie in fitting) or None

    def take(self, target: Target, path: str, headers: Iterable[tuple[str, str]]) -> None:
        """Keeps what a response asks for in its headers (names in lower case)."""
        for name, value in headers:
            if name == "set-cookie":
                self._set(target, path, value)

    def _set(self, target: Target, path: str, text: str) -> None:
        pair, *attributes = text.split(";")
        name, sign, value = pair.partition("=")
        name, value = (name.strip(" \t"), value.strip(" \t")) if sign else ("", name.strip(" \t"))
        if not (name or value) or len(name) + len(value) > MOST_BYTES or not (name + value).isprintable():
            return
        said = {
            key.strip(" \t").lower(): word.strip(" \t") for key, _, word in (item.partition("=") for item in attributes)
        }
        secure = "secure" in said
        if target.scheme != "https" and (secure or name.startswith(("__Secure-", "__Host-"))):
            return
        place = said.get("path", "")
        cookie = _Cookie(value, place if place.startswith("/") else _folder(path), secure, self._until(said))
        of_host = self._kept.pop(target.host, {})
        self._kept[target.host] = of_host
        of_host.pop((name, cookie.path), None)
        if cookie.until > self._clock():
            of_host[name, cookie.path] = cookie
        while len(of_host) > MOST_OF_HOST:
            del of_host[next(iter(of_host))]
        while len(self._kept) > MOST_HOSTS:
            del self._kept[next(iter(self._kept))]

    def _until(self, said: dict[str, str]) -> float:
        age = said.get("max-age", "")
        if age.isascii() and age.removeprefix("-").isdecimal() and len(age) < 20:
            return self._clock() + int(age) if int(age) > 0 else 0.0
        if "expires" in said:
            try:
                return parsedate_to_datetime(said["expires"].replace("-", " ")).timestamp()
            except (ValueError, TypeError, OverflowError):
                return _FOREVER
        return _FOREVER


def _folder(path: str) -> str:
    """Of the request that set a cookie: where it is sent by itself."""
    path = path.partition("?")[0]
    return path[: path.rfind("/")] or "/"


def _matches(place: str, path: str) -> bool:
    path = path.partition("?")[0]
    return path == place or (path.startswith(place) and (place.endswith("/") or path[len(place)] == "/"))
