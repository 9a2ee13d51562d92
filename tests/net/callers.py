"""What stands for a guest and for the person before it, for tests of host functions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from thoth_ls.calling import IO_FAILED, HostRefusal
from thoth_ls.net.model import NetworkRefused

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.model import Attempt, Checked

T = TypeVar("T")


class Guest:
    """A `Caller`; its functions are called on a thread of its own, one at a time."""

    number = 1
    takes_events = True
    panel_id: str | None = None

    def __init__(self) -> None:
        self.events: list[tuple[str, str, str]] = []
        self.asked = 0
        """Times it waited for a person."""
        self.puts_off = False
        """Whether what it calls is made again once a person has answered."""
        self.put_off_for: list[Future[Any]] = []
        self._thread = ThreadPoolExecutor(1, "guest")
        self._acts: list[Callable[[], None]] = []
        self._waiting: Future[Any] | None = None

    async def call(self, table: Mapping[str, Callable[..., Any]], name: str, *arguments: Any) -> Any:
        """What a host function answers."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, table[name], *arguments)

    def wait(self, outcome: Future[T], seconds: float) -> T:
        self._waiting = outcome
        try:
            return outcome.result(seconds)
        except TimeoutError:
            outcome.cancel()
            raise HostRefusal(f"there was no answer within {seconds:g} s", IO_FAILED) from None
        except (CancelledError, asyncio.CancelledError):
            raise HostRefusal("the call was ended", IO_FAILED) from None
        finally:
            self._waiting = None

    def ask(self, outcome: Future[T]) -> T:
        self.asked += 1
        return self.wait(outcome, 30)

    def put_off(self, outcome: Future[Any]) -> bool:
        if self.puts_off:
            self.put_off_for.append(outcome)
        return self.puts_off

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        self.events.append((widget_id, kind, value))
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def at_end(self, act: Callable[[], None]) -> None:
        self._acts.append(act)

    def die(self) -> None:
        """As when it is stopped: what it waits for is cancelled, then what was to happen at its end happens."""
        if self._waiting is not None:
            self._waiting.cancel()
        acts, self._acts = self._acts, []
        for act in acts:
            act()


class Person:
    """A `Consent` that answers at once."""

    def __init__(self, *, allows: bool = True) -> None:
        self.allows = allows
        self.shown: list[Checked] = []
        """What it was asked about."""

    async def ask(self, plugin: Plugin, attempt: Attempt, look: Callable[[], Awaitable[Checked]]) -> Checked:
        self.shown.append(await look())
        if not self.allows:
            raise NetworkRefused(f"{attempt.target} was denied")
        return replace(self.shown[-1], because="a person allowed it once")
