"""Attacks by TCP: plugins that want too much, and servers that give too much, too slowly, or nothing."""

import asyncio
import socket
import sys
from pathlib import Path

import pytest

from tests.net.callers import Guest
from tests.net.places import grant
from tests.net.servers import Certificates, raw
from tests.net.servers.rude import silent
from tests.net.tcp_stage import Stage, echo
from thoth_ls.calling import IO_FAILED, NOT_ALLOWED, TOO_MANY, HostRefusal
from thoth_ls.net.allowance import Allowance
from thoth_ls.net.model import Checked
from thoth_ls.net.own_ports import is_ours
from thoth_ls.net.tcp_streams import MOST_STREAMS
from thoth_ls.settings import NetworkSettings


async def test_a_plugin_that_connects_in_a_loop(stage: Stage) -> None:
    """It has its connections of a minute, then it is told to wait, and nothing of it reaches the server."""
    stage.gate._allowance = Allowance(NetworkSettings(requests_per_minute=20, requests_per_minute_per_host=0))
    async with raw(echo) as server:
        await stage.allow(server.port)
        for _ in range(20):
            await stage.call("close", await stage.call("connect", "127.0.0.1", server.port, False))
        for _ in range(30):
            code, said = await stage.refusal("connect", "127.0.0.1", server.port, False)
            assert (code, "20 requests a minute" in said) == (TOO_MANY, True)
        assert server.connections == 20


async def test_many_instances_that_connect_all_at_once(stage: Stage) -> None:
    """Together they have no more streams than one of them."""
    async with raw(echo) as server:
        await stage.allow(server.port)
        guests = [Guest() for _ in range(8)]
        tables = [stage.imports(guest) for guest in guests]
        outcomes = await asyncio.gather(
            *(
                guest.call(table, "connect", "127.0.0.1", server.port, False)
                for _ in range(25)
                for guest, table in zip(guests, tables, strict=True)
            ),
            return_exceptions=True,
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, HostRefusal)]
        assert {refusal.code for refusal in refused} == {TOO_MANY}
        assert server.connections == len(outcomes) - len(refused) == MOST_STREAMS
        for guest in guests:
            guest.die()
        await server.wait_ended(MOST_STREAMS)


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors as Linux shows them")
async def test_nothing_is_left_open(stage: Stage, certificates: Certificates) -> None:
    """Whatever way streams end, or never begin."""

    async def round_of_all(open_port: int, tls_port: int, closed_port: int, mute_port: int) -> None:
        guest = Guest()
        table = stage.imports(guest)
        for port, tls in ((open_port, False), (open_port, True), (tls_port, True), (closed_port, False)):
            try:
                number = await guest.call(table, "connect", "127.0.0.1", port, tls)
                await guest.call(table, "write", number, b"x")
                await guest.call(table, "read", number, 1)
            except HostRefusal:
                continue
        with pytest.raises(HostRefusal):
            await guest.call(table, "connect", "127.0.0.1", mute_port, True)
        guest.die()

    async def hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 not TLS\r\n")
        await reader.read()

    stage.set(connect_seconds=0.2)
    async with raw(hello) as open_, raw(echo, tls=certificates.server()) as secure, raw(silent) as mute:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            ports = (open_.port, secure.port, closed.getsockname()[1], mute.port)
            for port in ports:
                ca = {"verification": "caFile", "ca_file": str(certificates.ca_file)} if port == secure.port else {}
                await stage.allow(port, **ca)
            await round_of_all(*ports)
            await settled(open_, secure, mute)
            before = descriptors()
            for _ in range(10):
                await round_of_all(*ports)
            await settled(open_, secure, mute)
            assert descriptors() <= before + 1


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


async def settled(*servers: object) -> None:
    """Until no connection of these is left."""
    for server in servers:
        await server.wait_ended(server.connections)  # type: ignore[attr-defined]
    await asyncio.sleep(0.05)


async def test_what_nobody_reads_is_not_taken_in(stage: Stage) -> None:
    """A server that sends without end fills the system's room for one connection, and none of ours."""
    sent = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.transport.set_write_buffer_limits(0)
        while True:
            writer.write(bytes(1 << 16))
            await writer.drain()
            sent += 1 << 16

    async with raw(endless) as server:
        await stage.allow(server.port)
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        assert len(await stage.call("read", number, 10)) == 10
        await asyncio.sleep(0.3)
        assert sent < 32 << 20
        await stage.call("close", number)


async def test_a_handshake_that_drips(stage: Stage) -> None:
    """Every byte ends a silence; the whole has its time all the same."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in b"\x16\x03\x03\x40\x00" + bytes(1000):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.05)

    async with raw(drip) as server:
        await stage.allow(server.port)
        stage.set(connect_seconds=0.5)
        code, said = await stage.refusal("connect", "127.0.0.1", server.port, True)
        assert (code, "did not agree on TLS within 0.5 s" in said) == (IO_FAILED, True)
        await server.wait_ended()


async def test_a_server_that_takes_nothing(stage: Stage) -> None:
    done = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()

    async with raw(deaf) as server:
        await stage.allow(server.port)
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        stage.set(read_seconds=0.3)
        code, said = await stage.refusal("write", number, bytes(64 << 20))
        assert (code, "was silent for 0.3 s" in said) == (IO_FAILED, True)
        done.set()


async def test_the_ports_of_the_editor_are_out_of_reach(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a person was talked into: this process stands for it here."""
    monkeypatch.setattr("thoth_ls.net.dial.is_ours", is_ours)
    async with raw(echo) as server:
        await stage.allow(server.port)
        await stage.allow(server.port, "127.3.2.1")
        for host in ("127.0.0.1", "127.3.2.1"):
            code, said = await stage.refusal("connect", host, server.port, False)
            assert (code, "itself listens" in said) == (NOT_ALLOWED, True)
        assert server.connections == 0


async def test_secrets_are_not_written_down(stage: Stage, tmp_path: Path) -> None:
    """What goes by a stream stands in no log, whatever becomes of it."""

    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"token-of-the-server")
        writer.transport.abort()

    async with raw(reset) as server:
        await stage.allow(server.port)
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        await stage.call("write", number, b"password-of-the-plugin")
        said = await asyncio.gather(*(stage.call("read", number, 100) for _ in range(3)), return_exceptions=True)
        assert not any("token" in str(answer) for answer in said if isinstance(answer, HostRefusal))
        stage.client.close()
    await stage.log.close()
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "log").rglob("*") if path.is_file())
    assert f"tcp://127.0.0.1:{server.port}" in written
    assert "password" not in written
    assert "token" not in written


@pytest.mark.parametrize("how", ["forgotten", "denied", "switched off", "denied after the answer"])
async def test_what_is_no_longer_allowed_is_not_connected_either(stage: Stage, how: str) -> None:
    """A server may take its time over the connection, or over TLS, until the person has changed their mind."""
    connected, decided = asyncio.Event(), asyncio.Event()
    ways = stage.client._ways
    dial = ways.dial

    async def slowly(checked: Checked, seconds: float) -> socket.socket:
        sock = await dial(checked, seconds)
        connected.set()
        await decided.wait()
        return sock

    ways.dial = slowly
    async with raw(silent) as server:
        pattern = f"tcp://127.0.0.1:{server.port}"
        if how != "denied after the answer":
            await stage.allow(server.port)
        refused = asyncio.create_task(stage.refusal("connect", "127.0.0.1", server.port, False))
        await connected.wait()
        if how == "forgotten":
            await stage.gate.decisions.forget(stage.plugin, pattern, "untilClosed")
        elif how == "switched off":
            stage.set(enabled=False)
        else:
            await stage.gate.decisions.keep(stage.plugin, grant(pattern, decision="denied"))
        stage.client.grants_changed()
        decided.set()
        assert (await refused)[0] == NOT_ALLOWED
        await server.wait_ended()
    assert stage.entries[-1].verdict == "refused"
    assert ways.count[stage.plugin.id] == 0
