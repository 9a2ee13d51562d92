"""A person who says no is left alone: by the place, by the plugin, and by one that begs."""

import asyncio
from functools import partial

import pytest

from tests.consent.network import (
    PLUGIN,
    Room,
    attempt,
    plugin,
    settle,
)
from thoth_ls.calling import TOO_MANY
from thoth_ls.consent.desk import MOST_QUESTIONS
from thoth_ls.consent.patience import DENIED_SECONDS, MOST_LOOKED_UP, PATIENCE, PLUGIN_PATIENCE, REST_SECONDS
from thoth_ls.net.model import Checked, NetworkRefused
from thoth_ls.wire.network import Choice


@pytest.mark.parametrize("choice", ["deny", None])
async def test_what_was_denied_or_waved_away_is_not_asked_again_for_a_minute(room: Room, choice: Choice | None) -> None:
    await room.denied(choice)
    assert "was denied just now" in await room.refused()
    assert "was denied just now" in await room.refused(attempt(method="POST"))
    room.clock.now += DENIED_SECONDS + 1
    await room.denied(choice)


async def test_what_was_denied_three_times_rests(room: Room) -> None:
    for _ in range(PATIENCE):
        await room.denied()
        room.clock.now += DENIED_SECONDS + 1
    assert "was denied 3 times and rests for 9 minutes" in await room.refused()
    room.clock.now += REST_SECONDS
    await room.denied()


async def test_a_plugin_that_is_denied_whatever_it_wants_rests(room: Room) -> None:
    """Else it would go through one host after another; other plugins are asked about as ever."""
    for number in range(PLUGIN_PATIENCE):
        await room.denied(about=attempt(f"h{number}.example"))
    assert "the plugin was denied 6 times lately" in await room.refused(attempt("new.example"))
    other = room.ask(by=plugin(plugin_id="org.example.other"))
    await room.person.answer("once")
    await other


async def test_undoing_a_decision_lets_it_be_asked_at_once(room: Room) -> None:
    await room.denied()
    await room.refused()
    room.desk.ask_again(PLUGIN)
    asking = room.ask()
    await room.person.answer("once")
    await asking


async def test_questions_wait_in_a_line_that_ends(room: Room) -> None:
    asking = [room.ask(attempt(f"h{number}.example")) for number in range(MOST_QUESTIONS)]
    await settle()
    with pytest.raises(NetworkRefused, match="10 questions of this plugin wait") as caught:
        await room.ask(attempt("more.example"))
    assert caught.value.code == TOO_MANY
    also = room.ask(attempt("h0.example"))
    other = room.ask(by=plugin(plugin_id="org.example.plugin.other"))
    await settle()
    assert not also.done()
    assert not other.done()
    for each in (*asking, also, other):
        each.cancel()
    await asyncio.gather(*asking, also, other, return_exceptions=True)
    assert room.person.withdrawn == ["https://h0.example:443"]


async def test_few_names_are_looked_up_that_nobody_approves(room: Room) -> None:
    """A name that is looked up has left the machine, for whoever answers for it: also one that is not found."""

    async def lost(host: str) -> str:
        async def look() -> Checked:
            room.decisions.looked.append(host)
            raise NetworkRefused(f"{host} was not found", 1)

        with pytest.raises(NetworkRefused) as caught:
            await room.desk.ask(PLUGIN, attempt(host), look)
        return str(caught.value)

    for number in range(100):
        await lost(f"stolen-{number}.example")
    assert room.decisions.looked == [f"stolen-{number}.example" for number in range(MOST_LOOKED_UP)]
    assert "10 names of this plugin were looked up that nobody approved, it rests for 10 minutes" in await lost(
        "x.example"
    )
    assert "was not found" in await lost("stolen-3.example")
    other = room.ask(by=plugin(plugin_id="org.example.other"))
    await room.person.answer("once")
    await other
    room.clock.now += REST_SECONDS + 1
    assert "was not found" in await lost("y.example")


async def test_names_that_are_approved_do_not_count(room: Room) -> None:
    for number in range(3 * MOST_LOOKED_UP):
        asking = room.ask(attempt(f"h{number}.example"))
        await room.person.answer("once")
        await asking


async def test_a_plugin_that_asks_in_a_loop_is_asked_about_three_times(room: Room) -> None:
    """Ten minutes of begging, a hundred times a second."""

    async def beg() -> None:
        for _ in range(1000):
            try:
                await room.desk.ask(PLUGIN, attempt(), partial(room.decisions.look, attempt()))
            except NetworkRefused:
                room.clock.now += 0.5

    begging = asyncio.create_task(beg())
    for _ in range(PATIENCE):
        await room.person.answer("deny")
    await asyncio.wait_for(begging, 30)
    assert len(room.person.questions) == PATIENCE
