"""What kind of address an address is, whatever it is disguised as."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from thoth_ls.net.ranges import EMBEDDINGS, ISATAP, RANGES, AddressKind, Embedding


@dataclass(frozen=True, slots=True)
class AddressVerdict:
    """What an address is."""

    kind: AddressKind
    """`local`: this machine or a private network, for which a grant of its own is needed. `never`: whoever asks."""
    name: str
    """What it is, to stand in a sentence: "the address 10.0.0.1 is …"."""
    source: str
    """Where that is laid down."""


_NETWORKS: Final = sorted(
    ((ip_network(text), AddressVerdict(kind, name, source)) for text, kind, name, source in RANGES),
    key=lambda row: -row[0].prefixlen,
)


def canonical(text: str) -> str:
    """The address in the one spelling that equal addresses share; one of IPv4 in IPv6 (mapped) is that of IPv4.

    Raises ValueError for what is none, also for one that names a network interface (`fe80::1%eth0`).
    """
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            raise ValueError(f"{text!r} names a network interface")
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
    return str(address)


@lru_cache(maxsize=4096)
def classify(address: str) -> AddressVerdict:
    """What an address is. Raises ValueError for what is none, also for one that names a network interface."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return _by_table(parsed)
    if parsed.scope_id is not None:
        raise ValueError(f"{address!r} names a network interface")
    if int(parsed) > 1:  # `::` and `::1` have rows of their own
        for embedding in EMBEDDINGS:
            if parsed in embedding.network:
                return _by_embedded(parsed, embedding)
    verdict = _by_table(parsed)
    if verdict.kind != "never" and int(parsed) >> 32 & 0xFDFFFFFF == 0x5EFE:
        inside = _by_embedded(parsed, ISATAP)
        return verdict if inside.kind == "public" else inside
    return verdict


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's loopback."""
    return ip_address(canonical(address)).is_loopback


def spellings(address: str) -> tuple[str, ...]:
    """The address, and behind it the one of IPv4 that it stands for, where it does."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address) and int(parsed) > 1:
        for embedding in EMBEDDINGS:
            if parsed in embedding.network:
                return address, str(embedding.inside(parsed))
    return (address,)


def _by_table(address: IPv4Address | IPv6Address) -> AddressVerdict:
    return next(verdict for network, verdict in _NETWORKS if address in network)


def _by_embedded(address: IPv6Address, embedding: Embedding) -> AddressVerdict:
    inside = embedding.inside(address)
    verdict = _by_table(inside)
    name = f"{inside} written as {embedding.name}, which is {verdict.name}"
    kind: AddressKind = verdict.kind if verdict.kind in embedding.passes else "never"
    return AddressVerdict(kind, name, f"{embedding.source}; {verdict.source}")
