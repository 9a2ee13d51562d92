"""What all parts of a request's tab share: the request, what came of it, and what is wrong with it."""

from copy import deepcopy
from dataclasses import replace
from typing import Literal

import thoth_plugin as thoth
from explorer.answer import Answer
from explorer.library import Library
from rest import secrets
from rest.history import Entry
from rest.model import Body, Request
from rest.prepare import prepare
from rest.prepared import Prepared
from rest.telling import LEFT_OUT
from rest.variables import Problem, Variables
from thoth_plugin.nodes import Node

Stage = Literal["idle", "sending", "asking"]
CHECKED: int = 200_000
"""Characters of a body that is looked at while it is typed; a longer one is looked at when it is sent."""


class Workbench(thoth.Panel):
    """The state of one tab."""

    def __init__(self) -> None:
        self.library = Library()
        self.request = Request()
        self.original = Request()
        """As it is stored; a fresh one is compared with nothing."""
        self.is_fresh = True
        """Whether the tab was opened for a new request: one begins with its URL."""
        self.stage: Stage = "idle"
        self.exchange: thoth.http.Exchange | None = None
        self.asked = ""
        """What the person is being asked, while they are."""
        self.answer: Answer | None = None
        self.failure = ""
        self.attempted = False
        """Whether it was tried to send it as it is: what is missing is told only then."""
        self.live: Prepared | None = None
        """What would be sent, without secrets."""
        self.extracted: dict[int, Node] = {}
        """What became of each extraction at the last response."""
        self.dialog = ""
        """Which dialog is open."""
        self.folder = ""
        """Id of the folder it is saved in when it is saved first."""
        self.entry: Entry | None = None
        """Of the history, which is shown where there is no newer answer."""

    @property
    def is_dirty(self) -> bool:
        """Whether there is something that is not saved."""
        return self.request != self.original

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the request; before the first attempt only what variables are not known."""
        found = () if self.live is None else self.live.problems
        return found if self.attempted else tuple(problem for problem in found if "{{" in problem.message)

    def show_request(self, request: Request) -> None:
        """Makes another request that of the tab, as it is stored."""
        self.request = request
        self.original = deepcopy(request)
        self.attempted = False
        self.edited()

    def edited(self) -> None:
        """The request is another: what is known about it is found out again."""
        self.live = self.looked_at()

    def variables(self) -> Variables:
        """What can be asked for between braces, secrets among it."""
        return self.library.variables()

    def looked_at(self) -> Prepared:
        """The request as it would leave, with a sign for each secret: none is read."""
        request = self.request
        if len(request.body.text) > CHECKED:
            request = replace(request, body=Body())
        return prepare(request, self.library.variables(lambda key: LEFT_OUT))

    def let_answer_go(self) -> None:
        """The host need not keep the body of the response any longer."""
        if self.answer is not None and self.answer.response.stored is not None:
            self.answer.response.stored.release()
        self.answer = None
        self.extracted.clear()

    def has_typed_secrets(self) -> bool:
        """Whether there are some that are not in the key store yet."""
        raise NotImplementedError

    def keep(self) -> None:
        """Saves the request in the collection."""
        raise NotImplementedError

    def open_in_tab(self, request: Request, **more: object) -> bool:
        """In a tab of its own; False where it is kept in the collection instead."""
        raise NotImplementedError

    def own_headers(self) -> list[tuple[str, str]]:
        """Headers that body and auth add, without secrets."""
        if self.live is None:
            return []
        written = {row.name.strip().lower() for row in self.request.headers if row.enabled}
        shown = secrets.redacted_headers(self.live.headers, self.live.secrets)
        return [(name, value) for name, value in shown if name.lower() not in written]
