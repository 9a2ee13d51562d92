"""A person decides what a plugin reaches: asked once about equal things, one at a time, and not for ever."""

import asyncio
from functools import partial
from typing import Literal

import pytest

from tests.consent.network import PUBLIC, REASON, Clock, FakeDecisions, Person, attempt, plugin, settle, target
from thoth_ls.calling import NOT_ALLOWED, TOO_MANY
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.consent.desk import MOST_QUESTIONS, Desk
from thoth_ls.consent.patience import DENIED_SECONDS, PATIENCE, PLUGIN_PATIENCE, REST_SECONDS
from thoth_ls.net.model import WAITING, Attempt, Checked, NetworkRefused, Target
from thoth_ls.wire.network import Choice, NetworkGrant

PLUGIN = plugin()


class Room:
    """A desk, the person at it, and what was decided."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.person = Person()
        self.decisions = FakeDecisions()
        self.reports: list[str] = []
        self.desk = Desk(self.decisions, self.decisions, self.person, report=self.reports.append, clock=self.clock)
        self.decisions.changed = self.desk.look_again

    def ask(self, about: Attempt | None = None, by: Plugin = PLUGIN) -> asyncio.Task[Checked]:
        wanted = about or attempt()
        return asyncio.create_task(self.desk.ask(by, wanted, partial(self.decisions.look, wanted)))

    async def denied(self, choice: Choice | None = "deny", about: Attempt | None = None) -> str:
        """Asks, and says no; what the plugin is told."""
        asking = self.ask(about)
        await self.person.answer(choice)
        with pytest.raises(NetworkRefused) as caught:
            await asking
        assert caught.value.code == NOT_ALLOWED
        return str(caught.value)

    async def refused(self, about: Attempt | None = None) -> str:
        """Asks and is refused without a question."""
        before = len(self.person.questions)
        with pytest.raises(NetworkRefused) as caught:
            await asyncio.wait_for(self.ask(about), 5)
        assert len(self.person.questions) == before
        return str(caught.value)


@pytest.fixture
def room() -> Room:
    return Room()


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


async def test_switching_the_network_off_withdraws_the_question(room: Room) -> None:
    asking = room.ask()
    await room.person.asked()
    room.decisions.off = True
    room.desk.look_again()
    with pytest.raises(NetworkRefused, match="The network is off"):
        await asyncio.wait_for(asking, 5)
    assert room.person.withdrawn == ["https://api.example.com:443"]


@pytest.mark.parametrize("choice", ["once", "untilClosed", "always"])
async def test_what_was_set_while_the_person_thought_holds_against_their_answer(room: Room, choice: Choice) -> None:
    asking = room.ask()
    await room.person.asked()
    room.decisions.off = True
    await room.person.answer(choice)
    with pytest.raises(NetworkRefused, match="The network is off"):
        await asking
    assert room.decisions.grants == []


async def test_with_nobody_to_ask_it_is_refused_with_the_command_that_allows_it(room: Room) -> None:
    room.desk.ask_person = None
    said = await room.refused()
    assert "thoth network allow org.example.plugin https://api.example.com:443" in said
    assert "--local" in said
    assert room.decisions.looked == []


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
