"""Proxies: none unless a setting turns them on, and then no way round the judge."""

from __future__ import annotations

import asyncio
import base64
import re
from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import stage
from tests.net.servers import Certificates, raw, web
from tests.net.servers.rude import head_of
from thoth_ls.net.http.proxies import Proxy, found_proxy, proxy_url
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.resolve import Resolver
from thoth_ls.net.target import parse_url

if TYPE_CHECKING:
    from pathlib import Path

    from tests.net.servers.raw import Answer

NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD")


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def proxy_to(port: int, heads: list[bytes]) -> Answer:
    """A proxy that knows every name, and that all of them are at one port here."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await head_of(reader))
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            if heads[-1].startswith(b"CONNECT "):
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                inner_writer.write(re.sub(rb"^(\w+) http://[^/]+", rb"\1 ", heads[-1]))
            await asyncio.gather(_pour(reader, inner_writer), _pour(inner_reader, writer))
        finally:
            inner_writer.close()

    return answer


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def test_a_proxy_of_the_environment_is_not_used_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[bytes] = []
    async with web() as server, raw(proxy_to(server.port, heads)) as proxy, stage(tmp_path) as on:
        monkeypatch.setenv("HTTP_PROXY", proxy.url(""))
        monkeypatch.setenv("ALL_PROXY", proxy.url(""))
        on.names.answers["site.example"] = ["127.0.0.1"]
        await on.allow(server.url("", "site.example"))
        assert (await on.ok(server.url("/hello", "site.example")))["body"] == "hello"
        assert heads == []
        assert on.names.asked == ["site.example"]


async def test_one_that_is_turned_on_finds_the_hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heads: list[bytes] = []
    async with web() as server, raw(proxy_to(server.port, heads)) as proxy, stage(tmp_path, use_proxy=True) as on:
        monkeypatch.setenv("HTTP_PROXY", f"http://someone:p%40ss@127.0.0.1:{proxy.port}")
        await on.allow("http://site.example:80", local=False)
        assert (await on.ok("http://site.example/hello"))["body"] == "hello"
        assert on.names.asked == []
        assert heads[0].startswith(b"GET http://site.example/hello HTTP/1.1\r\n")
        assert b"Proxy-Authorization: Basic " + base64.b64encode(b"someone:p@ss") in heads[0]
        entry = on.log()[-1]
        assert (entry.verdict, entry.address) == ("allowed", "127.0.0.1")
        assert "p@ss" not in entry.model_dump_json()


async def test_what_is_undone_while_the_proxy_is_looked_up_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def found(url: str, resolver: Resolver, seconds: float) -> Proxy:
        await on.gate.decisions.forget(on.plugin, "http://site.example", "untilClosed")
        return await found_proxy(url, resolver, seconds)

    monkeypatch.setattr("thoth_ls.net.http.client.found_proxy", found)
    heads: list[bytes] = []
    async with web() as server, raw(proxy_to(server.port, heads)) as proxy, stage(tmp_path, use_proxy=True) as on:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        await on.allow("http://site.example:80", local=False)
        assert "no longer allowed" in (await on.err("http://site.example/hello"))["message"]
        assert heads == []
        assert on.log()[-1].verdict == "refused"


async def test_tls_goes_through_it_to_the_very_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificates: Certificates
) -> None:
    heads: list[bytes] = []
    context = certificates.server("site.example")
    async with (
        web(tls=context) as server,
        raw(proxy_to(server.port, heads)) as proxy,
        stage(tmp_path, use_proxy=True) as on,
    ):
        monkeypatch.setenv("HTTPS_PROXY", proxy.url(""))
        trusted = {"verification": "caFile", "ca_file": str(certificates.ca_file)}
        for name in ("site.example", "other.example"):
            await on.allow(f"https://{name}", local=False, **trusted)
        answer = await on.ok("https://site.example/hello")
        assert (answer["body"], answer["http_version"]) == ("hello", "HTTP/2")
        assert heads[0].startswith(b"CONNECT site.example:443 HTTP/1.1\r\n")
        assert "is not for other.example" in (await on.err("https://other.example/hello"))["message"]


async def test_it_changes_nothing_about_what_may_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heads: list[bytes] = []
    async with web() as server, raw(proxy_to(server.port, heads)) as proxy, stage(tmp_path, use_proxy=True) as on:
        monkeypatch.setenv("HTTP_PROXY", proxy.url(""))
        for url in ("http://169.254.169.254/", "http://[fe80::1]/", "http://0.0.0.0/"):
            assert (await on.err(url))["code"] == "error"
        number = await on.submit("http://site.example/hello")
        assert (await on.guest.event(number))["err"]["code"] == "consent_pending"
        assert (await on.guest.event(number, 1))["err"]["code"] == "error"
        assert heads == []
        await on.allow(server.url(""))
        assert (await on.ok(server.url("/hello")))["body"] == "hello"
        assert heads == []


async def test_a_proxy_that_refuses_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head_of(reader)
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")

    async with raw(refuses) as proxy, stage(tmp_path, use_proxy=True) as on:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url(""))
        await on.allow("https://site.example", local=False)
        message = (await on.err("https://site.example/"))["message"]
        assert "the proxy does not lead to https://site.example:443: 407" in message


@pytest.mark.parametrize(
    ("url", "no_proxy", "then"),
    [
        ("https://a.example/", "", "s"),
        ("http://a.example/", "", "p"),
        ("http://a.example/", "b.example,.example", None),
        ("http://a.example/", "*", None),
        ("http://localhost/", "", None),
        ("http://x.localhost/", "", None),
        ("http://10.0.0.1/", "", None),
        ("https://[2001:db8::1]/", "", None),
    ],
)
def test_which_targets_it_is_for(monkeypatch: pytest.MonkeyPatch, url: str, no_proxy: str, then: str | None) -> None:
    monkeypatch.setenv("HTTP_PROXY", "p")
    monkeypatch.setenv("HTTPS_PROXY", "s")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert proxy_url(parse_url(url, "http")[0]) == then


@pytest.mark.parametrize(
    "url",
    ["socks5://127.0.0.1:1080", "https://127.0.0.1", "http://", "http://a b", "http://127.0.0.1:x", "http://[::1"],
)
async def test_a_proxy_that_cannot_be_used_is_told_of(url: str) -> None:
    with pytest.raises(
        NetworkRefused, match=r"the proxy of the environment cannot be used: .* thoth\.network\.useProxy"
    ):
        await found_proxy(url, Resolver(), 5)


async def test_a_proxy_is_at_no_place_that_is_never_reached() -> None:
    with pytest.raises(NetworkRefused, match="which is never reached"):
        await found_proxy("http://169.254.169.254:3128", Resolver(), 5)
    found = await found_proxy("127.0.0.1:3128", Resolver(), 5)
    assert (found.url, found.checked.addresses, found.auth) == ("http://127.0.0.1:3128", ("127.0.0.1",), None)
