"""How often, and how much at once."""

import asyncio
import tomllib
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.clock import Clock
from thoth_ls.calling import TOO_MANY
from thoth_ls.catalog.manifest import Manifest
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.net.allowance import AT_ONCE, MOST_HOSTS, WAITING, Allowance
from thoth_ls.net.model import NetworkRefused
from thoth_ls.settings import NetworkSettings


def plugin(name: str = "net", network: str = "") -> Plugin:
    text = f'id = "com.example.{name}"\nname = "N"\nversion = "1.0.0"\ncapabilities = ["cli"]\n'
    text += f'description = "Reaches"\nauthor = "Us"\n{network}'
    return Plugin(Path("/nowhere"), "user", Manifest.model_validate(tomllib.loads(text)))


def allowance(clock: Clock, minute: int = 60, host: int = 0) -> Allowance:
    settings = NetworkSettings(requests_per_minute=minute, requests_per_minute_per_host=host)
    return Allowance(settings, clock)


def admitted(allowance: Allowance, plugin: Plugin, times: int, host: str = "a.example") -> int:
    """How many of so many were admitted."""
    count = 0
    for _ in range(times):
        try:
            allowance.admit(plugin, host)
            count += 1
        except NetworkRefused:
            continue
    return count


def test_a_minutes_worth_at_once_and_then_evenly() -> None:
    clock = Clock()
    some = allowance(clock, minute=60)
    assert admitted(some, plugin(), 100) == 60
    clock.now += 5
    assert admitted(some, plugin(), 100) == 5
    clock.now += 3600
    assert admitted(some, plugin(), 100) == 60


def test_says_the_limit_and_when_to_go_on() -> None:
    some = allowance(Clock(), minute=2)
    admitted(some, plugin(), 2)
    with pytest.raises(
        NetworkRefused, match=r"2 requests a minute \(setting thoth.network.requestsPerMinute\).*in 30 s"
    ):
        some.admit(plugin(), "a.example")


def test_zero_is_no_limit() -> None:
    assert admitted(allowance(Clock(), minute=0, host=0), plugin(), 10_000) == 10_000


def test_each_host_has_its_own() -> None:
    some = allowance(Clock(), minute=25, host=10)
    assert admitted(some, plugin(), 100, "a.example") == 10
    with pytest.raises(NetworkRefused, match=r"to a.example \(setting thoth.network.requestsPerMinutePerHost\)"):
        some.admit(plugin(), "a.example")
    assert admitted(some, plugin(), 100, "b.example") == 10
    assert admitted(some, plugin(), 100, "c.example") == 5


def test_each_plugin_has_its_own() -> None:
    some = allowance(Clock(), minute=10)
    assert admitted(some, plugin("one"), 100) == 10
    assert admitted(some, plugin("two"), 100) == 10


@pytest.mark.parametrize(("declared", "expected"), [(5, 5), (500, 10), (0, 10)])
def test_manifests_only_tighten(declared: int, expected: int) -> None:
    asked = plugin(network=f"[network]\nrate_limit_rpm = {declared}\n")
    assert admitted(allowance(Clock(), minute=10), asked, 1000) == expected


def test_manifests_tighten_where_there_is_no_limit() -> None:
    some = allowance(Clock(), minute=0)
    limited = plugin(network="[network]\nrate_limit_rpm = 7\n")
    assert admitted(some, limited, 1000) == 7
    with pytest.raises(NetworkRefused, match="rate_limit_rpm of its manifest"):
        some.admit(limited, "a.example")


def test_settings_hold_from_when_they_change() -> None:
    clock = Clock()
    some = allowance(clock, minute=1)
    assert admitted(some, plugin(), 10) == 1
    some.settings = NetworkSettings(requests_per_minute=0, requests_per_minute_per_host=0)
    assert admitted(some, plugin(), 1000) == 1000
    some.settings = NetworkSettings(requests_per_minute=3, requests_per_minute_per_host=0)
    assert admitted(some, plugin(), 1000) == 3


def test_many_hosts_do_not_fill_the_memory() -> None:
    some = allowance(Clock(), minute=0, host=1)
    for number in range(3 * MOST_HOSTS):
        some.admit(plugin(), f"h{number}.example")
    assert admitted(some, plugin(), 1, f"h{3 * MOST_HOSTS - 1}.example") == 0
    assert len(some._counts["com.example.net"].hosts) == MOST_HOSTS


async def test_more_than_so_many_wait_for_their_turn() -> None:
    """In order, and another plugin does not wait for this one."""
    some = allowance(Clock())
    ended: list[int] = []
    gate = asyncio.Event()

    async def work(number: int) -> None:
        async with some.slot(plugin()):
            await gate.wait()
            ended.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(AT_ONCE + 20)]
    await asyncio.sleep(0)
    async with some.slot(plugin("other")):
        assert ended == []
    gate.set()
    await asyncio.gather(*tasks)
    assert ended == list(range(AT_ONCE + 20))


async def test_the_line_is_not_endless() -> None:
    some = allowance(Clock())
    async with AsyncExitStack() as held:
        for _ in range(AT_ONCE):
            await held.enter_async_context(some.slot(plugin()))
        line = [asyncio.create_task(held.enter_async_context(some.slot(plugin()))) for _ in range(WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(NetworkRefused, match="under way") as told:
            async with some.slot(plugin()):
                pass
        assert told.value.code == TOO_MANY
        for task in line:
            task.cancel()
        await asyncio.gather(*line, return_exceptions=True)
    async with some.slot(plugin()):
        pass


async def test_a_turn_that_comes_to_somebody_who_has_left_goes_on() -> None:
    some = allowance(Clock())

    async def hold(until: asyncio.Event) -> None:
        async with some.slot(plugin()):
            await until.wait()

    gates = [asyncio.Event() for _ in range(AT_ONCE)]
    holding = [asyncio.create_task(hold(gate)) for gate in gates]
    await asyncio.sleep(0)
    leaving, staying = (asyncio.create_task(hold(gates[0])) for _ in range(2))
    await asyncio.sleep(0)
    gates[0].set()
    await holding[0]
    leaving.cancel()  # its turn came in the same moment
    await asyncio.wait_for(staying, 5)
    for gate in gates:
        gate.set()
    await asyncio.gather(*holding)


async def test_an_error_inside_gives_the_slot_back() -> None:
    some = allowance(Clock())
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError):
            async with some.slot(plugin()):
                raise ZeroDivisionError
