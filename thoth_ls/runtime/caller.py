"""The guest as host functions know it: who waits, who is told, and what ends with it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
import time
from concurrent.futures import CancelledError, Future
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from thoth_ls.calling import IO_FAILED, HostRefusal, begun
from thoth_ls.errors import PluginRefused, ThothError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.worker import Call

logger = logging.getLogger(__name__)

T = TypeVar("T")

MOST_EVENTS = 10_000
"""Events that may wait for one guest; a sender that does not wait for its turn loses those beyond."""
_numbers = itertools.count(1)


class GuestCaller:
    """`calling.Caller` for one guest of an instance. Made on the guest's thread, before the guest.

    `host_wait_seconds` is how long host functions may keep one guest call waiting altogether; what people take to
    answer is not counted.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        instance: PluginInstance,
        takes_events: bool,
        host_wait_seconds: float,
        panel_id: str | None = None,
    ) -> None:
        self._loop = loop
        self._instance = instance
        self._takes_events = takes_events
        self._host_wait_seconds = host_wait_seconds
        self._panel_id = panel_id
        self._number = next(_numbers)
        self._lock = threading.Lock()
        self._waiting: Future[object] | None = None
        self._stopped = False
        self._waited = 0.0
        """Seconds of the guest call that is running."""
        self._over = False
        self._answers: list[Future[Any]] | None = None
        """Of people, which the call that runs now was put off for; None where it cannot be."""
        self._calls: set[Future[Any]] = set()
        """By `call_later`."""
        self._acts: list[Callable[[], None]] = []
        self._events = 0

    @property
    def number(self) -> int:
        """See `calling.Caller`."""
        return self._number

    @property
    def panel_id(self) -> str | None:
        """See `calling.Caller`."""
        return self._panel_id

    @property
    def takes_events(self) -> bool:
        """See `calling.Caller`."""
        return self._takes_events

    def wait(self, outcome: Future[T], seconds: float) -> T:
        """See `calling.Caller`."""
        left = self._host_wait_seconds - self._waited
        began = time.monotonic()
        try:
            return self._result(outcome, max(0.0, min(seconds, left)))
        except TimeoutError:
            outcome.cancel()
            if left <= seconds:
                said = f"one call may wait {self._host_wait_seconds:g} s for the host, and has"
            else:
                said = f"there was no answer within {seconds:g} s"
            raise HostRefusal(said, IO_FAILED) from None
        finally:
            self._waited += time.monotonic() - began

    def ask(self, outcome: Future[T]) -> T:
        """See `calling.Caller`."""
        return self._result(outcome, None)

    def put_off(self, outcome: Future[Any]) -> bool:
        """See `calling.Caller`."""
        if self._answers is None:
            return False
        self._answers.append(outcome)
        return True

    def call_later(self, interface: str, function: str, *arguments: Any) -> Future[Any]:
        """See `calling.Caller`."""
        with self._lock:
            if not self._over:
                with suppress(HostRefusal):  # the server has ended meanwhile
                    outcome = begun(self._loop, self._later(interface, function, arguments))
                    self._calls.add(outcome)
                    outcome.add_done_callback(self._calls.discard)
                    return outcome
        gone: Future[Any] = Future()
        gone.cancel()
        return gone

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        """See `calling.Caller`."""
        done: Future[None] = Future()
        with self._lock:
            if self._over or not self._takes_events:
                done.set_result(None)
                return done
            if self._events >= MOST_EVENTS:
                logger.warning("plugin %s: an event %s was lost, too many wait", self._instance.plugin_id, kind)
                done.set_result(None)
                return done
            self._events += 1
        event = {"widget_id": widget_id, "kind": kind, "value": value}
        try:
            self._loop.call_soon_threadsafe(self._deliver, event, done)
        except RuntimeError:  # the server has ended meanwhile
            done.set_result(None)
        return done

    def at_end(self, act: Callable[[], None]) -> None:
        """See `calling.Caller`."""
        with self._lock:
            if not self._over:
                self._acts.append(act)
                return
        act()

    # For the guest

    def call_begins(self) -> None:
        """The guest is entered: what it waits for is counted anew."""
        self._waited = 0.0

    def interrupt(self) -> None:
        """The guest is being stopped: what it waits for is cancelled. For any thread."""
        with self._lock:
            self._stopped = True
            waiting = self._waiting
        if waiting is not None:
            waiting.cancel()

    def end(self) -> None:
        """The guest is gone; what was to happen then happens, once."""
        with self._lock:
            if self._over:
                return
            self._over = True
            acts, self._acts = self._acts, []
            calls = list(self._calls)
        for call in calls:
            call.cancel()
        for act in acts:
            try:
                act()
            except Exception:
                logger.exception("plugin %s: clearing up failed", self._instance.plugin_id)

    async def _later(self, interface: str, function: str, arguments: tuple[Any, ...]) -> Any:
        while True:
            answers: list[Future[Any]] = []

            def steps(call: Call, answers: list[Future[Any]] = answers) -> Any:
                self._answers = answers
                try:
                    return call(interface, function, *arguments)
                finally:
                    self._answers = None

            try:
                return await self._instance.run_for(self, steps)
            except PluginRefused:
                if not answers:
                    raise
            for answer in answers:
                await asyncio.wrap_future(answer)

    def _result(self, outcome: Future[T], seconds: float | None) -> T:
        with self._lock:
            stopped = self._stopped
            self._waiting = outcome  # type: ignore[assignment]
        try:
            if stopped:
                outcome.cancel()
            with self._clock_stopped():
                return outcome.result(seconds)
        except (CancelledError, asyncio.CancelledError):
            raise HostRefusal("the call was ended", IO_FAILED) from None
        finally:
            with self._lock:
                self._waiting = None

    def _clock_stopped(self) -> AbstractContextManager[None]:
        return nullcontext() if self._stopped else self._instance.clock_stopped()

    def _deliver(self, event: dict[str, str], done: Future[None]) -> None:
        """Runs on the loop, so that events come in the order in which they were handed over."""
        task = self._loop.create_task(self._instance.take_event(self, event))
        task.add_done_callback(lambda task: self._delivered(task, event["kind"], done))

    def _delivered(self, task: asyncio.Task[None], kind: str, done: Future[None]) -> None:
        with self._lock:
            self._events -= 1
        with contextlib.suppress(asyncio.CancelledError):
            error = task.exception()
            if isinstance(error, ThothError):
                logger.warning("an event %s was not taken in: %s", kind, error)
            elif error is not None:
                logger.error("an event %s was not taken in", kind, exc_info=error)
        if not done.cancelled():
            done.set_result(None)
