"""Deadlines: on time, never for the wrong call, and cheap for calls that end in time."""

import threading
from collections.abc import Iterator

import pytest

from thoth_ls.runtime.watchdog import Watch, Watchdog


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    """A watchdog whose thread is ended afterwards."""
    watchdog = Watchdog()
    yield watchdog
    watchdog.close()


class Events:
    """What a watch set off, and something to wait for."""

    def __init__(self, seconds: float) -> None:
        self.expired, self.overdue = threading.Event(), threading.Event()
        self.watch = Watch(seconds, 0.01, self.expired.set, self.overdue.set)


def test_a_deadline_is_told_and_then_said_to_be_overdue(watchdog: Watchdog) -> None:
    """First the guest is stopped; if it is still there a little later, it is left behind."""
    events = Events(0.01)
    with watchdog.watching(events.watch):
        assert events.expired.wait(10)
        assert events.overdue.wait(10)
    assert events.watch.over


def test_a_call_that_ended_is_left_alone(watchdog: Watchdog) -> None:
    """Once the block is left, nothing happens to whatever comes next, however late the timer."""
    first, second = Events(0.02), Events(0.05)
    with watchdog.watching(first.watch):
        pass
    with watchdog.watching(second.watch):
        assert second.expired.wait(10)
    assert not first.expired.is_set()


def test_the_earliest_deadline_comes_first(watchdog: Watchdog) -> None:
    """A short one set after a long one does not wait for it."""
    long, short = Events(1000), Events(0.01)
    with watchdog.watching(long.watch), watchdog.watching(short.watch):
        assert short.expired.wait(10)
    assert not long.expired.is_set()


def test_a_stopped_clock_does_not_run_out(watchdog: Watchdog) -> None:
    """While it stands still, time does not count, even when stopped twice; afterwards the rest is left."""
    paused, reference = Events(0.05), Events(0.15)
    with watchdog.watching(paused.watch):
        with watchdog.paused(paused.watch), watchdog.paused(paused.watch), watchdog.watching(reference.watch):
            assert reference.expired.wait(10)
            assert not paused.expired.is_set()
        assert paused.expired.wait(10)


def test_calls_that_end_in_time_are_forgotten(watchdog: Watchdog) -> None:
    """Thousands of short calls a second do not pile up until their deadlines."""
    for _ in range(2_000):
        with watchdog.watching(Events(1000).watch):
            pass
    assert len(watchdog._queue) < 200


def test_a_call_can_be_made_due_at_once(watchdog: Watchdog) -> None:
    """One that is over is not; one whose clock stands still is when that runs again."""
    hurried, paused, over = Events(1000), Events(1000), Events(1000)
    with watchdog.watching(over.watch):
        pass
    watchdog.hurry(over.watch)
    with watchdog.watching(hurried.watch), watchdog.watching(paused.watch):
        with watchdog.paused(paused.watch):
            watchdog.hurry(paused.watch)
            watchdog.hurry(hurried.watch)
            assert hurried.overdue.wait(10)
            assert not paused.expired.is_set()
        assert paused.overdue.wait(10)
    assert not over.expired.is_set()
