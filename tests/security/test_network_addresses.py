"""Attacks by where a plugin says it goes: whatever was granted, none of them reaches a resolver or a socket.

The plugin declares everything, is granted every host, and gets a local grant for the very place where that can be
given. The whole way is real: addresses are parsed, judged, looked up and dialled as for any plugin. What the process
reaches for is noted by an audit hook.
"""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import pytest

from tests.net.places import Names, gate, grant, http, plugin, tcp
from tests.net.test_addresses import LOCAL4, NEVER4, disguises
from tests.net.test_target import NUMBERS
from tests.security.reaching import watched
from thoth_ls.errors import InputInvalid
from thoth_ls.net.dial import dial
from thoth_ls.net.gate import Gate
from thoth_ls.net.model import Attempt, ConsentPending, NetworkRefused
from thoth_ls.net.ranges import RANGES
from thoth_ls.net.resolve import Resolver

NEVER = [ip_network(text) for text, kind, _, _ in RANGES if kind == "never"]
LOCAL = [ip_network(text) for text, kind, _, _ in RANGES if kind == "local"]
GUEST = plugin()


def written(address: object) -> str:
    return f"[{address}]" if ":" in str(address) else str(address)


def attempts(host: str) -> list[Attempt]:
    """The same place by HTTP, TLS and TCP."""
    return [http(f"http://{host}/"), http(f"https://{host}:8443/"), tcp(host, 5432)]


async def granting(state: Path, names: Names | Resolver, *local: str) -> Gate:
    """A gate that lets the plugin through as far as anybody can."""
    door = gate(state, names)
    for pattern in ("*", "tcp://*:*"):
        await door.decisions.keep(GUEST, grant(pattern))
    for host in local:
        for pattern in (f"http://{host}:80", f"https://{host}:8443", f"tcp://{host}:5432"):
            await door.decisions.keep(GUEST, grant(pattern, local=True))
    return door


async def reach(door: Gate, attempt: Attempt) -> None:
    (await dial(await door.check(GUEST, attempt), 10)).close()


async def refused_everywhere(door: Gate, host: str) -> None:
    with watched() as reached:
        for attempt in attempts(host):
            with pytest.raises(NetworkRefused) as refused:
                await reach(door, attempt)
            assert not isinstance(refused.value, ConsentPending), "nobody shall be asked about it"
            with pytest.raises(NetworkRefused):
                await door.look(GUEST, attempt)
    assert reached == []


@pytest.mark.parametrize("network", NEVER, ids=str)
async def test_no_address_of_a_range_that_is_never_reached(network: IPv4Network | IPv6Network, tmp_path: Path) -> None:
    """First, last and middle of each range, written as an address, with a local grant for that very place."""
    for address in (network[0], network[-1], network[network.num_addresses // 2]):
        door = await granting(tmp_path, Names(), written(address))
        await refused_everywhere(door, written(address))


@pytest.mark.parametrize("network", NEVER, ids=str)
async def test_no_name_that_leads_to_such_a_range(network: IPv4Network | IPv6Network, tmp_path: Path) -> None:
    """The name is looked up, as it was granted; nothing is dialled."""
    address = str(network[network.num_addresses // 2])
    if network.prefixlen == 0:
        address = "4000::1"
    door = await granting(tmp_path, Resolver(lambda host, port: [address]), "innocent.example")
    for attempt in attempts("innocent.example"):
        with watched() as reached, pytest.raises(NetworkRefused, match="never"):
            await reach(door, attempt)
        assert reached == []


@pytest.mark.parametrize("address", [*NEVER4, *LOCAL4])
async def test_no_disguise_of_an_address_leads_further_than_the_address(address: str, tmp_path: Path) -> None:
    for form, disguised in disguises(address).items():
        if form == "mapped" and address in LOCAL4:
            continue  # the same place as without, which a person may allow
        await refused_everywhere(await granting(tmp_path, Names(), f"[{disguised}]"), f"[{disguised}]")


@pytest.mark.parametrize("network", LOCAL, ids=str)
async def test_no_local_address_without_a_grant_of_its_own(network: IPv4Network | IPv6Network, tmp_path: Path) -> None:
    """A grant of every host is none of this machine or the networks it is in, by address or by name."""
    for address in {network[0], network[1], network[-1]} if network.num_addresses > 1 else {network[0]}:
        door = await granting(tmp_path, Names(innocent__example=[str(address)]))
        for host in (written(address), "innocent.example"):
            for attempt in attempts(host):
                with watched() as reached, pytest.raises(ConsentPending):
                    await reach(door, attempt)
                assert reached == []


SPELLINGS = [
    *NUMBERS, "127.0.0.1%2eexample.com", "127.0.0.1%00.example.com", "127。0。0.0x1", "\uff11\uff12\uff17.1",
    "[::1%25lo]", "[fe80::1%eth0]", "127.0.0.1:80:80",
    "[::ffff:0x7f.1]", "[0:0:0:0:0:0:0:0:1]", "user@127.0.0.1", "example.com@127.0.0.1", "127.0.0.1 .example.com",
    "127.0.0.1\\@example.com", "127.0.0.1\t", "\n127.0.0.1", "127.0.0.1:",
    "127.0.0.1,example.com", "example.com;127.0.0.1", "loc%61lhost", "a_b..c", "$(x)", "xn--a.\u2488com", "a\u200b..b",
]  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
async def test_no_spelling_that_others_read_as_another_place(host: str) -> None:
    with watched() as reached:
        for url in (f"http://{host}/", f"https://{host}/x"):
            with pytest.raises(NetworkRefused):
                http(url)
        with pytest.raises(NetworkRefused):
            tcp(host, 5432)
    assert reached == []


@pytest.mark.parametrize(
    "host", ["①②⑦.⓪.⓪.①", "\uff11\uff12\uff17。0\uff0e0\uff611", "127.0.0.1.", "[::ffff:7f00:1]", "[::FFFF:127.0.0.1]"]
)
async def test_every_spelling_of_loopback_is_loopback(host: str, tmp_path: Path) -> None:
    """These have one form, and that is judged."""
    door = await granting(tmp_path, Names())
    assert http(f"http://{host}/").target.host == "127.0.0.1"
    with watched() as reached, pytest.raises(ConsentPending):
        await reach(door, http(f"http://{host}/"))
    assert reached == []


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "metadata.localhost", "\uff2c\uff2f\uff23\uff21\uff2c\uff28\uff2f\uff33\uff34"]
)
async def test_names_of_this_machine_ask_no_server_of_names(host: str, tmp_path: Path) -> None:
    """Nobody else can say what they are."""
    door = await granting(tmp_path, Resolver(lambda name, port: pytest.fail("asked")))
    with watched() as reached, pytest.raises(ConsentPending):
        await reach(door, http(f"http://{host}/"))
    assert reached == []


async def test_rebinding_between_the_judgement_and_the_connection(tmp_path: Path) -> None:
    """The name is looked up once; what is connected to is what was judged, whatever the name says by then."""
    answers = [["93.184.216.34"], ["127.0.0.1"], ["169.254.169.254"]]
    asked: list[str] = []

    def changing(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    door = await granting(tmp_path, Resolver(changing))
    checked = await door.check(GUEST, http("http://rebinding.example/"))
    assert (checked.addresses, asked) == (("93.184.216.34",), ["rebinding.example"])
    with pytest.raises(ConsentPending):
        await door.check(GUEST, http("http://rebinding.example/"))
    with pytest.raises(NetworkRefused, match=r"169\.254\.169\.254"):
        await door.check(GUEST, http("http://rebinding.example/"))


async def test_rebinding_between_the_question_and_the_next_request(tmp_path: Path) -> None:
    """A local grant is for the addresses the person was shown."""
    door = await granting(tmp_path, Names(dev__example=[["192.168.1.5"], ["192.168.1.6"]]))
    shown = await door.look(GUEST, http("http://dev.example/"))
    await door.decisions.keep(GUEST, grant("http://dev.example", local=True, addresses=list(shown.addresses)))
    with watched() as reached, pytest.raises(ConsentPending):
        await reach(door, http("http://dev.example/"))
    assert reached == []


@pytest.mark.parametrize(
    "answers",
    [
        ["93.184.216.34", "127.0.0.1"],
        ["10.0.0.1", "2606:4700::1111"],
        ["93.184.216.34", "169.254.169.254"],
        ["93.184.216.34", "::ffff:10.0.0.1"],
        ["93.184.216.34", "64:ff9b::7f00:1"],
        [*(f"93.184.216.{number}" for number in range(60)), "127.0.0.1"],
    ],
)
async def test_answers_of_which_one_does_not_pass(answers: list[str], tmp_path: Path) -> None:
    door = await granting(tmp_path, Resolver(lambda host, port: answers), "mixed.example")
    for attempt in attempts("mixed.example"):
        with watched() as reached, pytest.raises(NetworkRefused) as refused:
            await reach(door, attempt)
        assert reached == []
        assert not isinstance(refused.value, ConsentPending)


async def test_a_redirect_is_judged_like_a_request(tmp_path: Path) -> None:
    """From a granted public host to this machine, and to metadata."""
    door = await granting(tmp_path, Names())
    before = http("https://granted.example/").target
    for url in ("http://127.0.0.1:8080/", "http://[::1]/", "http://10.0.0.1/"):
        with watched() as reached, pytest.raises(ConsentPending):
            await reach(door, http(url, before))
        assert reached == []
    with pytest.raises(NetworkRefused, match="never"):
        await reach(door, http("http://169.254.169.254/latest/meta-data/", before))


@pytest.mark.parametrize("pattern", ["*", "tcp://*:*", "*.example:80", "http://*", "localhost", "127.0.0.1"])
async def test_no_local_grant_of_many_places_can_be_given(pattern: str, tmp_path: Path) -> None:
    door = gate(tmp_path)
    with pytest.raises(InputInvalid):
        await door.decisions.keep(GUEST, grant(pattern, local=True))


async def test_metadata_by_tcp(tmp_path: Path) -> None:
    door = await granting(tmp_path, Resolver(lambda host, port: ["169.254.169.254"]), "169.254.169.254", "db.example")
    with watched() as reached:
        for host in ("169.254.169.254", "db.example"):
            with pytest.raises(NetworkRefused, match="never"):
                await reach(door, tcp(host, 5432))
    assert reached == []


async def test_what_is_allowed_is_seen_to_be_reached(tmp_path: Path) -> None:
    """The watch of these tests sees what they look for."""
    door = await granting(tmp_path, Names(), "127.0.0.1")
    with watched() as reached, pytest.raises(NetworkRefused):
        await reach(door, tcp("127.0.0.1", 5432))
    assert len(reached) == 1
    assert "127.0.0.1" in reached[0]
