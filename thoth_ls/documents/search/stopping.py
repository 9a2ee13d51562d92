"""Ends work that runs on a thread of its own and that nobody waits for any more."""

from __future__ import annotations


class Stopped(Exception):
    """The work was given up; whoever asked for it has gone."""


class Stop:
    """A flag that whoever works on a thread looks at often enough to be gone within a few milliseconds."""

    __slots__ = ("asked",)

    def __init__(self) -> None:
        self.asked = False

    def ask(self) -> None:
        """Has the work end at the next place it looks; may be called from any thread."""
        self.asked = True

    def check(self) -> None:
        """Raises Stopped once that has been asked for."""
        if self.asked:
            raise Stopped
