"""What one act of a person has begun: a request, and every task that came of it."""

from __future__ import annotations

from contextvars import ContextVar


class Act:
    """One act; tasks that are started by what it began belong to it as well."""

    def __init__(self) -> None:
        self.waved_away = False
        """Whether the person waved a question away that came of it: then nothing else is asked."""


_current: ContextVar[Act] = ContextVar("act")


def begin() -> None:
    """What runs in this context from here on belongs to an act of its own."""
    _current.set(Act())


def current() -> Act:
    """The act that what runs here belongs to; one that begins here where nobody has begun any."""
    act = _current.get(None)
    if act is None:
        act = Act()
        _current.set(act)
    return act
