"""HTTP of the SDK against a real server: answers, approval, cancelling, commands."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.sdk.real.conftest import gallery
from thoth_plugin.testing import FakeWeb
from thoth_plugin.testing.real import RealHost


@pytest.fixture
def web() -> Iterator[FakeWeb]:
    with FakeWeb() as web:
        web.on("GET", "/", body='{"you": "Grüße"}')
        web.on("GET", "/slow", body="late", hold=True)
        yield web


@pytest.fixture(scope="module")
def host() -> Iterator[RealHost]:
    """One that asks anew for each server: their ports differ."""
    with gallery() as host:
        yield host


def test_a_response_comes_when_the_person_has_allowed_it(host: RealHost, web: FakeWeb) -> None:
    """Until then the panel says what it waits for, and nothing was sent."""
    host.person.decide = threading.Event()
    panel = host.open()
    panel.change("host-url", f"{web.url}/")
    panel.click("host-send")
    panel.until("waiting for approval")
    assert web.requests == []
    host.person.decide.set()
    panel.until('200 {"you": "Grüße"} (18 bytes)')
    assert not panel.tree.nodes("spinner") or "waiting" not in panel.text
    host.person.decide = None
    panel.close()


def test_a_request_is_cancelled(host: RealHost, web: FakeWeb) -> None:
    """Its handler goes on at once."""
    panel = host.open()
    panel.change("host-url", f"{web.url}/slow")
    panel.click("host-send")
    web.wait_for(1)
    panel.click("host-cancel")
    panel.until("cancelled")
    web.release("/slow")
    panel.close()


def test_a_command_waits_for_its_response(host: RealHost, web: FakeWeb) -> None:
    """It is told no events; the hops are there all the same."""
    assert host.run("fetch", url=web.url) == [{"status": 200, "body": '{"you": "Grüße"}', "hops": 1}]
