"""How much one WebSocket may take: of memory, of time, of the loop."""

import asyncio
from concurrent.futures import Future
from contextlib import suppress

import pytest

from tests.net.servers import raw, sockets, talk, web
from tests.net.websocket.stage import FakeGuest, Stage
from thoth_ls.calling import INVALID, IO_FAILED, TOO_MANY, HostRefusal
from thoth_ls.net.websocket import events, host, link

MIB = 1 << 20


async def test_a_message_of_16_mib_arrives_and_one_byte_more_does_not(stage: Stage) -> None:
    async with web() as server:
        await stage.opened(server.ws_url(f"/ws/binary/{16 * MIB}"))
        assert (await stage.guest.heard("ws-message")).told["len"] == 16 * MIB
    async with web() as server:
        await stage.opened(server.ws_url(f"/ws/binary/{16 * MIB + 1}"))
        assert "a message is larger than 16 MiB" in (await stage.guest.heard("ws-error")).value
        assert (await stage.guest.heard("ws-close", 2)).told["code"] == 1006


async def test_a_plugin_sends_16_mib_at_most(stage: Stage) -> None:
    async with talk() as server:
        number = await stage.opened(server.url)
        await stage.call("websocket.send-binary", number, bytes(16 * MIB))
        for name, value in (("send-binary", bytes(16 * MIB + 1)), ("send-text", "ü" * (8 * MIB + 1))):
            with pytest.raises(HostRefusal, match="16 MiB at most") as refused:
                await stage.call(f"websocket.{name}", number, value)
            assert refused.value.code == INVALID
        assert (await stage.guest.heard("ws-message")).told["len"] == 16 * MIB


@pytest.mark.parametrize("claimed", [16 * MIB + 1, 2**63 - 1, 2**64 - 1])
async def test_a_frame_that_claims_to_be_huge_is_not_waited_for(stage: Stage, claimed: int) -> None:
    """Nor is any memory taken for it."""
    async with raw(sockets.websocket(sockets.frame(sockets.BINARY, b"x", length=claimed))) as server:
        await stage.opened(server.ws_url())
        assert "larger than 16 MiB" in (await stage.guest.heard("ws-error")).value
        await stage.guest.heard("ws-close")
        await server.wait_ended()


async def test_a_message_without_an_end_is_broken_off(stage: Stage) -> None:
    """Fragment upon fragment: its size counts as a whole."""
    async with raw(sockets.websocket(then=sockets.endless_fragments)) as server:
        await stage.opened(server.ws_url())
        assert "larger than 16 MiB" in (await stage.guest.heard("ws-error")).value
        await stage.guest.heard("ws-close")


async def test_a_message_of_empty_fragments_is_broken_off(stage: Stage) -> None:
    """They count, although they hold nothing; and the loop keeps turning."""

    async def empty(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(sockets.frame(sockets.TEXT, b"", final=False))
        while True:
            writer.write(sockets.frame(0, b"", final=False) * 100_000)
            await writer.drain()

    async with raw(sockets.websocket(then=empty)) as server:
        await stage.opened(server.ws_url())
        assert "16,384 fragments" in (await stage.guest.heard("ws-error")).value
        await stage.guest.heard("ws-close")


async def test_nothing_more_is_read_while_the_plugin_is_behind(stage: Stage) -> None:
    """A flood waits in the sockets of the system, not in memory; then all of it arrives, in order."""
    sent = 0

    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        for number in range(20_000):
            writer.write(sockets.frame(sockets.TEXT, f"{number:01000}".encode()))
            sent = number
            if number % 64 == 0:
                await writer.drain()
        writer.write(sockets.frame(sockets.CLOSE, b"\x03\xe8"))
        await writer.drain()
        await asyncio.sleep(10)

    stage.guest.be_busy()
    async with raw(sockets.websocket(then=flood)) as server:
        await stage.opened(server.ws_url())
        await stage.guest.heard("ws-message", events.UNTAKEN_MESSAGES)
        before = -1
        while before != sent:  # until the system takes in no more
            before = sent
            await asyncio.sleep(0.3)
        assert sent < 15_000
        assert len(stage.guest.heard_of) == 1 + events.UNTAKEN_MESSAGES
        stage.guest.go_on()
        assert (await stage.guest.heard("ws-close", seconds=60)).told["code"] == 1000
    numbers = [int(event.told["text"]) for event in stage.guest.heard_of if event.kind == "ws-message"]
    assert numbers == list(range(20_000))


async def test_large_messages_count_by_their_size(stage: Stage) -> None:
    """Two of them are not held at a time."""
    stage.guest.be_busy()
    async with web() as server:
        await stage.opened(server.ws_url(f"/ws/flood/8/{2 * MIB}"))
        await stage.guest.heard("ws-message")
        await asyncio.sleep(0.3)
        assert stage.guest.kinds().count("ws-message") == 1
        stage.guest.go_on()
        await stage.guest.heard("ws-message", 8)


async def test_a_plugin_that_is_behind_can_close_all_the_same(stage: Stage) -> None:
    """Also out of an event, while the guest is entered."""
    stage.guest.be_busy()
    async with web() as server:
        number = await stage.opened(server.ws_url("/ws/flood/100000/100"))
        await stage.guest.heard("ws-message", events.UNTAKEN_MESSAGES)
        await stage.call("websocket.close", number)
        assert (await stage.guest.heard("ws-close")).told["code"] == 1000


async def test_a_side_that_takes_nothing_in_is_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin is told, by the call and by events; other work goes on meanwhile."""
    monkeypatch.setattr(host, "AT_ONCE_SECONDS", 5.0)
    stage.set(read_seconds=0.3)
    async with raw(sockets.websocket(then=sockets.deaf)) as server:
        number = await stage.opened(server.ws_url())
        with pytest.raises(HostRefusal, match=r"has taken in nothing for 0\.3 s") as refused:
            await stage.call("websocket.send-binary", number, bytes(16 * MIB))
        assert refused.value.code == IO_FAILED
        assert "taken in nothing" in (await stage.guest.heard("ws-error")).value
        assert (await stage.guest.heard("ws-close")).told["code"] == 1006


async def test_messages_nobody_waits_for_do_not_pile_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin whose call has waited enough may go on sending, and is told each time that it does not wait."""

    def no_patience(outcome: Future[object], seconds: float) -> None:
        with suppress(TimeoutError):
            outcome.result(0.01)
        outcome.cancel()

    async with raw(sockets.websocket(then=sockets.deaf)) as server:
        number = await stage.opened(server.ws_url())
        monkeypatch.setattr(stage.guest, "wait", no_patience)
        for _ in range(50):
            await stage.call("websocket.send-binary", number, bytes(8 * MIB))
        await stage.call("websocket.close", number)
        next(iter(stage.sockets._tasks.values()))._link.give_up("enough")  # type: ignore[union-attr]
        await stage.guest.heard("ws-close")
    assert 8 * MIB < stage.log()[-1].sent_bytes < 9 * MIB


async def test_the_other_side_is_pinged_and_given_up_when_it_says_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "PING_SECONDS", 0.1)
    async with talk() as server:
        await stage.opened(server.url)
        await asyncio.sleep(0.5)
        assert stage.guest.kinds() == ["ws-open"]
    async with raw(sockets.websocket(then=sockets.sink)) as dead:
        await stage.opened(dead.ws_url())
        assert "has not answered a ping" in (await stage.guest.heard("ws-error")).value
        await dead.wait_ended()


async def test_a_plugin_that_is_behind_does_not_make_the_other_side_seem_dead(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pongs wait to be read behind the messages."""
    monkeypatch.setattr(link, "PING_SECONDS", 0.1)
    stage.guest.be_busy()
    async with web() as server:
        number = await stage.opened(server.ws_url("/ws/flood/1000/10"))
        await stage.guest.heard("ws-message", events.UNTAKEN_MESSAGES)
        await asyncio.sleep(0.5)
        stage.guest.go_on()
        assert (await stage.guest.heard("ws-close")).told["code"] == 1000
    assert number
    assert stage.guest.kinds().count("ws-message") == 1000


async def test_pings_of_the_other_side_are_answered(stage: Stage) -> None:
    heard = asyncio.Event()

    async def ping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(sockets.frame(sockets.PING, b"are you there"))
        head = await reader.readexactly(6)
        data = await reader.readexactly(13)
        if (
            head[0] == 0x80 | sockets.PONG
            and bytes(b ^ head[2 + n % 4] for n, b in enumerate(data)) == b"are you there"
        ):
            heard.set()

    async with raw(sockets.websocket(then=ping)) as server:
        await stage.opened(server.ws_url())
        await asyncio.wait_for(heard.wait(), 5)


async def test_pongs_that_nobody_reads_do_not_pile_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pings without an end from a side that reads nothing: it is read no further, and given up in time."""
    monkeypatch.setattr(link, "PING_SECONDS", 0.5)
    async with raw(sockets.websocket(then=sockets.endless_pings)) as server:
        number = await stage.opened(server.ws_url())
        await stage.guest.heard("ws-close")
    entry = stage.log()[-1]
    assert entry.received_bytes < 64 * MIB
    assert number


async def test_a_plugin_has_64_connections_at_most(stage: Stage) -> None:
    """In all its guests together; those that wait for a person count."""
    for _ in range(32):
        await stage.connect("ws://127.0.0.1:65001/")
    second = FakeGuest(2)
    table = stage.sockets.imports(stage.plugin, second)
    for _ in range(32):
        await asyncio.to_thread(table["websocket"]["connect"], "ws://127.0.0.1:65001/", [])
    with pytest.raises(HostRefusal, match="64 WebSockets at most") as refused:
        await stage.connect("ws://127.0.0.1:65001/")
    assert refused.value.code == TOO_MANY


@pytest.mark.parametrize("seconds", [0.2])
async def test_a_handshake_has_a_deadline(stage: Stage, seconds: float) -> None:
    """That of the plugin where it is shorter than the person's."""
    async with raw(sockets.sink) as server:
        await stage.allow(server.ws_url())
        await stage.connect(server.ws_url(), options={"timeout_ms": int(seconds * 1000)})
        assert f"opened no WebSocket within {seconds} s" in (await stage.guest.heard("ws-error")).value
        assert (await stage.guest.heard("ws-close")).told["code"] == 1006
        await server.wait_ended()
    assert [entry.verdict for entry in stage.log()] == ["failed"]
