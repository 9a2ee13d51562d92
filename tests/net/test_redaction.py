"""Nothing secret is written down."""

import pytest

from thoth_ls.net.redaction import MOST_HEADERS, MOST_URL, shown_request, shown_response, shown_text, shown_url

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.example.com/a/b", "https://api.example.com/a/b"),
        (f"https://user:{SECRET}@api.example.com:8443/a", "https://…@api.example.com:8443/a"),
        (f"https://a@{SECRET}@api.example.com/", "https://…@api.example.com/"),
        (f"https://api.example.com/a?q={SECRET}&page=2&empty=", "https://api.example.com/a?q=…&page=…&empty=…"),
        (f"https://api.example.com?{SECRET}", "https://api.example.com?…"),
        (f"https://api.example.com/?a=b=c={SECRET}&&x", "https://api.example.com/?a=…&&…"),
        (
            f"https://api.example.com/a;jsessionid={SECRET}/b;v={SECRET};w=2",
            "https://api.example.com/a;jsessionid=…/b;v=…;w=…",
        ),
        (f"https://api.example.com/a#access_token={SECRET}", "https://api.example.com/a"),
        (f"https://api.example.com/a?b=c#d?e={SECRET}", "https://api.example.com/a?b=…"),
        (f"/relative/path?code={SECRET}", "/relative/path?code=…"),
        (f"//user:{SECRET}@a.example/b", "//…@a.example/b"),
        (f"https://user:hunt/{SECRET}@a.example/b", "https://…@a.example/b"),
        (f"https://user:x#{SECRET}@a.example/b", "https://…@a.example/b"),
        ("https://[::1]:80/@x", "https://[::1]:80/@x"),
        (f"x;sid={SECRET}", "x;sid=…"),
        ("https://a.example/@scope/name@1", "https://a.example/@scope/name@1"),
        ("tcp://db.example.com:5432", "tcp://db.example.com:5432"),
        ("https://a.example/\x1b[2J\u202e\n", "https://a.example/ [2J"),
    ],
)
def test_an_address_shows_where_but_no_values(url: str, shown: str) -> None:
    assert shown_url(url) == shown
    assert SECRET not in shown_url(url)


def test_long_addresses_are_cut() -> None:
    assert len(shown_url("https://a.example/" + "x" * 100_000)) == MOST_URL


def test_addresses_in_sentences_are_shown_in_the_same_way() -> None:
    said = (
        f"no answer from https://me:{SECRET}@a.example/x?key={SECRET}, then 'wss://b.example/?t={SECRET}' was refused"
    )
    assert shown_text(said) == "no answer from https://…@a.example/x?key=… then 'wss://b.example/?t=…' was refused"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Authorization",
            "Proxy-Authorization",
            "Cookie",
            "X-Api-Key",
            "apikey",
            "X-Auth-Token",
            "X-Amz-Security-Token",
        ),
        *("Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "X-Thought-Up", "X-Forwarded-For", "X-CSRF-Token"),
    ],
)
def test_headers_of_requests_hide_their_values_unless_they_are_known(name: str) -> None:
    assert shown_request([(name, SECRET)]) == [(name, "…")]


def test_well_known_headers_of_requests_are_shown() -> None:
    given = [("Accept", "text/html"), ("Content-Type", "application/json"), ("USER-AGENT", "thoth")]
    assert shown_request(given) == given


@pytest.mark.parametrize(
    "name",
    [
        *("Set-Cookie", "set-cookie2", "WWW-Authenticate", "Proxy-Authenticate", "Authentication-Info", "X-Api-Key"),
        *("X-Session-Id", "x-sid", "X-Signature", "Sec-WebSocket-Accept", "X-Refresh-Token", "X-Amz-Credential"),
    ],
)
def test_headers_of_responses_that_sound_secret_hide_their_values(name: str) -> None:
    assert shown_response([(name, SECRET)]) == [(name, "…")]


def test_other_headers_of_responses_are_shown() -> None:
    given = [("Content-Type", "text/plain"), ("X-RateLimit-Remaining", "3"), ("ETag", '"abc"'), ("Server", "x")]
    assert shown_response(given) == given


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Location", f"https://a.example/b?code={SECRET}", "https://a.example/b?code=…"),
        ("Location", f"/b?code={SECRET}#{SECRET}", "/b?code=…"),
        ("Link", f"<https://a.example/?page=2&t={SECRET}>; rel=next", "<https://a.example/?page=…&t=…>; rel=next"),
        ("Refresh", f"0;url=https://a.example/?t={SECRET}", "0;url=https://a.example/?t=…"),
        ("Refresh", f"0;url=/b?t={SECRET}", "0;url=/b?t=…"),
    ],
)
def test_addresses_in_headers_show_no_values(name: str, value: str, shown: str) -> None:
    assert shown_response([(name, value)]) == [(name, shown)]
    assert shown_request([(name, value)]) == [(name, shown)]


def test_hostile_headers_cost_little_and_stay_on_their_line() -> None:
    many = [(f"x-{number}\r\n", "y\r\nSet-Cookie: a" * 10_000) for number in range(10_000)]
    shown = shown_response(many)
    assert len(shown) == MOST_HEADERS
    assert all("\n" not in name + value and len(name) <= 128 and len(value) <= 1024 for name, value in shown)
