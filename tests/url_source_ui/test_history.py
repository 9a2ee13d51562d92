"""What was sent before: listed, run again, compared; and what of a response becomes a variable."""

import json

from explorer.panel import Explorer
from tests.url_source_ui.tabs import opened, sent
from thoth_plugin.testing import FakeHost, OpenedPanel


def twice(first: object, second: object) -> OpenedPanel:
    """A tab whose request was sent two times."""
    _, tab = opened("https://a.example/version")
    for body in (first, second):
        sent(tab).respond(200, json=body)
    tab.state()  # asked for a moment after events: the history is written then
    return tab


def items(tab: OpenedPanel, widget: str = "own-history") -> list[str]:
    return [item["title"] for item in tab.find(widget).get("items", [])]


def test_what_was_sent_is_listed_in_the_tab_and_the_side_bar() -> None:
    tab = twice({"v": 1}, {"v": 2})
    assert items(tab) == ["GET /version"] * 2
    bar = tab.host.open(Explorer, place="sidebar")
    assert items(bar, "sidebar-history") == ["GET /version"] * 2
    bar.click("history-clear")
    assert items(bar, "sidebar-history") == []


def test_an_entry_is_shown_and_sent_again() -> None:
    tab = twice({"v": 1}, {"v": 2})
    bar = tab.host.open(Explorer, place="sidebar")
    bar.event("sidebar-history", "click", "1")
    again = tab.host.open(Explorer, state=json.loads(str(tab.host.tabs[-1][2])))
    assert "From the history" in again.text
    assert again.find("kept-body").value == {"v": 1}
    again.click("send")
    assert tab.host.http.last.url == "https://a.example/version"


def test_two_responses_are_compared() -> None:
    tab = twice({"version": 1, "name": "thoth"}, {"version": 2, "name": "thoth", "stable": True})
    tab.click("compare")
    for said in ("changed", "$['version']", "1", "2", "added", "$['stable']"):
        assert said in tab.text
    same = tab.find("compare-before").value
    tab.change("compare-after", same)
    assert "No difference" in tab.text
    tab.click("compare-close")
    assert "No difference" not in tab.text


def test_texts_are_compared_line_by_line() -> None:
    _, tab = opened("https://a.example")
    for body in ("one\ntwo\nthree", "one\n2\nthree"):
        sent(tab).respond(200, body)
    tab.click("compare")
    assert "− two" in tab.text  # noqa: RUF001 - a minus
    assert "+ 2" in tab.text


def test_secrets_are_not_in_the_history() -> None:
    host, tab = opened("https://a.example")
    tab.change("auth-kind", "bearer")
    tab.change("auth-token", "tok-12345")
    sent(tab).respond(
        200, json={"echo": "tok-12345", "token": "of-the-server"}, headers={"content-type": "application/json"}
    )
    tab.state()
    assert "https://a.example" in host.storage
    assert "tok-12345" not in host.storage
    assert "of-the-server" not in host.storage


def test_a_request_without_a_response_is_in_the_history_too() -> None:
    host, tab = opened("https://a.example")
    sent(tab).fail("a.example could not be found")
    tab.state()
    bar = host.open(Explorer, place="sidebar")
    assert "a.example could not be found" in bar.text


def test_a_full_store_does_not_keep_anybody_from_sending() -> None:
    host, tab = opened("https://a.example")
    host.refuse("plugin-storage.write", "the disk is full")
    sent(tab).respond(200, "ok")
    assert "200 OK" in tab.text
    tab.state()
    assert "the disk is full" in host.log


def extracting(host: FakeHost | None = None) -> tuple[FakeHost, OpenedPanel]:
    """A tab that takes a value out of its response."""
    host, tab = opened("https://a.example/login", host)
    tab.click("extract-add")
    tab.change("extract-0-variable", "user")
    tab.change("extract-0-expression", "$.user.name")
    return host, tab


def test_a_value_of_a_response_becomes_a_variable_for_other_requests() -> None:
    host, tab = extracting()
    sent(tab).respond(200, json={"user": {"name": "Ada"}})
    assert "{{user}} in All Environments is now Ada." in tab.text
    _, other = opened("https://a.example/{{user}}", host)
    assert sent(other).url == "https://a.example/Ada"


def test_a_rule_that_finds_nothing_says_so() -> None:
    _, tab = extracting()
    sent(tab).respond(200, json={"other": 1})
    assert "$.user.name finds nothing in the body" in tab.text


def test_headers_regular_expressions_and_the_status_are_taken_too() -> None:
    host, tab = extracting()
    for at, (source, expression) in enumerate([("header", "Location"), ("regex", "id=(\\d+)"), ("status", "")], 1):
        tab.click("extract-add")
        tab.change(f"extract-{at}-variable", f"v{at}")
        tab.change(f"extract-{at}-source", source)
        if expression:
            tab.change(f"extract-{at}-expression", expression)
    sent(tab).respond(201, "id=42", headers={"location": "/x/42"})
    kept = json.loads(host.storage)["everywhere"]["variables"]
    assert {one["name"]: one["value"] for one in kept} == {"v1": "/x/42", "v2": "42", "v3": "201"}


def test_digest_is_answered_by_a_second_request() -> None:
    host, tab = opened("https://a.example/secret")
    tab.change("auth-kind", "digest")
    tab.change("auth-username", "ada")
    tab.change("auth-password", "pass-word")
    first = sent(tab)
    assert first.header("Authorization") is None
    challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256'
    first.respond(401, "no", headers={"www-authenticate": challenge})
    second = host.http.last
    assert second is not first
    assert str(second.header("Authorization")).startswith("Digest ")
    second.respond(200, "yes")
    assert "200 OK" in tab.text
    assert len(host.http.bodies) == 1


def test_digest_that_is_refused_shows_the_refusal() -> None:
    host, tab = opened("https://a.example/secret")
    tab.change("auth-kind", "digest")
    tab.change("auth-username", "ada")
    challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256'
    sent(tab).respond(401, "no", headers={"www-authenticate": challenge})
    host.http.last.respond(401, "no", headers={"www-authenticate": challenge})
    assert "401 Unauthorized" in tab.text
    assert len(host.http.requests) == 2
