"""The table of addresses: every range to its edges, every disguise, and a source for each."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.net.addresses import canonical, classify, is_loopback, spellings
from thoth_ls.net.ranges import RANGES

ROWS = [(ip_network(text), kind, name, source) for text, kind, name, source in RANGES]
NEVER4 = ["0.0.0.0", "169.254.169.254", "192.0.0.192", "168.63.129.16", "224.0.0.1", "255.255.255.255", "203.0.113.7"]
LOCAL4 = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"]
PUBLIC4 = ["8.8.8.8", "93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.255"]


def disguises(address: str) -> dict[str, str]:
    """An address of IPv4 in every form that IPv6 has for it."""
    number = int(IPv4Address(address))

    def six(prefix: str, shift: int = 0) -> str:
        return str(IPv6Address(int(IPv6Address(prefix)) | number << shift))

    return {
        "mapped": six("::ffff:0:0"),
        "compatible": six("::"),
        "translated": six("::ffff:0:0:0"),
        "nat64": six("64:ff9b::"),
        "6to4": six("2002::", 80),
        "isatap": six("2a00:1450::5efe:0:0"),
        "isatap of a public": six("2a00:1450::200:5efe:0:0"),
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_a_range_holds_from_its_first_address_to_its_last(row: tuple[IPv4Network, str, str, str]) -> None:
    """Where a narrower row holds an edge, that row decides."""
    network = row[0]
    for address in (network[0], network[-1], network[network.num_addresses // 2]):
        if str(address).startswith("2002:"):
            continue  # stands for an address of IPv4: see below
        narrowest = max((other for other in ROWS if address in other[0]), key=lambda other: other[0].prefixlen)
        assert classify(str(address)).kind == narrowest[1]
    assert row[1] in ("public", "local", "never")
    assert row[2]
    assert row[3]


@pytest.mark.parametrize("address", NEVER4)
def test_what_is_never_reached_is_not_in_any_disguise(address: str) -> None:
    assert classify(address).kind == "never"
    for form, disguised in disguises(address).items():
        assert classify(disguised).kind == "never", form


@pytest.mark.parametrize("address", LOCAL4)
def test_what_is_local_is_local_as_mapped_and_nothing_in_other_disguises(address: str) -> None:
    assert classify(address).kind == "local"
    for form, disguised in disguises(address).items():
        assert classify(disguised).kind == ("local" if form == "mapped" else "never"), form


@pytest.mark.parametrize("address", PUBLIC4)
def test_what_is_public_is_public_where_the_disguise_is_in_use(address: str) -> None:
    """Networks without IPv4 reach it by NAT64 alone; nobody uses the compatible form."""
    assert classify(address).kind == "public"
    for form, disguised in disguises(address).items():
        assert classify(disguised).kind == ("never" if form == "compatible" else "public"), form


REPLAYED = [
    "192.0.0.192", "192.0.0.9", "224.0.0.1", "239.255.255.255", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "fec0::1", "5f00::1", "3fff::1", "ff02::1", "168.63.129.16",
]  # fmt: skip


@pytest.mark.parametrize("address", REPLAYED)
def test_what_python_calls_global_and_is_not_is_never_reached(address: str) -> None:
    """PYSEC-2026-2995: a guard that asked `ipaddress.is_global` was passed by these."""
    assert classify(address).kind == "never"


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254", "169.254.170.2", "169.254.170.23", "169.254.42.42", "169.254.0.23", "100.100.100.200",
        "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fd00:c1::a9fe:a9fe",
        "fd00:42::42", "fd00:a9fe:a9fe::1", "fd00:100::100:200", "fe80::a9fe:a9fe",
    ],
)  # fmt: skip
def test_metadata_of_clouds_is_never_reached(address: str) -> None:
    verdict = classify(address)
    assert verdict.kind == "never"
    assert "metadata" in verdict.name or "link-local" in verdict.name


@pytest.mark.parametrize("address", ["2001:200::1", "2400::1", "2606:4700::1111", "2a00:1450::1", "2620:4f:7fff::1"])
def test_ordinary_addresses_of_ipv6_are_public(address: str) -> None:
    assert classify(address).kind == "public"


@pytest.mark.parametrize(
    "text", ["", "a", "1.2.3", "01.2.3.4", "1.2.3.4 ", "fe80::1%eth0", "::1%1", "[::1]", "::g", "1"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    for read in (classify, canonical):
        with pytest.raises(ValueError, match=r"interface|address"):
            read(text)


def test_a_mapped_address_is_the_one_it_maps() -> None:
    assert canonical("::FFFF:1.2.3.4") == canonical("::ffff:102:304") == "1.2.3.4"
    assert is_loopback("::ffff:127.0.0.2")
    assert not is_loopback("::ffff:10.0.0.1")


def test_what_an_address_stands_for_can_be_told() -> None:
    for form, disguised in disguises("1.2.3.4").items():
        assert ("1.2.3.4" in spellings(disguised)) == (not form.startswith("isatap")), form
    assert spellings("::1") == ("::1",)


@given(st.ip_addresses())
def test_every_address_has_one_verdict(address: IPv4Address | IPv6Address) -> None:
    """And nothing outside what has been given out is public."""
    verdict = classify(str(address))
    assert verdict.source
    if verdict.kind == "public" and isinstance(address, IPv6Address):
        inside = spellings(str(address))[-1]
        assert address in ip_network("2000::/3") or classify(inside).kind == "public"
    if canonical(str(address)) != str(address):
        assert classify(canonical(str(address))).kind == verdict.kind


@given(st.ip_addresses(v=4))
def test_a_disguise_never_widens(address: IPv4Address) -> None:
    """No form of an address is allowed more than the address."""
    order = ["never", "local", "public"]
    plain = order.index(classify(str(address)).kind)
    assert all(order.index(classify(form).kind) <= plain for form in disguises(str(address)).values())
    assert ip_address(str(address)) == address
