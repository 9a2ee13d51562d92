"""A person is asked one thing at a time, once, and is left alone when they wave it away."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from tests.clock import Clock
from thoth_ls import acts
from thoth_ls.consent.questions import PATIENCE, REST_SECONDS, Questions


class Person:
    """Answers when told to; remembers what was on the screen, and whether ever two things were."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.withdrawn: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.answers: dict[str, asyncio.Future[bool]] = {}
        self._news = asyncio.Event()

    def about(self, key: str) -> Coroutine[Any, Any, bool]:
        return self._ask(key)

    async def _ask(self, key: str) -> bool:
        self.asked.append(key)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        answer = self.answers[key] = asyncio.get_running_loop().create_future()
        self._news.set()
        try:
            return await answer
        except asyncio.CancelledError:
            self.withdrawn.append(key)
            raise
        finally:
            self.at_once -= 1

    async def answer(self, key: str, decided: bool = True) -> None:
        """Waits for the question, then answers it."""
        async with asyncio.timeout(5):
            while key not in self.answers or self.answers[key].done():
                self._news.clear()
                await self._news.wait()
        self.answers[key].set_result(decided)


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def questions(clock: Clock) -> Questions:
    return Questions(clock)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def ask(questions: Questions, person: Person, key: str) -> asyncio.Task[bool]:
    """Asks as a request of its own does."""
    return asyncio.create_task(questions.once(key, lambda: person.about(key)))


async def test_a_hundred_who_want_to_know_the_same_share_one_question(questions: Questions, person: Person) -> None:
    tasks = [ask(questions, person, "a") for _ in range(100)]
    await person.answer("a")
    await asyncio.gather(*tasks)
    assert person.asked == ["a"]


async def test_questions_about_different_things_wait_for_each_other(questions: Questions, person: Person) -> None:
    tasks = [ask(questions, person, key) for key in "abcabc"]
    for key in "abc":
        await person.answer(key)
    await asyncio.gather(*tasks)
    assert person.asked == ["a", "b", "c"]
    assert person.most_at_once == 1


async def test_a_question_goes_on_while_somebody_waits_for_it(questions: Questions, person: Person) -> None:
    first, second = ask(questions, person, "a"), ask(questions, person, "a")
    await settle()
    first.cancel()
    await settle()
    assert person.withdrawn == []
    await person.answer("a")
    await second
    assert first.cancelled()


async def test_a_question_nobody_waits_for_is_withdrawn(questions: Questions, person: Person) -> None:
    """And whoever asks next is asked for anew; those in the queue are not held up."""
    first, second = ask(questions, person, "a"), ask(questions, person, "b")
    await settle()
    first.cancel()
    await settle()
    assert person.withdrawn == ["a"]
    third = ask(questions, person, "a")
    await person.answer("b")
    await person.answer("a")
    await asyncio.gather(second, third)
    assert person.asked == ["a", "b", "a"]
    assert person.most_at_once == 1


async def test_one_that_comes_while_another_is_withdrawn_is_not_withdrawn_with_it(
    questions: Questions, person: Person
) -> None:
    first = ask(questions, person, "a")
    await settle()
    first.cancel()
    second = ask(questions, person, "a")
    await settle()
    await person.answer("a")
    await second
    assert not second.cancelled()


async def test_who_waits_in_the_queue_can_leave_it(questions: Questions, person: Person) -> None:
    first, second = ask(questions, person, "a"), ask(questions, person, "b")
    await settle()
    second.cancel()
    await settle()
    assert second.cancelled()
    await person.answer("a")
    await first
    assert person.asked == ["a"]


async def test_what_was_waved_away_is_not_asked_again_in_the_same_act(questions: Questions, person: Person) -> None:
    """Nor is anything else, nor by what the act has started since; the next act may ask."""

    async def act() -> None:
        await questions.once("a", lambda: person.about("a"))
        await questions.once("a", lambda: person.about("a"))
        await questions.once("b", lambda: person.about("b"))
        await asyncio.create_task(questions.once("a", lambda: person.about("a")))

    acting = asyncio.create_task(act())
    await person.answer("a", decided=False)
    await asyncio.wait_for(acting, 5)
    assert person.asked == ["a"]
    again = ask(questions, person, "a")
    await person.answer("a")
    await again
    assert person.asked == ["a", "a"]


async def test_what_one_act_asks_side_by_side_is_waved_away_at_once(questions: Questions, person: Person) -> None:
    """Those behind it in the queue too, and those that come later; what another act waits for is asked."""

    async def act() -> None:
        acts.begin()
        await asyncio.gather(*(questions.once(key, lambda key=key: person.about(key)) for key in "abc"))  # type: ignore[misc]

    acting = asyncio.create_task(act())
    await person.answer("a", decided=False)
    await asyncio.wait_for(acting, 5)
    assert person.asked == ["a"]
    acting = asyncio.create_task(act())
    await settle()
    other = ask(questions, person, "b")
    await person.answer("a", decided=False)
    await person.answer("b")
    await asyncio.wait_for(asyncio.gather(acting, other), 5)
    assert person.asked == ["a", "a", "b"]


async def test_what_is_waved_away_again_and_again_rests(questions: Questions, person: Person, clock: Clock) -> None:
    """Whatever loop asks: after the third time nobody is bothered for ten minutes, or until something is decided."""
    for _ in range(PATIENCE):
        asking = ask(questions, person, "a")
        await person.answer("a", decided=False)
        await asking
    for _ in range(50):
        await asyncio.wait_for(ask(questions, person, "a"), 5)
    assert person.asked == ["a"] * PATIENCE
    clock.now += REST_SECONDS + 1
    asking = ask(questions, person, "a")
    await person.answer("a", decided=False)
    await asking
    assert person.asked == ["a"] * (PATIENCE + 1)


async def test_what_rests_is_asked_again_once_something_was_decided(questions: Questions, person: Person) -> None:
    for _ in range(PATIENCE):
        asking = ask(questions, person, "a")
        await person.answer("a", decided=False)
        await asking
    questions.ask_again("a")
    asking = ask(questions, person, "a")
    await person.answer("a")
    await asking
    assert person.asked == ["a"] * (PATIENCE + 1)


async def test_shared_questions_waved_away_count_once(questions: Questions, person: Person) -> None:
    for _ in range(PATIENCE - 1):
        tasks = [ask(questions, person, "a") for _ in range(20)]
        await person.answer("a", decided=False)
        await asyncio.gather(*tasks)
    asking = ask(questions, person, "a")
    await person.answer("a")
    await asking
    assert len(person.asked) == PATIENCE


async def test_what_goes_wrong_with_a_question_reaches_everybody_and_holds_nobody_up(questions: Questions) -> None:
    async def broken() -> bool:
        raise OSError("no disk")

    outcomes = await asyncio.gather(*(questions.once("a", broken) for _ in range(3)), return_exceptions=True)
    assert [str(outcome) for outcome in outcomes] == ["no disk"] * 3
    with pytest.raises(OSError, match="no disk"):
        await asyncio.wait_for(questions.once("a", broken), 5)


async def test_what_was_decided_elsewhere_is_withdrawn_and_nobody_waits_on(
    questions: Questions, person: Person
) -> None:
    """On the screen or still in the queue; others are not touched, and it does not count as waved away."""
    decided: set[str] = set()

    def asking(key: str) -> asyncio.Task[bool]:
        return asyncio.create_task(questions.once(key, lambda: person.about(key), lambda: key in decided))

    shown, queued, other = asking("a"), asking("b"), asking("c")
    await settle()
    decided.update("ab")
    questions.look_again()
    await asyncio.wait_for(asyncio.gather(shown, queued), 5)
    assert person.withdrawn == ["a"]
    await person.answer("c")
    await other
    assert person.asked[0] == "a"
    assert person.asked[-1] == "c"
    assert person.most_at_once == 1


async def test_withdrawing_a_question_holds_the_turn_until_it_is_off_the_screen(
    questions: Questions, person: Person
) -> None:
    first, second = ask(questions, person, "a"), ask(questions, person, "b")
    await settle()
    first.cancel()
    await person.answer("b")
    await second
    assert person.most_at_once == 1
