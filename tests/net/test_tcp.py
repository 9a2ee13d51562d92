"""`tcp-client` as a guest calls it, against real servers: what it answers, what it refuses, and what ends with what."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.net.callers import Guest
from tests.net.places import Names
from tests.net.servers import RawServer, raw
from tests.net.servers.rude import silent
from tests.net.tcp_stage import Stage, echo
from thoth_ls.calling import CANNOT_CONNECT, INVALID, IO_FAILED, NOT_ALLOWED, TOO_MANY, UNKNOWN_ID, HostRefusal
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.tcp_streams import MOST_READ, MOST_STREAMS
from thoth_ls.settings import Settings


@asynccontextmanager
async def echoing(stage: Stage, **fields: Any) -> AsyncIterator[RawServer]:
    async with raw(echo) as server:
        await stage.allow(server.port, **fields)
        yield server


async def test_a_conversation(stage: Stage) -> None:
    async with echoing(stage) as server:
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        assert await stage.call("write", number, b"hello") == 5
        assert await stage.call("read", number, 100) == b"hello"
        await stage.call("close", number)
        await stage.call("close", number)
        await server.wait_ended()
    connected, entry = stage.entries
    assert (connected.verdict, connected.address) == ("connected", "127.0.0.1")
    assert (entry.kind, entry.verdict, entry.address) == ("tcp", "allowed", "127.0.0.1")
    assert (entry.sent_bytes, entry.received_bytes) == (5, 5)
    assert entry.url == f"tcp://127.0.0.1:{server.port}"
    assert entry.timing.connect is not None


async def test_the_end_of_the_other_side_is_an_empty_list(stage: Stage) -> None:
    async def bye(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"bye")

    async with raw(bye) as server:
        await stage.allow(server.port)
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        assert [await stage.call("read", number, 2) for _ in range(4)] == [b"by", b"e", b"", b""]


async def test_a_call_that_is_made_again_does_not_wait_for_a_person(tmp_path: Path) -> None:
    """It fails; the answer is good for the next attempt that is the same, and for one."""
    stage = Stage(tmp_path, Names(localhost=["127.0.0.1", "::1"]))
    stage.guest.puts_off = True
    async with raw(echo) as server:
        code, said = await stage.refusal("connect", "localhost", server.port, False)
        assert (code, stage.guest.asked) == (NOT_ALLOWED, 0)
        assert "made again once they have answered" in said
        (answer,) = stage.guest.put_off_for
        await asyncio.wrap_future(answer)
        number = await stage.call("connect", "localhost", server.port, False)
        await stage.call("close", number)
        await stage.refusal("connect", "localhost", server.port, False)
        assert len(stage.guest.put_off_for) == 2
        stage.person.allows = False
        await stage.refusal("connect", "localhost", server.port + 1, False)
        with pytest.raises(NetworkRefused, match="denied"):
            await asyncio.wrap_future(stage.guest.put_off_for[-1])
        await stage.refusal("connect", "localhost", server.port + 1, False)
        assert len(stage.guest.put_off_for) == 4  # a denial is none for ever
    stage.client.close()
    await stage.log.close()


async def test_what_was_not_decided_is_asked_and_holds_for_that_stream(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Names(localhost=["127.0.0.1", "::1"]))
    async with raw(echo) as server:
        number = await stage.call("connect", "localhost", server.port, False)
        await stage.call("write", number, b"x")
        assert await stage.call("read", number, 1) == b"x"
        await stage.call("close", number)
        assert stage.guest.asked == 1
        assert stage.person.shown[0].addresses == ("127.0.0.1", "::1")
        await stage.call("connect", "localhost", server.port, False)
        assert stage.guest.asked == 2
        stage.client.close()
    assert [entry.verdict for entry in stage.entries] == [
        "asked",
        "connected",
        "allowed",
        "asked",
        "connected",
        "allowed",
    ]
    await stage.log.close()


async def test_a_denial_is_an_error_and_no_connection(stage: Stage) -> None:
    stage.person.allows = False
    async with raw(echo) as server:
        assert await stage.refusal("connect", "127.0.0.1", server.port, False) == (
            NOT_ALLOWED,
            f"tcp://127.0.0.1:{server.port} was denied",
        )
        assert server.connections == 0
    assert [entry.verdict for entry in stage.entries] == ["asked", "refused"]


@pytest.mark.parametrize(("host", "port"), [("", 1), ("a b", 1), ("0x7f.1", 1), ("a.example", 0), ("u@a.example", 1)])
async def test_what_is_no_place(stage: Stage, host: str, port: int) -> None:
    code, _ = await stage.refusal("connect", host, port, False)
    assert code == INVALID


@pytest.mark.parametrize("host", ["169.254.169.254", "fd00:ec2::254", "168.63.129.16", "0.0.0.0", "224.0.0.1"])
async def test_what_is_never_reached_is_not_asked_either(stage: Stage, host: str) -> None:
    code, _ = await stage.refusal("connect", host, 80, False)
    assert (code, stage.guest.asked) == (NOT_ALLOWED, 0)
    assert [entry.verdict for entry in stage.entries] == ["refused"]


async def test_nobody_listens(stage: Stage) -> None:
    async with raw(echo) as server:
        port = server.port
    await stage.allow(port)
    code, said = await stage.refusal("connect", "127.0.0.1", port, False)
    assert (code, said) == (CANNOT_CONNECT, f"cannot connect to tcp://127.0.0.1:{port} (127.0.0.1): connection refused")
    assert stage.entries[-1].verdict == "failed"


async def test_streams_that_are_not_there(stage: Stage) -> None:
    for name, arguments in (("read", (7, 1)), ("write", (7, b"x")), ("start-tls", (7, "a.example"))):
        code, said = await stage.refusal(name, *arguments)
        assert (code, said) == (UNKNOWN_ID, "there is no stream 7: it was closed, or never opened")


async def test_streams_of_another_guest_are_not_there(stage: Stage) -> None:
    async with echoing(stage) as server:
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        other = Guest()
        with pytest.raises(HostRefusal, match="there is no stream"):
            await other.call(stage.imports(other), "read", number, 1)


async def test_room_for_nothing(stage: Stage) -> None:
    async with echoing(stage) as server:
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        assert (await stage.refusal("read", number, 0))[0] == INVALID


async def test_one_read_gives_so_much_at_most(stage: Stage) -> None:
    async def much(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"x" * (4 * MOST_READ))
        await writer.drain()

    async with raw(much) as server:
        await stage.allow(server.port)
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        total = 0
        while part := await stage.call("read", number, 2**32 - 1):
            assert len(part) <= MOST_READ
            total += len(part)
        assert total == 4 * MOST_READ


async def test_silence_has_its_limit(stage: Stage) -> None:
    """The stream is still there: what a person types at a server may take longer than the plugin expected."""
    async with raw(silent) as server:
        await stage.allow(server.port)
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        stage.set(read_seconds=0.1)
        code, said = await stage.refusal("read", number, 100)
        assert code == IO_FAILED
        assert said.endswith("was silent for 0.1 s (setting thoth.network.readSeconds)")
        assert await stage.call("write", number, b"x") == 1


async def test_so_many_streams_in_all_instances(stage: Stage) -> None:
    async with echoing(stage) as server:
        other = Guest()
        table = stage.imports(other)
        for number in range(MOST_STREAMS):
            guest, functions = (stage.guest, stage.table) if number % 2 else (other, table)
            await guest.call(functions, "connect", "127.0.0.1", server.port, False)
        code, said = await stage.refusal("connect", "127.0.0.1", server.port, False)
        assert (code, "close one first" in said) == (TOO_MANY, True)
        await other.call(table, "close", 1)
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        assert await stage.call("write", number, b"x") == 1


async def test_attempts_that_fail_leave_room(stage: Stage) -> None:
    async with raw(echo) as server:
        port = server.port
    await stage.allow(port)
    for _ in range(MOST_STREAMS + 1):
        assert (await stage.refusal("connect", "127.0.0.1", port, False))[0] == CANNOT_CONNECT


async def test_a_guest_that_dies_leaves_no_stream(stage: Stage) -> None:
    async with echoing(stage) as server:
        for _ in range(3):
            await stage.call("connect", "127.0.0.1", server.port, False)
        stage.guest.die()
        await server.wait_ended(3)
    assert [entry.verdict for entry in stage.entries] == ["connected"] * 3 + ["allowed"] * 3
    assert stage.entries[-1].why.endswith("closed when the plugin ended")


async def sleepy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes nothing until a while has passed."""
    await asyncio.sleep(0.3)
    await silent(reader, writer)


@pytest.mark.parametrize("doing", ["read", "write", "connect", "tls"])
async def test_a_guest_that_dies_meanwhile_leaves_no_stream(stage: Stage, doing: str) -> None:
    async with raw(sleepy if doing == "write" else silent) as server:
        await stage.allow(server.port)
        reach = ("connect", "127.0.0.1", server.port)
        if doing == "connect":
            work = stage.call(*reach, True)
        else:
            number = await stage.call(*reach, False)
            works = {"read": (number, 1), "write": (number, b"x" * (64 << 20)), "tls": (number, "localhost")}
            work = stage.call("start-tls" if doing == "tls" else doing, *works[doing])
        working = asyncio.create_task(work)
        await asyncio.sleep(0.1)
        stage.guest.die()
        with pytest.raises(HostRefusal, match=r"ended|closed"):
            await working
        await server.wait_ended()
    assert stage.client._ways.count[stage.plugin.id] == 0


async def test_a_decision_that_is_undone_ends_its_streams(stage: Stage) -> None:
    async with echoing(stage) as server, echoing(stage) as other:
        ended = await stage.call("connect", "127.0.0.1", server.port, False)
        stays = await stage.call("connect", "127.0.0.1", other.port, False)
        reading = asyncio.create_task(stage.refusal("read", ended, 1))
        await asyncio.sleep(0.05)
        await stage.gate.decisions.forget(stage.plugin, f"tcp://127.0.0.1:{server.port}", "untilClosed")
        stage.client.grants_changed(stage.plugin.id)
        said = f"tcp://127.0.0.1:{server.port} is no longer allowed: the stream was closed"
        assert await reading == (NOT_ALLOWED, said)
        await server.wait_ended()
        assert await stage.call("write", stays, b"x") == 1
        assert (await stage.refusal("read", ended, 1))[0] == UNKNOWN_ID


async def test_the_switch_ends_every_stream(stage: Stage) -> None:
    """Those a person allowed by a single answer too."""
    async with raw(echo) as server:
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        stage.client.grants_changed()
        assert await stage.call("write", number, b"x") == 1
        stage.gate.settings = Settings.model_validate({"network": {"enabled": False}})
        stage.client.grants_changed()
        await server.wait_ended()
    assert stage.entries[-1].verdict == "refused"
    assert "thoth.network.enabled" in stage.entries[-1].why
