"""Names are looked up once, in time, and never on the event loop."""

import asyncio
import socket
import threading
import time
from collections.abc import Sequence

import pytest

from thoth_ls.net.resolve import AT_ONCE, AT_ONCE_OF_ONE, HostNotFound, Resolver, system_lookup


def answering(*addresses: str) -> Resolver:
    return Resolver(lambda host, port: addresses)


async def test_addresses_are_in_one_form_and_once() -> None:
    resolver = answering("1.2.3.4", "::ffff:1.2.3.4", "2001:DB8::0:1", "1.2.3.4")
    assert await resolver.resolve("a.example", 80, 1) == ("1.2.3.4", "2001:db8::1")


async def test_an_address_is_its_own_and_asks_nobody() -> None:
    resolver = Resolver(lambda host, port: pytest.fail("asked"))
    assert await resolver.resolve("1.2.3.4", 80, 1) == ("1.2.3.4",)
    assert await resolver.resolve("::1", 80, 1) == ("::1",)


@pytest.mark.parametrize("host", ["localhost", "a.localhost"])
async def test_localhost_is_this_machine_whatever_anybody_says(host: str) -> None:
    assert await answering("93.184.216.34").resolve(host, 80, 1) == ("127.0.0.1", "::1")


@pytest.mark.parametrize("addresses", [(), ("fe80::1%lo",), ("nonsense",), [f"10.0.0.{n}" for n in range(65)]])
async def test_answers_that_cannot_be_used_are_none(addresses: Sequence[str]) -> None:
    with pytest.raises(HostNotFound, match=r"a\.example"):
        await answering(*addresses).resolve("a.example", 80, 1)


async def test_a_name_nobody_knows_says_so() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(HostNotFound, match="Name or service not known"):
        await Resolver(unknown).resolve("a.example", 80, 1)


async def test_a_slow_answer_is_not_waited_for_and_blocks_nothing() -> None:
    go_on = threading.Event()

    def slow(host: str, port: int) -> Sequence[str]:
        go_on.wait(10)
        return ["1.2.3.4"]

    resolver = Resolver(slow)
    began = time.monotonic()
    wanted = [resolver.resolve(f"a{number}.example", 80, 0.2, f"plugin {number}") for number in range(3 * AT_ONCE)]
    outcomes = await asyncio.gather(*wanted, return_exceptions=True)
    assert time.monotonic() - began < 5
    assert all(isinstance(outcome, HostNotFound) for outcome in outcomes)
    assert sum(thread.name == "thoth-resolve" for thread in threading.enumerate()) <= AT_ONCE
    go_on.set()
    assert await resolver.resolve("a.example", 80, 5) == ("1.2.3.4",)


async def test_the_system_knows_addresses_alone_of_this_machine() -> None:
    assert system_lookup("127.0.0.1", 80) == ["127.0.0.1"]
    with pytest.raises(HostNotFound):
        await Resolver().resolve("no-such-host.invalid", 80, 10)


@pytest.mark.parametrize("address", ["fe80::1"])
def test_addresses_of_one_interface_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, 80, 0, 2))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: rows)
    with pytest.raises(ValueError, match="interface"):
        system_lookup("a.example", 80)


async def test_one_plugin_cannot_keep_others_from_their_names() -> None:
    """It may ask for names whose servers never answer; each holds a thread for as long as the system waits."""
    go_on = threading.Event()

    def slow(host: str, port: int) -> Sequence[str]:
        if host.startswith("slow"):
            go_on.wait(10)
        return ["1.2.3.4"]

    resolver = Resolver(slow)
    for _ in range(3):  # those that gave up leave their threads behind
        stuck = [resolver.resolve(f"slow{number}.example", 80, 0.1, "greedy") for number in range(2 * AT_ONCE)]
        assert all(isinstance(each, HostNotFound) for each in await asyncio.gather(*stuck, return_exceptions=True))
    assert sum(thread.name == "thoth-resolve" for thread in threading.enumerate()) <= AT_ONCE_OF_ONE
    assert await resolver.resolve("a.example", 80, 5, "modest") == ("1.2.3.4",)
    go_on.set()
    assert await resolver.resolve("a.example", 80, 5, "greedy") == ("1.2.3.4",)
