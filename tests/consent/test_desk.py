"""A person decides what a plugin reaches: asked once about equal things, one at a time, and not for ever."""

import asyncio

import pytest

from tests.consent.network import (
    PLUGIN,
    PUBLIC,
    REASON,
    Room,
    attempt,
    settle,
    target,
)
from thoth_ls.net.model import WAITING, Attempt, Checked, NetworkRefused, Target
from thoth_ls.wire.network import Choice


async def test_the_question_says_who_wants_to_go_where_and_why(room: Room) -> None:
    room.decisions.addresses, room.decisions.local = ("127.0.0.1", "::1"), True
    before = Target("https", "short.example", 443)
    asking = room.ask(
        Attempt("http", Target("http", "dev.example", 8080), "POST", "http://dev.example:8080/?a=b", before)
    )
    question = await room.person.answer("once")
    assert question.model_dump() == {
        "plugin_id": "org.example.plugin",
        "plugin_name": "Example",
        "version": "1.2.0",
        "origin": "user",
        "kind": "http",
        "method": "POST",
        "target": "http://dev.example:8080",
        "host": "dev.example",
        "port": 8080,
        "addresses": ["127.0.0.1", "::1"],
        "local": True,
        "reason": REASON,
        "redirected_from": "https://short.example:443",
        "waiting": 1,
    }
    assert (await asking).addresses == ("127.0.0.1", "::1")


async def test_tcp_gives_the_reason_of_its_own_need(room: Room) -> None:
    asking = room.ask(Attempt("tcp", Target("tcp", "db.example", 5432)))
    question = await room.person.answer("always")
    assert (question.reason, question.target) == ("Asks the database.", "tcp://db.example:5432")
    await asking
    assert [grant.pattern for grant in room.decisions.grants] == ["tcp://db.example:5432"]


async def test_once_is_for_this_one_and_keeps_nothing(room: Room) -> None:
    asking = room.ask()
    await room.person.answer("once")
    assert await asking == Checked(target(), PUBLIC, local=False, because="you allowed it once")
    assert room.decisions.grants == []
    again = room.ask()
    await room.person.answer("once")
    await again
    assert len(room.person.questions) == 2


@pytest.mark.parametrize(("choice", "duration"), [("always", "user"), ("untilClosed", "untilClosed")])
async def test_what_is_allowed_for_longer_is_kept_for_this_place_alone(
    room: Room, choice: Choice, duration: str
) -> None:
    asking = room.ask()
    await room.person.answer(choice)
    assert (await asking).because == "you allowed https://api.example.com"
    (grant,) = room.decisions.grants
    assert (grant.pattern, grant.decision, grant.duration) == ("https://api.example.com", "allowed", duration)
    assert (grant.local, grant.addresses, grant.verification, grant.ca_file) == (False, [], "verify", None)


@pytest.mark.parametrize(
    ("host", "addresses", "kept"),
    [
        ("dev.example", ("192.168.1.5",), ["192.168.1.5"]),
        ("localhost", ("127.0.0.1", "::1"), []),
        ("api.localhost", ("127.0.0.1",), []),
    ],
)
async def test_a_grant_for_local_addresses_is_of_its_own_kind(
    room: Room, host: str, addresses: tuple[str, ...], kept: list[str]
) -> None:
    """And for the addresses the person has seen, unless the name itself says which they are."""
    room.decisions.addresses, room.decisions.local = addresses, True
    asking = room.ask(attempt(host))
    await room.person.answer("always")
    await asking
    (grant,) = room.decisions.grants
    assert (grant.local, grant.addresses) == (True, kept)


async def test_denied_says_how_to_undo_it_and_never_that_it_waits(room: Room) -> None:
    said = await room.denied()
    assert said == (
        "https://api.example.com:443 was not reached: you denied it; to undo that, allow it in the view"
        ' "Network Access", or run: thoth network allow org.example.plugin https://api.example.com:443'
    )
    assert WAITING not in said
    assert room.decisions.grants == []


async def test_denied_for_good_is_kept(room: Room) -> None:
    room.decisions.addresses, room.decisions.local = ("127.0.0.1",), True
    assert "for good" in await room.denied("denyAlways")
    (grant,) = room.decisions.grants
    assert (grant.decision, grant.duration, grant.local, grant.addresses) == ("denied", "user", False, [])


async def test_equal_attempts_share_a_question_and_its_answer(room: Room) -> None:
    asking = [room.ask() for _ in range(100)]
    question = await room.person.answer("once")
    assert question.waiting == 100
    assert len({(await each).addresses for each in asking}) == 1
    assert len(room.person.questions) == 1


async def test_once_is_not_for_those_who_came_after_the_question(room: Room) -> None:
    """The person saw how many there were."""
    first = room.ask()
    await room.person.asked()
    second = room.ask()
    await settle()
    await room.person.answer("once")
    await first
    assert not second.done()
    await room.person.answer("once")
    await second
    assert [question.waiting for question in room.person.questions] == [1, 1]


async def test_always_is_for_those_who_came_after_the_question_too(room: Room) -> None:
    first = room.ask()
    await room.person.asked()
    second, other = room.ask(), room.ask(attempt(method="DELETE"))
    await settle()
    await room.person.answer("always")
    await asyncio.wait_for(asyncio.gather(first, second, other), 5)
    assert len(room.person.questions) == 1


async def test_denying_one_method_denies_the_others_that_wait(room: Room) -> None:
    first, second = room.ask(), room.ask(attempt(method="DELETE"))
    await room.person.answer("deny")
    for asking in (first, second):
        with pytest.raises(NetworkRefused, match="denied"):
            await asyncio.wait_for(asking, 5)
    assert len(room.person.questions) == 1


async def test_no_name_is_looked_up_before_its_question_s_turn(room: Room) -> None:
    first, second = room.ask(attempt("a.example")), room.ask(attempt("b.example"))
    await room.person.asked()
    await settle()
    assert room.decisions.looked == ["a.example"]
    await room.person.answer("once")
    await room.person.answer("once")
    await asyncio.gather(first, second)
    assert room.decisions.looked == ["a.example", "b.example"]


async def test_what_cannot_be_looked_up_is_refused_without_a_question(room: Room) -> None:
    async def look() -> Checked:
        raise NetworkRefused("api.example.com has no address", 1)

    asking = [asyncio.create_task(room.desk.ask(PLUGIN, attempt(), look)) for _ in range(3)]
    for each in asking:
        with pytest.raises(NetworkRefused, match="has no address") as caught:
            await asyncio.wait_for(each, 5)
        assert caught.value.code == 1
    assert room.person.questions == []


@pytest.mark.parametrize(
    ("where", "command"),
    [
        (target(), "https://api.example.com:443 (with --local behind it where that is in your own network)"),
        (Target("http", "localhost", 8080), "http://localhost:8080 --local"),
        (Target("http", "a.localhost", 8080), "http://a.localhost:8080 --local"),
        (Target("tcp", "::1", 5432), "tcp://[::1]:5432 --local"),
        (Target("https", "192.168.1.5", 443), "https://192.168.1.5:443 --local"),
        (Target("https", "93.184.215.14", 443), "https://93.184.215.14:443"),
    ],
)
async def test_with_nobody_to_ask_it_is_refused_with_the_command_that_allows_it(
    room: Room, where: Target, command: str
) -> None:
    room.desk.ask_person = None
    said = await room.refused(Attempt("http", where, "GET"))
    assert said.endswith(f"is not approved, and there is nobody to ask; run: thoth network allow {PLUGIN.id} {command}")
    assert room.decisions.looked == []
