"""The gate carries out what the judge says, in order, and looks up no name too early."""

from pathlib import Path

import pytest

from tests.net.places import Names, Unlimited, gate, grant, http, plugin, tcp
from thoth_ls.net.judge import Allowed, Ask, Refused
from thoth_ls.net.model import ConsentPending, NetworkRefused
from thoth_ls.net.resolve import HostNotFound
from thoth_ls.settings import Settings


async def test_no_name_is_looked_up_before_it_is_allowed(tmp_path: Path) -> None:
    names = Names(a__example=["93.184.216.34"])
    door = gate(tmp_path, names)
    with pytest.raises(ConsentPending, match="waiting for user consent"):
        await door.check(plugin(), http("https://a.example/"))
    assert names.asked == []


async def test_what_is_allowed_is_looked_up_once(tmp_path: Path) -> None:
    names = Names(a__example=[["93.184.216.34", "93.184.216.35"], ["10.0.0.1"]])
    door, guest = gate(tmp_path, names), plugin()
    await door.decisions.keep(guest, grant("https://a.example"))
    checked = await door.check(guest, http("https://a.example/"))
    assert checked.addresses == ("93.184.216.34", "93.184.216.35")
    assert not checked.local
    assert checked.dns_ms is not None
    assert names.asked == ["a.example"]
    with pytest.raises(ConsentPending):  # the name has moved to a private network
        await door.check(guest, http("https://a.example/"))


async def test_a_person_is_shown_where_it_leads(tmp_path: Path) -> None:
    door = gate(tmp_path, Names(a__example=["192.168.1.5"], b__example=["169.254.169.254"]))
    looked = await door.look(plugin(), http("http://a.example/"))
    assert (looked.addresses, looked.local, looked.because) == (("192.168.1.5",), True, "")
    with pytest.raises(NetworkRefused):
        await door.look(plugin(), http("http://b.example/"))
    with pytest.raises(HostNotFound):
        await door.look(plugin(), http("http://c.example/"))


async def test_what_is_refused_counts_for_no_limit_and_the_rest_does(tmp_path: Path) -> None:
    door = gate(tmp_path, Names(), blocked=["b.example"])
    limit = door._allowance
    assert isinstance(limit, Unlimited)
    with pytest.raises(NetworkRefused):
        await door.check(plugin(), http("https://b.example/"))
    assert limit.admitted == []
    with pytest.raises(ConsentPending):
        await door.check(plugin(), http("https://a.example/"))
    assert limit.admitted == ["a.example"]
    limit.full = True
    with pytest.raises(NetworkRefused, match="too many"):
        await door.check(plugin(), http("https://a.example/"))


async def test_settings_hold_from_the_next_attempt_on(tmp_path: Path) -> None:
    names = Names(a__example=["93.184.216.34"])
    door, guest = gate(tmp_path, names), plugin()
    await door.decisions.keep(guest, grant("https://a.example"))
    await door.check(guest, http("https://a.example/"))
    door.settings = Settings.model_validate({"network": {"blocked": ["*.example"]}})
    with pytest.raises(NetworkRefused, match="blocked"):
        await door.check(guest, http("https://a.example/"))


async def test_an_entry_that_blocks_nothing_is_told_of_once(tmp_path: Path) -> None:
    door, told = gate(tmp_path), list[str]()
    door._report = told.append
    for level in ("info", "debug"):
        door.settings = Settings.model_validate(
            {"network": {"blocked": ["a b", "10.0.0.0/8", "*.example"]}, "log_level": level}
        )
    assert len(told) == 1
    assert "'a b'" in told[0]


async def test_what_changes_while_a_name_is_looked_up_holds(tmp_path: Path) -> None:
    class Slow(Names):
        async def resolve(self, host: str, port: int, seconds: float, whose: str = "") -> tuple[str, ...]:
            await door.decisions.keep(guest, grant("https://a.example", decision="denied"))
            return await super().resolve(host, port, seconds)

    door, guest = gate(tmp_path, Slow(a__example=["93.184.216.34"])), plugin()
    await door.decisions.keep(guest, grant("https://*.example"))
    with pytest.raises(NetworkRefused, match="denied"):
        await door.check(guest, http("https://a.example/"))


async def test_nobody_is_asked_about_a_place_we_listen_at_ourselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever allowed it would be told that it cannot be."""
    monkeypatch.setattr("thoth_ls.net.dial.is_ours", lambda address, port: port == 4711)
    door = gate(tmp_path)
    assert (await door.look(plugin(), http("http://127.0.0.1:4712/"))).local
    with pytest.raises(NetworkRefused, match="itself listens"):
        await door.look(plugin(), http("http://127.0.0.1:4711/"))


async def test_a_public_address_of_this_machine_is_local(tmp_path: Path) -> None:
    door, guest = gate(tmp_path, Names(a__example=["93.184.216.34"]), own=["93.184.216.34"]), plugin()
    await door.decisions.keep(guest, grant("https://a.example"))
    with pytest.raises(ConsentPending):
        await door.check(guest, http("https://a.example/"))
    await door.decisions.keep(guest, grant("https://a.example:443", local=True))
    assert (await door.check(guest, http("https://a.example/"))).local


async def test_tcp_is_judged_by_the_same_rules(tmp_path: Path) -> None:
    door, guest = gate(tmp_path), plugin()
    with pytest.raises(ConsentPending):
        await door.check(guest, tcp("127.0.0.1", 5432))
    await door.decisions.keep(guest, grant("tcp://127.0.0.1:5432", local=True))
    assert (await door.check(guest, tcp("127.0.0.1", 5432))).addresses == ("127.0.0.1",)
    with pytest.raises(NetworkRefused, match="never"):
        await door.check(guest, tcp("169.254.169.254", 80))


async def test_what_was_allowed_once_is_used_up(tmp_path: Path) -> None:
    names = Names(a__example=["10.0.0.1"])
    door, guest = gate(tmp_path, names), plugin()
    attempt = http("http://a.example/")
    door.decisions.once(guest, await door.look(guest, attempt))
    assert (await door.check(guest, attempt)).local
    assert (await door.check(guest, attempt)).local
    door.decisions.spend(guest, [attempt.target])
    with pytest.raises(ConsentPending):
        await door.check(guest, attempt)


async def test_what_is_under_way_is_judged_by_what_is_decided_now(tmp_path: Path) -> None:
    """By the addresses it has: nothing is looked up again."""
    names = Names(a__example=["93.184.216.34"])
    door = gate(tmp_path, names)
    who = plugin()
    attempt = tcp("a.example", 5432)
    await door.decisions.keep(who, grant("tcp://a.example:5432"))
    checked = await door.check(who, attempt)
    assert isinstance(door.again(who, attempt, checked), Allowed)
    await door.decisions.forget(who, "tcp://a.example:5432", "untilClosed")
    assert isinstance(door.again(who, attempt, checked), Ask)
    door.settings = Settings.model_validate({"network": {"enabled": False}})
    assert isinstance(door.again(who, attempt, checked), Refused)
    assert names.asked == ["a.example"]
