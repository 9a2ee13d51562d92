"""Finds the addresses of names: once, with a deadline, off the event loop."""

from __future__ import annotations

import asyncio
import math
import socket
import threading
import time
from typing import TYPE_CHECKING, Final

from thoth_ls.calling import CANNOT_CONNECT
from thoth_ls.catalog.scopes import is_address
from thoth_ls.net import nat64
from thoth_ls.net.addresses import canonical, classify
from thoth_ls.net.model import NetworkRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from ipaddress import IPv6Network

    Lookup = Callable[[str, int], Sequence[str]]
    """The addresses of a host, as the system writes them; blocks, and raises OSError."""

AT_ONCE: Final = 16
"""Lookups that run at a time: each holds a thread for as long as the system takes, whoever still waits for it."""
AT_ONCE_OF_ONE: Final = 4
"""Of one plugin: names that nobody answers for must not keep others from theirs."""
MOST_ADDRESSES: Final = 64
"""Of one name; each would have to be judged, and no honest name has more."""
PREFIX_SECONDS: Final = 2.0
"""Longest wait for the network to tell its prefix of translation; most answer at once that they have none."""
PREFIX_HOLDS_SECONDS: Final = 300.0
LOOPBACK: Final = ("127.0.0.1", "::1")


class HostNotFound(NetworkRefused):
    """Nothing stands against it, but a name has no address, or none was found in time. `plugin-error` 1."""

    def __init__(self, message: str) -> None:
        super().__init__(message, CANNOT_CONNECT)


class Resolver:
    """Finds addresses. Belongs to one event loop; `lookup` runs on threads that nothing waits for at the end."""

    def __init__(self, lookup: Lookup | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._lookup = lookup or system_lookup
        self._free = asyncio.Semaphore(AT_ONCE)
        self._own: dict[str, asyncio.Semaphore] = {}
        self._clock = clock
        self._prefixes: tuple[IPv6Network, ...] = ()
        self._prefixes_until = -math.inf
        self._finding = asyncio.Lock()

    async def resolve(self, host: str, port: int, seconds: float, whose: str = "") -> tuple[str, ...]:
        """The addresses of a host as `Target` has it, in canonical form, each once, in the order to be tried.

        `whose` is the plugin they are for, whose lookups wait for each other.

        An address is its own; `localhost` and names below it are this machine, without asking anybody (RFC 6761).
        Raises HostNotFound, also after `seconds`.
        """
        if is_address(host):
            await self._find_prefixes((host,))
            return (canonical(host),)
        if host == "localhost" or host.endswith(".localhost"):
            return LOOPBACK
        try:
            async with asyncio.timeout(seconds):
                found = await self._in_thread(
                    host, port, self._own.setdefault(whose, asyncio.Semaphore(AT_ONCE_OF_ONE))
                )
        except TimeoutError:
            raise HostNotFound(f"The address of {host} was not found within {seconds:g} seconds.") from None
        except OSError as error:
            raise HostNotFound(f"The address of {host} was not found: {error.strerror or error}.") from None
        except ValueError as error:
            raise HostNotFound(f"The address of {host} cannot be used: {error}.") from None
        if not found:
            raise HostNotFound(f"The address of {host} was not found: the name has none.")
        if len(found) > MOST_ADDRESSES:
            raise HostNotFound(f"{host} has more than {MOST_ADDRESSES} addresses, and each would have to be judged.")
        await self._find_prefixes(found)
        return found

    def stands_for(self, addresses: Iterable[str]) -> Mapping[str, str]:
        """Of addresses that `resolve` returned and this network translates, the one of IPv4 each stands for."""
        return nat64.stands_for(addresses, self._prefixes)

    async def _find_prefixes(self, addresses: Iterable[str]) -> None:
        """Has the network tell how it translates, every few minutes, where that could matter."""
        if not any(":" in address and classify(address).kind == "public" for address in addresses):
            return
        async with self._finding:
            if self._clock() < self._prefixes_until:
                return
            try:
                async with asyncio.timeout(PREFIX_SECONDS):
                    self._prefixes = nat64.prefixes(await self._in_thread(nat64.NAME, 80, asyncio.Semaphore(1)))
            except (OSError, ValueError, TimeoutError):
                self._prefixes = ()  # it has none, or does not tell
            self._prefixes_until = self._clock() + PREFIX_HOLDS_SECONDS

    async def _in_thread(self, host: str, port: int, own: asyncio.Semaphore) -> tuple[str, ...]:
        """A thread of its own, that the process does not wait for when it ends: the system may take minutes.

        It counts until it has ended, whoever still waits for it.
        """
        await own.acquire()
        try:
            await self._free.acquire()
        except BaseException:
            own.release()
            raise
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[tuple[str, ...]] = loop.create_future()

        def over(found: tuple[str, ...] | None, error: Exception | None) -> None:
            self._free.release()
            own.release()
            if outcome.done():
                return
            if error is not None:
                outcome.set_exception(error)
            else:
                outcome.set_result(found or ())

        def look() -> None:
            found, failure = None, None
            try:
                found = tuple(dict.fromkeys(canonical(address) for address in self._lookup(host, port)))
            except (OSError, ValueError) as error:
                failure = error
            try:
                loop.call_soon_threadsafe(over, found, failure)
            except RuntimeError:
                return  # the loop is gone, and with it everybody who waited

        try:
            threading.Thread(target=look, name="thoth-resolve", daemon=True).start()
        except RuntimeError as error:  # the system has no more threads
            over(None, OSError(str(error)))
        return await outcome


def system_lookup(host: str, port: int) -> list[str]:
    """The addresses as the system's resolver tells them, `hosts` file included; raises OSError."""
    # Bytes: of a text, Python would make another name by the older standard once more.
    rows = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    found = []
    for family, _, _, _, address in rows:
        if family == socket.AF_INET6 and len(address) == 4 and address[3]:
            raise ValueError(f"{address[0]} belongs to one network interface")
        if family in (socket.AF_INET, socket.AF_INET6):
            found.append(str(address[0]))
    return found
