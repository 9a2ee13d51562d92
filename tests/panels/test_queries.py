"""Queries behind panels: how many may wait, and what is told of each end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.panels.callers import Guest
from thoth_ls.calling import HostRefusal
from thoth_ls.errors import Cancelled, PluginRefused, PluginTrapped
from thoth_ls.panels.queries import Queries


def submitting(guest: Guest, queries: Queries | None = None) -> Callable[[str, str], str]:
    """The function, for a guest."""
    submit: Callable[[str, str], str] = (queries or Queries()).imports(guest)["submit-query"]  # type: ignore[arg-type]
    return submit


def told(guest: Guest) -> dict[str, Any]:
    """What was told last."""
    return dict(json.loads(guest.events[-1][2]))


def test_a_query_is_the_plugins_own_and_its_text_comes_as_it_is() -> None:
    """Under the id that was returned."""
    guest = Guest("p1")
    number = submitting(guest)("c1", "SELECT 1")
    ((call, outcome),) = guest.calls
    assert call == ("data-source", "query", "c1", "SELECT 1")
    assert guest.events == []
    outcome.set_result('[{"a":"é"}]')
    assert guest.events == [(number, "query-result", '{"ok": "[{\\"a\\":\\"é\\"}]"}')]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PluginRefused("org.example.x", "no such table"), "no such table"),
        (PluginTrapped("org.example.x", "data-source.query", "unreachable"), "data-source.query crashed (unreachable)"),
        (HostRefusal("a:1 was denied"), "a:1 was denied"),
        (ValueError("internal"), "something unforeseen went wrong in the host; its log has it"),
    ],
)
def test_what_went_wrong_is_told_in_a_sentence(error: Exception, message: str) -> None:
    """Of the plugin's own words nothing is added, of ours nothing inner is told."""
    guest = Guest("p1")
    submitting(guest)("c1", "q")
    guest.calls[0][1].set_exception(error)
    assert told(guest) == {"err": {"message": message}}


def test_nothing_is_told_once_the_guest_is_gone() -> None:
    """Nobody would hear it."""
    guest = Guest("p1")
    submit = submitting(guest)
    submit("c1", "q")
    submit("c1", "q")
    guest.calls[0][1].cancel()
    guest.calls[1][1].set_exception(Cancelled("started anew"))
    assert guest.events == []


def test_64_may_wait_and_further_ones_fail_at_once() -> None:
    """Those that ended make room."""
    guest = Guest("p1")
    submit = submitting(guest)
    for _ in range(1_000):
        submit("c1", "q")
    assert len(guest.calls) == 64
    assert len(guest.events) == 1_000 - 64
    assert told(guest)["err"]["message"].startswith("64 queries wait already")
    guest.calls[0][1].set_result("")
    submit("c1", "q")
    assert len(guest.calls) == 65


def test_connections_are_closed_with_the_panel_each_once() -> None:
    """Those of the guest that draws it now; a further guest has none of the last one's."""
    queries = Queries()
    first, second = Guest("p1"), Guest("p1")
    for handle in ("a", "b", "a"):
        submitting(first, queries)(handle, "q")
    submit = submitting(second, queries)
    for number in range(2_000):
        submit(f"c{number % 1_500}", "q")
    closed: list[Any] = []
    queries.close_connections("p1", lambda *call: closed.append(call))
    assert closed[0] == ("data-source", "close", "c0")
    assert len(closed) == 64  # there were queries for these alone
    queries.panel_closed("p1")
    queries.close_connections("p1", lambda *call: closed.append(call))
    assert len(closed) == 64


def test_a_plugin_that_queries_while_its_connections_are_closed_has_them_all_closed() -> None:
    """What it opens then is its own to close."""
    queries = Queries()
    submit = submitting(Guest("p1"), queries)
    for handle in ("a", "b"):
        submit(handle, "q")
    closed: list[Any] = []

    def close(interface: str, function: str, handle: str) -> None:
        closed.append(handle)
        submit(f"{handle}-again", "q")

    queries.close_connections("p1", close)  # type: ignore[arg-type]
    assert closed == ["a", "b"]
