"""Bodies: capped both ways, large ones in files, and every file gone when nobody needs it."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.net.http.guests import stage
from tests.net.servers import raw, rude, web
from thoth_ls.calling import HostRefusal
from thoth_ls.net.http.bodies import IN_MEMORY, Body, BodyFolder, BodyTooLarge, BodyWriter
from thoth_ls.net.http.decoding import decoders
from thoth_ls.net.http.exchange import MOST_PIECES, _together

MIB = 1 << 20
BYTES = bytes(range(256)) * 256


async def test_a_large_body_is_a_preview_and_a_handle(tmp_path: Path) -> None:
    size = 5 * MIB + 17
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url(f"/bytes/{size}"))
        handle = answer["body_handle"]
        assert answer["body_bytes"] == size
        assert len(on.files()) == 1
        assert on.files()[0].stat().st_mode & 0o077 == 0
        read = [await on.call("http-control", "read-body", handle, at, 2 * MIB) for at in range(0, size, MIB)]
        assert b"".join(read) == (BYTES * 100)[:size]
        assert [len(piece) for piece in read] == [MIB] * 5 + [17]
        assert await on.call("http-control", "read-body", handle, size, 10) == b""
        assert await on.call("http-control", "read-body", handle, 2**63, 10) == b""
        await on.call("http-control", "release-body", handle)
        assert on.files() == []
        await on.call("http-control", "release-body", handle)
        with pytest.raises(HostRefusal, match="there is no body") as caught:
            await on.call("http-control", "read-body", handle, 0, 10)
        assert caught.value.code == 4


async def test_a_body_of_one_mib_is_all_in_the_event(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url(f"/stream/{MIB}"))
        assert "body_handle" not in answer
        assert answer["body_bytes"] == MIB
        assert on.files() == []


async def test_a_preview_may_be_asked_to_be_short(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url("/gzip"), preview_bytes=8)
        assert answer["body"] == "squeezed"
        whole = await on.call("http-control", "read-body", answer["body_handle"], 0, 100_000)
        assert whole == b"squeezed " * 1000


async def test_a_received_body_can_be_sent(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        received = await on.ok(server.url(f"/bytes/{3 * MIB}"))
        told = await on.ok(server.url("/echo"), "PUT", body_handle=received["body_handle"], preview_bytes=0)
        assert told["status"] == 200
        assert server.app.requests[-1].body == (BYTES * 48)
        with pytest.raises(HostRefusal, match="there is no body"):
            await on.submit(server.url("/echo"), "PUT", body_handle="body-0")


async def test_a_guest_s_bodies_are_gone_with_it(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        await on.ok(server.url(f"/bytes/{2 * MIB}"))
        assert len(on.files()) == 1
        on.guest.end()
        assert on.files() == []


async def test_fetch_hands_over_what_fits_and_says_what_else_to_do(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert len((await on.fetch(server.url(f"/stream/{3 * MIB}")))["body"]) == 3 * MIB
        with pytest.raises(HostRefusal, match=r"http-control\.submit") as caught:
            await on.fetch(server.url(f"/stream/{9 * MIB}"))
        assert caught.value.code == 2
        assert on.files() == []


@pytest.mark.parametrize("path", ["/bytes/2000000", "/stream/2000000"])
async def test_more_than_the_setting_allows_is_not_taken(tmp_path: Path, path: str) -> None:
    async with web() as server, stage(tmp_path, response_megabytes=1) as on:
        await on.allow(server.url(""))
        assert "thoth.network.responseMegabytes" in (await on.err(server.url(path)))["message"]
        assert on.log()[-1].verdict == "failed"


@pytest.mark.parametrize(("encoding", "layers"), [("gzip", 1), ("deflate", 1), ("gzip", 2), ("gzip", 3)])
async def test_a_bomb_does_not_go_off(tmp_path: Path, encoding: str, layers: int) -> None:
    async with raw(rude.bomb(256 * MIB, encoding, layers)) as server, stage(tmp_path, response_megabytes=2) as on:
        await on.allow(server.url(""))
        message = (await on.err(server.url("/")))["message"]
        assert "becomes more from" in message
        assert on.files() == []


def test_a_bomb_that_becomes_nothing_at_all_costs_no_time(tmp_path: Path) -> None:
    """What one coding hands to the next counts, though nothing comes out: a few bytes kept a thread for minutes."""
    nothing = gzip.compress(gzip.compress(gzip.compress(b"") * 1_500_000))
    writer = BodyWriter(BodyFolder(tmp_path), decoders([("content-encoding", "gzip, gzip, gzip")]), 2 * MIB, "limit")
    with pytest.raises(BodyTooLarge, match="becomes more from"):
        writer.write(nothing)


def test_a_body_nobody_wants_is_not_decompressed_to_its_end(tmp_path: Path) -> None:
    writer = BodyWriter(BodyFolder(tmp_path), decoders([("content-encoding", "gzip, gzip")]), 64 * MIB, "limit")
    writer.discard()
    with pytest.raises(BodyTooLarge, match="not wanted"):
        writer.write(gzip.compress(gzip.compress(bytes(8 * MIB))))


async def test_an_endless_body_ends_here_and_so_does_its_connection(tmp_path: Path) -> None:
    async with raw(rude.endless_body) as server, stage(tmp_path, response_megabytes=3) as on:
        await on.allow(server.url(""))
        assert "does not end" in (await on.err(server.url("/")))["message"]
        await server.wait_ended()
        assert on.files() == []


async def test_a_body_that_is_cut_short_is_an_error(tmp_path: Path) -> None:
    async with raw(rude.truncated) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert "did not answer as HTTP demands" in (await on.err(server.url("/")))["message"]


async def test_a_request_s_body_has_a_limit_too(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path, request_megabytes=1) as on:
        await on.allow(server.url(""))
        with pytest.raises(HostRefusal, match=r"thoth\.network\.requestMegabytes"):
            await on.fetch(server.url("/echo"), "POST", body=bytes(MIB + 1))
        assert (await on.fetch(server.url("/echo"), "POST", body=bytes(MIB)))["status"] == 200


async def test_bodies_that_wait_for_their_turn_have_one_as_well(tmp_path: Path) -> None:
    async with raw(rude.silent) as server, stage(tmp_path, request_megabytes=1) as on:
        await on.allow(server.url(""))
        waiting = await on.submit(server.url("/"), "POST", body=bytes(MIB // 2))
        await on.submit(server.url("/"), "POST", body=bytes(MIB // 2))
        assert "bytes of bodies are under way" in (await on.err(server.url("/"), "POST", body=b"x"))["message"]
        await on.call("http-control", "cancel", waiting)
        assert (await on.guest.event(waiting))["err"]["code"] == "cancelled"
        await on.submit(server.url("/"), "POST", body=b"x")


def test_a_full_disk_is_told_before_it_is_full(tmp_path: Path) -> None:
    writer = BodyWriter(BodyFolder(tmp_path / "b", lambda path: 200 * MIB), [], 1 << 30, "rule")
    with pytest.raises(HostRefusal, match="the disk has no room left"):
        writer.write(bytes(IN_MEMORY + 1))
    writer.discard()
    assert list(tmp_path.rglob("*.body")) == []


def test_a_length_that_is_too_much_is_refused_before_anything_comes(tmp_path: Path) -> None:
    with pytest.raises(BodyTooLarge, match="has 1,001 bytes, and 1,000 bytes are taken"):
        BodyWriter(BodyFolder(tmp_path), [], 1000, "rule").expect(1001)


async def test_a_body_is_shown_under_the_name_the_plugin_gives(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        handle = (await on.ok(server.url(f"/bytes/{2 * MIB}")))["body_handle"]
        await on.call("http-control", "show-body", handle, '../../etc/a:b "c".json')
        shown = on.shown[0]
        path = Path(shown.uri.removeprefix("file://").replace("%20", " "))
        assert shown.title == path.name == "a b c.json"
        assert path.is_relative_to(on.folder)
        await on.call("http-control", "release-body", handle)
        assert len(path.read_bytes()) == 2 * MIB  # noqa: ASYNC240 - nobody else waits here
        with pytest.raises(HostRefusal, match="there is no body"):
            await on.call("http-control", "show-body", handle, "x")


async def test_one_that_is_cancelled_while_it_is_handed_over_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, cancelled = threading.Event(), threading.Event()

    def slow(self: Body, offset: int, count: int) -> bytes:
        reached.set()
        cancelled.wait(10)
        return b""

    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        monkeypatch.setattr(Body, "read", slow)
        number = await on.submit(server.url(f"/bytes/{2 * MIB}"))
        await asyncio.to_thread(reached.wait, 10)
        assert len(on.files()) == 1
        await on.call("http-control", "cancel", number)
        assert (await on.guest.event(number))["err"]["code"] == "cancelled"
        cancelled.set()
        async with asyncio.timeout(10):  # what hands it over runs to its end, and then lets go of it
            while on.files():  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)


async def test_pieces_of_nothing_do_not_pile_up(tmp_path: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3 * MOST_PIECES + 1):
            yield b""

    writer = BodyWriter(BodyFolder(tmp_path), decoders([("content-encoding", "gzip")]), MIB, "limit")
    assert [len(together) async for together in _together(pieces(), writer)] == [MOST_PIECES] * 3 + [1]


async def test_a_plugin_cannot_bury_a_person_in_files(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        handle = (await on.ok(server.url("/gzip"), preview_bytes=0))["body_handle"]
        for _ in range(10):
            await on.call("http-control", "show-body", handle, "x.txt")
        with pytest.raises(HostRefusal, match="10 bodies within a minute") as caught:
            await on.call("http-control", "show-body", handle, "x.txt")
        assert caught.value.code == 429
        assert len(on.shown) == 10


async def test_a_body_is_saved_where_the_person_says(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        handle = (await on.ok(server.url("/gzip"), preview_bytes=0))["body_handle"]
        assert await on.call("http-control", "save-body", handle, "Save", "answer.txt") is None
        on.save_as = tmp_path / "kept.txt"
        assert await on.call("http-control", "save-body", handle, "Save", "answer.txt") == str(on.save_as)
        assert on.save_as.read_bytes() == b"squeezed " * 1000


async def test_previews_end_with_a_whole_letter(tmp_path: Path) -> None:
    text = "äöü€𝄞" * 3
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(text.encode())}\r\n\r\n{text}".encode()
    async with raw(rude.says(answer)) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        for count in range(len(text.encode())):
            told = await on.ok(server.url("/"), preview_bytes=count)
            assert text.startswith(told["body"])
            assert count - 4 < len(told["body"].encode()) <= count
            assert "body_base64" not in told


async def test_a_hundred_bodies_at_a_time(tmp_path: Path) -> None:
    """Files are written on threads; the loop goes on meanwhile."""
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        numbers = [await on.submit(server.url(f"/bytes/{2 * MIB}")) for _ in range(100)]
        outcomes = await asyncio.gather(*(on.guest.event(number) for number in numbers))
        assert {outcome["ok"]["body_bytes"] for outcome in outcomes} == {2 * MIB}
        assert len(on.files()) == 100
        assert len(json.dumps(on.guest.events)) > 100 * MIB
