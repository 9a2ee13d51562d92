"""The guest as host functions know it: waiting, being told, and what ends with it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import pytest

from tests.runtime import components
from thoth_ls.calling import IO_FAILED, Caller, HostRefusal
from thoth_ls.catalog.needs import Rule, Rules
from thoth_ls.errors import Cancelled, PluginError, PluginLimitHit, PluginRefused
from thoth_ls.runtime import caller as module
from thoth_ls.runtime.caller import GuestCaller
from thoth_ls.runtime.guest import Guest, Surroundings
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.watchdog import Watchdog

FREE: Rules = {"host": {"ask": Rule(None)}}
ASKING = components.component(
    '(import "host" "ask" (func $ask)) (func (export "outer") call $ask) (func (export "trap") unreachable)'
    ' (func (export "loop") (loop $again call $ask br $again))',
    "".join(f'(func (export "{name}") (canon lift (core func $i "{name}")))' for name in ("outer", "trap", "loop")),
    '(import "thoth:plugin/host@0.1.0" (instance $host (export "ask" (func))))'
    ' (core func $ask (canon lower (func $host "ask")))',
    '(with "host" (instance (export "ask" (func $ask))))',
)
SHORT = Limits(deadline_seconds=0.3, fuel_per_call=10**12, host_wait_seconds=0.6)


class Stage:
    """An instance whose guests call `ask` of this, each with a caller of its own."""

    def __init__(self, limits: Limits) -> None:
        self.ask: Callable[[Caller], None] = lambda caller: None
        self.callers: list[GuestCaller] = []
        self.outcomes: list[str] = []
        self._loaded = components.loaded(ASKING)
        self._loop = asyncio.get_running_loop()
        self._limits = limits
        self.watchdog = Watchdog()
        self.instance = PluginInstance(components.ID, self._start, limits, self.watchdog)

    def _start(self) -> Guest:
        caller = GuestCaller(self._loop, self.instance, False, self._limits.host_wait_seconds)
        self.callers.append(caller)
        table = {"host": {"ask": lambda: self._asked(caller)}}
        surroundings = Surroundings(None, lambda *line: None, table, caller=caller, rules=FREE)
        return Guest(self._loaded, self._limits, surroundings)

    def _asked(self, caller: Caller) -> None:
        try:
            self.ask(caller)
        except HostRefusal as refusal:
            self.outcomes.append(str(refusal))


@pytest.fixture
async def stage() -> Any:
    made = Stage(SHORT)
    yield made
    await made.instance.close()
    made.watchdog.close()


async def test_waiting_for_the_network_costs_no_deadline(stage: Stage) -> None:
    """It has limits of its own: a slow server must not cost the plugin its life."""
    outcome: Future[str] = Future()
    threading.Timer(SHORT.deadline_seconds * 1.5, outcome.set_result, ["late"]).start()
    stage.ask = lambda caller: stage.outcomes.append(caller.wait(outcome, 5))
    await stage.instance.call("", "outer")
    assert stage.outcomes == ["late"]
    assert len(stage.callers) == 1


async def test_a_wait_ends_after_its_time_and_what_was_waited_for_is_cancelled(stage: Stage) -> None:
    outcome: Future[None] = Future()
    stage.ask = lambda caller: caller.wait(outcome, 0.05)
    await stage.instance.call("", "outer")
    assert stage.outcomes == ["there was no answer within 0.05 s"]
    assert outcome.cancelled()


async def test_the_waits_of_one_call_add_up_and_the_next_call_has_its_own(stage: Stage) -> None:
    """A plugin that waits again and again within one call would never be stopped by its deadline."""

    def patient(caller: Caller) -> None:
        for _ in range(4):
            with suppress(HostRefusal):
                caller.wait(Future(), 0.25)
        with pytest.raises(HostRefusal, match=r"may wait 0\.6 s for the host, and has") as caught:
            caller.wait(Future(), 0.25)
        stage.outcomes.append(f"code {caught.value.code}")

    stage.ask = patient
    await stage.instance.call("", "outer")
    assert stage.outcomes == [f"code {IO_FAILED}"]
    stage.ask = lambda caller: caller.wait(Future(), 0.01)
    await stage.instance.call("", "outer")
    assert stage.outcomes[-1] == "there was no answer within 0.01 s"


async def test_a_person_may_take_as_long_as_they_like(stage: Stage) -> None:
    outcome: Future[str] = Future()
    threading.Timer(1.0, outcome.set_result, ["yes"]).start()
    stage.ask = lambda caller: stage.outcomes.append(caller.ask(outcome))
    await stage.instance.call("", "outer")
    assert stage.outcomes == ["yes"]


@pytest.mark.parametrize("how", ["wait", "ask"])
async def test_stopping_a_guest_ends_what_it_waits_for_at_once(stage: Stage, how: str) -> None:
    """Cancelling a command that waits for a server closes the connection and frees the thread."""
    outcome: Future[None] = Future()
    waiting = threading.Event()

    def ask(caller: Caller) -> None:
        waiting.set()
        if how == "ask":
            caller.ask(outcome)
        else:
            caller.wait(outcome, 60)

    stage.ask = ask
    task = asyncio.create_task(stage.instance.call("", "outer", kill=True))
    await asyncio.to_thread(waiting.wait)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.wait_for(stage.instance.close(), 5)
    assert outcome.cancelled()


async def test_a_guest_that_is_stopped_cannot_wait_again(stage: Stage) -> None:
    """One that ignores the refusal and asks on is ended all the same."""
    waiting = threading.Event()

    def ask(caller: Caller) -> None:
        waiting.set()
        caller.wait(Future(), 60)

    stage.ask = ask
    task = asyncio.create_task(stage.instance.call("", "loop", kill=True))
    await asyncio.to_thread(waiting.wait)
    await stage.instance.close()
    with pytest.raises((Cancelled, PluginLimitHit, PluginError)):
        await asyncio.wait_for(task, 5)


async def test_what_belongs_to_a_guest_ends_with_it_once(stage: Stage) -> None:
    """Streams of a guest that died are closed: the one started in its place does not know them."""
    ended: list[int] = []
    stage.ask = lambda caller: caller.at_end(lambda: ended.append(caller.number))
    await stage.instance.call("", "outer")
    assert ended == []
    with pytest.raises(PluginError):
        await stage.instance.call("", "trap")
    assert ended == [stage.callers[0].number]
    await stage.instance.call("", "outer")
    assert len(stage.callers) == 2
    await stage.instance.close()
    assert ended == [caller.number for caller in stage.callers]
    stage.callers[0].at_end(lambda: ended.append(0))
    assert ended[-1] == 0


async def test_one_clearing_up_that_fails_does_not_stop_the_others(stage: Stage) -> None:
    ended: list[str] = []

    def ask(caller: Caller) -> None:
        caller.at_end(lambda: 1 / 0)  # type: ignore[arg-type, return-value]
        caller.at_end(lambda: ended.append("second"))

    stage.ask = ask
    await stage.instance.call("", "outer")
    await stage.instance.close()
    assert ended == ["second"]


class Taker:
    """Stands for an instance that takes events in."""

    plugin_id = components.ID

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._turn = asyncio.Lock()

    async def take_event(self, caller: object, event: dict[str, str]) -> None:
        async with self._turn:
            await self.gate.wait()
            self.taken.append(f"{event['widget_id']} {event['kind']} {event['value']}")
            if event["value"] == "bad":
                raise PluginError(self.plugin_id, "it trapped")


@pytest.fixture
async def taker() -> Taker:
    return Taker()


def caller_of(taker: Taker, takes_events: bool = True) -> GuestCaller:
    return GuestCaller(asyncio.get_running_loop(), taker, takes_events, 1.0)  # type: ignore[arg-type]


async def test_events_arrive_in_order_and_whoever_sent_them_knows_when(taker: Taker) -> None:
    caller = caller_of(taker)
    taker.gate.clear()
    sent = [caller.deliver("ws-1", "ws-message", str(number)) for number in range(100)]
    await asyncio.sleep(0.01)
    assert not any(done.done() for done in sent)
    taker.gate.set()
    for done in sent:
        await asyncio.wrap_future(done)
    assert taker.taken == [f"ws-1 ws-message {number}" for number in range(100)]


async def test_an_event_that_fails_is_logged_and_the_next_one_arrives(
    taker: Taker, caplog: pytest.LogCaptureFixture
) -> None:
    caller = caller_of(taker)
    for value in ("bad", "good"):
        await asyncio.wrap_future(caller.deliver("req-1", "http-response", value))
    assert taker.taken[-1].endswith("good")
    assert "an event http-response was not taken in: plugin test.plugin: it trapped" in caplog.text


async def test_events_beyond_the_limit_are_lost_and_said_to_be(
    taker: Taker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender that never waits cannot fill the memory."""
    monkeypatch.setattr(module, "MOST_EVENTS", 3)
    caller = caller_of(taker)
    taker.gate.clear()
    sent = [caller.deliver("ws-1", "ws-message", str(number)) for number in range(5)]
    assert [done.done() for done in sent] == [False, False, False, True, True]
    taker.gate.set()
    await asyncio.gather(*map(asyncio.wrap_future, sent))
    assert len(taker.taken) == 3
    assert caplog.text.count("an event ws-message was lost") == 2


async def test_nobody_is_told_who_takes_no_events_or_is_gone(taker: Taker) -> None:
    deaf, gone = caller_of(taker, takes_events=False), caller_of(taker)
    gone.end()
    assert deaf.deliver("a", "b", "c").done()
    assert gone.deliver("a", "b", "c").done()
    await asyncio.sleep(0.01)
    assert taker.taken == []


class Runner(Taker):
    """Calls exports of the guest, which are put off as often as there are answers to wait for."""

    def __init__(self, answers: list[Future[Any]]) -> None:
        super().__init__()
        self.answers = answers
        self.calls: list[tuple[Any, ...]] = []

    async def run_for(self, caller: GuestCaller, steps: Callable[[Any], Any]) -> Any:
        def call(*given: Any) -> str:
            self.calls.append(given)
            if len(self.calls) <= len(self.answers):
                assert caller.put_off(self.answers[len(self.calls) - 1])
                raise PluginRefused(self.plugin_id, "not yet")
            return "done"

        return steps(call)


async def test_a_call_that_was_put_off_is_made_again_once_it_is_answered() -> None:
    """As often as it takes."""
    answers: list[Future[Any]] = [Future(), Future()]
    runner = Runner(answers)
    outcome = asyncio.wrap_future(caller_of(runner).call_later("data-source", "query", "c", "q"))
    await asyncio.sleep(0.01)
    assert runner.calls == [("data-source", "query", "c", "q")]
    answers[0].set_result(None)
    await asyncio.sleep(0.01)
    assert len(runner.calls) == 2
    answers[1].set_result(None)
    assert await outcome == "done"
    assert len(runner.calls) == 3


async def test_a_denial_is_what_comes_of_a_call_that_was_put_off() -> None:
    """And the call is not made again."""
    answers: list[Future[Any]] = [Future()]
    runner = Runner(answers)
    outcome = asyncio.wrap_future(caller_of(runner).call_later("data-source", "query"))
    answers[0].set_exception(HostRefusal("it was denied"))
    with pytest.raises(HostRefusal, match="denied"):
        await outcome
    assert len(runner.calls) == 1


async def test_calls_end_with_the_guest_and_so_does_what_they_wait_for() -> None:
    """Also those that come too late."""
    answers: list[Future[Any]] = [Future()]
    caller = caller_of(Runner(answers))
    outcome = caller.call_later("data-source", "query")
    await asyncio.sleep(0.01)
    assert not outcome.done()
    caller.end()
    await asyncio.sleep(0.01)
    assert outcome.cancelled()
    assert answers[0].cancelled()
    assert caller.call_later("data-source", "query").cancelled()


async def test_other_calls_are_not_put_off(taker: Taker) -> None:
    """Whoever makes them has to wait for the person."""
    assert caller_of(taker).put_off(Future()) is False


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name == f"plugin {components.ID}":
            thread.join(10)
            assert not thread.is_alive()
