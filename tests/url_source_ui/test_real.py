"""The explorer as a component in the real host. It is built by `make plugins`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from thoth_ls.errors import ThothError
from thoth_plugin.testing import FakeWeb
from thoth_plugin.testing.real import RealHost, RealPanel

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "build" / "plugins" / "url-source"
KEPT = ROOT / "build" / "harness"


@pytest.fixture(scope="module")
def host() -> Iterator[RealHost]:
    assert (BUILT / "plugin.wasm").exists(), "build the plugins first: make plugins"
    with RealHost(BUILT, kept=KEPT) as host:
        yield host


@pytest.fixture
def web() -> Iterator[FakeWeb]:
    with FakeWeb() as web:
        web.on("GET", "/items", json=[{"id": 1, "name": "Zoë"}, {"id": 2, "name": None}])
        web.on("POST", "/items", status=201, body="made")
        yield web


def sent(panel: RealPanel, url: str) -> None:
    """Sends, and waits for the response."""
    panel.change("url", url)
    panel.click("send")
    panel.until(lambda tree: tree.has("response-tabs"))


def test_what_leaves_is_what_was_written(host: RealHost, web: FakeWeb) -> None:
    panel = host.open()
    panel.change("body-kind", "json")
    panel.change("body-text", '{"n": 1.50, "t": "ü"}')
    panel.change("header-suggestion", "X-Requested-With")
    panel.change("auth-kind", "basic")
    panel.change("auth-username", "ada")
    panel.change("auth-password", "pass word")
    sent(panel, f"{web.url}/items?a=b%20c")
    assert "201 Created" in panel.text
    (request,) = web.wait_for(1)
    assert (request.method, request.path, request.body) == ("POST", "/items?a=b%20c", '{"n": 1.50, "t": "ü"}'.encode())
    assert request.header("content-type") == "application/json"
    assert request.header("authorization") == "Basic YWRhOnBhc3Mgd29yZA=="
    assert request.header("x-requested-with") == "XMLHttpRequest"
    panel.close()


def test_a_body_is_a_document_by_its_handle(host: RealHost, web: FakeWeb) -> None:
    panel = host.open()
    sent(panel, f"{web.url}/items")
    views = {view.id: view for view in panel.tree.nodes("data-view")}
    assert views["body"]["name"] == "items.json"
    assert views["body"]["handle"].startswith("body-")
    panel.close()


def test_what_one_tab_saves_the_side_bar_shows(host: RealHost, web: FakeWeb) -> None:
    bar = host.open(place="sidebar")
    panel = host.open()
    panel.change("url", f"{web.url}/items")
    panel.click("save")
    panel.change("save-name", "Items of the test")
    panel.click("save-keep")
    bar.until(lambda tree: [row["display_text"] for row in tree.nodes("data-row")] == ["Items of the test"])
    again = host.open(state=panel.state())
    assert again.title == "Items of the test"
    for one in (bar, panel, again):
        one.close()


def test_a_saved_request_is_sent_by_a_command(host: RealHost, web: FakeWeb) -> None:
    panel = host.open()
    panel.change("url", f"{web.url}/items")
    panel.click("save")
    panel.change("save-name", "For the command")
    panel.click("save-keep")
    panel.close()
    assert host.run("send", name="For the command") == [{"id": 1, "name": "Zoë"}, {"id": 2, "name": None}]
    assert host.run("list", search="command")[0]["path"] == "For the command"
    with pytest.raises(ThothError, match="No request is called"):
        host.run("send", name="Nothing")


def test_a_request_is_cancelled(host: RealHost, web: FakeWeb) -> None:
    web.on("GET", "/slow", body="late", hold=True)
    panel = host.open()
    panel.change("url", f"{web.url}/slow")
    panel.click("send")
    web.wait_for(1)
    panel.click("cancel")
    panel.until("Cancelled.")
    web.release("/slow")
    panel.close()


def test_the_state_of_a_tab_has_no_secret(host: RealHost) -> None:
    panel = host.open()
    panel.change("url", "https://a.example")
    panel.change("auth-kind", "bearer")
    panel.change("auth-token", "token-that-nobody-sees")
    state = panel.state()
    assert state["request"]["url"] == "https://a.example"
    assert "token-that-nobody-sees" not in json.dumps(state)
    panel.close()
