"""Addresses and URLs made up by a seeded generator: edges, disguises, and whatever two parsers may disagree about."""

from __future__ import annotations

import random
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import TYPE_CHECKING

from ssrfguard import DEFAULT_DENIED

from thoth_ls.net.ranges import RANGES

if TYPE_CHECKING:
    from collections.abc import Iterator

Address = IPv4Address | IPv6Address
NETWORKS = [ip_network(text) for text, *_ in RANGES] + [block.network for block in DEFAULT_DENIED.blocks]
FOUR = [network for network in NETWORKS if network.version == 4]
HOLDERS = [
    ("::ffff:0:0", 0), ("::", 0), ("::ffff:0:0:0", 0), ("64:ff9b::", 0), ("2002::", 80), ("2001::", 0),
    ("2a00:1450::5efe:0:0", 0), ("2a00:1450::200:5efe:0:0", 0),
]  # fmt: skip
"""Where an address of IPv4 is put into one of IPv6, and how far from its end."""

SCHEMES = ["http", "https"] * 8 + ["HTTP", "hTTps", "ftp", "ws", "file", "javascript", "http+unix", ""]
SIGNS = ["://"] * 30 + [":", "//", ":/", ":///", ":\\\\"]
USERS = [""] * 12 + ["user@", "user:pw@", "@", ":@", "a.example@"]
HOSTS = [
    "a.example", "A.EXAMPLE", "a.example.", "sub.a.example", "localhost", "x", "127.0.0.1", "10.0.0.1", "8.8.8.8",
    "8.8.8.8.", "0x7f.1", "2130706433", "127.1", "0177.0.0.1", "[::1]", "[2606:4700::1111]", "[::ffff:8.8.8.8]",
    "[::ffff:10.0.0.1]", "[fe80::1%25eth0]", "[2606:4700::1111%25lo]", "[fe80::1]", "[::", "bücher.example",
    "BÜCHER.example", "straße.example", "faß.de", "①②⑦.⓪.⓪.①", "\uff41.example", "a\u3002example", "a_b.example",
    "_x.example", "-a.example", "a-.example", "a--b.example", "xn--bcher-kva.example", "xn--zz.example", "a..example",
    ".a.example", f"{'a' * 63}.example", f"{'a' * 64}.example", f"{('a' * 60 + '.') * 4}example", "a b.example",
    "a%2eexample", "a%00.example", "a\x00.example", "a\t.example", "a,b.example", "a;b.example", "a!b.example",
    "(a).example", "*.example", "", "1.2.3.4.5", "256.1.1.1", "1.2.3", "0", "0x", "4294967295", "foo.0x1", "foo.1",
    "1e3", "😀.example", "a\u00ad.example", "a\u200d.example", "a\u2024example", "☃.example", "169.254.169.254",
    "168.63.129.16", "192.0.2.1", "[64:ff9b::7f00:1]", "[64:ff9b::808:808]", "\u0661.\u0662.\u0663.\u0664",
]  # fmt: skip
PORTS = [""] * 10 + [
    ":80",
    ":443",
    ":8080",
    ":0",
    ":65535",
    ":65536",
    ":",
    ":08080",
    ":+80",
    ":-1",
    ":8 0",
    ":80:80",
    ":x",
]
PATHS = [
    "", "/", "/a/b", "?q=1", "#f", "/a#b?c", "/%zz", "/ü", "/a b", "/\\", "\\", "/\r\nX: y", "/\x7f", "/\u2028",
    "/..//../x", "/;a", "@b.example", "/@b.example", "/?u=http://b@c/",
]  # fmt: skip


def addresses(count: int, seed: int) -> Iterator[Address]:
    """Addresses, many of them in or next to a range that somebody has an opinion about, or holding one."""
    dice = random.Random(seed)
    for _ in range(count):
        match dice.randrange(8):
            case 0 | 1:
                yield _inside(dice, dice.choice(NETWORKS))
            case 2:
                network = dice.choice(NETWORKS)
                edge = int(dice.choice((network[0], network[-1]))) + dice.choice((-2, -1, 0, 1, 2))
                yield IPv4Address(edge % (1 << 32)) if network.version == 4 else IPv6Address(edge % (1 << 128))
            case 3:
                yield IPv4Address(dice.getrandbits(32))
            case 4:
                yield IPv6Address(dice.getrandbits(128))
            case 5:
                yield IPv6Address(1 << 125 | dice.getrandbits(125))
            case _:
                prefix, shift = dice.choice(HOLDERS)
                inner = _inside(dice, dice.choice(FOUR)) if dice.random() < 0.5 else IPv4Address(dice.getrandbits(32))
                yield IPv6Address(int(IPv6Address(prefix)) | int(inner) << shift)


def urls(count: int, seed: int) -> Iterator[str]:
    """URLs of parts that parsers are known to trip over."""
    dice = random.Random(seed)
    for _ in range(count):
        yield "".join(map(dice.choice, (SCHEMES, SIGNS, USERS, HOSTS, PORTS, PATHS)))


def _inside(dice: random.Random, network: object) -> Address:
    return network[dice.randrange(network.num_addresses)]  # type: ignore[index, attr-defined, no-any-return]
