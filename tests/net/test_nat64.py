"""Addresses that the network translates are judged by what it translates them to."""

from collections.abc import Sequence
from ipaddress import IPv6Address, IPv6Network
from pathlib import Path

import pytest

from tests.net.places import Names, gate, grant, http, plugin
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.nat64 import NAME, inside, prefixes, stands_for
from thoth_ls.net.resolve import PREFIX_HOLDS_SECONDS, Resolver

EXAMPLES = [
    ("2001:db8::/32", "2001:db8:c000:221::"),
    ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
    ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
    ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
    ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
    ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
]
"""Of RFC 6052 2.4: each holds 192.0.2.33."""
PREFIX = "2a01:7e0:64::"
TELLING = [f"{PREFIX}c000:aa", f"{PREFIX}c000:ab"]


@pytest.mark.parametrize(("network", "address"), EXAMPLES)
def test_the_address_inside_is_found_behind_prefixes_of_every_length(network: str, address: str) -> None:
    assert str(inside(IPv6Address(address), IPv6Network(network).prefixlen)) == "192.0.2.33"
    assert stands_for([address, "8.8.8.8", "2400::1"], [IPv6Network(network)]) == {address: "192.0.2.33"}


@pytest.mark.parametrize(("network", "address"), EXAMPLES)
def test_the_network_tells_its_prefix(network: str, address: str) -> None:
    """By the addresses under which it reaches 192.0.0.170 and 192.0.0.171."""
    length = IPv6Network(network).prefixlen
    found = set[IPv6Network]()
    for last in (170, 171):
        octets = bytearray(IPv6Network(network).network_address.packed)
        for place, value in zip(_places(length), (192, 0, 0, last), strict=True):
            octets[place] = value
        found |= set(prefixes([str(IPv6Address(bytes(octets)))]))
    assert IPv6Network(network) in found


def _places(length: int) -> list[int]:
    return [at for at in range(length // 8, 16) if at != 8 or length == 96][:4]


@pytest.mark.parametrize("answers", [[], ["192.0.0.170"], ["2606:4700::1111"], ["::1"]])
def test_a_network_without_translation_has_no_prefix(answers: list[str]) -> None:
    assert prefixes(answers) == ()


class Network:
    """A resolver's lookup, and the time."""

    def __init__(self, *telling: str) -> None:
        self.telling: Sequence[str] = telling
        self.asked: list[str] = []
        self.now = 0.0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host == NAME:
            if not self.telling:
                raise OSError("no such name")
            return self.telling
        return [f"{PREFIX}a00:1"]


async def test_the_network_is_asked_once_in_a_while() -> None:
    network = Network(*TELLING)
    resolver = Resolver(network, lambda: network.now)
    for _ in range(3):
        assert await resolver.resolve("a.example", 80, 1) == (f"{PREFIX}a00:1",)
    assert network.asked.count(NAME) == 1
    assert resolver.stands_for([f"{PREFIX}a00:1", "1.2.3.4"]) == {f"{PREFIX}a00:1": "10.0.0.1"}
    network.now, network.telling = PREFIX_HOLDS_SECONDS + 1, ()
    await resolver.resolve("a.example", 80, 1)
    assert network.asked.count(NAME) == 2
    assert resolver.stands_for([f"{PREFIX}a00:1"]) == {}


async def test_the_network_is_asked_for_addresses_as_well_and_only_where_it_matters() -> None:
    network = Network(*TELLING)
    resolver = Resolver(network, lambda: network.now)
    for host in ("1.2.3.4", "::1", "localhost", "fd00::1"):
        await resolver.resolve(host, 80, 1)
    assert network.asked == []
    await resolver.resolve(f"{PREFIX}a00:1", 80, 1)
    assert network.asked == [NAME]


@pytest.mark.parametrize(
    ("inner", "passes"),
    [("5db8:d822", True), ("a00:1", False), ("7f00:1", False), ("a9fe:a9fe", False), ("e000:1", False)],
)
async def test_what_is_translated_is_judged_by_what_is_inside(inner: str, passes: bool, tmp_path: Path) -> None:
    class Answers(Network):
        def __call__(self, host: str, port: int) -> Sequence[str]:
            return TELLING if host == NAME else [f"{PREFIX}{inner}"]

    door, guest = gate(tmp_path, Resolver(Answers())), plugin()
    await door.decisions.keep(guest, grant("*"))
    for host in ("a.example", f"[{PREFIX}{inner}]"):
        if passes:
            assert not (await door.check(guest, http(f"http://{host}/"))).local
        else:
            with pytest.raises(NetworkRefused, match="this network translates"):
                await door.check(guest, http(f"http://{host}/"))


async def test_a_blocked_address_is_blocked_where_it_is_translated(tmp_path: Path) -> None:
    names = Names(a__example=[f"{PREFIX}5db8:d822"])
    names.translated = {f"{PREFIX}5db8:d822": "93.184.216.34"}
    door, guest = gate(tmp_path, names, blocked=["93.184.216.0/24"]), plugin()
    await door.decisions.keep(guest, grant("*"))
    with pytest.raises(NetworkRefused, match="blocked"):
        await door.check(guest, http("http://a.example/"))
