"""Who listens at a port: we ourselves, those who started us, or somebody else."""

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Callable

import pytest

from thoth_ls.net.own_ports import asked_listeners, is_ours, on_this_machine, read_listeners

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are only looked at on Linux")

LISTEN = """
import socket, sys
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
sys.stdin.read()
"""
ASK = """
import sys
from collections.abc import Callable
from thoth_ls.net.own_ports import is_ours
print(is_ours("127.0.0.1", int(sys.argv[1])))
"""


@pytest.mark.parametrize(
    ("address", "own"), [("127.0.0.1", True), ("127.8.8.8", True), ("192.0.2.1", False), ("2001:db8::1", False)]
)
def test_addresses_of_this_machine(address: str, own: bool) -> None:
    assert on_this_machine(address) is own


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_of_this_process(host: str) -> None:
    """Whatever address it listens on and is asked for: those of this machine all lead to it."""
    with socket.create_server((host, 0)) as server:
        port = server.getsockname()[1]
        assert is_ours("127.0.0.1", port)
        assert is_ours("127.0.0.9", port)
        assert not is_ours("192.0.2.1", port)
    assert not is_ours("127.0.0.1", port)


def test_a_port_of_ipv6() -> None:
    if not on_this_machine("::1"):
        pytest.skip("this machine has no IPv6")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        assert is_ours("::1", server.getsockname()[1])


def test_a_port_that_is_bound_but_not_listened_on() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert not is_ours("127.0.0.1", bound.getsockname()[1])


def test_a_port_of_those_who_started_us() -> None:
    """The editor is an ancestor of the server; a shell between them hides nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        command = [sys.executable, "-c", ASK, port]
        told = subprocess.run(
            [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])", *command],
            capture_output=True,
            text=True,
            check=True,
        )
    assert told.stdout == "True\n"


def test_a_port_of_another_process() -> None:
    """A developer's own server is the normal case."""
    with subprocess.Popen(
        [sys.executable, "-c", LISTEN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert not is_ours("127.0.0.1", int(other.stdout.readline()))
        other.communicate("")


@pytest.mark.parametrize("listeners", [asked_listeners, read_listeners])
def test_both_ways_of_looking_see_the_same(listeners: Callable[[int], set[int]]) -> None:
    """Where the system does not answer, its tables do."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_server(("127.0.0.1", 0)) as other:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            assert listeners(port) == {os.fstat(server.fileno()).st_ino}
        assert listeners(other.getsockname()[1]) == {os.fstat(other.fileno()).st_ino}
    assert listeners(port) == set()


@pytest.mark.parametrize("answer", [b"", b"\x00" * 16, b"\xff" * 64, b"\x20\x00\x00\x00\x14\x00" + bytes(26)])
def test_a_system_that_answers_something_else(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    """As some sandboxes do, which only look like Linux."""

    class Odd(socket.socket):
        def __init__(self, family: int = -1, *rest: int, **named: object) -> None:
            self.odd = family == socket.AF_NETLINK
            super().__init__(socket.AF_INET if self.odd else family, *(() if self.odd else rest))

        def send(self, data: object, flags: int = 0) -> int:  # type: ignore[override]
            return 0

        def recv(self, size: int, flags: int = 0) -> bytes:
            return answer

    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(socket, "socket", Odd)
        with pytest.raises((ValueError, struct.error)):
            asked_listeners(server.getsockname()[1])
        assert is_ours("127.0.0.1", server.getsockname()[1])
