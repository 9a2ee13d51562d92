"""Prefixes under which a network translates to IPv4 (NAT64), where it has one of its own.

Such addresses look like any public one and lead to whatever address of IPv4 is inside, of a private network too. The
network tells its prefix in the answer for one well-known name (RFC 7050), which has two addresses of IPv4 alone.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAME: Final = "ipv4only.arpa"
WELL_KNOWN: Final = frozenset((IPv4Address("192.0.0.170"), IPv4Address("192.0.0.171")))
LENGTHS: Final = (32, 40, 48, 56, 64, 96)


def prefixes(answers: Iterable[str]) -> tuple[IPv6Network, ...]:
    """The prefixes that the answers for `NAME` tell of."""
    found = {
        IPv6Network((int(address), length), strict=False)
        for address in map(ip_address, answers)
        if isinstance(address, IPv6Address)
        for length in LENGTHS
        if inside(address, length) in WELL_KNOWN
    }
    return tuple(sorted(found))


def inside(address: IPv6Address, length: int) -> IPv4Address:
    """The address of IPv4 behind a prefix of this length (RFC 6052 2.2): the ninth byte is left out."""
    octets = address.packed
    return IPv4Address(octets[12:] if length == 96 else (octets[length // 8 : 8] + octets[9:])[:4])


def stands_for(addresses: Iterable[str], known: Sequence[IPv6Network]) -> Mapping[str, str]:
    """Of the addresses under one of these prefixes the one of IPv4 inside."""
    return {
        text: str(inside(address, network.prefixlen))
        for text in (addresses if known else ())
        for address in (ip_address(text),)
        if isinstance(address, IPv6Address)
        for network in known
        if address in network
    }
