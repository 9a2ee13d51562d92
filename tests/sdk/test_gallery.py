"""The gallery fixture in the fake host: every kind of node is on a page, and every button does what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thoth_plugin.testing import FakeHost, OpenedPanel, defaults, load

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "plugins" / "fixtures" / "gallery"


@pytest.fixture
def host() -> FakeHost:
    return FakeHost(load(GALLERY), settings=defaults(GALLERY))


@pytest.fixture
def panel(host: FakeHost) -> OpenedPanel:
    return host.open()


def test_every_kind_of_node_is_on_a_page(host: FakeHost, panel: OpenedPanel) -> None:
    """What the schema knows is shown, other spellings apart."""
    definitions = json.loads((ROOT / "docs" / "ui-nodes.schema.json").read_text("utf-8"))["$defs"]
    kinds = {
        name
        for name, definition in definitions.items()
        if "const" in definition.get("properties", {}).get("type", {}) and not definition.get("deprecated")
    }
    host.dialogs.append(("ibis.png", b"\x89PNG"))
    panel.click("data-publish")
    panel.click("data-picture")
    assert kinds - {found.type for found in panel.tree.nodes()} == set()


def test_a_setting_is_shown_and_followed(host: FakeHost, panel: OpenedPanel) -> None:
    """Its default is the manifest's."""
    assert "Every node there is" in panel.text
    host.change_settings(greeting="Hello")
    assert "Hello" in panel.tree
    assert "settings changed" in panel.tree


def test_values_are_echoed_kept_and_restored(host: FakeHost, panel: OpenedPanel) -> None:
    """Texts as they are, others as JSON."""
    panel.change("input", "Ankh")
    panel.change("toggle", False)
    panel.change("multi", ["a", "c"])
    panel.click("button")
    assert panel.title == "Gallery (1)"
    again = host.open(state=panel.state())
    assert again.find("input").value == "Ankh"
    assert again.find("toggle")["enabled"] if "enabled" in again.find("toggle").node else True
    assert again.find("multi").value == ["a", "c"]
    assert "restored" in again.tree


def test_a_data_set_is_published_grows_and_goes(host: FakeHost, panel: OpenedPanel) -> None:
    """The node `data-view` has its handle."""
    panel.click("data-publish")
    (published,) = host.datasets.values()
    assert panel.find("data-view")["handle"] == published.handle
    assert published.rows[1] == ["1", "name 1", str(1 / 7)]
    panel.click("data-append")
    assert len(published.rows) == 1100
    panel.click("data-update")
    assert [column["name"] for column in published.columns] == ["id", "name", "share", "note"]
    panel.click("data-publish")
    assert [each.name for each in host.datasets.values()] == ["Gallery rows"], "a panel has one at a time"
    panel.click("data-release")
    assert not panel.tree.has("data-view")
    assert host.datasets == {}


def test_another_panel_hears_of_what_is_stored(host: FakeHost, panel: OpenedPanel) -> None:
    """The side bar shows it."""
    side = host.open(place="sidebar")
    panel.click("host-store")
    assert "storage changed" in side.text
    assert side.tree.nodes("sidebar-header")[0]["trailing_text"] == "1"
    side.click("side-open")
    assert host.tabs[0][0] == "Gallery"


def test_the_buttons_of_the_host_page(host: FakeHost, panel: OpenedPanel) -> None:
    """Signals, tabs, queries, secrets, files, logs."""
    host.dialogs.extend([("/home/a.txt", "inside"), None])
    for name in ("signal", "tab", "query", "query-fail", "secret", "open-file", "save-file", "log", "raise"):
        panel.click(f"host-{name}")
    assert [(signal.key, signal.value, signal.status) for signal in host.signals] == [
        ("state", "working", "loading"),
        ("rows", "1200", "ready"),
    ]
    assert json.loads(host.tabs[0][2] or "") == {"values": {"input": "seeded"}, "clicks": 7}
    assert "found [{'row': 0" in panel.text
    assert "no such table" in panel.text
    assert host.secrets == {"gallery": "hush"}
    assert "opened a.txt: inside" in panel.tree
    assert "saved None" in panel.tree
    assert "warning: from the gallery" in host.log
    assert "divided by nothing" in panel.text


def test_a_request_is_waited_for_and_cancelled(host: FakeHost, panel: OpenedPanel) -> None:
    """Approval, answer and cancel are shown."""
    panel.change("host-url", "http://a")
    panel.click("host-send")
    host.http.last.consent_pending()
    assert "waiting for approval" in panel.tree
    host.http.last.respond(200, "fine")
    assert "200 fine (4 bytes)" in panel.tree
    panel.click("host-send")
    panel.click("host-cancel")
    assert "cancelled" in panel.tree


def test_a_tree_that_cannot_be_drawn_is_drawn_again(panel: OpenedPanel) -> None:
    """The button that broke it mends it."""
    panel.click("host-bad-tree")
    assert "could not be drawn" in panel.text
    panel.event("host-bad-tree", "click")
    assert "Every node there is" in panel.text


def test_its_commands(host: FakeHost) -> None:
    """They do without a panel."""
    host.http.on("GET", "*", body="x")
    assert host.run("echo", text="hello", loud=True) == [{"said": "HELLO"}]
    assert host.run("fetch", url="http://a")[0]["status"] == 200
