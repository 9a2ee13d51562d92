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


PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
SVG = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_any_number_of_comments_is_read_once() -> None:
    """A comment ends in one place: bodies come from strangers."""
    _, tab = opened("https://a.example/cat")
    sent(tab).respond(200, b"<!---->" * 290 + b"<html>")
    assert not tab.tree.nodes("picture")
    sent(tab).respond(200, b"<!-- one -- or - two -->" * 50 + b"<svg >")
    assert len(tab.tree.nodes("picture")) == 1


@pytest.mark.parametrize(
    ("content", "said", "name"),
    [
        (PNG, "text/plain", "cat.png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "cat.jpg"),
        (b"GIF89a", "image/gif", "cat.gif"),
        (b"RIFF\x0a\0\0\0WEBPVP8 ", "image/webp", "cat.webp"),
        (b"\0\0\0\x20ftypavif", "image/avif", "cat.avif"),
        (b"BM\x0a\0\0\0\0\0\0\0", "image/bmp", "cat.bmp"),
        (b"\0\0\1\0\1\0", "image/x-icon", "cat.ico"),
        (SVG, "image/svg+xml", "cat.svg"),
        (SVG, "text/plain", "cat.svg"),
    ],
)
def test_an_image_is_drawn_from_the_body_that_the_host_holds(content: bytes, said: str, name: str) -> None:
    """By how it begins; of an SVG the text can be read, too, and nothing of its bytes is in a tree."""
    host, tab = opened("https://a.example/cat")
    sent(tab).respond(200, content, headers={"content-type": said})
    (picture,) = tab.tree.nodes("picture")
    assert picture["handle"] in host.http.bodies
    assert picture["alt"].startswith(f"{name}: ")
    assert ("made by hand" in tab.text) == (name == "cat.svg")


@pytest.mark.parametrize(("kind", "name"), [("text/plain", "notes.txt"), ("text/html", "notes.html")])
def test_text_is_shown_as_it_came_however_long(kind: str, name: str) -> None:
    """A short one is in the tree; a long one is a document that a reader of files opens, whatever its ending."""
    _, tab = opened("https://a.example/notes")
    sent(tab).respond(200, b"<p>one</p>\ntwo", headers={"content-type": kind})
    assert "<p>one</p>\ntwo" in [node.value for node in tab.tree.nodes("code")]
    assert not tab.tree.nodes("data-view")
    sent(tab).respond(200, b"word " * 20_000, headers={"content-type": kind})
    assert {(view["name"], view["view"]) for view in tab.tree.nodes("data-view")} == {(f"{name}.tsv", "raw")}


def test_an_image_too_large_to_be_drawn_is_opened_or_saved() -> None:
    """It says from where on, and how."""
    host, tab = opened("https://a.example/cat")
    sent(tab).respond(200, PNG + bytes(16 << 20), headers={"content-type": "image/png"})
    assert not tab.tree.nodes("picture")
    assert "PNG image, 16.8 MB" in tab.text
    assert "up to 16 MiB" in tab.text
    host.dialogs.append("/home/ada/cat.png")
    tab.click("response-save")
    assert len(host.http.saved[0][1]) > 16 << 20


def test_a_response_is_saved_under_the_name_the_server_gives_it() -> None:
    host, tab = opened("https://a.example/export")
    sent(tab).respond(
        200, "a,b\n", headers={"content-type": "text/csv", "content-disposition": 'attachment; filename="../t.csv"'}
    )
    host.dialogs.append("/home/ada/t.csv")
    tab.click("response-save")
    assert host.http.saved == [("/home/ada/t.csv", b"a,b\n")]
    assert any(call[1] == "save-body" and call[-1] == "t.csv" for call in host.calls)


@pytest.mark.parametrize(
    ("content", "copied", "said"),
    [
        (b'{"a":1}', '{"a":1}', "Copy the whole body"),
        (SVG, SVG.decode(), "Copy the whole body"),
        (b"x" * 65_537, None, "longer than 65.5 KB: in Raw"),
        (PNG, None, "no text: save it"),
        (b"\0\1", None, "no text: save it"),
    ],
)
def test_a_body_is_copied_where_it_is_text_and_short(content: bytes, copied: str | None, said: str) -> None:
    """Elsewhere the button says what can be done; saving and opening can be done with all of them."""
    _, tab = opened("https://a.example")
    sent(tab).respond(200, content)
    (button,) = (one for one in tab.tree.nodes("button") if one["label"] == "Copy")
    assert (button.get("copy"), button.enabled) == (copied, copied is not None)
    assert said in button["hover_text"]
    assert (tab.find("response-save")["label"], tab.tree.has("response-open")) == ("Save As…", True)


def test_nothing_is_not_copied() -> None:
    _, tab = opened("https://a.example")
    sent(tab).respond(204, b"")
    assert "Copy" not in [button["label"] for button in tab.tree.nodes("button")]


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
