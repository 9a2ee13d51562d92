"""Calls of host functions by guests: one native callback for all, and the guard nothing may pass.

In wasmtime-py 50.0.1 a BaseException that leaves the callback of a component import kills the process, and an
ordinary one travels to the caller through a variable all threads share. So the callback is ours: it catches
everything, and the reason it stopped a guest for is kept with the instance (`HostCalls`).

Guests must run on threads of their own: on the main thread Python may raise KeyboardInterrupt between any two
instructions of the guard itself.
"""

import itertools
import logging
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Final

from wasmtime import WasmtimeError
from wasmtime.component import FuncType, LinkerInstance, RecordType, ResultType, String, ValType

from thoth_ls.calling import HostRefusal
from thoth_ls.errors import Cancelled, PluginLimitHit, ThothError
from thoth_ls.runtime.marshal.host_calls import HostCallFailed, HostCalls, TooManyHostCalls
from thoth_ls.runtime.marshal.lifting import lifter
from thoth_ls.runtime.marshal.lowering import lowerer
from thoth_ls.runtime.marshal.lowering_bulk import Lower
from thoth_ls.runtime.marshal.native import (
    CALLBACK,
    FINALIZER,
    VALUE_SIZE,
    add_function,
    bytes_at,
    clear_value,
    delete_value,
    new_error,
)
from thoth_ls.runtime.marshal.types import KINDS, describe
from thoth_ls.runtime.marshal.values import Budget, Err, Ok, ValueMismatch, ValueTooLarge

log = logging.getLogger(__name__)

STOPPING: Final = (Cancelled, PluginLimitHit, TooManyHostCalls, ValueTooLarge)
"""Exceptions of a host function that stop the guest and reach whoever called it as they are."""

PLUGIN_ERROR: Final = "record { code: u32, message: string }"
FAILED_CODE: Final = 1
"""`plugin-error.code` where a host function failed in a way that has no code of its own."""


class GuardedFunction(ABC):
    """One import of one instance. Whatever happens while it answers, only `serve`'s answer reaches the guest."""

    def __init__(self, name: str, host_calls: HostCalls) -> None:
        self.name: Final = name
        self.host_calls = host_calls

    def serve(self, arguments: int, count: int, results: int) -> str | None:
        """Answers one call at these addresses. The reason to stop the guest, or None when it goes on."""
        try:
            self.host_calls.begin(self.name)
            self._answer(arguments, count, results)
        except STOPPING as failure:
            self.host_calls.stop(failure)
            return f"stopped in {self.name}"
        except BaseException as failure:  # noqa: BLE001 - leaving the callback would kill the process
            wrapped = HostCallFailed(self.name, failure)
            wrapped.__cause__ = failure
            self.host_calls.stop(wrapped)
            return str(wrapped)
        return None

    @abstractmethod
    def _answer(self, arguments: int, count: int, results: int) -> None:
        """Fills the result; what it raises stops the guest."""


class HostFunction(GuardedFunction):
    """A Python function that a guest may call.

    `function` gets the lifted arguments and returns the value of the WIT result type. Where that is a `result`, it
    may return Ok or Err, or the bare good value; an exception becomes the error case: a text, or a `plugin-error`
    with the code of a HostRefusal and 1 otherwise, or nothing for an error without payload. Elsewhere, and for
    STOPPING exceptions everywhere, the guest is stopped.
    """

    def __init__(self, name: str, function_type: FuncType, function: Callable[..., Any], host_calls: HostCalls) -> None:
        super().__init__(name, host_calls)
        result = function_type.result
        params = [param for _, param in function_type.params]
        self._function = function
        self._params = [(KINDS[type(param)], lifter(param), i * VALUE_SIZE) for i, param in enumerate(params)]
        self._lower: Lower | None = None if result is None else lowerer(result)
        self._has_result_type = isinstance(result, ResultType)
        self._error = error_from(result)

    def _answer(self, arguments: int, count: int, results: int) -> None:
        values = self._lift(arguments, count)
        try:
            outcome = self._function(*values)
            if self._has_result_type and not isinstance(outcome, Ok | Err):
                outcome = Ok(outcome)
            self._put(outcome, results)
        except STOPPING:
            raise
        except Exception as failure:
            if self._error is None:
                raise
            if not isinstance(failure, ThothError):
                log.warning("host function %s failed", self.name, exc_info=failure)
            self._put(self._error(*_told(self.name, failure)), results)

    def _lift(self, arguments: int, count: int) -> list[Any]:
        if count != len(self._params):
            raise RuntimeError(f"{count} arguments instead of {len(self._params)}")
        budget = Budget(self.host_calls.max_argument_bytes)
        raw = bytes_at(arguments, count * VALUE_SIZE) if count else b""
        if any(raw[at] != kind for kind, _, at in self._params):
            raise RuntimeError("arguments of other types than declared")
        return [lift(raw, at, budget) for _, lift, at in self._params]

    def _put(self, outcome: Any, results: int) -> None:
        if self._lower is None:
            if outcome is not None:
                raise ValueMismatch(f"{self.name} returns nothing, got {type(outcome).__name__}")
            return
        clear_value(results)
        try:
            self._lower(outcome, results)
        except BaseException:
            delete_value(results)
            clear_value(results)
            raise


class RefusedFunction(GuardedFunction):
    """An import nobody offers: answers with the refusal where its type can say one, else stops the guest."""

    def __init__(self, name: str, function_type: FuncType, host_calls: HostCalls) -> None:
        super().__init__(name, host_calls)
        result = function_type.result
        self._error = error_from(result)
        self._lower = lowerer(result) if result is not None and self._error is not None else None

    def _answer(self, arguments: int, count: int, results: int) -> None:
        refusal = HostRefusal(f"{self.name} is not offered by this host")
        if self._lower is None or self._error is None:
            raise refusal
        clear_value(results)
        self._lower(self._error(str(refusal), refusal.code), results)


def error_from(result: ValType | None) -> Callable[[str, int], Err[Any]] | None:
    """How to say a text and a code in the error case of a type; None where no error of it could carry them."""
    if not isinstance(result, ResultType):
        return None
    error = result.err
    if error is None:
        return lambda text, code: Err()
    if isinstance(error, String):
        return lambda text, code: Err(text)
    if isinstance(error, RecordType) and describe(error) == PLUGIN_ERROR:
        return lambda text, code: Err({"code": code, "message": text})
    return None


def _told(name: str, failure: Exception) -> tuple[str, int]:
    """What a guest is told: our own words, or only the type of an unforeseen error (its text may name files)."""
    if isinstance(failure, HostRefusal):
        return str(failure), failure.code
    if isinstance(failure, ThothError):
        return str(failure), FAILED_CODE
    return f"{name} failed in the host ({type(failure).__name__})", FAILED_CODE


_slots = itertools.count(1)
_live: "weakref.WeakValueDictionary[int, GuardedFunction]" = weakref.WeakValueDictionary()
"""Host functions that can be called, by the number wasmtime hands back. HostCalls keeps them alive."""


def _error(text: str) -> int:
    """The address of a new native error, which wasmtime frees."""
    return int(new_error(text.encode("utf-8", "replace").replace(b"\0", b" ")))


def _answer_call(
    slot: int, context: int, function_type: int, arguments: int, count: int, results: int, result_count: int
) -> int:
    try:
        function = _live.get(slot)
        if function is None:
            return _error("the host function is gone")
        reason = function.serve(arguments or 0, count, results or 0)
        return 0 if reason is None else _error(reason)
    except BaseException:  # noqa: BLE001 - leaving the callback would kill the process
        return _error("the host failed")


_callback = CALLBACK(_answer_call)
_no_finalizer = FINALIZER()


def define_function(instance: LinkerInstance, name: str, function: GuardedFunction) -> None:
    """Makes `function` the import `name` of a linker instance, for as long as its HostCalls keeps it."""
    slot = next(_slots)
    encoded = name.encode()
    error = add_function(instance.ptr(), encoded, len(encoded), _callback, slot, _no_finalizer)
    if error:
        raise WasmtimeError._from_ptr(error)
    _live[slot] = function
    function.host_calls.functions.append(function)
