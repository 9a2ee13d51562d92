"""Whether something of this machine is our own: a listening socket of this process, or of those that started it.

An editor may listen for its debugger, a server of Thoth for a client: a plugin that could connect there would get hold
of far more than it was granted. Processes are looked at where the system shows them (Linux); elsewhere none is found.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Final

MOST_ANCESTORS: Final = 64
"""Processes looked at, this one first; far more than there are."""
_LISTENS: Final = "0A"
_PROC: Final = Path("/proc")


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

    Reads files of the system for a millisecond or so: for threads, not for the event loop.
    """
    return on_this_machine(address) and any(_listens(process, port) for process in _lineage())


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


def _listens(process: Path, port: int) -> bool:
    sockets = {f"socket:[{inode}]" for inode in _listeners(process, port)}
    if not sockets:
        return False
    try:
        descriptors = list((process / "fd").iterdir())
    except OSError:  # a process of somebody else
        return False
    return any(_link(descriptor) in sockets for descriptor in descriptors)


def _listeners(process: Path, port: int) -> list[str]:
    """The numbers of all sockets that listen at `port` in the network the process sees."""
    found: list[str] = []
    for table in ("tcp", "tcp6"):
        try:
            lines = (process / "net" / table).read_text("ascii").splitlines()[1:]
        except (OSError, ValueError):
            continue
        rows = map(str.split, lines)
        found += [row[9] for row in rows if row[3] == _LISTENS and int(row[1].rpartition(":")[2], 16) == port]
    return found


def _link(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:  # closed meanwhile
        return ""
