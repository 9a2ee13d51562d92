"""What the host functions of one instance did during the guest call that is running."""

from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from thoth_ls.runtime.marshal.values import ValueTooLarge

DEFAULT_MAX_BYTES: Final = 64 << 20
"""Most bytes of Python values one result, or the arguments of one host call, may take."""

BeforeHostCall = Callable[[str, int], None]
"""(host function, number of this call within the guest call, from 1). What it raises stops the guest."""


class HostCallFailed(Exception):
    """A host function failed in a way its WIT type cannot say; the guest was stopped."""

    def __init__(self, function: str, cause: BaseException) -> None:
        super().__init__(f"host function {function} failed ({type(cause).__name__}: {cause})")
        self.function = function
        self.reason = cause


class TooManyHostCalls(Exception):
    """One guest call called the host more often than allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit:,} host calls within one call")
        self.limit = limit


class Reentered(RuntimeError):
    """A guest function was called from a host function of the same instance, or from a second thread."""


class HostCalls:
    """Shared by all guest and host functions of one instance, which runs one guest call at a time.

    A guest call is bracketed by `with host_calls:` (GuestFunction does so itself; instantiation has to). A
    host function that must not return to the guest records why with `stop`; whoever made the guest call then
    raises `failure`. The record belongs to the instance, so two threads with an instance each never see each
    other's.
    """

    def __init__(
        self,
        *,
        max_calls: int | None = None,
        max_argument_bytes: int = DEFAULT_MAX_BYTES,
        before: BeforeHostCall | None = None,
    ) -> None:
        self.max_argument_bytes = max_argument_bytes
        self.failure: BaseException | None = None
        """Why the guest was stopped by a host function during the latest guest call; None if it was not."""
        self.count = 0
        """Host calls made during the latest guest call."""
        self.functions: list[object] = []
        """Host functions of the instance: alive as long as something that can call the guest is."""
        self._max_calls = max_calls
        self._before = before
        self._running = False

    @property
    def running(self) -> bool:
        """Whether a guest call is running now."""
        return self._running

    def __enter__(self) -> Self:
        if self._running:
            raise Reentered("this instance is already running a call; it cannot be entered a second time")
        self._running = True
        self.count = 0
        self.failure = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._running = False

    def begin(self, function: str) -> None:
        """Counts one host call; raises what must stop the guest."""
        self.count += 1
        if self._max_calls is not None and self.count > self._max_calls:
            raise TooManyHostCalls(self._max_calls)
        if self._before is not None:
            self._before(function, self.count)

    def stop(self, failure: BaseException) -> None:
        """Records the first reason to stop the guest."""
        if isinstance(failure, ValueTooLarge):
            failure.stopped_guest = True
        if self.failure is None:
            self.failure = failure
