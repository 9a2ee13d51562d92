"""TCP with servers at public, private and metadata addresses. Run by `test_namespace.py`, in a namespace of its own."""

from contextlib import AsyncExitStack
from typing import Self

import pytest

from tests.net.namespace.interfaces import AZURE, INTRANET, METADATA, OTHER_SHOP, SHOP, SHOP6, make_up
from tests.net.namespace.names import Answers
from tests.net.places import grant
from tests.net.servers import Certificates, RawServer, raw
from tests.net.tcp_stage import Stage, echo
from tests.security.reaching import watched
from thoth_ls.calling import CANNOT_CONNECT, INVALID, IO_FAILED, NOT_ALLOWED
from thoth_ls.net.dial import dial
from thoth_ls.net.model import Checked, NetworkRefused, Target
from thoth_ls.net.own_ports import on_this_machine

PORT = 5432


@pytest.fixture(scope="module", autouse=True)
def addresses() -> None:
    make_up()


class Net(AsyncExitStack):
    """Servers at these addresses, all with the same port; and how often each was connected to."""

    def __init__(self, *addresses: str) -> None:
        super().__init__()
        self._addresses = addresses
        self.servers: dict[str, RawServer] = {}

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        for address in self._addresses:
            self.servers[address] = await self.enter_async_context(raw(echo, host=address, port=PORT))
        return self

    @property
    def connections(self) -> dict[str, int]:
        return {address: server.connections for address, server in self.servers.items() if server.connections}


def asking(stage: Stage, answers: Answers) -> Stage:
    """The stage with names that resolve so."""
    stage.gate._resolver = answers.resolver
    return stage


async def said_back(stage: Stage, number: int) -> bytes:
    await stage.call("write", number, b"hello")
    return bytes(await stage.call("read", number, 100))


async def test_a_public_name_is_reached_at_the_address_that_was_checked(stage: Stage) -> None:
    asking(stage, Answers(shop_example=[[SHOP, SHOP6]]))
    await stage.allow(PORT, "shop.example", local=False)
    async with Net(SHOP, SHOP6, "127.0.0.1") as net:
        number = await stage.call("connect", "shop.example", PORT, False)
        assert await said_back(stage, number) == b"hello"
        await stage.call("close", number)
        assert net.connections == {SHOP: 1}
    assert stage.entries[-1].address == SHOP


async def test_the_other_family_is_used_where_one_leads_nowhere(stage: Stage) -> None:
    asking(stage, Answers(shop_example=[["2a00:1450:4001:81b::200e", SHOP]]))
    await stage.allow(PORT, "shop.example", local=False)
    async with Net(SHOP) as net:
        await stage.call("connect", "shop.example", PORT, False)
        assert net.connections == {SHOP: 1}


@pytest.mark.parametrize("inside", ["127.0.0.1", INTRANET, METADATA])
async def test_rebinding_between_the_check_and_the_connection(stage: Stage, inside: str) -> None:
    """The name is asked for once; whatever it would answer next, nobody hears it."""
    answers = Answers(rebind_example=[[SHOP], [inside]])
    asking(stage, answers)
    await stage.allow(PORT, "rebind.example", local=False)
    async with Net(SHOP, inside) as net:
        with watched() as reached:
            number = await stage.call("connect", "rebind.example", PORT, False)
        assert answers.asked["rebind.example"] == 1
        assert [note for note in reached if "getaddrinfo" in note or "gethostby" in note] == []
        assert await said_back(stage, number) == b"hello"
        assert net.connections == {SHOP: 1}


@pytest.mark.parametrize(("inside", "asked"), [("127.0.0.1", 1), (INTRANET, 1), (METADATA, 0), (AZURE, 0)])
async def test_rebinding_between_two_connections(stage: Stage, inside: str, asked: int) -> None:
    """What was allowed was a public place. Of one inside a person is asked anew, and of some nobody is."""
    asking(stage, Answers(rebind_example=[[SHOP], [inside]]))
    await stage.allow(PORT, "rebind.example", local=False)
    stage.person.allows = False
    async with Net(SHOP, inside) as net:
        await stage.call("connect", "rebind.example", PORT, False)
        code, _ = await stage.refusal("connect", "rebind.example", PORT, False)
        assert code == NOT_ALLOWED
        assert net.connections == {SHOP: 1}
    assert [checked.addresses for checked in stage.person.shown] == [(inside,)] * asked
    assert all(checked.local for checked in stage.person.shown)


async def test_rebinding_while_a_person_decides(stage: Stage) -> None:
    """What the person was shown is what is connected to."""
    answers = Answers(rebind_example=[[SHOP], ["127.0.0.1"]])
    asking(stage, answers)
    async with Net(SHOP, "127.0.0.1") as net:
        await stage.call("connect", "rebind.example", PORT, False)
        assert [checked.addresses for checked in stage.person.shown] == [(SHOP,)]
        assert net.connections == {SHOP: 1}
    assert answers.asked["rebind.example"] == 1


async def test_rebinding_to_another_private_address(stage: Stage) -> None:
    """A grant about a private network holds for the addresses a person was shown."""
    asking(stage, Answers(nas_example=[["127.0.0.1"]]))
    await stage.allow(PORT, "nas.example", local=True, addresses=[INTRANET])
    stage.person.allows = False
    async with Net(INTRANET, "127.0.0.1") as net:
        assert (await stage.refusal("connect", "nas.example", PORT, False))[0] == NOT_ALLOWED
        assert net.connections == {}


@pytest.mark.parametrize(
    "answer", [[SHOP, "127.0.0.1"], ["127.0.0.1", SHOP], [SHOP, METADATA], [SHOP, OTHER_SHOP, INTRANET], [SHOP, "::1"]]
)
async def test_mixed_answers(stage: Stage, answer: list[str]) -> None:
    """One public address does not carry another one through."""
    asking(stage, Answers(mixed_example=[answer]))
    await stage.allow(PORT, "mixed.example", local=False)
    await stage.allow(PORT, "mixed.example", local=True)
    async with Net(*answer) as net:
        assert (await stage.refusal("connect", "mixed.example", PORT, False))[0] == NOT_ALLOWED
        assert net.connections == {}
    assert stage.person.shown == []


@pytest.mark.parametrize("address", [METADATA, AZURE])
@pytest.mark.parametrize(
    "spelled",
    ["{}", "::ffff:{}", "64:ff9b::{}", "2002:{hex}::", "::ffff:0:{}", "{decimal}", "{octal}", "named.example"],
)
async def test_metadata_by_tcp(stage: Stage, address: str, spelled: str) -> None:
    """However it is written, and although it would answer here."""
    first, second, third, fourth = (int(part) for part in address.split("."))
    number = first << 24 | second << 16 | third << 8 | fourth
    host = spelled.format(
        address,
        hex=f"{first << 8 | second:x}:{third << 8 | fourth:x}",
        decimal=number,
        octal=f"{first:#o}.{second}.{third}.{fourth}".replace("0o", "0"),
    )
    asking(stage, Answers(named_example=[[address]]))
    for pattern in ("tcp://*:*", f"tcp://named.example:{PORT}"):
        await stage.gate.decisions.keep(stage.plugin, grant(pattern))
    async with Net(address) as net:
        with watched() as reached:
            code, _ = await stage.refusal("connect", host, PORT, False)
        assert code == (INVALID if host.isdecimal() or host.startswith("0") else NOT_ALLOWED)
        assert [note for note in reached if "connect" in note and str(PORT) in note] == []
        assert net.connections == {}
    assert stage.person.shown == []


async def test_a_public_address_of_this_machine_is_not_public(stage: Stage) -> None:
    """A server that has one runs things that only listen to itself."""
    asking(stage, Answers(self_example=[[SHOP]]))
    stage.gate._own = on_this_machine
    await stage.allow(PORT, "self.example", local=False)
    stage.person.allows = False
    async with Net(SHOP) as net:
        assert (await stage.refusal("connect", "self.example", PORT, False))[0] == NOT_ALLOWED
        assert net.connections == {}
    assert [(checked.local, checked.addresses) for checked in stage.person.shown] == [(True, (SHOP,))]


async def test_a_peer_that_is_not_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux takes `0.0.0.0` for itself: were it ever let through, the peer would give it away."""
    monkeypatch.setattr("thoth_ls.net.dial.classify", lambda address: Public())
    async with Net("127.0.0.1") as net:
        with pytest.raises(NetworkRefused, match=r"ended at 127\.0\.0\.1, and 0\.0\.0\.0 was checked"):
            await dial(Checked(Target("tcp", "odd.example", PORT), ("0.0.0.0",), local=False), 5)
        assert net.connections.get("127.0.0.1", 0) <= 1  # and nothing was sent


class Public:
    kind = "public"


async def test_certificates_are_those_of_the_name(stage: Stage, certificates: Certificates) -> None:
    """Whatever address it has: the name is what the person allowed."""
    asking(stage, Answers(shop_example=[[SHOP]], other_example=[[SHOP]]))
    trusted = {"verification": "caFile", "ca_file": str(certificates.ca_file), "local": False}
    await stage.allow(PORT, "shop.example", **trusted)
    await stage.allow(PORT, "other.example", **trusted)
    async with raw(echo, tls=certificates.server("shop.example"), host=SHOP, port=PORT):
        number = await stage.call("connect", "shop.example", PORT, True)
        assert await said_back(stage, number) == b"hello"
        await stage.call("close", number)
        code, said = await stage.refusal("connect", "other.example", PORT, True)
        assert (code, "is not for other.example" in said) == (IO_FAILED, True)


async def test_a_place_that_does_not_answer(stage: Stage) -> None:
    """No way leads there from here."""
    asking(stage, Answers(far_example=[["198.41.0.4"]]))
    await stage.allow(PORT, "far.example", local=False)
    code, said = await stage.refusal("connect", "far.example", PORT, False)
    assert (code, said) == (
        CANNOT_CONNECT,
        f"cannot connect to tcp://far.example:{PORT} (198.41.0.4): network is unreachable",
    )
