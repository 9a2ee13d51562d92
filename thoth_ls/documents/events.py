"""What the documents tell while nobody is asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from thoth_ls.wire.documents import DidChange, DidFail, DidFind, DidProgress, Problem
from thoth_ls.wire.searches import DidSearch
from thoth_ls.wire.texts import TextProblems

Report = Callable[[int | None, str], None]
"""Says how far a long request has come: percent (None where that is not known) and a short text."""


def no_report(percent: int | None, message: str) -> None:
    """For callers that do not want to know."""


class DocumentEvents(Protocol):
    """Whoever passes events on to the client. Called on the event loop; must not raise, must not block."""

    def progress(self, event: DidProgress) -> None:
        """More of a file has been read."""

    def found(self, event: DidFind) -> None:
        """A search found cells, or came further."""

    def searched(self, event: DidSearch) -> None:
        """A search found names and values, or came further."""

    def changed(self, event: DidChange) -> None:
        """A file changed on disk."""

    def failed(self, event: DidFail) -> None:
        """Reading on in the background ended with an error."""

    def malformed(self, uri: str, problems: Sequence[Problem], total: int) -> None:
        """The first malformed records of a file and how many there are; none clear what was said before."""


class TextEvents(Protocol):
    """Whoever passes on what is told of texts an editor has open. Called on the event loop; must not raise or block."""

    def text_problems(self, uri: str, problems: TextProblems) -> None:
        """What is not well formed in a text; none clear what was said before."""
