"""Cookies: only when asked for, apart for each plugin, and only back to the host that set them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import stage
from tests.net.servers import web
from thoth_ls.net.http.cookies import MOST_HOSTS, MOST_OF_HOST, Cookies
from thoth_ls.net.model import Target

if TYPE_CHECKING:
    from pathlib import Path

HTTPS = Target("https", "a.example", 443)
HTTP = Target("http", "a.example", 80)


def jar(*set_cookie: str, target: Target = HTTPS, path: str = "/dir/page?x") -> Cookies:
    made = Cookies(lambda: 1_000_000.0)
    made.take(target, path, [("set-cookie", text) for text in set_cookie])
    return made


async def test_they_are_kept_and_sent_only_when_asked_for(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        await on.ok(server.url("/cookies/set?a=1"))
        assert (await on.ok(server.url("/cookies"), cookies=True))["body"] == ""
        await on.ok(server.url("/cookies/set?a=1&b=2"), cookies=True)
        assert (await on.ok(server.url("/cookies"), cookies=True))["body"] == "a=1; b=2"
        assert (await on.ok(server.url("/cookies")))["body"] == ""
        own = await on.ok(server.url("/cookies"), headers=[("Cookie", "mine=1")], cookies=True)
        assert own["body"] == "mine=1"


async def test_a_redirect_takes_those_of_the_place_it_leads_to(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        await on.ok(server.url("/cookies/set?a=1"), cookies=True)
        assert (await on.ok(server.url("/redirect/302?to=/cookies"), cookies=True))["body"] == "a=1"


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("a=1", "a=1"),
        (" a = 1 ; Path=/", "a=1"),
        ("a=1; Domain=example; Path=/", "a=1"),
        ("alone", "alone"),
        ("=", None),
        ("a=1; Path=/other", None),
        ("a=1; Path=/di", None),
        ("a=1; Path=/dir/", "a=1"),
        ("a=1; Max-Age=0", None),
        ("a=1; Max-Age=-5", None),
        ("a=1; Max-Age=10", "a=1"),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("a=1; Expires=Wed, 21-Oct-2065 07:28:00 GMT", "a=1"),
        ("a=1; Expires=nonsense", "a=1"),
        ("a=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=1"),
        ("a=\x01", None),
        ("a=" + "x" * 5000, None),
        ("a=1; Secure; HttpOnly", "a=1"),
        ("__Host-a=1", "__Host-a=1"),
    ],
)
def test_what_is_kept(said: str, then: str | None) -> None:
    assert jar(said).header(HTTPS, "/dir/other") == then


def test_each_goes_to_its_host_alone() -> None:
    made = jar("a=1; Domain=example; Path=/")
    for host in ("b.example", "example", "sub.a.example"):
        assert made.header(Target("https", host, 443), "/") is None
    assert made.header(Target("https", "a.example", 8443), "/") == "a=1"


def test_secure_ones_are_neither_sent_nor_set_without_encryption() -> None:
    assert jar("a=1; Secure; Path=/").header(HTTP, "/") is None
    assert jar("a=1; Secure; Path=/", target=HTTP).header(HTTPS, "/") is None
    assert jar("__Secure-a=1; Path=/", target=HTTP).header(HTTPS, "/") is None


def test_the_longest_path_comes_first_and_another_one_replaces() -> None:
    made = jar("a=1; Path=/", "b=2; Path=/dir", "a=3; Path=/")
    assert made.header(HTTPS, "/dir/x") == "b=2; a=3"
    assert jar("a=1; Path=/", "a=; Max-Age=0; Path=/").header(HTTPS, "/") is None


def test_there_is_a_limit() -> None:
    made = jar(*(f"c{number}=1; Path=/" for number in range(2 * MOST_OF_HOST)))
    header = made.header(HTTPS, "/") or ""
    assert len(header.split("; ")) == MOST_OF_HOST
    for number in range(MOST_HOSTS):
        made.take(Target("https", f"h{number}.example", 443), "/", [("set-cookie", "a=1")])
    assert made.header(HTTPS, "/") is None


@pytest.mark.parametrize("age", ["--5", "-", "", "\u0665", "5 5", "9" * 30])
def test_an_age_that_is_no_number_says_nothing(age: str) -> None:
    assert jar(f"a=1; Max-Age={age}").header(HTTPS, "/dir/") == "a=1"
