"""Saving, the side bar, and what tabs keep."""

import json
from typing import Any

import pytest

from explorer.panel import Explorer
from tests.url_source_ui.tabs import opened, sent
from thoth_plugin.testing import FakeHost, OpenedPanel


def saved(host: FakeHost, name: str, url: str = "https://a.example/x", folder: str = "") -> OpenedPanel:
    """A tab whose request was saved."""
    _, tab = opened(url, host)
    tab.click("save")
    tab.change("save-name", name)
    if folder:
        tab.change("save-folder", folder)
    tab.click("save-keep")
    return tab


def sidebar(host: FakeHost) -> OpenedPanel:
    """The view in the side bar; what is stored is looked at as the host tells it."""
    return host.open(Explorer, place="sidebar")


def rows(bar: OpenedPanel) -> list[str]:
    return [row["display_text"] for row in bar.tree.nodes("data-row")]


def row_id(bar: OpenedPanel, name: str) -> str:
    return next(str(row["row_id"]) for row in bar.tree.nodes("data-row") if row["display_text"] == name)


def act(bar: OpenedPanel, name: str, kind: str = "action") -> None:
    """Touches a row."""
    bar.event("sidebar-item", kind, row_id(bar, name))


def seed(host: FakeHost) -> Any:
    """What the last tab that was asked for begins with."""
    return json.loads(str(host.tabs[-1][2]))


def test_a_saved_request_has_a_name_and_is_in_the_side_bar() -> None:
    host = FakeHost()
    tab = saved(host, "List orders")
    assert tab.title == "List orders"
    assert "not saved" not in tab.text
    assert rows(sidebar(host)) == ["List orders"]


def test_secrets_are_in_the_key_store_alone() -> None:
    host, tab = opened("https://a.example")
    tab.change("auth-kind", "basic")
    tab.change("auth-username", "ada")
    tab.change("auth-password", "pass-word")
    tab.event("headers", "change", '[{"key":"X-Api-Key","value":"key-12345","enabled":true}]')
    assert "pass-word" not in json.dumps(tab.state())
    tab.click("save")
    tab.click("save-keep")
    assert "pass-word" not in host.storage
    assert "key-12345" not in host.storage
    assert {"pass-word", "key-12345"} <= {
        value for entry in host.secrets.values() for value in json.loads(entry).values()
    }
    assert not tab.tree.has("auth-password")
    assert "Kept in the key store" in tab.text
    request = sent(tab)
    assert request.header("Authorization") == "Basic YWRhOnBhc3Mtd29yZA=="
    assert request.header("X-Api-Key") == "key-12345"
    assert "pass-word" not in json.dumps(tab.state())
    assert "pass-word" not in json.dumps(tab.tree.node)


def test_a_secret_is_replaced_and_the_old_one_forgotten() -> None:
    host, tab = opened("https://a.example")
    tab.change("auth-kind", "bearer")
    tab.change("auth-token", "first-token")
    tab.click("save")
    tab.click("save-keep")
    tab.click("replace-auth-token")
    tab.change("auth-token", "second-token")
    tab.click("save")
    assert "first-token" not in json.dumps(host.secrets)
    assert sent(tab).header("Authorization") == "Bearer second-token"


def test_deleting_a_request_forgets_its_secrets() -> None:
    host, tab = opened("https://a.example")
    tab.change("auth-kind", "bearer")
    tab.change("auth-token", "tok-12345")
    tab.click("save")
    tab.change("save-name", "Mine")
    tab.click("save-keep")
    bar = sidebar(host)
    act(bar, "Mine")
    bar.click("sidebar-delete")
    assert rows(bar) == ["Mine"]
    bar.click("sidebar-delete-yes")
    assert rows(bar) == []
    assert "tok-12345" not in json.dumps(host.secrets)


def test_a_request_that_was_saved_is_saved_again_without_a_question() -> None:
    host = FakeHost()
    tab = saved(host, "Mine")
    tab.change("url", "https://b.example")
    assert tab.title == "● Mine"
    tab.click("save")
    assert tab.title == "Mine"
    assert '"url": "https://b.example"' in host.storage


def test_folders_hold_requests_and_are_folded() -> None:
    host = FakeHost()
    bar = sidebar(host)
    bar.event("sidebar-folder", "click", "")
    bar.change("sidebar-name", "Users")
    bar.submit("sidebar-name")
    assert "Empty" in bar.text
    saved(host, "Create", folder=row_id(bar, "Users"))
    again = sidebar(host)
    assert rows(again) == ["Users"]
    act(again, "Users", "toggle")
    assert rows(again) == ["Users", "Create"]


def test_rename_duplicate_order_and_move() -> None:
    host = FakeHost()
    for name in ("One", "Two"):
        saved(host, name, f"https://{name.lower()}.example")
    bar = sidebar(host)
    act(bar, "Two")
    bar.click("sidebar-up")
    assert rows(bar) == ["Two", "One"]
    bar.click("sidebar-rename")
    bar.change("sidebar-name", "Second")
    bar.click("sidebar-name-keep")
    bar.click("sidebar-duplicate")
    assert rows(bar) == ["Second", "Second copy", "One"]
    bar.event("sidebar-folder", "click", "")
    bar.change("sidebar-name", "Box")
    bar.submit("sidebar-name")
    act(bar, "One")
    bar.change("sidebar-move", row_id(bar, "Box"))
    assert rows(bar) == ["Second", "Second copy", "Box", "One"]
    act(bar, "Box", "click")
    assert rows(bar) == ["Second", "Second copy", "Box"]


def test_the_collection_is_searched() -> None:
    host = FakeHost()
    saved(host, "List orders", "https://a.example/orders")
    saved(host, "List users", "https://a.example/users")
    bar = sidebar(host)
    bar.change("sidebar-search", "USER list")
    assert rows(bar) == ["List users"]
    bar.change("sidebar-search", "nothing such")
    assert rows(bar) == []
    assert "nothing such" in bar.text


def test_a_row_opens_its_request_in_a_tab() -> None:
    host = FakeHost()
    saved(host, "Mine", "https://mine.example")
    bar = sidebar(host)
    act(bar, "Mine", "click")
    tab = host.open(Explorer, state=seed(host))
    assert (tab.title, tab.find("url").value) == ("Mine", "https://mine.example")


def test_a_tab_comes_back_with_edits_that_were_not_saved() -> None:
    host = FakeHost()
    tab = saved(host, "Mine")
    tab.change("url", "https://edited.example")
    again = host.open(Explorer, state=tab.state())
    assert again.title == "● Mine"
    assert again.find("url").value == "https://edited.example"
    again.click("save")
    assert again.title == "Mine"


def test_a_tab_follows_what_is_renamed_elsewhere_unless_it_is_being_edited() -> None:
    host = FakeHost()
    tab, edited = saved(host, "Mine"), saved(host, "Other")
    edited.change("url", "https://edited.example")
    bar = sidebar(host)
    for name in ("Mine", "Other"):
        act(bar, name)
        bar.click("sidebar-rename")
        bar.change("sidebar-name", f"{name} 2")
        bar.click("sidebar-name-keep")
    for one in (tab, edited):
        one.event("storage-changed", "notify", "")
    assert tab.title == "Mine 2"
    assert edited.find("url").value == "https://edited.example"
    assert edited.title.startswith("● ")


def test_what_the_original_explorer_kept_is_taken_over() -> None:
    host = FakeHost()
    record = {
        "name": "Old",
        "method": "POST",
        "url": "https://a.example",
        "params": [],
        "req_headers": [],
        "body": "{}",
    }
    auth = {"auth_type": "bearer", "auth_token": "old-token", "auth_username": "", "auth_password": ""}
    host.storage = json.dumps({"requests": [record | auth]})
    bar = sidebar(host)
    assert rows(bar) == ["Old"]
    assert "old-token" not in host.storage
    act(bar, "Old", "click")
    tab = host.open(Explorer, state=seed(host))
    assert sent(tab).header("Authorization") == "Bearer old-token"


def test_what_cannot_be_read_is_never_written_over() -> None:
    host = FakeHost()
    host.storage = '{"version": 99, "root": {}}'
    tab = saved(host, "Mine")
    assert host.storage == '{"version": 99, "root": {}}'
    assert "version 99" in tab.text


@pytest.mark.parametrize("interface", ["secure-storage", "plugin-storage.write"])
def test_what_cannot_be_kept_is_told(interface: str) -> None:
    host, tab = opened("https://a.example")
    tab.change("auth-kind", "bearer")
    tab.change("auth-token", "tok-12345")
    host.refuse(interface, "no room for it")
    tab.click("save")
    tab.click("save-keep")
    assert "no room for it" in tab.text
    assert "tok-12345" not in host.storage


def test_the_view_in_the_side_bar_is_called_by_the_plugin() -> None:
    host = FakeHost()
    saved(host, "Mine")
    bar = sidebar(host)
    assert bar.title == bar.instance.plugin.info.name


def test_a_request_is_saved_as_another() -> None:
    """With its edits; the one that is kept stays as it is, and so does the tab where nothing came of it."""
    host = FakeHost()
    bar = sidebar(host)
    bar.event("sidebar-folder", "click")
    bar.change("sidebar-name", "Orders")
    bar.click("sidebar-name-keep")
    tab = saved(host, "List", folder=row_id(bar, "Orders"))
    tab.change("url", "https://a.example/y")
    tab.click("save-as")
    assert (tab.find("save-name").value, tab.find("save-folder").value) == ("List copy", row_id(bar, "Orders"))
    tab.click("save-close")
    assert tab.title == "● List"
    tab.click("save-as")
    tab.change("save-name", "List of y")
    tab.click("save-keep")
    assert tab.title == "List of y"
    (folder,) = host.stored["root"]["items"]
    assert [(one["name"], one["url"]) for one in folder["items"]] == [
        ("List", "https://a.example/x"),
        ("List of y", "https://a.example/y"),
    ]
    assert not opened("https://a.example", host)[1].tree.has("save-as"), "what was never saved has no other name"


def test_notes_are_written_in_markdown_read_and_kept_with_the_request() -> None:
    """What is there is read first; what is searched for is found in them."""
    host = FakeHost()
    tab = saved(host, "List")
    assert tab.find("notes-mode")["active"] == "write"
    tab.change("notes", "Needs the *staging* key")
    tab.change("notes-mode", "read")
    assert tab.tree.nodes("markdown")[0].value == "Needs the *staging* key"
    assert tab.title == "● List"
    tab.click("save")
    again = host.open(Explorer, state=tab.state())
    assert "Notes ●" in again.tree.find("request-tabs")["headers"]
    assert again.tree.nodes("markdown")[0].value == "Needs the *staging* key"
    again.change("notes-mode", "write")
    again.change("notes", "")
    assert again.find("notes-mode")["active"] == "write"
    bar = sidebar(host)
    bar.change("sidebar-search", "staging")
    assert rows(bar) == ["List"]
    tab.click("curl-export")
    assert "Not in it: the notes" in tab.text
    assert "staging" not in tab.tree.by_text("curl", "code").text
