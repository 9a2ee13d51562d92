"""What is decided or set elsewhere holds against a question that is open, and takes it away."""

import asyncio
from functools import partial
from typing import Literal

import pytest

from tests.consent.network import (
    PLUGIN,
    FakeDecisions,
    Person,
    Room,
    attempt,
    plugin,
    settle,
    target,
)
from thoth_ls.consent.desk import Desk
from thoth_ls.net.model import NetworkRefused
from thoth_ls.wire.network import Choice, NetworkGrant


async def test_a_guest_that_is_gone_withdraws_its_question(room: Room) -> None:
    asking = room.ask()
    await room.person.asked()
    asking.cancel()
    await settle()
    assert room.person.withdrawn == ["https://api.example.com:443"]


@pytest.mark.parametrize("decision", ["allowed", "denied"])
async def test_what_is_decided_elsewhere_withdraws_the_question(
    room: Room, decision: Literal["allowed", "denied"]
) -> None:
    asking, other = room.ask(), room.ask(attempt("b.example"))
    await room.person.asked()
    grant = NetworkGrant(
        plugin_id=PLUGIN.id,
        pattern="https://api.example.com",
        decision=decision,
        duration="user",
        local=False,
        addresses=[],
        verification="verify",
        ca_file=None,
        since="",
    )
    await room.decisions.keep(PLUGIN, grant)
    if decision == "allowed":
        assert (await asyncio.wait_for(asking, 5)).target == target()
    else:
        with pytest.raises(NetworkRefused, match="was denied"):
            await asyncio.wait_for(asking, 5)
    assert room.person.withdrawn == ["https://api.example.com:443"]
    await room.person.answer("once")
    await other


async def test_who_asked_first_may_be_gone_when_it_is_decided_elsewhere(room: Room) -> None:
    first = room.ask()
    await room.person.asked()
    second = room.ask()
    await settle()
    first.cancel()
    await settle()
    assert room.person.withdrawn == []
    room.desk.stop(PLUGIN.id, "It was switched off.")
    with pytest.raises(NetworkRefused, match="It was switched off"):
        await asyncio.wait_for(second, 5)
    assert room.person.withdrawn == ["https://api.example.com:443"]


async def test_switching_the_network_off_withdraws_the_question(room: Room) -> None:
    asking = room.ask()
    await room.person.asked()
    room.decisions.off = True
    room.desk.look_again()
    with pytest.raises(NetworkRefused, match="The network is off"):
        await asyncio.wait_for(asking, 5)
    assert room.person.withdrawn == ["https://api.example.com:443"]


async def test_a_plugin_that_is_switched_off_is_not_asked_about_any_more(room: Room) -> None:
    asking, queued = [room.ask() for _ in range(3)], room.ask(attempt("b.example"))
    other = room.ask(by=plugin(plugin_id="org.example.other"))
    await room.person.asked()
    room.desk.stop(PLUGIN.id.upper(), "It was switched off.")
    for each in (*asking, queued):
        with pytest.raises(NetworkRefused, match="It was switched off"):
            await asyncio.wait_for(each, 5)
    assert room.person.withdrawn == ["https://api.example.com:443"]
    assert (await room.person.answer("once")).plugin_id == "org.example.other"
    await other


@pytest.mark.parametrize("choice", ["once", "untilClosed", "always"])
async def test_what_was_set_while_the_person_thought_holds_against_their_answer(room: Room, choice: Choice) -> None:
    asking = room.ask()
    await room.person.asked()
    room.decisions.off = True
    await room.person.answer(choice)
    with pytest.raises(NetworkRefused, match="The network is off"):
        await asking
    assert room.decisions.grants == []


async def test_an_answer_that_cannot_be_written_holds_until_the_server_ends(room: Room) -> None:
    room.decisions.unwritable = True
    asking = room.ask()
    await room.person.answer("always")
    await asking
    assert [grant.duration for grant in room.decisions.grants] == ["untilClosed"]
    assert room.reports == [
        "What you decided about https://api.example.com holds until Thoth is closed: The disk is full."
    ]


async def test_other_questions_to_the_person_are_not_covered_by_these() -> None:
    """Whoever shares the turn is asked before or after, never meanwhile."""
    turn, person, decisions = asyncio.Lock(), Person(), FakeDecisions()
    desk = Desk(decisions, decisions, person, turn=turn)
    await turn.acquire()
    asking = asyncio.create_task(desk.ask(PLUGIN, attempt(), partial(decisions.look, attempt())))
    await settle()
    assert person.questions == []
    assert decisions.looked == []
    turn.release()
    await person.answer("once")
    await asking
