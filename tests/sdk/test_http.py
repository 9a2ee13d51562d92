"""What is asked of the host for a request, and what becomes of a response that nobody waits for any more."""

from __future__ import annotations

from typing import Any

import pytest

import thoth_plugin as thoth
from thoth_plugin import ui
from thoth_plugin.testing import FakeHost


class Asker(thoth.Panel):
    """Asks with the options of the test."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        self.call: thoth.http.Exchange | None = None

    def render(self) -> ui.Node:
        return ui.column()

    @thoth.on("send")
    async def send(self) -> None:
        self.call = thoth.http.request("GET", "https://a.example", **self.options)
        await self.call

    @thoth.on("stop")
    def stop(self) -> None:
        assert self.call is not None
        self.call.cancel()


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


def test_whether_certificates_are_checked_is_the_hosts_to_decide_unless_it_is_said(host: FakeHost) -> None:
    """True is said as well: it has them checked where the person has decided to go without."""
    panel = host.open(Asker)
    asked = []
    for options in ({}, {"verify_tls": None}, {"verify_tls": True}, {"verify_tls": False}):
        panel.panel.options = options  # type: ignore[attr-defined]
        panel.event("send", "click")
        asked.append(host.http.last.options)
    assert asked == [{}, {}, {"verify_tls": True}, {"verify_tls": False}]


def test_the_body_of_a_response_that_was_on_its_way_when_it_was_given_up_is_let_go(host: FakeHost) -> None:
    """Nobody else has its handle."""
    panel = host.open(Asker)
    panel.panel.options = {"keep_body": True}  # type: ignore[attr-defined]
    panel.event("send", "click")
    request = host.http.last
    request.answered = True  # too late for the host to cancel it
    panel.event("stop", "click")
    request.respond(body="large")
    assert host.http.bodies == {}
    assert host.log == ""
