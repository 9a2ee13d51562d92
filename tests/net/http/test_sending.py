"""What a request is made of beyond its own body: picked files, bodies that were received, several parts; and TRACE."""

from __future__ import annotations

import asyncio
import gc
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from tests.net.http.guests import Stage, stage
from tests.net.servers import Certificates, raw, rude, web
from thoth_ls.calling import HostRefusal
from thoth_ls.net.http.bodies import Body, JoinedBody
from thoth_ls.net.http.options import Part

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1 << 20


async def picked(on: Stage, path: Path, content: bytes) -> dict[str, Any]:
    """A file the person picked, as the plugin is told of it."""
    await asyncio.to_thread(path.write_bytes, content)
    on.picked = path
    return dict(json.loads(await on.call("http-control", "pick-body", "Choose", ["bin"])))


async def test_a_picked_file_is_sent_as_it_was_when_it_was_picked(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        told = await picked(on, tmp_path / "a b.bin", content)
        assert told["name"] == "a b.bin"
        assert told["bytes"] == len(content)
        await asyncio.to_thread((tmp_path / "a b.bin").unlink)
        await on.ok(server.url("/hello"), "POST", body_handle=told["handle"])
        assert server.app.requests[-1].body == content
        await on.call("http-control", "release-body", told["handle"])
        assert on.files() == []


async def test_nothing_is_told_where_the_person_cancels(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        assert await on.call("http-control", "pick-body", "Choose", []) is None


async def test_a_picked_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.picked = tmp_path / "gone.bin"
        with pytest.raises(HostRefusal, match=r"gone\.bin cannot be read"):
            await on.call("http-control", "pick-body", "Choose", [])
        on.picked = tmp_path
        with pytest.raises(HostRefusal, match=r"is not a file|cannot be read"):
            await on.call("http-control", "pick-body", "Choose", [])
        assert on.files() == []


async def test_a_file_larger_than_what_is_sent_is_not_kept(tmp_path: Path) -> None:
    async with stage(tmp_path, request_megabytes=1) as on:
        with pytest.raises(HostRefusal, match=r"more than 1 MiB.*requestMegabytes"):
            await picked(on, tmp_path / "large.bin", b"x" * (MIB + 1))
        assert on.files() == []


async def test_parts_follow_each_other(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        file = await picked(on, tmp_path / "a.bin", b"\xff" * (2 * MIB))
        parts = [
            {"text": "one\r\n"},
            {"body_handle": file["handle"]},
            {"base64": b64encode(b"\x00\x01").decode()},
            {"text": "end ä"},
        ]
        await on.ok(server.url("/hello"), "PUT", body_parts=parts)
        sent = server.app.requests[-1]
        assert sent.body == b"one\r\n" + b"\xff" * (2 * MIB) + b"\x00\x01" + "end ä".encode()
        assert dict(sent.headers)["content-length"] == str(len(sent.body))


async def test_parts_that_wait_for_their_turn_have_a_limit(tmp_path: Path) -> None:
    """Those in memory, as bodies have; those that are held already take nothing more. Each is there once."""
    async with raw(rude.silent) as server, stage(tmp_path, request_megabytes=1) as on:
        await on.allow(server.url(""))
        file = await picked(on, tmp_path / "a.bin", b"x" * (MIB // 4))
        parts = [{"text": "x" * (MIB // 4)}, {"base64": b64encode(b"x" * (MIB // 4)).decode()}]
        for _ in range(2):
            await on.submit(server.url(), "POST", body_parts=parts)
        with pytest.raises(HostRefusal, match="bytes of bodies are under way"):
            await on.submit(server.url(), "POST", body_parts=[{"text": "x"}])
        await on.submit(server.url(), "POST", body_parts=[{"body_handle": file["handle"]}] * 4)
        gc.collect()
        assert not [item for item in gc.get_objects() if type(item) is Part]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"body_parts": [{}]}, "only one of them"),
        ({"body_parts": [{"text": "a", "base64": "YQ=="}]}, "only one of them"),
        ({"body_parts": [{"base64": "&"}]}, "base64"),
        ({"body_parts": [{"file": "/etc/passwd"}]}, "Extra inputs"),
        ({"body_parts": [{"body_handle": "body-0"}]}, "there is no body"),
        ({"body_parts": [], "body_handle": "body-0"}, "cannot both"),
        ({"verify_tls": "no"}, "verify_tls"),
    ],
)
async def test_options_that_make_no_body_are_refused(tmp_path: Path, options: dict[str, Any], said: str) -> None:
    async with stage(tmp_path) as on:
        with pytest.raises(HostRefusal, match=said):
            await on.submit("http://localhost/", "POST", **options)


async def test_a_body_is_kept_however_short(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url("/hello"), keep_body=True)
        whole = await on.call("http-control", "read-body", answer["body_handle"], 0, 100)
        assert whole == answer["body"].encode()


async def test_trace_is_sent_and_has_no_body(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        await on.ok(server.url("/hello"), "trace")
        assert server.app.requests[-1].method == "TRACE"
        with pytest.raises(HostRefusal, match="TRACE is sent without a body"):
            await on.submit(server.url("/hello"), "TRACE", body=b"x", keep_body=True)


async def test_certificates_are_left_unchecked_where_a_person_and_the_plugin_say_so(
    tmp_path: Path, certificates: Certificates
) -> None:
    async with web(tls=certificates.stranger()) as server, stage(tmp_path) as on:
        place = server.url("", "localhost")
        await on.allow(place)
        said = await on.err(server.url("/hello", "localhost"), verify_tls=False)
        assert "--insecure" in said["message"]
        await on.allow(place, verification="insecure")
        await on.ok(server.url("/hello", "localhost"), verify_tls=False)
        await on.ok(server.url("/hello", "localhost"))
        said = await on.err(server.url("/hello", "localhost"), verify_tls=True)
        assert "certificate" in said["message"]


def test_joined_bodies_are_read_across_their_borders() -> None:
    parts = [Body(text, None, len(text)) for text in (b"abc", b"", b"defgh", b"i")]
    joined = JoinedBody(parts)
    whole = b"abcdefghi"
    assert joined.size == 9
    for offset in range(11):
        for count in range(11):
            assert joined.read(offset, count) == whole[offset : offset + count]
