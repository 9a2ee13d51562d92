"""A guest that calls host functions from a thread of its own, as `calling.Caller` has it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from thoth_ls.calling import IO_FAILED, HostRefusal

T = TypeVar("T")


class FakeCaller:
    """Waits as a guest does; `stop` ends it while it waits."""

    number = 1
    takes_events = False
    panel_id: str | None = None

    def __init__(self) -> None:
        self.waited: list[float | None] = []
        """What each wait was limited to, None where a person is asked."""
        self._waiting: Future[Any] | None = None

    def wait(self, outcome: Future[T], seconds: float) -> T:
        return self._result(outcome, seconds)

    def ask(self, outcome: Future[T]) -> T:
        return self._result(outcome, None)

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        raise AssertionError("nothing is delivered")

    def at_end(self, act: Callable[[], None]) -> None:
        raise AssertionError("nothing is to be ended")

    def stop(self) -> None:
        assert self._waiting is not None
        self._waiting.cancel()

    def _result(self, outcome: Future[T], seconds: float | None) -> T:
        self.waited.append(seconds)
        self._waiting = outcome
        try:
            return outcome.result(10)
        except (CancelledError, asyncio.CancelledError):
            raise HostRefusal("the call was ended", IO_FAILED) from None


async def call(function: Callable[..., T], *arguments: Any) -> T:
    """What a host function returns, called as guests call it."""
    return await asyncio.to_thread(function, *arguments)
