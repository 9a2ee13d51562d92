"""The thread of one instance."""

from __future__ import annotations

import threading
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from thoth_ls.errors import Cancelled, Limit, PluginError
from thoth_ls.runtime.engine import THREAD_STACK
from thoth_ls.runtime.traps import limit_hit
from thoth_ls.runtime.watchdog import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thoth_ls.runtime.guest import Guest
    from thoth_ls.runtime.limits import Limits
    from thoth_ls.runtime.mailbox import Job, Mailbox
    from thoth_ls.runtime.watchdog import Watchdog

T = TypeVar("T")

MAX_ABANDONED = 8
STOPPED = "the call was stopped on purpose"
_starting = threading.Lock()
"""The stack size of new threads is one setting for the whole process."""


class Call(Protocol):
    """Calls an export on the instance's own thread; see `PluginInstance.call`."""

    def __call__(self, interface: str, function: str, *arguments: Any) -> Any:
        """What the export returns."""


class Abandoned:
    """How many threads sit in calls that do not come back, in the whole process. They cannot be ended from outside."""

    def __init__(self, allowed: int = MAX_ABANDONED) -> None:
        self._allowed = allowed
        self._lock = threading.Lock()
        self.count = 0

    def add(self) -> None:
        """One more thread is left behind."""
        with self._lock:
            self.count += 1

    def remove(self) -> None:
        """One came back after all and is gone."""
        with self._lock:
            self.count -= 1

    def check(self, plugin_id: str) -> None:
        """Raises PluginError when no more can be risked."""
        if self.count >= self._allowed:
            raise PluginError(plugin_id, f"{self.count} calls of plugins hang; restart the server to go on")


class Worker:
    """Does the jobs of a mailbox one by one, until it is closed or a call does not come back."""

    def __init__(
        self,
        plugin_id: str,
        mailbox: Mailbox,
        limits: Limits,
        watchdog: Watchdog,
        abandoned: Abandoned,
        on_left_behind: Callable[[bool], None],
    ) -> None:
        self.guest: Guest | None = None
        """Belongs to this thread."""
        self.left_behind = False
        """Whether the thread sits in a call that does not come back; whoever waited has been told."""
        self.gone: Future[None] = Future()
        """Done when nothing more is to be expected of this worker."""
        self._plugin_id = plugin_id
        self._mailbox = mailbox
        self._limits = limits
        self._watchdog = watchdog
        self._abandoned = abandoned
        self._on_left_behind = on_left_behind
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._interrupted = False
        self._watch: Watch | None = None

    def begin(self) -> None:
        """Starts the thread."""
        thread = threading.Thread(target=self._work, name=f"plugin {self._plugin_id}", daemon=True)
        with _starting:
            usual = threading.stack_size(THREAD_STACK)
            try:
                thread.start()
            finally:
                threading.stack_size(usual)

    def enter(self, guest: Guest, export: str, action: Callable[[], T], seconds: float | None = None) -> T:
        """What `action` returns, which runs guest code under a deadline."""
        self._check_wanted()
        watch = Watch(
            self._limits.deadline_seconds if seconds is None else seconds,
            self._limits.abandon_seconds,
            lambda: guest.stop(Limit.DEADLINE),
            lambda: self._leave_behind(export),
        )
        with self._watchdog.watching(watch):
            self._watch = watch
            try:
                result = action()
            finally:
                self._watch = None
        self._check_wanted()
        return result

    @contextmanager
    def clock_stopped(self) -> Iterator[None]:
        """The deadline of the running call waits inside the block."""
        watch = self._watch
        if watch is None:
            yield
            return
        with self._watchdog.paused(watch):
            yield

    def interrupt(self, job: Job) -> None:
        """Ends `job` if it is the one being done; its guest does not survive that."""
        self._interrupt(lambda current: current is job)

    def interrupt_all_but(self, job: Job) -> None:
        """Ends what is being done unless it is `job`."""
        self._interrupt(lambda current: current is not job)

    def interrupt_any(self) -> None:
        """Ends what is being done; a call that sits inside the host is left behind there soon."""
        self._interrupt(lambda current: True, hurry=True)

    @property
    def interrupted(self) -> bool:
        """Whether the job being done was interrupted on purpose."""
        return self._interrupted

    def _interrupt(self, is_meant: Callable[[Job], bool], *, hurry: bool = False) -> None:
        with self._lock:
            if self._job is not None and is_meant(self._job):
                self._interrupted = True
                guest = self.guest
                if guest is not None:
                    guest.stop(None)
                watch = self._watch
                if hurry and watch is not None:
                    self._watchdog.hurry(watch)

    def _check_wanted(self) -> None:
        if self._interrupted or self.left_behind:
            raise Cancelled(STOPPED)

    def _work(self) -> None:
        try:
            while not self.left_behind:
                job = self._mailbox.take()
                if job is None:
                    break
                self._do(job)
        finally:
            if self.guest is not None:
                self.guest.close()
            if self.left_behind:
                self._abandoned.remove()
            self._over()

    def _do(self, job: Job) -> None:
        with self._lock:
            if not job.begin():
                return
            self._job, self._interrupted = job, False
        try:
            result = job.run(self)
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to whoever asked, not to this thread
            self._no_job()
            job.fail(error)
        else:
            self._no_job()
            job.succeed(result)

    def _no_job(self) -> None:
        """Called before the outcome is told: whoever hears it may close the instance, whose guest then runs no job."""
        with self._lock:
            self._job = None

    def _leave_behind(self, export: str) -> None:
        """Runs on the watchdog's thread: the guest is still inside the host although it was told to stop."""
        self.left_behind = True
        self._abandoned.add()
        job = self._job
        self._on_left_behind(self._interrupted)
        if job is not None and self._interrupted:
            job.fail(Cancelled(STOPPED))
        elif job is not None:
            job.fail(limit_hit(self._plugin_id, export, Limit.DEADLINE, self._limits))
        self._over()

    def _over(self) -> None:
        with suppress(InvalidStateError):
            self.gone.set_result(None)
