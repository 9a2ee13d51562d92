"""Whether something of this machine is our own: a listening socket of this process, or of those that started it.

An editor may listen for its debugger, a server of Thoth for a client: a plugin that could connect there would get hold
of far more than it was granted. Processes are looked at where the system shows them (Linux); elsewhere none is found.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import struct
from pathlib import Path
from typing import Final

MOST_ANCESTORS: Final = 64
"""Processes looked at, this one first; far more than there are."""
_PROC: Final = Path("/proc")
_LISTENS: Final = 10
"""`TCP_LISTEN` of Linux."""
_SOCK_DIAG: Final = 4
_BY_FAMILY: Final = 20
_DUMP: Final = 0x301
_DONE: Final = 3
_ROW: Final = struct.Struct("=xBxxH62xI")
"""Of `inet_diag_msg`: state, port (as on the wire) and inode."""


def on_this_machine(address: str) -> bool:
    """Whether the address is one of this machine, by asking the system for a socket there. Nothing is sent."""
    family = socket.AF_INET6 if ipaddress.ip_address(address).version == 6 else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


def is_ours(address: str, port: int) -> bool:
    """Whether this process or one that it descends from listens at `port`, the address being of this machine.

    Reads what the system shows of processes, which may take some milliseconds: for threads, not for the event loop.
    """
    if not on_this_machine(address):
        return False
    sockets = {f"socket:[{inode}]" for inode in _listeners(port)}
    return bool(sockets) and any(_holds(process, sockets) for process in _lineage())


def _lineage() -> list[Path]:
    """This process, its parent and so on, as folders of `/proc`."""
    found: list[Path] = []
    pid = os.getpid()
    while pid > 0 and len(found) < MOST_ANCESTORS:
        process = _PROC / str(pid)
        found.append(process)
        try:
            # The name of a program stands in parentheses and may hold some itself; its parent is second after it.
            pid = int((process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            break
    return found


def _holds(process: Path, sockets: set[str]) -> bool:
    try:
        return any(_link(descriptor) in sockets for descriptor in (process / "fd").iterdir())
    except OSError:  # a process of somebody else, or gone
        return False


def _listeners(port: int) -> set[int]:
    """The numbers of all sockets that listen at `port` in this network: others cannot be reached from here."""
    try:
        return asked_listeners(port)
    except (OSError, ValueError, struct.error, AttributeError):
        return read_listeners(port)


def asked_listeners(port: int) -> set[int]:
    """By asking Linux itself (`sock_diag(7)`), which looks at listening sockets alone; raises OSError, ValueError."""
    found: set[int] = set()
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as kernel:
        kernel.settimeout(1.0)
        for family in (socket.AF_INET, socket.AF_INET6):
            wanted = struct.pack("=BBBxI", family, socket.IPPROTO_TCP, 0, 1 << _LISTENS)
            wanted += struct.pack("!HH", port, 0) + bytes(44)
            kernel.send(struct.pack("=IHHII", 16 + len(wanted), _BY_FAMILY, _DUMP, 1, 0) + wanted)
            while _took_in(kernel.recv(1 << 16), port, found):
                pass
    return found


def _took_in(answer: bytes, port: int, found: set[int]) -> bool:
    """Adds the sockets of one answer; whether more answers come."""
    if not answer:
        raise ValueError("no answer")
    while answer:
        size, kind = struct.unpack_from("=IH", answer)
        if kind == _DONE:
            return False
        if kind != _BY_FAMILY or not 16 + _ROW.size <= size <= len(answer):
            raise ValueError("not what was asked for")
        state, local, inode = _ROW.unpack_from(answer, 16)
        if state == _LISTENS and local == struct.unpack("=H", struct.pack("!H", port))[0]:
            found.add(inode)
        answer = answer[(size + 3) & ~3 :]
    return True


def read_listeners(port: int) -> set[int]:
    """From the tables of all connections, which takes much longer; none where there are no such tables."""
    found: set[int] = set()
    for table in ("tcp", "tcp6"):
        try:
            lines = (_PROC / "self" / "net" / table).read_text("ascii").splitlines()[1:]
        except (OSError, ValueError):
            continue
        rows = map(str.split, lines)
        found |= {
            int(row[9]) for row in rows if int(row[3], 16) == _LISTENS and int(row[1].rpartition(":")[2], 16) == port
        }
    return found


def _link(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:  # closed meanwhile
        return ""
