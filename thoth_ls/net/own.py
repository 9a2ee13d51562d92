"""Whether an address is this machine's own."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import Final

_ANY_PORT: Final = 9


def is_own(address: str) -> bool:
    """Whether what is sent to an address, in canonical form, stays on this machine: it is of one of its interfaces.

    Servers of a machine that has a public address are reached by it as by loopback. Nothing is sent: a datagram socket
    that is connected only chooses the address it would send from, and to itself a machine sends from that very address.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
            probe.connect((address, _ANY_PORT))
            return str(probe.getsockname()[0]) == address
    except OSError:
        return False  # no way leads there
