"""The one place that connects. It takes what was checked, and gives a socket to exactly that or none."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.calling import CANNOT_CONNECT
from thoth_ls.net.addresses import classify
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.own_ports import is_ours, on_this_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.net.model import Checked, Target

HEAD_START: Final = 0.25
"""Seconds an address has for itself before the next one is tried beside it (RFC 8305)."""
MOST_ADDRESSES: Final = 8
"""Of one host, that are tried."""


class CannotConnect(NetworkRefused):
    """Nothing stands against it, but nobody answers there. `plugin-error` 1."""

    def __init__(self, message: str) -> None:
        super().__init__(message, CANNOT_CONNECT)


async def dial(checked: Checked, seconds: float, ours: Callable[[str, int], bool] | None = None) -> socket.socket:
    """A non-blocking socket that is connected to one of the checked addresses, within `seconds`.

    Its peer was compared with that address. Whoever gets it closes it. Raises CannotConnect where none of them answers;
    NetworkRefused where the place is a port that Thoth or the editor itself listens on (as `own_ports` knows, or `ours`
    tells on another thread), or where something else than the checked address turns out to be at the other end.
    """
    target, addresses = checked.target, checked.addresses[:MOST_ADDRESSES]
    if not addresses:
        raise CannotConnect(f"{target} has no address that could be connected to")
    for address in addresses:
        # The gate has seen to it. This is the last place before the wire, and costs a microsecond.
        kind = classify(address).kind
        if kind == "never" or (kind == "local" and not checked.local):
            raise NetworkRefused(f"{target} leads to {address}, which was not checked for what it is")
    try:
        async with asyncio.timeout(seconds):
            await refuse_our_own(target, addresses, ours)
            return await _first(target, addresses)
    except TimeoutError:
        raise CannotConnect(f"{target} ({', '.join(addresses)}) did not answer within {seconds:g} s") from None


async def refuse_our_own(
    target: Target, addresses: Sequence[str], ours: Callable[[str, int], bool] | None = None
) -> None:
    """Raises NetworkRefused where one of the addresses is a place that Thoth or the editor itself listens at."""
    for address in addresses:
        if on_this_machine(address) and await asyncio.to_thread(ours or is_ours, address, target.port):
            raise NetworkRefused(
                f"{target} is where Thoth, or the editor it runs in, itself listens: plugins never reach it"
            )


async def _first(target: Target, addresses: Sequence[str]) -> socket.socket:
    """The connection that is there first; each address has a head start before the next one."""
    running: set[asyncio.Task[socket.socket]] = set()
    failures: list[str] = []
    waiting = list(addresses)
    try:
        while True:
            if waiting:
                running.add(asyncio.create_task(_connect(target, waiting.pop(0))))
            done, running = await asyncio.wait(
                running, timeout=HEAD_START if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            connected = [task.result() for task in done if task.exception() is None]
            if connected:
                for sock in connected[1:]:
                    sock.close()
                return connected[0]
            for task in done:
                error = task.exception()
                if not isinstance(error, OSError):
                    raise error or RuntimeError("unreachable")
                failures.append(_said(error))
            if not running and not waiting:
                why = "; ".join(dict.fromkeys(failures))
                raise CannotConnect(f"cannot connect to {target} ({', '.join(addresses)}): {why}")
    finally:
        for task in running:
            task.cancel()
            task.add_done_callback(_close_late)


async def _connect(target: Target, address: str) -> socket.socket:
    ip = ipaddress.ip_address(address)
    place: tuple[Any, ...] = (address, target.port) if ip.version == 4 else (address, target.port, 0, 0)
    sock = socket.socket(socket.AF_INET if ip.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, place)
        peer, own = sock.getpeername(), sock.getsockname()
        if ipaddress.ip_address(peer[0]) != ip or peer[1] != target.port:
            raise NetworkRefused(f"{target}: the connection ended at {peer[0]}, and {address} was checked")
        if peer[:2] == own[:2]:  # what the system does with a port of its own range where nobody listens
            raise ConnectionRefusedError("the connection led to itself")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    except BaseException:
        sock.close()
        raise
    return sock


def _close_late(task: asyncio.Task[socket.socket]) -> None:
    """A connection that came up just when it was no longer wanted."""
    if not task.cancelled() and task.exception() is None:
        task.result().close()


def _said(error: OSError) -> str:
    text = os.strerror(error.errno) if error.errno else str(error)
    return text[:1].lower() + text[1:] if text else type(error).__name__
