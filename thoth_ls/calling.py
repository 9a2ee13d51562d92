"""What host functions know of whoever calls them, and how they refuse."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from thoth_ls.errors import ThothError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future

T = TypeVar("T")

CANNOT_CONNECT = 1
IO_FAILED = 2
UNKNOWN_ID = 4
INVALID = 400
NOT_ALLOWED = 403
TOO_MANY = 429
"""`plugin-error.code` as `wit/types.wit` lists them; 400 is ours."""
CLOSING = "Thoth is being closed"


class HostRefusal(ThothError):
    """What a host function raises to answer with an error of its own: `plugin-error` of this code and text."""

    def __init__(self, message: str, code: int = NOT_ALLOWED) -> None:
        super().__init__(message)
        self.code = code


def begun(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> Future[T]:
    """What `work` returns, done on the loop, for host functions on their guests' threads to wait for.

    Raises HostRefusal where the server has ended meanwhile.
    """
    try:
        return asyncio.run_coroutine_threadsafe(work, loop)
    except RuntimeError:
        work.close()
        raise HostRefusal(CLOSING) from None


def soon(loop: asyncio.AbstractEventLoop, act: Callable[..., object], *arguments: object) -> None:
    """Has `act` called on the loop, from any thread; nobody is there to hear of it where the server has ended."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(act, *arguments)


class Caller(Protocol):
    """The guest that calls a host function: one life, from its start until it is closed or dies. For any thread.

    A guest that is started after another one died is another caller: what belonged to the first is gone.
    """

    @property
    def number(self) -> int:
        """Another one for each guest of this process, for names in logs."""

    @property
    def panel_id(self) -> str | None:
        """The open panel it draws; None for one that runs a command, reads a file or has its settings shown."""

    @property
    def takes_events(self) -> bool:
        """Whether it exports `ui-component`, so that `deliver` leads somewhere."""

    def wait(self, outcome: Future[T], seconds: float) -> T:
        """The result of `outcome`, for host functions: the guest's deadline stands still meanwhile.

        Called on the guest's own thread, inside a host call. Raises what `outcome` raises; HostRefusal of IO_FAILED
        after `seconds`, or once the waits of one guest call add up to more than the limit `host_wait_seconds`. When
        the guest is stopped meanwhile `outcome` is cancelled and HostRefusal raised, which the guest does not live to
        see.
        """

    def ask(self, outcome: Future[T]) -> T:
        """As `wait`, for a person's answer: without a limit."""

    def put_off(self, outcome: Future[Any]) -> bool:
        """Whether the call that runs is made again once a person has answered, which `outcome` tells: it may fail now.

        So it is with calls by `call_later`, which nobody waits for; others have to wait themselves (`ask`).
        """

    def call_later(self, interface: str, function: str, *arguments: Any) -> Future[Any]:
        """Has an export of this guest called behind everything a person waits for; what comes of it.

        That is PluginError where it failed, HostRefusal where a person denied what it was put off for, and Cancelled,
        or a cancelled future, where the guest is gone. Cancelling it drops a call that waits.
        """

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        """Hands an event to `ui-component.handle-event`; done once the guest has taken it in, or is gone.

        Events arrive in the order of these calls, one at a time. Never raises; what goes wrong is logged.
        """

    def at_end(self, act: Callable[[], None]) -> None:
        """Has `act` called once when this guest is gone, at once where it is already; it must not block."""
