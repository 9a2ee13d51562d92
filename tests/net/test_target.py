"""Equal places have one form; what could be read as two places is refused."""

import socket

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.catalog.scopes import MAX_TARGET, is_address
from thoth_ls.net.model import NetworkRefused, Target
from thoth_ls.net.target import parse_tcp, parse_url


@pytest.mark.parametrize(
    ("text", "target", "canonical"),
    [
        ("http://example.com", "http://example.com:80", "http://example.com/"),
        ("HTTPS://EXAMPLE.com.:443/A?b=C#d", "https://example.com:443", "https://example.com/A?b=C"),
        ("http://example.com:8080?x", "http://example.com:8080", "http://example.com:8080/?x"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example:443", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://BÜCHER。example/", "https://xn--bcher-kva.example:443", "https://xn--bcher-kva.example/"),
        ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1:80", "http://127.0.0.1/"),
        ("http://127.0.0.1./", "http://127.0.0.1:80", "http://127.0.0.1/"),
        ("http://[0:0::1]:80/", "http://[::1]:80", "http://[::1]/"),
        ("http://[::FFFF:127.0.0.1]/", "http://127.0.0.1:80", "http://127.0.0.1/"),
        ("https://a.example/x/../y/./z/..", "https://a.example:443", "https://a.example/y/"),
        ("https://a.example/%2e%2E/%2e/y%", "https://a.example:443", "https://a.example/y%25"),
        ("https://a.example/a'b?a'b=[1]", "https://a.example:443", "https://a.example/a'b?a%27b=[1]"),
    ],
)
def test_equal_addresses_have_one_form(text: str, target: str, canonical: str) -> None:
    found, written = parse_url(text, "http")
    assert (str(found), written) == (target, canonical)
    assert parse_url(written, "http") == (found, written)


def test_a_websocket_begins_as_a_request() -> None:
    assert parse_url("WSS://a.example/x", "websocket") == (Target("https", "a.example", 443), "wss://a.example/x")
    assert parse_url("ws://a.example", "websocket") == (Target("http", "a.example", 80), "ws://a.example/")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ws://a.example/", "http"),
        ("https://a.example/", "websocket"),
        ("ftp://a.example/", "http"),
        ("file:///etc/passwd", "http"),
        ("//a.example/", "http"),
        ("a.example", "http"),
        ("", "http"),
        ("http:a.example", "http"),
        ("http:/a.example", "http"),
        ("http:///a.example", "http"),
        ("http://", "http"),
        ("http://:80/", "http"),
        ("http://a.example:0/", "http"),
        ("http://a.example:65536/", "http"),
        ("http://a.example:/", "http"),
        ("http://a.example:+80/", "http"),
        ("http://a.example:٨٠/", "http"),
        ("http://user@a.example/", "http"),
        ("http://user:pass@a.example/", "http"),
        ("http://a.example\\@b.example/", "http"),
        ("http://a.example\t/", "http"),
        (" http://a.example/", "http"),
        ("http://a.example/\r\nHost: b", "http"),
        ("http://a.example/\x00", "http"),
        ("http://a.example/\u2028", "http"),
        ("http://a b.example/", "http"),
        ("http://a%2eexample/", "http"),
        ("http://127.0.0.1%2eexample.com/", "http"),
        ("http://a..example/", "http"),
        ("http://.example/", "http"),
        ("http://*.example/", "http"),
        ("http://*/", "http"),
        ("http://-a.example/", "http"),
        (f"http://{'a' * 64}.example/", "http"),
        (f"http://{'a.' * 130}example/", "http"),
        ("http://straße.example/", "http"),
        ("http://a\u2024example/", "http"),
        ("http://[fe80::1%25eth0]/", "http"),
        ("http://[fe80::1%eth0]/", "http"),
        ("http://[::1/", "http"),
        ("http://::1/", "http"),
        ("http://[127.0.0.1]/", "http"),
        ("http://[v1.fe80::a]/", "http"),
        ("http://a.example/" + "x" * MAX_TARGET, "http"),
        ("http://a.example/" + "ü" * (MAX_TARGET // 2), "http"),
    ],
)
def test_what_is_no_address_or_two_is_refused(text: str, kind: str) -> None:
    with pytest.raises(NetworkRefused) as refused:
        parse_url(text, kind)  # type: ignore[arg-type]
    assert refused.value.code == 400


NUMBERS = [
    "0x7f.1", "2130706433", "017700000001", "127.1", "0", "0x7f000001", "0177.0.0.1", "127.0.0.0x1", "1.2.3.4.5",
    "256.0.0.1", "0x", "a.0x1", "1.1", "127.0.1", "00.0.0.0", "127.0.0.01", "0x7F.0.0.1", "4294967295", "1e3.5",
]  # fmt: skip


@pytest.mark.parametrize("host", NUMBERS)
def test_numbers_in_other_spellings_are_no_hosts(host: str) -> None:
    """The system's resolver reads most of them as 127.0.0.1."""
    with pytest.raises(NetworkRefused):
        parse_url(f"http://{host}/", "http")
    with pytest.raises(NetworkRefused):
        parse_tcp(host, 80)


@pytest.mark.parametrize(
    ("host", "target"),
    [("DB.example.", "tcp://db.example:5432"), ("::1", "tcp://[::1]:5432"), ("[::1]", "tcp://[::1]:5432")],
)
def test_tcp_targets_have_one_form(host: str, target: str) -> None:
    assert str(parse_tcp(host, 5432)) == target


@pytest.mark.parametrize(
    "host", ["", " a", "a b", "a:1", "*", "*.example", "[::1]:5", "a/b", "a@b", "::1%lo", "[", "a\n"]
)
def test_what_is_no_tcp_host_is_refused(host: str) -> None:
    with pytest.raises(NetworkRefused):
        parse_tcp(host, 5432)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(NetworkRefused):
        parse_tcp("a.example", port)


HOSTS = st.sampled_from(["a.example", "A.EXAMPLE:81", "127.0.0.1", "[::1]:8080", "bücher.example", "x_y.example"])


@given(HOSTS, st.text(max_size=30), st.text(max_size=30))
def test_the_client_goes_where_was_judged(host: str, path: str, query: str) -> None:
    """httpx reads the canonical form as the same place and sends it as it stands."""
    try:
        target, written = parse_url(f"http://{host}/{path}?{query}", "http")
    except NetworkRefused:
        return
    url = httpx.URL(written)
    assert str(url) == written
    assert (url.raw_host.decode(), url.port or 80) == (target.host, target.port)
    assert parse_url(written, "http") == (target, written)


@given(st.text(max_size=40))
def test_no_text_is_taken_for_two_hosts(text: str) -> None:
    """Whatever passes, httpx reads the host that was judged."""
    try:
        target, written = parse_url(f"http://{text}", "http")
    except NetworkRefused:
        return
    assert httpx.URL(written).raw_host.decode() == target.host


@given(st.text(alphabet="0123456789abcdefxX.-_٣３①", max_size=20))
def test_no_name_is_a_number_for_the_system(host: str) -> None:
    """What passes as a name is none of the spellings of an address that resolvers know."""
    try:
        name = parse_tcp(host, 80).host
    except NetworkRefused:
        return
    if not is_address(name):
        with pytest.raises(OSError, match="illegal"):
            socket.inet_aton(name)
    else:
        assert socket.inet_ntoa(socket.inet_aton(name)) == name
