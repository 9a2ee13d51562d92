"""Gives addresses to the loopback of a network namespace that has nothing else, by the system calls `ip` makes."""

from __future__ import annotations

import fcntl
import socket
import struct

import pytest

SHOP = "93.184.216.34"
"""Addresses of elsewhere that are of this machine here: public ones, private ones, and what clouds keep secrets at."""
OTHER_SHOP = "93.184.216.35"
SHOP6 = "2606:2800:220:1:248:1893:25c8:1946"
INTRANET = "10.20.30.40"
METADATA = "169.254.169.254"
AZURE = "168.63.129.16"
_ADDRESSES = (SHOP, OTHER_SHOP, SHOP6, INTRANET, METADATA, AZURE)

_SIOCSIFFLAGS, _SIOCSIFADDR, _SIOCSIFNETMASK = 0x8914, 0x8916, 0x891C
_UP = 0x1 | 0x40


def make_up() -> None:
    """Fails the test run where this is not a namespace of its own: elsewhere it would change the machine."""
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        pytest.fail("this is for a network namespace of its own; run tests/net/namespace/test_namespace.py")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", _UP))
        for number, address in enumerate(_ADDRESSES):
            if ":" not in address:
                name = f"lo:{number}".encode()
                fcntl.ioctl(control, _SIOCSIFADDR, _request(name, address))
                fcntl.ioctl(control, _SIOCSIFNETMASK, _request(name, "255.255.255.255"))
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as control:
        for address in filter(lambda text: ":" in text, _ADDRESSES):
            packed = socket.inet_pton(socket.AF_INET6, address)
            fcntl.ioctl(control, _SIOCSIFADDR, struct.pack("16sIi", packed, 128, socket.if_nametoindex("lo")))


def _request(name: bytes, address: str) -> bytes:
    return struct.pack("16sH2x4s8x8x", name, socket.AF_INET, socket.inet_aton(address))
