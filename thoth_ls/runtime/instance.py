"""One plugin instance as the rest of Thoth sees it: calls go in, answers come out, crashes are mended."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from thoth_ls.errors import Cancelled, PluginError, PluginRefused
from thoth_ls.runtime.crashes import Crashes
from thoth_ls.runtime.custody import NO_SETTINGS
from thoth_ls.runtime.guests import LIFECYCLE, Guests
from thoth_ls.runtime.mailbox import Job, Mailbox, Priority
from thoth_ls.runtime.usage import Usage
from thoth_ls.runtime.worker import Abandoned, Call, Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from thoth_ls.runtime.caller import GuestCaller
    from thoth_ls.runtime.guest import Guest
    from thoth_ls.runtime.instance_panel import InstancePanel
    from thoth_ls.runtime.limits import Limits
    from thoth_ls.runtime.watchdog import Watchdog

T = TypeVar("T")


class PluginInstance:
    """One guest at a time, on a thread of its own, with a mailbox.

    The guest is started by the first call. After a trap or a limit it is dead: the call that killed it raises, and
    the next one starts another. `restore` is given every guest that was started, to bring it to where the last one
    was. Three crashes within a minute are enough: then every call raises PluginDisabled until `retry`.
    """

    def __init__(
        self,
        plugin_id: str,
        start: Callable[[], Guest],
        limits: Limits,
        watchdog: Watchdog,
        *,
        exports: frozenset[str] = frozenset(),
        settings: Callable[[], str] = lambda: NO_SETTINGS,
        restore: Callable[[Call], None] | None = None,
        abandoned: Abandoned | None = None,
        crashes: Crashes | None = None,
        usage: Usage | None = None,
        on_crash: Callable[[str], None] = lambda message: None,
        on_closed: Callable[[PluginInstance], None] = lambda instance: None,
        panel: InstancePanel | None = None,
    ) -> None:
        self.plugin_id = plugin_id
        self._limits = limits
        self._watchdog = watchdog
        self._exports = exports
        self._abandoned = abandoned or Abandoned()
        self._crashes = crashes or Crashes()
        self._guests = Guests(
            plugin_id,
            start,
            exports,
            settings=settings,
            restore=restore,
            abandoned=self._abandoned,
            crashes=self._crashes,
            usage=usage or Usage(),
            on_crash=on_crash,
            panel=panel,
        )
        self._on_closed = on_closed
        self._panel = panel
        self._events: set[Future[Any]] = set()
        """Those of the host that have not been taken in."""
        self._reason: PluginError | None = None
        """Why it was closed, where whoever calls it does not know."""
        self._mailbox = Mailbox()
        self._worker: Worker | None = None
        self._replacing = threading.Lock()

    @property
    def exports(self) -> frozenset[str]:
        """Names of the interfaces it exports."""
        return self._exports

    async def call(
        self,
        interface: str,
        function: str,
        *arguments: Any,
        priority: Priority = Priority.INTERACTIVE,
        kill: bool = False,
    ) -> Any:
        """What the export returns, as Python values (see `marshal`); for a `result` its good value.

        Raises PluginError. When the awaiting task is cancelled, this returns at once: a call that waits is dropped,
        one that runs goes on to its end unless `kill`, which stops the guest (and the next call starts another).
        """
        return await self.run(lambda call: call(interface, function, *arguments), priority=priority, kill=kill)

    async def run(
        self, steps: Callable[[Call], T], *, priority: Priority = Priority.INTERACTIVE, kill: bool = False
    ) -> T:
        """What `steps` returns, run on the instance's thread in one go; each call has limits of its own."""
        job = self._job(steps, priority)
        try:
            return await self.outcome_of(job.outcome)
        except asyncio.CancelledError:
            if kill and self._worker is not None:
                self._worker.interrupt(job)
            raise

    def begin(self, steps: Callable[[Call], T], *, priority: Priority = Priority.INTERACTIVE) -> Future[T]:
        """As `run`, without waiting: what `outcome_of` waits for. One that is cancelled while it waits is not done."""
        return self._job(steps, priority).outcome

    def begin_if_alive(self, steps: Callable[[Call], T], *, priority: Priority) -> Future[T | None]:
        """As `begin`, where a guest runs by then; else nothing is done, and the outcome is None."""

        def alive(worker: Worker) -> T | None:
            guest = worker.guest
            return steps(self._guests.calls(worker, guest)) if guest is not None and not guest.dead else None

        return self._put(Job(alive), priority).outcome

    async def run_for(self, caller: GuestCaller, steps: Callable[[Call], T]) -> T:
        """As `run`, in the background, for the guest that `caller` is; raises Cancelled where that is gone by then."""

        def alive(worker: Worker) -> T:
            guest = worker.guest
            if guest is None or guest.dead or guest.caller is not caller:
                raise Cancelled(f"plugin {self.plugin_id} was started anew meanwhile")
            return steps(self._guests.calls(worker, guest))

        outcome = self._put(Job(alive), Priority.BACKGROUND).outcome
        if self._panel is not None:
            self._panel.watch(_without_answer(outcome))
        return await self.outcome_of(outcome)

    async def outcome_of(self, outcome: Future[T]) -> T:
        """What was begun has come to; raises as `run`."""
        try:
            return await asyncio.wrap_future(outcome)
        except Cancelled:
            if self._reason is not None:
                raise self._closed() from None
            raise

    @property
    def closed(self) -> bool:
        """Whether it takes no calls any more."""
        return self._mailbox.closed

    async def take_event(self, caller: GuestCaller, event: dict[str, str]) -> None:
        """Hands an event of the host to the guest that `caller` is, unless that is gone by then; raises ThothError."""
        await self._event(event, lambda guest: guest.caller is caller)

    async def tell(self, event: dict[str, str]) -> None:
        """As `take_event`, to whichever guest runs then."""
        await self._event(event, lambda guest: True)

    async def _event(self, event: dict[str, str], meant: Callable[[Guest], bool]) -> None:
        panel = self._panel

        def steps(worker: Worker) -> Any:
            guest = worker.guest
            if guest is None or guest.dead or not meant(guest):
                return None
            call = self._guests.calls(worker, guest)
            output = call("ui-component", "handle-event", event)
            return panel.drawn(call, output, len(self._events) > 1) if panel is not None else None

        if self.closed:
            return
        job = Job(steps)
        self._events.add(job.outcome)
        job.outcome.add_done_callback(self._events.discard)
        self._put(job, Priority.INTERACTIVE)
        if panel is not None:
            panel.watch(job.outcome)
        await asyncio.wrap_future(job.outcome)

    def clock_stopped(self) -> AbstractContextManager[None]:
        """For host functions that ask a person: the deadline of the running call waits inside the block."""
        return self._worker.clock_stopped() if self._worker is not None else nullcontext()

    def retry(self) -> None:
        """Forgets earlier crashes."""
        self._crashes.forget()

    def stop(self) -> None:
        """Ends what runs, at the cost of its guest, and drops what waits: both raise Cancelled."""
        for job in self._mailbox.clear():
            if job.begin():
                job.fail(Cancelled(f"plugin {self.plugin_id}: what waited was dropped, because it was stopped"))
        if self._worker is not None:
            self._worker.interrupt_any()

    async def retire(self) -> None:
        """Has the guest that runs end as when it is closed; the next call starts another. Raises Cancelled."""

        def steps(worker: Worker) -> None:
            self._guests.say_goodbye(worker)
            if worker.guest is not None:
                worker.guest.close()

        await asyncio.wrap_future(self._put(Job(steps), Priority.PERSON).outcome)

    def tell_settings(self) -> None:
        """Has a guest that runs take in the settings as they are now, before any call that is made after this.

        One that is started later gets them then. What goes wrong is counted and logged.
        """
        if self._worker is not None and LIFECYCLE in self._exports:
            self._mailbox.put(Job(self._guests.hand_over_settings), Priority.INTERACTIVE)
            self._ensure_worker()
            if self._panel is not None:
                self._panel.settings_told()

    async def close(self, reason: PluginError | None = None) -> None:
        """Stops what is running, tells the plugin, and frees everything; closing twice is no error.

        Calls that run or wait raise Cancelled. With a `reason` they raise that, and so do those that come later.
        """
        self._reason = self._reason or reason
        last = Job(self._guests.say_goodbye)
        dropped = self._mailbox.close(last)
        for job in dropped:
            if job is not last and job.begin():
                job.fail(Cancelled(f"plugin {self.plugin_id} has been closed"))
        worker = self._worker
        if worker is not None:
            if last not in dropped:
                worker.interrupt_all_but(last)
            await asyncio.shield(asyncio.wrap_future(worker.gone))
        self._on_closed(self)
        if self._panel is not None:
            self._panel.closed()

    def _job(self, steps: Callable[[Call], T], priority: Priority) -> Job:
        if self._crashes.enough:
            raise self._guests.disabled()
        return self._put(Job(lambda worker: steps(self._guests.prepared(worker))), priority)

    def _put(self, job: Job, priority: Priority) -> Job:
        if not self._mailbox.put(job, priority):
            raise self._closed()
        self._ensure_worker()
        return job

    def _ensure_worker(self) -> None:
        """Starts a thread where there is none, or where the last one does not come back."""
        with self._replacing:
            if self._worker is None or self._worker.left_behind:
                self._worker = Worker(
                    self.plugin_id,
                    self._mailbox,
                    self._limits,
                    self._watchdog,
                    self._abandoned,
                    self._worker_left_behind,
                )
                self._worker.begin()

    def _worker_left_behind(self, on_purpose: bool) -> None:
        """A call does not come back: what waits behind it is done by a thread of its own."""
        if not on_purpose:
            said = "a call did not come back from the host and was left behind"
            self._guests.crashed(f"plugin {self.plugin_id}: {said}")
        self._ensure_worker()

    def _closed(self) -> PluginError:
        if self._reason is not None:
            return self._reason.with_traceback(None)
        return PluginError(self.plugin_id, "it has been closed")


def _without_answer(outcome: Future[Any]) -> Future[None]:
    """Ends with `outcome`: with None where the guest answered, be it that it refused, else as that."""
    seen: Future[None] = Future()

    def over(outcome: Future[Any]) -> None:
        error = None if outcome.cancelled() else outcome.exception()
        if error is None or isinstance(error, PluginRefused):
            seen.set_result(None)
        else:
            seen.set_exception(error)

    outcome.add_done_callback(over)
    return seen
