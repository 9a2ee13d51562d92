"""What a tab keeps, what it is called, and what becomes of it where something is changed or refused."""

import json
from typing import Any

import pytest

import main
from explorer.panel import Explorer
from explorer.tab_opening import LONGEST, shortened
from rest import history
from tests.url_source_ui.tabs import opened, sent
from thoth_plugin import PluginError
from thoth_plugin.testing import FakeHost, OpenedPanel

SECRET = "hunter2-and-more"


def kept(host: FakeHost) -> Any:
    """What is in plugin-storage."""
    return json.loads(host.storage)


def full_of_tabs(host: FakeHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no tab is opened."""
    monkeypatch.setattr(host, "_ui_tabs_open_tab", lambda *_: "")


def with_token(tab: OpenedPanel, token: str) -> OpenedPanel:
    """A tab whose request has a token, in the key store."""
    tab.change("auth-kind", "bearer")
    tab.change("auth-token", token)
    tab.click("save")
    tab.click("save-keep")
    return tab


@pytest.mark.parametrize("url", [f"https://ada:{SECRET}@a.example/x", f"https://a.example/x?api_key={SECRET}"])
def test_a_secret_in_a_url_is_in_no_title_and_no_name(url: str) -> None:
    host, tab = opened(url)
    assert SECRET not in tab.title
    tab.click("save")
    assert SECRET not in str(tab.find("save-name"))
    tab.click("save-keep")
    assert SECRET not in host.storage
    tab.event("save-as", "click", "")
    tab.change("save-name", f"{url} again")
    tab.click("save-keep")
    assert SECRET not in host.storage
    assert SECRET not in json.dumps(tab.state())
    assert SECRET in json.dumps(host.secrets)
    other = opened("https://b.example", host)[1]
    other.click("curl-import")
    other.change("curl-text", f"curl '{url}'")
    other.click("curl-import-open")
    assert SECRET not in str(host.tabs)


def test_a_secret_of_a_new_request_goes_to_the_key_store() -> None:
    host = FakeHost(main.PLUGIN)
    host.run("new-request", url=f"https://a.example/x?api_key={SECRET}")
    host.run("import-curl", text=f"curl https://a.example/x?api_key={SECRET}")
    assert len(host.tabs) == 2
    assert SECRET not in str(host.tabs)
    tab = host.open(Explorer, state=json.loads(str(host.tabs[0][2])))
    assert sent(tab).url == f"https://a.example/x?api_key={SECRET}"


def test_long_titles_are_cut_between_characters() -> None:
    assert shortened("short") == "short"
    assert shortened("ä" * 150).endswith("ä…")
    assert len(shortened("ä" * 150).encode()) <= LONGEST
    host = FakeHost(main.PLUGIN)
    host.run("new-request", url=f"https://a.example/{'x' * 300}")
    assert len(host.tabs[0][0].encode()) <= LONGEST


def test_what_no_tab_is_opened_for_is_in_the_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    host, tab = opened("https://mine.example")
    full_of_tabs(host, monkeypatch)
    tab.click("curl-import")
    tab.change("curl-text", f"curl https://a.example -H 'Authorization: Bearer {SECRET}'\ncurl https://b.example\n")
    tab.click("curl-import-open")
    assert "2 requests are in the collection" in tab.text
    assert [one["url"] for one in kept(host)["root"]["items"]] == ["https://a.example", "https://b.example"]
    assert SECRET not in host.storage
    assert SECRET in json.dumps(host.secrets)
    bar = host.open(Explorer, place="sidebar")
    bar.event("sidebar-new", "click", "")
    assert "No tab was opened" in bar.text


def test_a_command_says_that_no_tab_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    host = FakeHost(main.PLUGIN)
    full_of_tabs(host, monkeypatch)
    with pytest.raises(PluginError, match="Try again in a minute"):
        host.run("new-request", url=f"https://a.example/?api_key={SECRET}")
    assert not host.secrets


def test_a_file_stays_chosen_while_something_else_is_stored() -> None:
    host, tab = opened("https://a.example")
    host.dialogs.append(("data.bin", b"bytes"))
    tab.change("method", "POST")
    tab.change("body-kind", "binary")
    tab.click("body-file")
    tab.click("save")
    tab.change("save-name", "Upload")
    tab.click("save-keep")
    _, other = opened("https://else.example", host)
    sent(other).respond(200)
    other.state()
    tab.event("storage-changed", "notify", "")
    assert "choose it again" not in tab.text
    bar = host.open(Explorer, place="sidebar")
    row = next(row for row in bar.tree.nodes("data-row") if row["display_text"] == "Upload")
    bar.event("sidebar-item", "action", str(row["row_id"]))
    bar.click("sidebar-rename")
    bar.change("sidebar-name", "Upload 2")
    bar.click("sidebar-name-keep")
    tab.event("storage-changed", "notify", "")
    assert "choose it again" not in tab.text
    assert tab.title == "Upload 2"
    assert sent(tab).body == b"bytes"


def test_what_is_edited_while_a_server_thinks_is_not_what_was_sent() -> None:
    host, tab = opened("https://a.example/first")
    request = sent(tab)
    tab.change("url", "https://a.example/second")
    request.respond(200, json={})
    tab.state()
    entry = kept(host)["history"]["entries"][0]
    assert (entry["url"], entry["request"]["url"]) == ("https://a.example/first",) * 2


def test_what_was_sent_last_is_what_is_sent_again() -> None:
    host = FakeHost(main.PLUGIN)
    host.http.on("GET", "*", json=[1])
    _, tab = opened("https://a.example/saved", host)
    tab.click("save")
    tab.click("save-keep")
    tab.change("url", "https://a.example/edited")
    tab.click("send")
    tab.state()
    host.refuse("ui-tabs", "no tabs here")
    host.run("send-last-again")
    assert host.http.last.url == "https://a.example/edited"


def test_secrets_go_with_the_last_entry_that_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    host, tab = opened("https://a.example")
    with_token(tab, "tok-first")
    sent(tab).respond(200)
    tab.state()
    tab.click("replace-auth-token")
    tab.change("auth-token", "tok-second")
    tab.click("save")
    assert "tok-first" in json.dumps(host.secrets)
    monkeypatch.setattr(history.add, "__defaults__", (1, history.MOST_BYTES, None))
    sent(tab).respond(200)
    tab.state()
    assert "tok-first" not in json.dumps(host.secrets)
    tab.click("replace-auth-token")
    tab.change("auth-token", "tok-third")
    tab.click("save")
    assert "tok-second" in json.dumps(host.secrets)
    bar = host.open(Explorer, place="sidebar")
    bar.click("history-clear")
    assert "tok-second" not in json.dumps(host.secrets)
    assert "tok-third" in json.dumps(host.secrets)


def test_another_environment_is_taken_for_one_request_alone() -> None:
    host = FakeHost(main.PLUGIN)
    _, tab = opened("https://{{host}}/x", host)
    tab.click("environments")
    for name in ("Live", "Local"):
        tab.click("environment-add")
        tab.change("environment-name", name)
        tab.click("variable-add")
        tab.change("variable-0-name", "host")
        tab.change("variable-0-value", f"{name.lower()}.example")
    tab.click("environments-save")
    tab.change("environment", {one["label"]: one["value"] for one in tab.find("environment")["options"]}["Live"])
    tab.click("save")
    tab.change("save-name", "Mine")
    tab.click("save-keep")
    host.http.on("GET", "*", json=[1])
    before = kept(host)["active"]
    host.run("send", name="Mine", env="Local")
    assert host.http.last.url == "https://local.example/x"
    assert kept(host)["active"] == before
    host.run("send", name="Mine")
    assert host.http.last.url == "https://live.example/x"
