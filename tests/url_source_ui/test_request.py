"""What a person writes is what leaves."""

import pytest

from tests.url_source_ui.tabs import entries, opened, sent
from thoth_plugin.testing import FakeHost


def test_a_url_and_its_parameters_stay_in_step_both_ways() -> None:
    _, tab = opened("https://a.example/x?q=a+b&page=2")
    shown = tab.find("params")["entries"]
    assert [(row["key"], row["value"]) for row in shown] == [("q", "a b"), ("page", "2")]
    tab.event("params", "change", entries(("q", "a b"), ("page", "3"), ("sort", "näme")))
    assert tab.find("url").value == "https://a.example/x?q=a+b&page=3&sort=n%C3%A4me"
    assert sent(tab).url == "https://a.example/x?q=a+b&page=3&sort=n%C3%A4me"


def test_a_parameter_that_is_switched_off_stays_in_the_table_and_leaves_the_url() -> None:
    _, tab = opened("https://a.example/x?q=1&z=2")
    tab.event("params", "change", '[{"key":"q","value":"1","enabled":false},{"key":"z","value":"2","enabled":true}]')
    assert tab.find("url").value == "https://a.example/x?z=2"
    tab.change("url", "https://b.example/?z=2")
    assert [row.get("enabled", True) for row in tab.find("params")["entries"]] == [False, True]


@pytest.mark.parametrize("method", ["PUT", "TRACE", "HEAD"])
def test_every_method_of_the_list_is_sent(method: str) -> None:
    _, tab = opened("https://a.example")
    tab.change("method", method)
    assert sent(tab).method == method


def test_a_method_of_one_s_own() -> None:
    _, tab = opened("https://a.example")
    tab.change("method", "Other…")
    tab.change("own-method", "purge")
    assert sent(tab).method == "PURGE"
    assert tab.find("method").value == "Other…"


def test_headers_suggested_and_written() -> None:
    _, tab = opened("https://a.example")
    tab.change("header-suggestion", "X-Requested-With")
    shown = [(row["key"], row["value"]) for row in tab.find("headers")["entries"]]
    assert shown == [("X-Requested-With", "XMLHttpRequest")]
    assert sent(tab).header("x-requested-with") == "XMLHttpRequest"


def test_enter_in_the_url_sends() -> None:
    host, tab = opened("https://a.example/")
    tab.submit("url")
    assert host.http.last.url == "https://a.example/"


def test_basic_auth_is_sent_and_shown_nowhere() -> None:
    _, tab = opened("https://a.example")
    tab.change("auth-kind", "basic")
    tab.change("auth-username", "ada")
    tab.change("auth-password", "pass word")
    assert tab.find("auth-password").get("password") is True
    request = sent(tab)
    assert request.header("Authorization") == "Basic YWRhOnBhc3Mgd29yZA=="
    request.respond(200, "ok")
    field = tab.find("auth-password")
    assert tab.text.replace(field.text, "").count("pass word") == 0
    assert "YWRhOnBhc3Mgd29yZA" not in tab.text
    assert "•••" in tab.text


def test_an_api_key_in_the_url_is_masked_in_what_is_told() -> None:
    _, tab = opened("https://a.example/x")
    tab.change("auth-kind", "api-key")
    tab.change("auth-key-name", "key")
    tab.change("auth-key-value", "s3cret&more")
    tab.change("auth-key-in", "query")
    request = sent(tab)
    assert request.url == "https://a.example/x?key=s3cret%26more"
    request.respond(200, "ok")
    assert "https://a.example/x?key=•••" in tab.text
    assert "s3cret%26more" not in tab.text


def test_a_body_makes_a_get_a_post_and_says_what_it_is() -> None:
    _, tab = opened("https://a.example")
    tab.change("body-kind", "json")
    assert tab.find("method").value == "POST"
    tab.change("body-text", '{"a": 1}')
    assert "Valid JSON." in tab.text
    request = sent(tab)
    assert (request.header("Content-Type"), request.body) == ("application/json", b'{"a": 1}')


def test_json_is_checked_as_it_is_typed() -> None:
    _, tab = opened("https://a.example")
    tab.change("body-kind", "json")
    tab.change("body-text", '{"a": 1,}')
    assert "line 1, column" in tab.text
    assert "the comma before this has nothing behind it" in tab.text
    assert tab.find("body-format").enabled is False
    tab.change("body-text", '{"b":{{n}},"a":[1.50,{}],"c":"{x"}')
    tab.click("body-format")
    assert tab.find("body-text").value == '{\n  "b": {{n}},\n  "a": [\n    1.50,\n    {}\n  ],\n  "c": "{x"\n}'


def test_a_form_is_encoded() -> None:
    _, tab = opened("https://a.example")
    tab.change("body-kind", "form")
    tab.event("body-form", "change", entries(("a", "1 2"), ("b", "ü")))
    request = sent(tab)
    assert request.body == b"a=1+2&b=%C3%BC"
    assert request.header("content-type") == "application/x-www-form-urlencoded"


def test_files_are_picked_and_sent_by_their_handles() -> None:
    host, tab = opened("https://a.example")
    tab.change("body-kind", "multipart")
    tab.click("part-add-text")
    tab.change("part-0-name", "title")
    tab.change("part-0-value", "Report")
    host.dialogs.append(("report.pdf", b"%PDF-1.4"))
    tab.click("part-add-file")
    assert "report.pdf" in tab.text
    request = sent(tab)
    assert b'name="title"\r\n\r\nReport' in request.body
    assert b'filename="report.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4' in request.body
    assert "multipart/form-data; boundary=" in str(request.header("content-type"))


def test_a_part_has_a_file_name_a_type_and_headers_of_its_own() -> None:
    """They are shown when they are asked for; what is emptied is the usual again."""
    host, tab = opened("https://a.example")
    tab.change("body-kind", "multipart")
    tab.click("part-add-text")
    host.dialogs.append(("report.pdf", b"%PDF-1.4"))
    tab.click("part-add-file")
    assert not tab.tree.has("part-1-filename")
    tab.click("part-1-more")
    tab.change("part-1-filename", "Année {{$timestamp}}.txt")
    assert tab.find("part-1-content_type")["placeholder"] == "text/plain"
    tab.change("part-1-content_type", "text/csv; header=present")
    tab.event("part-1-headers", "change", entries(("Content-Language", "fr"), ("X-Sum", "1"), ("", "no name")))
    tab.change("part-1-name", "sheet")
    request = sent(tab)
    request.respond(200, "ok")
    body = request.body.decode()
    head = body[body.index("name=") :].partition("\r\n\r\n")[0].split("\r\n")
    assert head[0].startswith('name="sheet"; filename="Année 1')
    assert head[1:] == ["Content-Type: text/csv; header=present", "Content-Language: fr", "X-Sum: 1"]
    tab.change("part-1-filename", "")
    tab.click("part-0-remove")
    assert tab.find("part-0-filename")["placeholder"] == "report.pdf", "what was shown of it stays shown"
    assert b'filename="report.pdf"' in sent(tab).body
    tab.click("part-0-more")
    assert tab.find("part-0-more")["badge_color"] == "accent"
    tab.click("part-0-remove")
    tab.click("part-add-text")
    assert not tab.tree.has("part-0-filename")


def test_a_file_is_the_body() -> None:
    host, tab = opened("https://a.example")
    tab.change("body-kind", "binary")
    host.dialogs.append(("a.png", b"\x89PNG"))
    tab.click("body-file")
    request = sent(tab)
    assert (request.body, request.header("content-type")) == (b"\x89PNG", "image/png")


def test_a_file_that_nobody_picked_is_asked_for_before_anything_is_sent() -> None:
    host, tab = opened("https://a.example")
    tab.change("body-kind", "binary")
    tab.click("send")
    assert host.http.requests == []
    assert "no file is chosen" in tab.text


def test_graphql_has_query_and_variables() -> None:
    _, tab = opened("https://a.example/graphql")
    tab.change("body-kind", "graphql")
    tab.change("graphql-query", "query Q($n: Int) { a(n: $n) }")
    tab.change("graphql-variables", '{"n": 3}')
    assert sent(tab).json() == {"query": "query Q($n: Int) { a(n: $n) }", "variables": {"n": 3}}


def test_options_reach_the_host() -> None:
    _, tab = opened("https://a.example")
    tab.change("option-timeout", "2500")
    tab.change("option-follow", "false")
    tab.change("option-verify", "false")
    tab.change("option-version", "1.1")
    options = sent(tab).options
    assert {name: options[name] for name in ("timeout_ms", "follow_redirects", "verify_tls", "http_version")} == {
        "timeout_ms": 2500,
        "follow_redirects": False,
        "verify_tls": False,
        "http_version": "1.1",
    }
    assert tab.tree.has("thoth:network-access")


def test_a_request_that_cannot_be_sent_says_why_and_where() -> None:
    host, tab = opened()
    tab.click("send")
    assert host.http.requests == []
    assert "there is no URL" in tab.text
    tab.change("url", "ftp://a.example")
    assert "ftp:// is not what is asked here" in tab.text


def test_a_variable_that_is_not_known_is_told_while_it_is_typed() -> None:
    _, tab = opened("https://{{host}}/x")
    assert "{{host}} is not known" in tab.text


def test_a_tab_is_called_by_its_url_and_says_that_it_is_not_saved() -> None:
    host = FakeHost()
    _, tab = opened(host=host)
    assert tab.title == "New Request"
    tab.change("url", "https://a.example/users")
    assert tab.title == "● https://a.example/users"
