"""Cookies that a response sets (RFC 6265, 5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from explorer import notices
from thoth_plugin import ui
from thoth_plugin.nodes import Node


@dataclass(frozen=True, slots=True)
class Cookie:
    """As the server said it."""

    name: str
    value: str
    domain: str = ""
    path: str = ""
    expires: str = ""
    flags: str = ""
    """`Secure`, `HttpOnly`, `SameSite=…` and others."""


def cookies_of(headers: Iterable[tuple[str, str]]) -> list[Cookie]:
    """In the order they were set."""
    return [_cookie(value) for name, value in headers if name.lower() == "set-cookie"]


def table(cookies: list[Cookie]) -> Node:
    """All of them."""
    if not cookies:
        return notices.hint("The response sets no cookies.")
    return ui.table(
        ["Name", "Value", "Domain", "Path", "Expires", "Flags"],
        [
            [
                ui.text(one.name, variant="mono", color="key"),
                ui.text(one.value, variant="mono"),
                one.domain,
                one.path,
                one.expires,
                one.flags,
            ]
            for one in cookies
        ],
        min_col_width=90,
    )


def _cookie(header: str) -> Cookie:
    pair, *attributes = header.split(";")
    name, _, value = pair.partition("=")
    said = {}
    flags = []
    for attribute in attributes:
        key, sign, text = attribute.strip().partition("=")
        if key.lower() in ("domain", "path", "expires", "max-age"):
            said[key.lower()] = text.strip()
        elif key:
            flags.append(f"{key}={text.strip()}" if sign else key)
    expires = f"in {said['max-age']} s" if "max-age" in said else said.get("expires", "")
    return Cookie(name.strip(), value.strip(), said.get("domain", ""), said.get("path", ""), expires, ", ".join(flags))
