"""Requests as plugins make them, at a real server."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import stage
from tests.net.servers import Certificates, web
from thoth_ls.calling import HostRefusal

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_response_is_handed_over_as_it_came(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        response = await on.fetch(server.url("/hello"))
        assert (response["status"], response["body"]) == (200, b"hello")
        assert ("content-type", "text/plain; charset=utf-8") in response["headers"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "M-SEARCH"])
async def test_every_method_is_sent_as_it_is(tmp_path: Path, method: str) -> None:
    body = bytes(range(256))
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        told = json.loads((await on.ok(server.url("/echo?a=1&b=%20"), method, [("X-Own", "süß")], body))["body"])
    assert told["method"] == method
    assert told["query"] == "a=1&b=%20"
    assert base64.b64decode(told["body_base64"]) == body
    assert ["x-own", "süß"] in told["headers"]


async def test_head_has_no_body_whatever_its_length_says(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url("/bytes/1000"), "HEAD")
    assert (answer["status"], answer["body"], answer["body_bytes"]) == (200, "", 0)


async def test_http_2_is_spoken_where_the_server_does(tmp_path: Path, certificates: Certificates) -> None:
    trusted = str(certificates.ca_file)
    async with web(tls=certificates.server()) as server, stage(tmp_path) as on:
        await on.allow(server.url("", "localhost"), verification="caFile", ca_file=trusted)
        answer = await on.ok(server.url("/echo", "localhost"), "POST", body=b"x" * 300_000)
        older = await on.ok(server.url("/echo", "localhost"), http_version="1.1")
    assert (answer["http_version"], json.loads(answer["body"])["http_version"]) == ("HTTP/2", "2")
    assert len(base64.b64decode(json.loads(answer["body"])["body_base64"])) == 300_000
    assert (older["http_version"], json.loads(older["body"])["http_version"]) == ("HTTP/1.1", "1.1")
    assert on.log()[0].protocol == "HTTP/2, TLSv1.3"


async def test_a_connection_is_used_again_and_says_so_in_the_timing(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        first = await on.ok(server.url("/hello"))
        second = await on.ok(server.url("/hello"))
        clients = {request.client for request in server.app.requests}
    assert len(clients) == 1
    assert first["hops"][0]["timing_ms"]["connect"] > 0
    assert second["hops"][0]["timing_ms"]["connect"] is None
    assert second["hops"][0]["timing_ms"]["first_byte"] > 0
    assert second["hops"][0]["address"] == "127.0.0.1"


async def test_a_body_that_is_no_text_comes_in_base64_too(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url("/bytes/256"))
    assert base64.b64decode(answer["body_base64"]) == bytes(range(256))
    assert answer["body"] == bytes(range(256)).decode("utf-8", "replace")


@pytest.mark.parametrize("path", ["/gzip", "/deflate"])
async def test_bodies_are_decompressed(tmp_path: Path, path: str) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url(path))
        entry = on.log()[0]
    assert answer["body"] == "squeezed " * 1000
    assert entry.received_bytes < 200 < answer["body_bytes"]


async def test_what_is_asked_for_is_no_address(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        for url in ("", "ftp://example.com/", "http://exa mple.com/", "http://user:secret@example.com/", "example.com"):
            with pytest.raises(HostRefusal) as caught:
                await on.fetch(url)
            assert caught.value.code == 400
            assert (await on.err(url))["code"] == "error"


async def test_options_are_not_overlooked(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        for options in ({"retries": 3}, {"timeout_ms": "5"}, {"http_version": "3"}, {"max_redirects": 11}):
            with pytest.raises(HostRefusal, match="option ") as caught:
                await on.submit("http://localhost/", **options)
            assert caught.value.code == 400
        assert on.guest.events == []
