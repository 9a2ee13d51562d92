"""A panel on the SDK, in the fake host: events, state, coroutines, and what is shown when something fails."""

from __future__ import annotations

import pytest

import thoth_plugin as thoth
from thoth_plugin import ui
from thoth_plugin.testing import FakeHost


class Explorer(thoth.Panel):
    """Sends a request, and shows what came."""

    def __init__(self) -> None:
        self.url = ""
        self.shown = ""
        self.waiting = False
        self.flags: list[object] = []
        self.call: thoth.http.Exchange | None = None

    def render(self) -> ui.Node:
        return ui.column(
            ui.input("url", value=self.url),
            ui.button("send", "Send", enabled=self.call is None or self.call.done),
            ui.button("stop", "Stop"),
            ui.spinner() if self.waiting else None,
            self.shown or None,
            *(ui.button(f"row-{number}", f"Row {number}") for number in range(3)),
        )

    def title(self) -> str:
        return self.url or "Explorer"

    def save(self) -> object:
        return {"url": self.url}

    def restore(self, state: dict[str, str]) -> None:
        self.url = state["url"]

    @thoth.on("url", "change")
    def url_changed(self, value: str) -> None:
        self.url = value

    @thoth.on("send", "click")
    @thoth.on("url", "submit")
    async def send(self) -> None:
        self.shown = "sending"
        try:
            self.call = thoth.http.request("GET", self.url, timeout_ms=5000, on_pending=self.asked)
            answer = await self.call
            self.shown = f"{answer.status} {answer.body}"
        except thoth.http.HttpError as error:
            self.shown = f"failed: {error}"
        finally:
            self.waiting = False

    def asked(self, message: str) -> None:
        self.waiting = True

    @thoth.on("stop", "click")
    def stop(self) -> None:
        if self.call is not None:
            self.call.cancel()

    @thoth.on("row-*", "click")
    def row(self, event: thoth.Event) -> None:
        self.shown = f"row {event.part} of {event.id}"

    @thoth.on("flag", "change")
    def flag(self, value: bool) -> None:
        self.flags.append(value)


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


def test_a_field_is_typed_into_and_kept(host: FakeHost) -> None:
    """What is changed is drawn, stands in the title, and comes back with the state."""
    panel = host.open(Explorer)
    assert panel.title == "Explorer"
    panel.change("url", "http://a")
    assert panel.find("url").value == "http://a"
    assert panel.title == "http://a"
    again = host.open(Explorer, state=panel.state())
    assert again.find("url").value == "http://a"


def test_a_coroutine_goes_on_when_its_answer_comes(host: FakeHost) -> None:
    """The tree is drawn at each stop: while it is sent, while a person is asked, when it is there."""
    panel = host.open(Explorer)
    panel.change("url", "http://a/b")
    panel.click("send")
    assert "sending" in panel.tree
    assert not panel.find("send").enabled
    (request,) = host.http.pending
    assert (request.method, request.url, request.options) == ("GET", "http://a/b", {"timeout_ms": 5000})
    request.consent_pending()
    assert panel.tree.nodes("spinner")
    request.respond(201, "made")
    assert "201 made" in panel.tree
    assert not panel.tree.nodes("spinner")


def test_a_request_that_is_cancelled_ends_its_handler_quietly(host: FakeHost) -> None:
    """`finally` is run, nothing is shown as an error, and the host has closed it."""
    panel = host.open(Explorer)
    panel.click("send")
    request = host.http.last
    request.consent_pending()
    panel.click("stop")
    assert request.cancelled
    assert not panel.tree.nodes("spinner")
    assert "failed" not in panel.text
    assert host.log == ""


def test_answers_said_before_come_at_once(host: FakeHost) -> None:
    """`on` answers by pattern; what fails is raised where it is awaited."""
    host.http.on("*", "*", lambda request: request.fail("no such host"))
    host.http.on("GET", "http://good/*", status=200, body="fine")
    panel = host.open(Explorer)
    panel.change("url", "http://good/1")
    assert "200 fine" in panel.submit("url")
    panel.change("url", "http://bad/1")
    assert "failed: no such host" in panel.click("send")


def test_a_request_refused_at_once_is_raised_where_it_is_awaited(host: FakeHost) -> None:
    """A refusal of the host is no exception out of `request`."""
    host.refuse("http-control.submit", "not declared")
    panel = host.open(Explorer)
    assert "failed: not declared" in panel.click("send")


def test_patterns_say_what_their_star_stood_for(host: FakeHost) -> None:
    """`row-*` takes what no whole id does."""
    panel = host.open(Explorer)
    assert "row 2 of row-2" in panel.click("row-2")


def test_a_value_is_read_as_the_handler_wants_it(host: FakeHost) -> None:
    """A bool comes as a bool; what is none is told, and ends nothing."""
    panel = host.open(Explorer)
    panel.event("flag", "change", "true")
    panel.event("flag", "change", "3")
    assert panel.panel.flags == [True]  # type: ignore[attr-defined]
    assert "not a bool" in panel.text


class Broken(thoth.Panel):
    """Fails where it is told to."""

    def __init__(self) -> None:
        self.broken = False

    def render(self) -> ui.Node:
        if self.broken:
            raise KeyError("gone")
        return ui.column(
            ui.button("crash", "Crash"), ui.button("refuse", "Refuse"), ui.button("later", "Later"), "kept"
        )

    @thoth.on("crash")
    def crash(self) -> None:
        raise ZeroDivisionError("by nothing")

    @thoth.on("refuse")
    def refuse(self) -> None:
        raise thoth.PluginError("Name it first")

    @thoth.on("later")
    async def later(self) -> None:
        await thoth.http.request("GET", "http://a")
        raise ValueError("after all")

    @thoth.on("break")
    def break_it(self, value: bool) -> None:
        self.broken = value


def test_an_exception_is_shown_above_the_tree_and_logged(host: FakeHost) -> None:
    """The panel stays; the traceback is for the author."""
    panel = host.open(Broken)
    panel.click("crash")
    assert "ZeroDivisionError: by nothing" in panel.text
    assert "kept" in panel.tree
    assert "in crash\n    raise ZeroDivisionError" in host.log
    assert host.log.startswith("error: click of 'crash'")
    assert "ZeroDivisionError" not in panel.click("thoth-plugin/dismiss")


def test_what_the_author_meant_to_say_is_said_without_a_traceback(host: FakeHost) -> None:
    """A PluginError is a sentence for the person."""
    panel = host.open(Broken)
    assert "Name it first" in panel.click("refuse")
    assert host.log == ""


def test_an_exception_behind_an_answer_is_shown_too(host: FakeHost) -> None:
    """Nobody waits for a handler; what it raises late is not lost."""
    host.http.on("*", "*", body="x")
    panel = host.open(Broken)
    panel.click("later")
    assert "ValueError: after all" in panel.text
    assert "Traceback" in host.log


def test_a_tree_that_cannot_be_drawn_says_so_and_can_be_tried_again(host: FakeHost) -> None:
    """The panel never goes blank."""
    panel = host.open(Broken)
    panel.event("break", "x", "true")
    assert "could not be drawn" in panel.text
    assert "KeyError" in panel.text
    panel.panel.broken = False  # type: ignore[attr-defined]
    assert "kept" in panel.click("thoth-plugin/again")


def test_a_state_that_is_refused_is_told_and_the_panel_opens(host: FakeHost) -> None:
    """`restore` may raise what it likes."""
    panel = host.open(Explorer, state={"other": 1})
    assert panel.note is not None
    assert "KeyError" in panel.note
    assert panel.find("url").value is None
