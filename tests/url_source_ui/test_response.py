"""What comes back, and what can be done with it."""

import pytest

from tests.url_source_ui.tabs import opened, sent


def test_a_response_shows_status_time_size_and_headers() -> None:
    _, tab = opened("https://a.example")
    sent(tab).respond(404, "no", headers={"content-type": "text/plain", "server": "zig"}, duration_ms=1234)
    for said in ("404 Not Found", "1.23 s", "2 B", "Headers (2)", "server", "zig"):
        assert said in tab.text


def test_json_is_shown_by_the_viewers_of_files_however_large() -> None:
    """The body itself is never in a tree."""
    host, tab = opened("https://a.example/items")
    sent(tab).respond(200, b'[{"a":1}' + b',{"a":2}' * 1_000_000 + b"]", headers={"content-type": "application/json"})
    views = {view.id: view for view in tab.tree.nodes("data-view")}
    assert (views["body"]["name"], views["body-raw"]["view"]) == ("items.json", "raw")
    assert views["body"]["handle"] in host.http.bodies
    assert len(str(tab.tree.node)) < 200_000


def test_the_body_of_the_response_before_is_let_go_of() -> None:
    host, tab = opened("https://a.example")
    for _ in range(3):
        sent(tab).respond(200, json=[1])
    assert len(host.http.bodies) == 1


def test_phases_and_redirects_are_shown() -> None:
    _, tab = opened("https://a.example")
    timing = {"dns": 4.0, "connect": 10.0, "tls": 20.0, "first_byte": 30.0, "total": 100.0}
    hops = [
        {
            "url": f"https://{name}.example/",
            "status": status,
            "address": "9.9.9.9",
            "http_version": "HTTP/2",
            "timing_ms": timing,
        }
        for name, status in (("a", 302), ("b", 200))
    ]
    sent(tab).respond(200, "x", hops=hops, http_version="HTTP/2")
    for said in ("DNS 8.0 ms", "TLS 40 ms", "Download 72 ms", "1 redirect", "https://b.example/", "9.9.9.9"):
        assert said in tab.text


def test_cookies_are_taken_apart() -> None:
    _, tab = opened("https://a.example")
    cookies = [("set-cookie", "sid=a=b; Path=/; HttpOnly; SameSite=Lax"), ("set-cookie", "t=1; Max-Age=60")]
    sent(tab).respond(200, "x", headers=cookies)
    for said in ("Cookies (2)", "a=b", "HttpOnly, SameSite=Lax", "in 60 s"):
        assert said in tab.text


@pytest.mark.parametrize(
    ("content", "headers", "name", "shown"),
    [
        (b"<a><b>1</b></a>", {"content-type": "application/xml"}, "response.xml", "<a>\n  <b>1</b>\n</a>"),
        (b"<html><p>hi<br>you</p></html>", {"content-type": "text/html"}, "response.html", "<br>"),
        (b"\x00\x01\xff", {"content-type": "application/octet-stream"}, "response.bin", "00 01 ff"),
        (b"", {}, "response.txt", "No body"),
    ],
)
def test_other_bodies_are_shown_as_what_they_are(
    content: bytes, headers: dict[str, str], name: str, shown: str
) -> None:
    host, tab = opened("https://a.example")
    sent(tab).respond(200, content, headers=headers)
    assert shown in tab.text
    if content:
        tab.click("response-open")
        assert host.http.shown == [(name, content)]


def test_a_response_is_saved_under_the_name_the_server_gives_it() -> None:
    host, tab = opened("https://a.example/export")
    sent(tab).respond(
        200, "a,b\n", headers={"content-type": "text/csv", "content-disposition": 'attachment; filename="../t.csv"'}
    )
    host.dialogs.append("/home/ada/t.csv")
    tab.click("response-save")
    assert host.http.saved == [("/home/ada/t.csv", b"a,b\n")]
    assert any(call[1] == "save-body" and call[-1] == "t.csv" for call in host.calls)


def test_a_short_body_can_be_copied() -> None:
    _, tab = opened("https://a.example")
    sent(tab).respond(200, '{"a":1}')
    assert '{"a":1}' in [button.get("copy") for button in tab.tree.nodes("button")]


def test_while_a_person_is_asked_the_tab_says_so_and_the_answer_comes_by_itself() -> None:
    _, tab = opened("https://a.example")
    request = sent(tab)
    request.consent_pending("may it reach https://a.example? waiting for user consent")
    assert "Waiting for approval" in tab.text
    assert tab.tree.has("thoth:network-access")
    request.respond(200, "ok")
    assert "200 OK" in tab.text
    assert len(tab.host.http.requests) == 1


def test_a_request_is_cancelled() -> None:
    host, tab = opened("https://a.example")
    request = sent(tab)
    assert "Sending" in tab.text
    assert not tab.tree.has("send")
    tab.click("cancel")
    assert request.cancelled
    assert "Cancelled." in tab.text
    assert host.signals[-1].key == "http"
    assert sent(tab) is not request


def test_no_response_says_why() -> None:
    host, tab = opened("https://a.example")
    sent(tab).fail("a.example could not be found")
    assert "a.example could not be found" in tab.text
    assert host.signals[-1].status == "error"
    assert sent(tab).url == "https://a.example/"


def test_the_status_bar_tells_what_came() -> None:
    host, tab = opened("https://a.example")
    sent(tab).respond(201, "ok", duration_ms=42)
    assert (host.signals[-1].key, host.signals[-1].value) == ("http", "GET 201 · 42 ms")
