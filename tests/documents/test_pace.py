"""The size of steps, and how often something happens."""

from __future__ import annotations

import pytest

from thoth_ls.documents.pace import FIRST_STEP, LARGEST_STEP, SMALLEST_STEP, Pace, Rhythm


class FakeClock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def drive(bytes_per_second: float, steps: int = 30) -> int:
    """The step a reader of that speed ends up with."""
    clock = FakeClock()
    pace = Pace(clock)
    for _ in range(steps):
        clock.now += pace.start() / bytes_per_second
        pace.stop()
    return pace.step_bytes


def test_the_first_step_is_a_mebibyte() -> None:
    """Small enough for the slowest, large enough not to matter."""
    assert Pace().start() == FIRST_STEP == 1 << 20


@pytest.mark.parametrize("speed", [200e6, 1e9, 2e9])
def test_steps_settle_at_some_milliseconds(speed: float) -> None:
    """So pages never wait long behind one."""
    assert drive(speed) / speed == pytest.approx(0.008, rel=0.1)


def test_steps_stay_in_bounds() -> None:
    """Neither a stalled disk nor an infinitely fast one leads astray."""
    assert drive(1e3) == SMALLEST_STEP
    assert drive(1e15) == LARGEST_STEP


def test_a_reader_that_stands_still_is_noticed() -> None:
    """After a hundred idle steps in a row."""
    pace = Pace()
    assert not any(pace.stuck(moved=False) for _ in range(99))
    assert not pace.stuck(moved=True)
    assert [pace.stuck(moved=False) for _ in range(100)][-1]


def test_a_rhythm_is_due_once_in_its_time() -> None:
    """And starts counting when it is made."""
    clock = FakeClock()
    rhythm = Rhythm(0.1, clock)
    assert not rhythm.due()
    clock.now = 0.15
    assert rhythm.due()
    assert not rhythm.due()
    clock.now = 0.26
    assert rhythm.due()
