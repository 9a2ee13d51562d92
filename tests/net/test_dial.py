"""Connecting: to what was checked, in its order, within its time, and to nothing else."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from thoth_ls.calling import CANNOT_CONNECT, NOT_ALLOWED
from thoth_ls.net.dial import CannotConnect, dial
from thoth_ls.net.model import Checked, NetworkRefused, Target
from thoth_ls.net.own_ports import is_ours


def checked(port: int, *addresses: str) -> Checked:
    return Checked(Target("tcp", "db.example", port), addresses, local=True)


@asynccontextmanager
async def greeting(host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """A server that says `hello <host>`; its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"hello {host}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, host, port) as server:
        yield server.sockets[0].getsockname()[1]


async def heard(sock: socket.socket) -> str:
    with sock:
        return (await asyncio.get_running_loop().sock_recv(sock, 100)).decode()


async def test_connects_to_the_address_and_looks_nothing_up() -> None:
    """The host's name is for people and certificates: `db.example` does not exist."""
    async with greeting() as port:
        sock = await dial(checked(port, "127.0.0.1"), 5)
        assert sock.gettimeout() == 0
        assert await heard(sock) == "hello 127.0.0.1"


async def test_the_next_address_is_tried_when_one_refuses() -> None:
    async with greeting("127.0.0.2") as port:
        assert await heard(await dial(checked(port, "127.0.0.1", "127.0.0.2"), 5)) == "hello 127.0.0.2"


async def test_the_first_address_comes_first() -> None:
    async with greeting("127.0.0.2") as port, greeting("127.0.0.1", port):
        assert await heard(await dial(checked(port, "127.0.0.1", "127.0.0.2"), 5)) == "hello 127.0.0.1"


@asynccontextmanager
async def silent(address: str, port: int) -> AsyncIterator[int]:
    """Something whose line of connections is full, so that further ones get no answer."""
    with socket.socket() as server:
        server.bind((address, port))
        server.listen(0)
        port = server.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex((address, port))
        try:
            yield port
        finally:
            for filler in fillers:
                filler.close()


async def test_a_silent_address_does_not_hold_the_others_up() -> None:
    async with greeting("127.0.0.2") as port, silent("127.0.0.1", port):
        began = time.monotonic()
        assert await heard(await dial(checked(port, "127.0.0.1", "127.0.0.2"), 30)) == "hello 127.0.0.2"
        assert time.monotonic() - began < 15


async def test_gives_up_in_time() -> None:
    async with silent("127.0.0.1", 0) as port:
        with pytest.raises(
            CannotConnect, match=r"tcp://db.example:\d+ \(127.0.0.1\) did not answer within 0.3 s"
        ) as told:
            await dial(checked(port, "127.0.0.1"), 0.3)
    assert told.value.code == CANNOT_CONNECT


async def test_says_why_nobody_could_be_reached() -> None:
    async with greeting() as port:
        pass
    with pytest.raises(CannotConnect, match=r"\(127.0.0.1, ::1\): connection refused") as told:
        await dial(checked(port, "127.0.0.1", "::1"), 5)
    assert told.value.code == CANNOT_CONNECT


async def test_no_address_is_no_connection() -> None:
    with pytest.raises(CannotConnect, match="no address"):
        await dial(checked(80), 5)


@pytest.mark.parametrize("host", ["localhost", "db.example", "127.1", ""])
async def test_names_are_never_looked_up(host: str) -> None:
    """Were a name to get here, the system would find it another address than was checked."""
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
        await dial(checked(80, host), 5)


async def test_another_peer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever moved the connection elsewhere, nothing is sent to where it came out."""
    made: list[socket.socket] = []

    class Moved(socket.socket):
        def getpeername(self) -> tuple[str, int]:
            made.append(self)
            return "169.254.169.254", super().getpeername()[1]

    async with greeting() as port:
        monkeypatch.setattr(socket, "socket", Moved)
        with pytest.raises(NetworkRefused, match=r"ended at 169.254.169.254, and 127.0.0.1 was checked") as told:
            await dial(checked(port, "127.0.0.1"), 5)
    assert told.value.code == NOT_ALLOWED
    assert [sock.fileno() for sock in made] == [-1]


async def test_a_connection_to_itself_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody listens, the system may connect a socket with itself; what it says would come back as an answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    class Bound(socket.socket):
        """Happens to come from the very port it goes to."""

        def setblocking(self, flag: bool) -> None:
            super().setblocking(flag)
            self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.bind(("127.0.0.1", port))

    monkeypatch.setattr(socket, "socket", Bound)
    with pytest.raises(CannotConnect, match="led to itself"):
        await dial(checked(port, "127.0.0.1"), 5)


async def test_cancelling_closes_what_was_begun() -> None:
    async with silent("127.0.0.1", 0) as port:
        dialing = asyncio.create_task(dial(checked(port, "127.0.0.1"), 30))
        await asyncio.sleep(0.05)
        dialing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dialing
        assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


@pytest.mark.parametrize("address", ["169.254.169.254", "168.63.129.16", "224.0.0.1", "::ffff:0:127.0.0.1", "fe80::1"])
async def test_what_is_never_reached_is_not_reached_by_mistake(address: str) -> None:
    """Whoever asks, and whatever they say was checked."""
    with pytest.raises(NetworkRefused, match="was not checked for what it is"):
        await dial(checked(80, address), 5)


async def test_a_local_address_has_to_have_been_checked_as_one() -> None:
    async with greeting() as port:
        with pytest.raises(NetworkRefused, match=r"leads to 127\.0\.0\.1, which was not checked for what it is"):
            await dial(Checked(Target("tcp", "db.example", port), ("127.0.0.1",), local=False), 5)


async def test_ports_of_our_own_are_refused() -> None:
    async with greeting() as port:
        with pytest.raises(NetworkRefused, match="itself listens") as told:
            await dial(checked(port, "127.0.0.1"), 5, is_ours)
    assert told.value.code == NOT_ALLOWED
