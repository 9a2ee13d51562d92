"""What one guest has under way, and the bodies it holds."""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
from typing import TYPE_CHECKING, Final, TypeVar

from thoth_ls.calling import CLOSING, TOO_MANY, UNKNOWN_ID, HostRefusal, begun, soon
from thoth_ls.net.http import outcome
from thoth_ls.net.http.room import Room

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future
    from typing import Any

    from thoth_ls.calling import Caller
    from thoth_ls.net.http.bodies import Body

T = TypeVar("T")

logger = logging.getLogger(__name__)

MOST_RUNNING: Final = 2_000
"""Requests that one guest has begun and not heard of."""
MOST_BODIES: Final = 256
"""Bodies that one guest holds."""
MOST_BYTES: Final = 4 << 30
"""Of the bodies one guest holds."""
_numbers = itertools.count(1)
"""Of requests and bodies; of this process, so that no guest knows those of another."""


class GuestRequests:
    """For one guest. Its functions are for the guest's thread unless they say otherwise."""

    def __init__(self, caller: Caller, loop: asyncio.AbstractEventLoop) -> None:
        self.caller = caller
        self.room = Room(loop)
        self._loop = loop
        self._lock = threading.Lock()
        self._tasks: dict[str, asyncio.Task[str] | None] = {}
        """By id of the request; None until the loop has come round to it."""
        self._cancelled: set[str] = set()
        self._waiting_bytes = 0
        self._bodies: dict[str, Body] = {}
        self._over = False
        caller.at_end(self._ended)

    def new_id(self) -> str:
        """For a request."""
        return f"req-{next(_numbers)}"

    def begin(self, request_id: str, work: Callable[[], Coroutine[Any, Any, str]], size: int, most_bytes: int) -> None:
        """Has `work` done on the loop, which makes the text of the event; `size` bytes wait with it for their turn.

        Raises HostRefusal where too much is under way.
        """
        with self._lock:
            if len(self._tasks) >= MOST_RUNNING:
                raise HostRefusal(f"{MOST_RUNNING:,} requests are under way: let some of them end first", TOO_MANY)
            if self._waiting_bytes and self._waiting_bytes + size > most_bytes:
                raise HostRefusal(
                    f"requests with {self._waiting_bytes:,} bytes of bodies are under way: let some of them end first",
                    TOO_MANY,
                )
            self._waiting_bytes += size
            self._tasks[request_id] = None
        try:
            self._loop.call_soon_threadsafe(self._start, request_id, work, size)
        except RuntimeError:
            raise HostRefusal(CLOSING) from None

    def cancel(self, request_id: str) -> None:
        """Ends a request; one that is over or unknown stays as it is."""
        with self._lock:
            if request_id not in self._tasks:
                return
            self._cancelled.add(request_id)
        soon(self._loop, self._stop, request_id)

    def run(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """What `work` returns, done on the loop; raises HostRefusal where the server has ended."""
        return begun(self._loop, work)

    def tell(self, request_id: str, kind: str, value: str) -> None:
        """Hands the guest an event. For any thread."""
        self.caller.deliver(request_id, kind, value)

    def hold(self, body: Body) -> str:
        """A handle for a body, which is removed at the end of the guest at the latest. For any thread.

        Raises HostRefusal (429) where the guest holds too much, and removes the body.
        """
        with self._lock:
            held = sum(other.size for other in self._bodies.values())
            if not self._over and len(self._bodies) < MOST_BODIES and held + body.size <= MOST_BYTES:
                handle = f"body-{next(_numbers)}"
                self._bodies[handle] = body
                return handle
        body.remove()
        raise HostRefusal(
            f"the plugin holds {len(self._bodies)} bodies with {held:,} bytes: let go of some by"
            " http-control.release-body",
            TOO_MANY,
        )

    def body(self, handle: str) -> Body:
        """Raises HostRefusal (4) for a handle that is not, or no longer, one of this guest. For any thread."""
        found = self._bodies.get(handle)
        if found is None:
            raise HostRefusal(f"there is no body {handle[:40]!r}: it was released, or never one", UNKNOWN_ID)
        return found

    def release(self, handle: str) -> None:
        """Removes a body; an unknown handle does nothing."""
        with self._lock:
            body = self._bodies.pop(handle, None)
        if body is not None:
            body.remove()

    def _start(self, request_id: str, work: Callable[[], Coroutine[Any, Any, str]], size: int) -> None:
        task = self._loop.create_task(work())
        with self._lock:
            self._tasks[request_id] = task
            unwanted = self._over or request_id in self._cancelled
        task.add_done_callback(lambda task: self._finished(request_id, task, size))
        if unwanted:
            task.cancel()

    def _stop(self, request_id: str) -> None:
        task = self._tasks.get(request_id)
        if task is not None:
            task.cancel()

    def _finished(self, request_id: str, task: asyncio.Task[str], size: int) -> None:
        """Whatever became of it, the guest hears it once."""
        with self._lock:
            self._tasks.pop(request_id, None)
            self._cancelled.discard(request_id)
            self._waiting_bytes -= size
        if task.cancelled():
            text = outcome.err("cancelled", "the request was cancelled")
        else:
            error = task.exception()
            if error is None:
                text = task.result()
            else:
                if not isinstance(error, HostRefusal):
                    logger.error("a request of a plugin failed", exc_info=error)
                text = outcome.err("error", told(error))
        self.room.handed_over(len(text), self.caller.deliver(request_id, outcome.KIND, text))

    def _ended(self) -> None:
        """The guest is gone. On its thread, or whichever closed it."""
        with self._lock:
            self._over = True
            bodies, self._bodies = list(self._bodies.values()), {}
        soon(self._loop, self._cancel_all)
        for body in bodies:
            body.remove()

    def _cancel_all(self) -> None:
        for task in list(self._tasks.values()):
            if task is not None:
                task.cancel()


def told(error: BaseException) -> str:
    """The message for the event."""
    if isinstance(error, HostRefusal):
        return str(error)
    return "something unforeseen went wrong in the host; its log has it"
