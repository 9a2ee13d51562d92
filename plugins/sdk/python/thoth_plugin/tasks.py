"""Coroutines that go on when an event of the host arrives. There is no clock here and no thread: events drive it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from thoth_plugin import current
from thoth_plugin.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator

T = TypeVar("T")

_NOTHING: Any = object()


class Pending(Generic[T]):
    """A value that comes later. `await` it, in as many places as you like."""

    def __init__(self) -> None:
        self._value: Any = _NOTHING
        self._error: BaseException | None = None
        self._waiting: list[Callable[[], None]] = []

    @property
    def done(self) -> bool:
        """Whether it has come, or failed."""
        return self._value is not _NOTHING or self._error is not None

    def result(self) -> T:
        """The value; raises what it failed with. Only where it is `done`."""
        if self._error is not None:
            raise self._error.with_traceback(None)
        if self._value is _NOTHING:
            raise RuntimeError("it has not come yet: await it")
        return cast("T", self._value)

    def resolve(self, value: T) -> None:
        """It has come. Of something that is done already this changes nothing."""
        if not self.done:
            self._value = value
            self._tell()

    def fail(self, error: BaseException) -> None:
        """It will not come. Of something that is done already this changes nothing."""
        if not self.done:
            self._error = error
            self._tell()

    def cancel(self) -> None:
        """Gives it up: who awaits it gets Cancelled."""
        self.fail(Cancelled("cancelled"))

    def when_done(self, act: Callable[[], None]) -> None:
        """Calls `act` once it is done; at once where it is."""
        if self.done:
            act()
        else:
            self._waiting.append(act)

    @property
    def awaited(self) -> bool:
        """Whether anybody waits for it."""
        return bool(self._waiting)

    def __await__(self) -> Generator[Pending[Any], None, T]:
        if not self.done:
            yield self
        return self.result()

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()


class Task(Pending[T]):
    """A coroutine under way. Made by `start`."""

    def __init__(self, scheduler: Scheduler, coroutine: Coroutine[Any, Any, T]) -> None:
        super().__init__()
        self._scheduler = scheduler
        self._coroutine = coroutine
        self._thrown: BaseException | None = None
        self._waits_for: Pending[Any] | None = None

    def cancel(self) -> None:
        """Has Cancelled raised where it waits; what it waits for is given up too, unless others wait for it."""
        if not self.done and self._thrown is None:
            self._thrown = Cancelled("cancelled")
            self._scheduler.soon(self)

    def go_on(self) -> None:
        """Runs to the next thing that has to be waited for."""
        if self.done:
            return
        thrown, self._thrown = self._thrown, None
        waited, self._waits_for = self._waits_for, None
        if thrown is None and waited is not None and not waited.done:
            # Woken twice, by what it waited for and by `cancel`: by now it waits for something else.
            self._waits_for = waited
            return
        if thrown is not None and waited is not None and not waited.done:
            waited.cancel()
        try:
            pending = self._coroutine.send(None) if thrown is None else self._coroutine.throw(thrown)
        except StopIteration as stop:
            self.resolve(stop.value)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told to who waits
            handled = self.awaited
            self.fail(error)
            if not handled:
                self._scheduler.report(error)
        else:
            self._wait_for(pending)

    def _wait_for(self, pending: object) -> None:
        if not isinstance(pending, Pending):
            self._thrown = TypeError(
                "only what this SDK gives can be awaited (asyncio has no event loop in a plugin); use thoth.gather and"
                " thoth.start in place of asyncio's"
            )
            self._scheduler.soon(self)
            return
        self._waits_for = pending
        pending.when_done(lambda: self._came(pending))

    def _came(self, pending: Pending[Any]) -> None:
        """What it waits for is there; it may have been cancelled and wait for something else by now."""
        if self._waits_for is pending:
            self._scheduler.soon(self)


class Scheduler:
    """The tasks of one instance."""

    def __init__(self, report: Callable[[BaseException], None]) -> None:
        self._report = report
        self._ready: deque[Task[Any]] = deque()
        self._running = False
        self._tasks: set[Task[Any]] = set()

    def start(self, coroutine: Coroutine[Any, Any, T]) -> Task[T]:
        """Begins a task; it runs when the handler that began it has to wait or has ended."""
        task = Task(self, coroutine)
        self._tasks.add(task)
        self.soon(task)
        return task

    def soon(self, task: Task[Any]) -> None:
        """Has a task go on at the next turn."""
        self._ready.append(task)

    def run(self) -> None:
        """Lets everything go on that can."""
        if self._running:
            return
        self._running = True
        try:
            while self._ready:
                task = self._ready.popleft()
                task.go_on()
                if task.done:
                    self._tasks.discard(task)
        finally:
            self._running = False

    def report(self, error: BaseException) -> None:
        """A task failed and nobody waits for it."""
        if not isinstance(error, Cancelled):
            self._report(error)

    @property
    def under_way(self) -> int:
        """How many tasks have not ended."""
        return len(self._tasks)

    def cancel_all(self) -> None:
        """Ends every task."""
        for task in list(self._tasks):
            task.cancel()
        self.run()


def start(coroutine: Coroutine[Any, Any, T]) -> Task[T]:
    """Begins a task beside the running handler. It may be awaited, and cancelled."""
    return current.instance().scheduler.start(coroutine)


async def gather(*awaitables: Awaitable[T]) -> list[T]:
    """All results in order. As soon as one fails, the others are cancelled and its error is raised."""
    tasks = [start(_awaited(each)) for each in awaitables]
    all_done: Pending[None] = Pending()

    def look() -> None:
        if any(task.done and task._error is not None for task in tasks) or all(task.done for task in tasks):
            all_done.resolve(None)

    if not tasks:
        return []
    for task in tasks:
        task.when_done(look)
    try:
        await all_done
        failed = next((task for task in tasks if task.done and task._error is not None), None)
        return [failed.result()] if failed is not None else [task.result() for task in tasks]
    finally:
        for task in tasks:
            task.cancel()


async def _awaited(awaitable: Awaitable[T]) -> T:
    return await awaitable
