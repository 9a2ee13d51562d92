"""Host patterns: narrower or equal is covered, nothing else is, however a name is written."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from thoth_ls.catalog.manifest_permissions import HTTP_PATTERN, TCP_PATTERN, NetworkNeed, TcpNeed
from thoth_ls.catalog.scopes import (
    HostPattern,
    ScopeError,
    covers,
    parse_host,
    parse_pattern,
    parse_target,
    reaches,
    shown,
    unreadable,
)

COVERED = [
    ("*.example.com", "a.example.com"),
    ("*.example.com", "a.b.example.com"),
    ("*.example.com", "*.a.example.com"),
    ("*.example.com", "*.EXAMPLE.com."),
    ("*", "*.example.com"),
    ("*", "127.0.0.1:80"),
    ("*:5432", "db.example.com:5432"),
    ("example.com", "https://example.com"),
    ("example.com", "example.com:8080"),
    ("https://example.com", "wss://example.com:443"),
    ("https://example.com:*", "https://example.com:8443"),
    ("https://example.com", "HTTPS://EXAMPLE.COM./"),
    ("bücher.example", "xn--bcher-kva.example"),
    ("BÜCHER.example", "bücher.example"),
    ("*.bücher.example", "a.xn--bcher-kva.example"),
    ("[::1]:80", "[0:0:0:0:0:0:0:1]:80"),
]
NOT_COVERED = [
    ("*.example.com", "example.com"),
    ("*.example.com", "badexample.com"),
    ("*.example.com", "example.com.evil.test"),
    ("*.example.com", "*"),
    ("*.example.com", "*.com"),
    ("a.example.com", "*.example.com"),
    ("a.example.com", "b.example.com"),
    ("https://example.com", "http://example.com"),
    ("https://example.com", "example.com"),
    ("https://example.com", "https://example.com:8443"),
    ("https://example.com", "https://example.com:*"),
    ("example.com:443", "example.com"),
    ("*:5432", "*"),
    ("*:5432", "*:5433"),
    ("*.0.0.1", "127.0.0.1"),
    ("127.0.0.1", "localhost"),
    ("paypal.com", "pаypal.com"),  # noqa: RUF001 - the second one has a Cyrillic letter
]
NO_PATTERNS = [
    *("", " ", "*.", ".", "..", "a..b", "*.*", "a.*.b", "a*", "**", "*example.com", "ftp://a.b", "://a", "https://"),
    *("a.b:0", "a.b:65536", "a.b:-1", "a.b:http", "a.b:", "a b", "a.b/path", "https://a.b/path", "u@a.b", "a.b?c", "#"),
    *("127.1", "0x7f.0.0.1", "2130706433", "127.0.0.01", "1.2.3.4.5", "*.1", "[::1", "::1", "[::1%eth0]", "[1.2.3.4]"),
    *("straße.example", "a\u200db.example", "a\u2024b.example", "a\u202eb", "a\x00b", "\ud800.b", "-a.b", "a-.b"),
    *("a" * 64 + ".b", "a." * 200 + "b", "x" * 10_000, "a.b\n", "a\\b", "a%2eb"),
]


@pytest.mark.parametrize(("wide", "narrow"), COVERED)
def test_what_says_no_more_is_covered(wide: str, narrow: str) -> None:
    assert covers([wide], [narrow])


@pytest.mark.parametrize(("granted", "asked"), NOT_COVERED)
def test_what_says_more_or_something_else_is_not_covered(granted: str, asked: str) -> None:
    assert not covers([granted], [asked])


@pytest.mark.parametrize("text", NO_PATTERNS)
def test_what_is_no_pattern_covers_nothing_but_itself_and_reaches_nothing(text: str) -> None:
    """Granted as it was declared it is not asked for again and again."""
    with pytest.raises(ScopeError):
        parse_pattern(text)
    assert not covers([text], ["example.com"])
    assert covers([text], [text])
    assert not covers(["*"], [text])
    assert not reaches([text], "https://example.com")


def test_each_of_several_has_to_be_covered_by_one() -> None:
    assert covers(["a.example", "*.b.example"], ["x.b.example", "a.example"])
    assert not covers(["a.example", "*.b.example"], ["x.b.example", "c.example"])
    assert covers([], [])
    assert not covers([], ["a.example"])


@pytest.mark.parametrize(
    ("pattern", "target"),
    [
        ("https://api.example.com", "https://api.example.com/v1?q=a#b"),
        ("https://api.example.com", "wss://API.example.com.:443"),
        ("*.example.com", "http://a.example.com:81/"),
        ("*", "http://[::1]/"),
        ("*:5432", "db.example.com:5432"),
        ("localhost:*", "http://localhost:3000/a@b"),
        ("[::1]", "[::1]:22"),
    ],
)
def test_an_address_inside_the_scope_is_reached(pattern: str, target: str) -> None:
    assert reaches(["nothing.example", pattern], target)


@pytest.mark.parametrize(
    "target",
    [
        *(
            "https://evil.test",
            "https://api.example.com.evil.test",
            "https://api.example.com@evil.test/",
            "https://evil.test",
        ),
        *(
            "https://evil.test/api.example.com",
            "https://evil.test#@api.example.com",
            "https://evil.test\\@api.example.com",
        ),
        *("http://api.example.com", "https://api.example.com:8443", "https:api.example.com", "//api.example.com", ""),
        *(
            "https://",
            "https:///api.example.com",
            "https:// api.example.com",
            "https://api.example.com\n",
            "api.example.com",
        ),
        *("https://*.example.com", "https://api.example.com:99999", "javascript:alert(1)", "file:///etc/passwd"),
        *("https://api%2eexample.com", "https://user:pass@api.example.com", "https://[api.example.com]/", "\ud800"),
    ],
)
def test_an_address_outside_the_scope_or_ambiguous_is_not_reached(target: str) -> None:
    assert not reaches(["https://api.example.com"], target)


def test_people_are_shown_the_widest_first_and_names_as_they_are() -> None:
    scope = ["https://Bücher.example/", "*.b.example", "a.example:80", "*", "https://x.example:*", "straße.example"]
    assert shown(scope) == [
        "*",
        "*.b.example",
        "a.example:80",
        "https://x.example:*",
        "https://xn--bcher-kva.example",
        "'stra\\xdfe.example' (not a host pattern)",
    ]


@given(st.from_regex(HTTP_PATTERN, fullmatch=True))
def test_what_a_manifest_may_declare_for_the_network_can_be_judged(text: str) -> None:
    """Else it would be asked for and never reach anything."""
    assert not declares(NetworkNeed, text) or covers([text.lower()], [str(parse_pattern(text))])


@given(st.from_regex(TCP_PATTERN, fullmatch=True))
def test_what_a_manifest_may_declare_for_tcp_can_be_judged(text: str) -> None:
    assert not declares(TcpNeed, text) or covers([text.lower()], [str(parse_pattern(text))])


def declares(table: type[NetworkNeed | TcpNeed], host: str) -> bool:
    """Whether a manifest with that host is accepted."""
    try:
        table.model_validate({"hosts": [host], "reason": "r"})
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("host", ["127.1", "*.1.2.3.4", "[::zz]", "[::1%1]", "a..b", "a" * 64])
def test_a_manifest_cannot_declare_what_cannot_be_judged(host: str) -> None:
    assert not declares(NetworkNeed, host)
    assert not declares(TcpNeed, f"{host}:1")


label = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=4).map(lambda text: f"l{text}")
name = st.lists(label, min_size=1, max_size=4).map(".".join)
host = st.one_of(name, name.map(lambda text: f"*.{text}"), st.just("*"), st.ip_addresses(v=4).map(str), st.just("::1"))
patterns = st.builds(
    HostPattern, st.sampled_from([None, "http", "https"]), host, st.sampled_from([None, 80, 443, 8080])
)


@given(patterns)
def test_a_pattern_is_read_as_it_was_written(pattern: HostPattern) -> None:
    assert parse_pattern(str(pattern)) == pattern
    assert pattern.covers(pattern)


@given(patterns, st.data())
def test_case_and_the_dot_at_the_end_make_no_difference(pattern: HostPattern, data: st.DataObject) -> None:
    written = "".join(letter.upper() if data.draw(st.booleans()) else letter for letter in str(pattern))
    assert parse_pattern(written) == pattern
    if pattern.host[-1] != "*" and ":" not in pattern.host and pattern.scheme is None and pattern.port is None:
        assert parse_pattern(f"{written}.") == pattern


@given(patterns, patterns, patterns)
def test_covering_is_an_order(one: HostPattern, other: HostPattern, third: HostPattern) -> None:
    """What is covered by something covered is covered; two that cover each other are the same."""
    if one.covers(other) and other.covers(third):
        assert one.covers(third)
    if one.covers(other) and other.covers(one):
        assert one == other


@given(patterns, patterns, st.builds(HostPattern, st.sampled_from(["http", "https"]), name, st.sampled_from([80, 443])))
def test_a_covered_pattern_reaches_nothing_that_the_wider_one_does_not(
    wide: HostPattern, narrow: HostPattern, target: HostPattern
) -> None:
    """The point of it all: what was granted is never stretched by what is declared later."""
    address = f"{target.scheme}://{target.host}:{target.port}/path"
    assert parse_target(address) == target
    if covers([str(wide)], [str(narrow)]) and reaches([str(narrow)], address):
        assert reaches([str(wide)], address)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    """No text makes it raise; nothing reaches what it does not name."""
    assert reaches([text], "https://example.com") in (True, False)
    assert not reaches(["https://example.com"], text) or parse_target(text).host == "example.com"


@pytest.mark.parametrize("text", ["é" * 4_000_000, "é." * 2_000_000, "a." * 4_000_000, "." * 4_000_000])
def test_an_endless_address_takes_no_time(text: str) -> None:
    """Whoever judges it holds up everybody else meanwhile."""
    began = time.process_time()
    for target in (f"http://{text}/", f"{text}:80", f"http://a.example/{text}"):
        assert not reaches(["*"], target)
        assert unreadable(target) is not None
    assert unreadable(f"http://{text[:10_000]}/") is not None
    with pytest.raises(ScopeError):
        parse_host(text)
    assert time.process_time() - began < 0.5
