"""The other side breaks the rules: each way is told of in words, ends, and leaves nothing behind."""

import asyncio
import logging
import re

import pytest

from tests.net.servers import raw, rude, sockets, web
from tests.net.websocket.stage import Stage

ANSWERS = {
    "403": (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "answered 403 Forbidden and opened no WebSocket"),
    "200": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "answered 200 OK"),
    "401 with a terminal's colours": (
        b"HTTP/1.1 401 \x1b[31mRed\r\nContent-Length: 0\r\n\r\n",
        "does not speak HTTP",
    ),
    "a redirect": (
        b"HTTP/1.1 302 Found\r\nLocation: ws://10.0.0.1/?token=s3cret\r\nContent-Length: 0\r\n\r\n",
        r"redirects to ws://10\.0\.0\.1/\?token=…; WebSockets are not redirected",
    ),
    "101 without an accept": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "does not speak WebSocket",
    ),
    "101 with another's accept": (
        (
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n"
        ),
        "does not speak WebSocket",
    ),
    "101 to another protocol": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
        "does not speak WebSocket",
    ),
    "a cookie that is none": (
        b"HTTP/1.1 101 Switching Protocols\r\nSet-Cookie: sid=\x01s3cret\r\n\r\n",
        "does not speak HTTP: (?!.*s3cret)",
    ),
    "a greeting of another protocol": (b"SSH-2.0-OpenSSH_9.6\r\n", "does not speak HTTP"),
    "nothing": (b"", "closed the connection without an answer"),
    "half a head": (b"HTTP/1.1 101 Switching Protocols\r\nUpgr", "closed the connection without an answer"),
    "a status line without an end": (b"HTTP/1.1 101 " + b"x" * 20_000, "does not speak"),
    **{
        f"bad head: {name}": (head, "answered|does not speak|redirects|without an answer")
        for name, head in rude.BAD_HEADS.items()
    },
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_that_opens_nothing(stage: Stage, name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Neither followed nor believed; the plugin is told in a sentence, and no traceback is written."""
    answer, said = ANSWERS[name]
    async with raw(rude.says(answer)) as server:
        await stage.allow(server.ws_url())
        await stage.connect(server.ws_url())
        error = await stage.guest.heard("ws-error")
        assert (await stage.guest.heard("ws-close")).told == {"code": 1006, "reason": ""}
        assert server.connections == 1
    assert stage.guest.kinds() == ["ws-error", "ws-close"]
    assert re.search(said, error.value), error.value
    assert "s3cret" not in error.value
    assert "\x1b" not in error.value
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("answer", [rude.endless_head, rude.slow_loris(0.01)], ids=["endless", "slow loris"])
async def test_a_head_without_an_end(stage: Stage, answer: object) -> None:
    """However fast or slowly it comes."""
    stage.set(connect_seconds=1)
    async with raw(answer) as server:  # type: ignore[arg-type]
        await stage.allow(server.ws_url())
        await stage.connect(server.ws_url())
        await stage.guest.heard("ws-error", seconds=5)
        await server.wait_ended()


FRAMES = {
    "masked by a server": b"\x81\x81\x00\x00\x00\x00x",
    "reserved bits": b"\xf1\x01x",
    "a compressed message nobody offered": b"\xc1\x01x",
    "an unknown opcode": b"\x83\x01x",
    "a control frame in fragments": b"\x09\x01x",
    "a long control frame": b"\x89\x7e\x00\x7e" + b"x" * 126,
    "a continuation of nothing": b"\x80\x01x",
    "a message within a message": b"\x01\x01x\x81\x01y",
    "a close frame of one byte": b"\x88\x01\x03",
    "a close frame with a code for nobody": b"\x88\x02\x03\xed",
    "a close reason that is no UTF-8": b"\x88\x03\x03\xe8\xff",
    "text that is no UTF-8": b"\x81\x02\xc3\x28",
    "text in UTF-8 of a surrogate": b"\x81\x03\xed\xa0\x80",
    "text in UTF-8 that is too long": b"\x81\x02\xc0\xaf",
}


@pytest.mark.parametrize("name", FRAMES)
async def test_frames_that_break_the_rules(stage: Stage, name: str) -> None:
    """What came before arrives; then it is over."""
    sent = sockets.frame(sockets.TEXT, b"before") + FRAMES[name] + sockets.frame(sockets.TEXT, b"after")
    async with raw(sockets.websocket(sent)) as server:
        await stage.opened(server.ws_url())
        assert (await stage.guest.heard("ws-close")).told["code"] == 1006
        await server.wait_ended()
    assert stage.guest.kinds() == ["ws-open", "ws-message", "ws-error", "ws-close"]
    assert stage.guest.heard_of[1].told == {"text": "before"}


async def test_text_may_be_cut_anywhere(stage: Stage) -> None:
    """Characters across fragments, with a ping between them: the rules allow it."""
    word = "größer".encode()
    cut = word.index(0xC3) + 1
    parts = [
        sockets.frame(sockets.TEXT, word[:cut], final=False),
        sockets.frame(sockets.PING, b""),
        sockets.frame(0, b"", final=False),
        sockets.frame(0, word[cut:]),
    ]
    async with raw(sockets.websocket(*parts)) as server:
        await stage.opened(server.ws_url())
        assert (await stage.guest.heard("ws-message")).told == {"text": "größer"}


async def test_a_side_that_never_closes_is_left(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It neither answers the Close frame nor ends the connection."""
    monkeypatch.setattr("thoth_ls.net.websocket.link.CLOSE_SECONDS", 0.3)
    async with raw(sockets.websocket(then=sockets.sink)) as server:
        number = await stage.opened(server.ws_url())
        await stage.call("websocket.close", number)
        assert (await stage.guest.heard("ws-close")).told["code"] == 1006
        await server.wait_ended()


async def test_a_flood_leaves_time_for_other_work(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever one side sends, the loop comes round."""
    monkeypatch.setattr("thoth_ls.net.websocket.link.CLOSE_SECONDS", 0.3)
    async with raw(sockets.websocket(then=sockets.endless_messages)) as server, web() as other:
        number = await stage.opened(server.ws_url())
        slowest = 0.0
        for _ in range(50):
            began = asyncio.get_running_loop().time()
            await asyncio.sleep(0.001)
            slowest = max(slowest, asyncio.get_running_loop().time() - began)
        assert slowest < 0.5
        await stage.opened(other.ws_url())
        await stage.call("websocket.close", number)
        await stage.guest.heard("ws-close")


async def test_nobody_listens_there(stage: Stage) -> None:
    async with raw(sockets.sink) as server:
        url = server.ws_url()
    await stage.allow(url)
    await stage.connect(url)
    assert "cannot connect to http://127.0.0.1:" in (await stage.guest.heard("ws-error")).value
    assert (await stage.guest.heard("ws-close")).told["code"] == 1006
