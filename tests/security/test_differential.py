"""Two guards judge the same: every difference stands in docs/security.md, with its reason, and none lets more through.

`ssrfguard` is asked as an oracle only; nothing of Thoth uses it.
"""

import re
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from ssrfguard import DEFAULT_DENIED, BlockedURLError, Policy

from tests.security.generated import Address, addresses, urls
from tests.security.page import rows
from thoth_ls.catalog.scopes import is_address
from thoth_ls.net.addresses import canonical, classify, spellings
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.target import parse_url

COUNT = 100_000
OTHER = Policy(allowed_ports=frozenset(range(1, 65536)), max_url_length=16384)
Place = tuple[str, str, int]
ADDRESS_ROWS = [row[0] for row in rows("Compared with ssrfguard")]
URL_ROWS = [row[0] for row in rows("Compared with ssrfguard", 1)]


def holds(row: str, address: Address) -> bool:
    """Whether a row of the table is about this address, or about the one it stands for."""
    if "interface id" in row:
        inside = isinstance(address, IPv6Address) and int(address) >> 32 & 0xFDFFFFFF == 0x5EFE
        return inside and classify(str(address)).name.find("ISATAP") >= 0
    network = ip_network(re.findall(r"`(.*)`", row)[0])
    if network.prefixlen == 0:  # the last row: what no other range has
        return isinstance(address, IPv6Address) and "given out" in classify(str(address)).name
    return any(ip_address(spelled) in network for spelled in spellings(str(address)))


def test_every_difference_about_addresses_is_explained() -> None:
    """And each explanation is needed."""
    used: Counter[str] = Counter()
    for address in addresses(COUNT, seed=20261127):
        ours, theirs = classify(str(address)).kind == "public", not DEFAULT_DENIED.classify(address).blocked
        if ours != theirs:
            assert theirs, f"{address} is public here alone"
            row = next((row for row in ADDRESS_ROWS if holds(row, address)), None)
            assert row is not None, f"{address}: permitted by ssrfguard, and here {classify(str(address)).name}"
            used[row] += 1
    assert set(used) == set(ADDRESS_ROWS)


def ours(url: str) -> Place | None:
    """Where we would go without a local grant."""
    try:
        target, _ = parse_url(url, "http")
    except NetworkRefused:
        return None
    if is_address(target.host) and classify(target.host).kind != "public":
        return None
    return target.scheme, target.host, target.port


def theirs(url: str) -> Place | None:
    try:
        target = OTHER.check_url(url)
    except BlockedURLError:
        return None
    return target.scheme, target.host, target.port


def authority(url: str) -> str:
    return re.split(r"[/?#]", url.partition("://")[2])[0]


def is_same(one: Place | None, other: Place | None) -> bool:
    """Whether two ways to write a place mean the same one."""
    if one is None or other is None:
        return False
    name = host(other).removesuffix(".")
    return one == (other[0], canonical(name) if ":" in name else name, other[2])


def host(place: Place | None) -> str:
    return place[1] if place else ""


NUMBER = re.compile(r"(.*\.)?(0x[0-9a-f]*|[0-9]+)")
"""A name whose last label is a number: the URL standard takes all of these for addresses."""
Explains = Callable[[str, Place | None, Place | None], bool]
WHY: dict[str, Explains] = {
    "spaces or backslashes anywhere": lambda url, a, b: a is None and bool(re.search(r"[\s\\]", url)),
    "no port behind the colon": lambda url, a, b: a is None and authority(url).endswith(":"),
    "`168.63.129.16`": lambda url, a, b: a is None and host(b) == "168.63.129.16",
    "numbers that look like hosts": lambda url, a, b: a is None and bool(NUMBER.fullmatch(host(b))),
    "letters read in two ways": lambda url, a, b: a is None and bool(re.search("[ß\u200d]", url)),
    "characters that look like a dot": lambda url, a, b: a is None and "\u2024" in url,
    "underscores in names": lambda url, a, b: b is None and "_" in host(a),
    "a dot behind an IPv4 address": lambda url, a, b: b is None and "8.8.8.8." in authority(url),
    "the same host, written otherwise": lambda url, a, b: is_same(a, b),
}
"""By row of the table: whether it explains a difference."""


def test_every_difference_about_urls_is_explained() -> None:
    """And each explanation is needed; the table of the page is this one."""
    assert sorted(URL_ROWS) == sorted(WHY)
    used: Counter[str] = Counter()
    for url in urls(COUNT, seed=20261127):
        a, b = ours(url), theirs(url)
        if a != b:
            why = next((name for name, explains in WHY.items() if explains(url, a, b)), None)
            assert why is not None, f"{url!r}: here {a}, by ssrfguard {b}"
            used[why] += 1
    assert set(used) == set(WHY)
