"""The proxy of the environment, for those who turned it on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

from thoth_ls.catalog.scopes import ScopeError, parse_host
from thoth_ls.net.addresses import classify
from thoth_ls.net.model import Checked, NetworkRefused, Target
from thoth_ls.net.patterns import is_named

if TYPE_CHECKING:
    from thoth_ls.net.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where to connect in place of the target."""

    url: str
    """Without user name."""
    checked: Checked
    auth: tuple[str, str] | None = field(repr=False)


def proxy_url(target: Target) -> str | None:
    """The address of the proxy for a target, as `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say; None for none.

    There is none on the way to an address or to this machine: the proxy has nothing to find there.
    """
    found = getproxies_environment()
    if not is_named(target) or target.host == "localhost" or target.host.endswith(".localhost"):
        return None
    if proxy_bypass_environment(f"{target.host}:{target.port}", found):
        return None
    return found.get(target.scheme) or found.get("all")


async def found_proxy(url: str, resolver: Resolver, seconds: float) -> Proxy:
    """The proxy at `url`, found and checked; raises NetworkRefused.

    It may be local, as it is the person's own, but no place that is never reached.
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme != "http":
            raise _unusable(f"its scheme is {parts.scheme}, and only http is spoken with proxies")
        target = Target("http", parse_host(_bracketed(parts.hostname or "")), parts.port or 80)
    except (ValueError, ScopeError) as error:
        raise _unusable(str(error)) from None
    began = time.perf_counter()
    addresses = await resolver.resolve(target.host, target.port, seconds)
    local = False
    for address in addresses:
        verdict = classify(address)
        if verdict.kind == "never":
            raise _unusable(f"it is at {address}, which is never reached ({verdict.name})")
        local = local or verdict.kind == "local"
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    taken = (time.perf_counter() - began) * 1000
    shown = str(target)
    return Proxy(shown, Checked(target, tuple(addresses), local, because="the proxy", dns_ms=taken), auth)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _unusable(why: str) -> NetworkRefused:
    return NetworkRefused(
        f"the proxy of the environment cannot be used: {why}. Correct HTTPS_PROXY or HTTP_PROXY, or turn"
        " thoth.network.useProxy off"
    )
