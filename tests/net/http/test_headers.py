"""Which headers a plugin may write: none that could say where a request goes, or where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import stage
from tests.net.servers import raw, rude, web
from thoth_ls.calling import HostRefusal
from thoth_ls.net.http import headers as h
from thoth_ls.net.model import Target

if TYPE_CHECKING:
    from pathlib import Path

SMUGGLING = [
    ("X", "a\r\nEvil: 1"),
    ("X", "a\nEvil: 1"),
    ("X", "a\0b"),
    ("X", "a\rb"),
    ("X\r\nEvil", "1"),
    ("X: 1\r\nEvil", "1"),
    ("X Y", "1"),
    (":authority", "evil"),
    ("", "1"),
    ("Ü", "1"),
    ("Host", "evil.example"),
    ("Content-Length", "5"),
    ("Transfer-Encoding", "chunked"),
    ("transfer-encoding", "identity"),
    ("Connection", "keep-alive, X-Secret"),
    ("Keep-Alive", "timeout=5"),
    ("Proxy-Authorization", "Basic 1"),
    ("Proxy-Connection", "close"),
    ("Upgrade", "h2c"),
    ("HTTP2-Settings", "AAMAAABkAAQAoAAAAAIAAAAA"),
    ("TE", "trailers"),
    ("Trailer", "X"),
    ("Expect", "100-continue"),
]


@pytest.mark.parametrize(("name", "value"), SMUGGLING)
async def test_nothing_is_smuggled(tmp_path: Path, name: str, value: str) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        with pytest.raises(HostRefusal) as caught:
            await on.fetch(server.url("/echo"), headers=[(name, value)])
        assert caught.value.code == 400
        assert (await on.err(server.url("/echo"), headers=[(name, value)]))["code"] == "error"
        assert server.app.requests == []


@pytest.mark.parametrize(
    "method", ["GET /x HTTP/1.1\r\nX:", "CONNECT", "connect", "TRACK", "track", "", "G ET", "G" * 33, "GÉT"]
)
async def test_a_method_is_a_word(tmp_path: Path, method: str) -> None:
    async with stage(tmp_path) as on:
        with pytest.raises(HostRefusal) as caught:
            await on.fetch("http://localhost/", method)
        assert caught.value.code == 400


async def test_what_is_sent_is_exactly_this(tmp_path: Path) -> None:
    heads: list[bytes] = []
    async with raw(rude.says(b"HTTP/1.1 204 No Content\r\n\r\n", heads)) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        await on.ok(server.url("/a%20b?c=d#f"), "DELETE", [("X-Own", " 1 "), ("host", f"127.0.0.1:{server.port}")])
    assert heads[0].decode().split("\r\n")[:-2] == [
        "DELETE /a%20b?c=d HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: {h.AGENT}",
        "Accept: */*",
        "Accept-Encoding: gzip, deflate, zstd",
        "X-Own: 1",
    ]


def test_what_thoth_writes_a_plugin_may_repeat() -> None:
    written = [("Host", "A.example"), ("Content-Length", "3"), ("Accept", "x"), ("Accept", "y")]
    assert h.checked(written, "a.example", 3) == [(b"Accept", b"x"), (b"Accept", b"y")]


def test_a_plugin_s_own_words_replace_ours() -> None:
    fit = h.checked([("user-agent", "mine"), ("ACCEPT", "a"), ("Range", "bytes=0-9")], "", 0)
    sent = h.completed(fit, Target("https", "::1", 8443), None)
    names = [name.lower() for name, _ in sent]
    assert sent[0] == (b"Host", b"[::1]:8443")
    assert (b"Accept-Encoding", b"identity") in sent
    assert sorted(names) == sorted(set(names))


def test_there_is_a_limit() -> None:
    with pytest.raises(HostRefusal, match="200 headers"):
        h.checked([("A", "b")] * 201, "", 0)
    with pytest.raises(HostRefusal, match="64 KiB"):
        h.checked([("A", "b" * 65_536)], "", 0)
    assert len(h.checked([("A", "b")] * 200, "", 0)) == 200


async def test_names_of_responses_are_lower_case_and_values_are_text(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nX-One: caf\xe9\r\nX-Two: caf\xc3\xa9\r\nX-One: again\r\nContent-Length: 0\r\n\r\n"
    async with raw(rude.says(answer)) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        headers = (await on.ok(server.url("/")))["headers"]
    assert headers[:3] == [["x-one", "café"], ["x-two", "café"], ["x-one", "again"]]
