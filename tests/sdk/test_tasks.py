"""Coroutines of a panel: several at once, cancelled, failing, awaited twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import thoth_plugin as thoth
from thoth_plugin import ui
from thoth_plugin.testing import FakeHost, OpenedPanel


class Worker(thoth.Panel):
    """Does what the test gives it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.work: Callable[[Worker], Awaitable[None]] | None = None
        self.task: thoth.Task[None] | None = None

    def render(self) -> ui.Node:
        return ui.column(*self.lines)

    @thoth.on("work")
    async def do(self) -> None:
        assert self.work is not None
        await self.work(self)

    @thoth.on("cancel")
    def cancel(self) -> None:
        assert self.task is not None
        self.task.cancel()

    def get(self, name: str) -> thoth.http.Exchange:
        return thoth.http.request("GET", f"http://a/{name}")


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


def working(host: FakeHost, work: Callable[[Worker], Any]) -> OpenedPanel:
    """A panel that has begun `work`."""
    panel = host.open(Worker)
    panel.panel.work = work  # type: ignore[attr-defined]
    panel.event("work", "click")
    return panel


def answer(host: FakeHost, name: str, body: str = "") -> None:
    """Answers the request for a name."""
    (request,) = (each for each in host.http.pending if each.url.endswith(f"/{name}"))
    request.respond(body=body or name)


def test_results_are_gathered_in_order(host: FakeHost) -> None:
    """Whatever order they come in."""

    async def work(panel: Worker) -> None:
        found = await thoth.gather(*(panel.get(name) for name in "abc"))
        panel.lines = [each.body for each in found]

    panel = working(host, work)
    for name in "cab":
        assert panel.text == ""
        answer(host, name)
    assert panel.text == "a\nb\nc"


def test_the_first_failure_of_those_gathered_is_raised_and_cancels_the_others(host: FakeHost) -> None:
    """They are of no use any more."""

    async def work(panel: Worker) -> None:
        try:
            await thoth.gather(*(panel.get(name) for name in "ab"))
        except thoth.http.HttpError as error:
            panel.lines = [f"failed: {error}"]

    panel = working(host, work)
    first, second = host.http.pending
    second.fail("no such host")
    assert panel.text == "failed: no such host"
    assert first.cancelled


def test_many_tasks_go_on_side_by_side(host: FakeHost) -> None:
    """A hundred, each when its answer is there."""

    async def one(panel: Worker, number: int) -> None:
        found = await panel.get(str(number))
        panel.lines.append(found.body)

    async def work(panel: Worker) -> None:
        for number in range(100):
            thoth.start(one(panel, number))

    panel = working(host, work)
    for request in reversed(host.http.pending):
        request.respond(body=request.url)
    assert panel.panel.lines == [f"http://a/{number}" for number in reversed(range(100))]  # type: ignore[attr-defined]
    assert panel.instance.scheduler.under_way == 0


def test_a_task_is_cancelled_where_it_waits(host: FakeHost) -> None:
    """Its request too; `finally` is run, and it can wait there for something else."""

    async def background(panel: Worker) -> None:
        try:
            await panel.get("slow")
        finally:
            panel.lines.append((await panel.get("goodbye")).body)

    async def work(panel: Worker) -> None:
        panel.task = thoth.start(background(panel))
        try:
            await panel.task
        except thoth.Cancelled:
            panel.lines.append("cancelled")

    panel = working(host, work)
    (slow,) = host.http.pending
    panel.event("cancel", "click")
    assert slow.cancelled
    answer(host, "goodbye")
    assert panel.text == "goodbye\ncancelled"
    assert host.log == ""


def test_a_task_that_is_cancelled_as_its_answer_comes_waits_for_what_it_does_then(host: FakeHost) -> None:
    """It is woken twice, once for nothing."""

    async def background(panel: Worker, slow: thoth.http.Exchange) -> None:
        try:
            await slow
        finally:
            panel.lines.append((await panel.get("goodbye")).body)

    async def work(panel: Worker) -> None:
        slow = panel.get("slow")
        panel.task = thoth.start(background(panel, slow))
        await slow
        panel.task.cancel()

    panel = working(host, work)
    answer(host, "slow")
    assert (panel.text, host.log) == ("", "")
    answer(host, "goodbye")
    assert (panel.text, host.log) == ("goodbye", "")


def test_closing_a_panel_cancels_what_is_under_way(host: FakeHost) -> None:
    """Late answers are heard by nobody."""

    async def work(panel: Worker) -> None:
        try:
            await panel.get("a")
        finally:
            panel.lines.append("ended")

    panel = working(host, work)
    panel.close()
    assert panel.panel.lines == ["ended"]  # type: ignore[attr-defined]
    assert host.http.pending == []


def test_a_task_that_fails_while_nobody_waits_is_told(host: FakeHost) -> None:
    """It is not lost."""

    async def fails() -> None:
        raise KeyError("lost")

    async def work(panel: Worker) -> None:
        thoth.start(fails())

    assert "KeyError: 'lost'" in working(host, work).text


def test_something_is_awaited_in_two_places(host: FakeHost) -> None:
    """Both go on."""

    async def one(panel: Worker, exchange: thoth.http.Exchange, name: str) -> None:
        panel.lines.append(f"{name} {(await exchange).body}")

    async def work(panel: Worker) -> None:
        exchange = panel.get("a")
        await thoth.gather(one(panel, exchange, "x"), one(panel, exchange, "y"))
        panel.lines.append((await exchange).body)

    panel = working(host, work)
    answer(host, "a")
    assert panel.text == "x a\ny a\na"


def test_what_only_asyncio_can_do_is_refused_with_a_word(host: FakeHost) -> None:
    """Instead of waiting for ever."""

    class Foreign:
        def __await__(self) -> Any:
            yield "something"

    async def work(panel: Worker) -> None:
        await Foreign()

    assert "asyncio has no event loop in a plugin" in working(host, work).text
