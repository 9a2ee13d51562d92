"""A request that its guest waits for, also while a person is asked, whose time does not count."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from thoth_ls.calling import HostRefusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any

    from thoth_ls.calling import Caller
    from thoth_ls.net.http.guests import GuestRequests

T = TypeVar("T")
A = TypeVar("A")


class Waited(Generic[T]):
    """One request. Made on the guest's thread, which takes turns: it waits for the host, or for a person."""

    def __init__(self, requests: GuestRequests) -> None:
        self._requests = requests
        self._task: asyncio.Task[T] | None = None
        self._asked = asyncio.Event()
        self._answered = asyncio.Event()

    def result(self, work: Callable[[], Coroutine[Any, Any, T]], caller: Caller, seconds: float) -> T:
        """What `work` returns, at most so many `seconds` of the host later; raises what it raises, and HostRefusal."""
        try:
            while not caller.wait(self._requests.run(self._turn(work)), seconds):
                caller.ask(self._requests.run(self._answer()))
            return caller.wait(self._requests.run(self._outcome()), seconds)
        finally:
            with suppress(HostRefusal):  # the server ends, and the request with it
                self._requests.run(self._stop())

    async def person(self, answer: Awaitable[A]) -> A:
        """On the loop, for `work`: waits for a person."""
        self._answered.clear()
        self._asked.set()
        try:
            return await answer
        finally:
            self._asked.clear()
            self._answered.set()

    async def _turn(self, work: Callable[[], Coroutine[Any, Any, T]]) -> bool:
        """Whether it is over; else a person is being asked."""
        if self._task is None:
            self._task = asyncio.create_task(work())
        asked = asyncio.create_task(self._asked.wait())
        try:
            await asyncio.wait({self._task, asked}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asked.cancel()
        return self._task.done()

    async def _answer(self) -> None:
        await self._answered.wait()

    async def _outcome(self) -> T:
        assert self._task is not None
        return await self._task

    async def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
