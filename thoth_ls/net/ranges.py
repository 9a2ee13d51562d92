"""The table of addresses, with the source of each range.

Our own: what `ipaddress` calls global holds multicast, metadata services and loopback in disguise, and differs between
versions of Python. Of IPv6 only `2000::/3` has been given out, so that everything else is never reached but for the
private ranges.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Final, Literal

AddressKind = Literal["public", "local", "never"]
_IANA4: Final = "IANA IPv4 Special-Purpose Address Registry"
_IANA6: Final = "IANA IPv6 Special-Purpose Address Registry"

RANGES: Final[tuple[tuple[str, AddressKind, str, str], ...]] = (
    ("0.0.0.0/0", "public", "public", "RFC 791"),
    ("0.0.0.0/8", "never", '"this network", which may mean this machine', f"{_IANA4}, RFC 791 3.2"),
    ("10.0.0.0/8", "local", "of a private network", f"{_IANA4}, RFC 1918"),
    ("100.64.0.0/10", "local", "of a provider's own network (CGNAT)", f"{_IANA4}, RFC 6598"),
    ("100.100.100.200/32", "never", "a metadata service of a cloud", "Alibaba Cloud, instance metadata"),
    ("127.0.0.0/8", "local", "this machine (loopback)", f"{_IANA4}, RFC 1122 3.2.1.3"),
    ("168.63.129.16/32", "never", "a metadata service of a cloud", "Microsoft Azure, what is 168.63.129.16"),
    ("169.254.0.0/16", "never", "link-local, where clouds keep their metadata", f"{_IANA4}, RFC 3927"),
    ("172.16.0.0/12", "local", "of a private network", f"{_IANA4}, RFC 1918"),
    ("192.0.0.0/24", "never", "reserved for protocols", f"{_IANA4}, RFC 6890 2.1"),
    ("192.0.0.192/32", "never", "a metadata service of a cloud", "Oracle Cloud, instance metadata"),
    ("192.0.2.0/24", "never", "for documentation", f"{_IANA4}, RFC 5737"),
    ("192.31.196.0/24", "never", "reserved for AS112", f"{_IANA4}, RFC 7535"),
    ("192.52.193.0/24", "never", "reserved for multicast tunnels (AMT)", f"{_IANA4}, RFC 7450"),
    ("192.88.99.0/24", "never", "reserved for 6to4 relays", f"{_IANA4}, RFC 7526"),
    ("192.168.0.0/16", "local", "of a private network", f"{_IANA4}, RFC 1918"),
    ("192.175.48.0/24", "never", "reserved for AS112", f"{_IANA4}, RFC 7534"),
    ("198.18.0.0/15", "never", "for benchmarks of networks", f"{_IANA4}, RFC 2544"),
    ("198.51.100.0/24", "never", "for documentation", f"{_IANA4}, RFC 5737"),
    ("203.0.113.0/24", "never", "for documentation", f"{_IANA4}, RFC 5737"),
    ("224.0.0.0/4", "never", "multicast", "RFC 5771"),
    ("240.0.0.0/4", "never", "reserved", f"{_IANA4}, RFC 1112 4"),
    ("255.255.255.255/32", "never", "broadcast", f"{_IANA4}, RFC 8190"),
    ("::/0", "never", "in no range that has been given out", "IANA IPv6 Address Space, RFC 4291"),
    ("2000::/3", "public", "public", "IANA IPv6 Address Space, RFC 4291"),
    ("::/128", "never", "unspecified, which may mean this machine", f"{_IANA6}, RFC 4291"),
    ("::1/128", "local", "this machine (loopback)", f"{_IANA6}, RFC 4291"),
    ("64:ff9b:1::/48", "never", "of a translation to IPv4 that is local to a network", f"{_IANA6}, RFC 8215"),
    ("100::/64", "never", "discarded", f"{_IANA6}, RFC 6666"),
    ("100:0:0:1::/64", "never", "a dummy prefix", f"{_IANA6}, RFC 9780"),
    ("2001::/23", "never", "reserved for protocols", f"{_IANA6}, RFC 2928"),
    ("2001::/32", "never", "a tunnel (Teredo)", f"{_IANA6}, RFC 4380"),
    ("2001:db8::/32", "never", "for documentation", f"{_IANA6}, RFC 3849"),
    ("2620:4f:8000::/48", "never", "reserved for AS112", f"{_IANA6}, RFC 7534"),
    ("3fff::/20", "never", "for documentation", f"{_IANA6}, RFC 9637"),
    ("5f00::/16", "never", "for segment routing", f"{_IANA6}, RFC 9602"),
    ("fc00::/7", "local", "of a private network (unique local)", f"{_IANA6}, RFC 4193"),
    ("fd00:42::42/128", "never", "a metadata service of a cloud", "Scaleway, instance metadata"),
    ("fd00:100::100:200/128", "never", "a metadata service of a cloud", "Alibaba Cloud, instance metadata"),
    ("fd00:a9fe:a9fe::1/128", "never", "a metadata service of a cloud", "Akamai (Linode), instance metadata"),
    ("fd00:c1::a9fe:a9fe/128", "never", "a metadata service of a cloud", "Oracle Cloud, instance metadata"),
    ("fd00:ec2::/32", "never", "a metadata service of a cloud", "Amazon EC2, instance metadata and services beside it"),
    ("fd20:ce::254/128", "never", "a metadata service of a cloud", "Google Compute Engine, metadata server"),
    ("fe80::/10", "never", "link-local", f"{_IANA6}, RFC 4291"),
    ("fec0::/10", "never", "site-local, given up", "RFC 3879"),
    ("ff00::/8", "never", "multicast", "RFC 4291 2.7"),
)
"""Range, kind, name, source; the narrowest range that holds an address decides."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """A range of IPv6 whose addresses stand for addresses of IPv4."""

    network: IPv6Network
    name: str
    source: str
    shift: int
    """Bits behind the embedded address."""
    passes: frozenset[AddressKind]
    """What the embedded address may be for the verdict about it to hold; else the address is never reached."""

    def inside(self, address: IPv6Address) -> IPv4Address:
        """The embedded address."""
        return IPv4Address(int(address) >> self.shift & 0xFFFFFFFF)


EMBEDDINGS: Final = (
    Embedding(
        IPv6Network("::ffff:0:0/96"), "IPv4-mapped", "RFC 4291 2.5.5.2", 0, frozenset(("public", "local", "never"))
    ),
    Embedding(IPv6Network("::ffff:0:0:0/96"), "IPv4-translated (SIIT)", "RFC 2765", 0, frozenset(("public",))),
    Embedding(IPv6Network("64:ff9b::/96"), "NAT64", f"{_IANA6}, RFC 6052 3.1", 0, frozenset(("public",))),
    Embedding(IPv6Network("2002::/16"), "6to4", f"{_IANA6}, RFC 3056", 80, frozenset(("public",))),
    Embedding(IPv6Network("::/96"), "IPv4-compatible", "RFC 4291 2.5.5.1", 0, frozenset()),
)
ISATAP: Final = Embedding(IPv6Network("::/0"), "ISATAP", "RFC 5214 6.1", 0, frozenset(("public",)))
