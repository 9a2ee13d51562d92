"""Calls of guest exports with Python values."""

import ctypes
from typing import Any, Final

from wasmtime import Store, WasmtimeError
from wasmtime.component import Func

from thoth_ls.runtime.marshal.host_calls import DEFAULT_MAX_BYTES, HostCalls
from thoth_ls.runtime.marshal.lifting import lifter
from thoth_ls.runtime.marshal.lowering import lowerer
from thoth_ls.runtime.marshal.native import VALUE, VALUE_SIZE, bytes_at, call_function, delete_value
from thoth_ls.runtime.marshal.types import describe_function
from thoth_ls.runtime.marshal.values import Budget, ValueMismatch, ValueTooLarge

MAX_TRANSFER_BYTES: Final = 128 << 20
"""What wasmtime copies out of a guest in one call, counted as native values (48 bytes and more for each item)."""
TRANSFER_REFUSED: Final = "fuel allocated for hostcalls has been exhausted"


class GuestFunction:
    """One export of one instance, callable with Python values; its types are resolved once, here.

    Raises, when called:

    - TypeError: wrong number of arguments; ValueMismatch (a TypeError): an argument does not fit. Nothing has
      run.
    - Reentered: the instance is running a call already. Nothing has run.
    - ValueTooLarge: the result takes more than `max_result_bytes`. The guest has returned and can be called
      again, unless `stopped_guest` is set: wasmtime itself refused to copy more than 128 MiB.
    - what a host function stopped the guest with: HostCallFailed, TooManyHostCalls, ValueTooLarge (its
      arguments), or the exception of a hook itself. The instance is dead.
    - WasmtimeError: a trap, no fuel, the deadline … as wasmtime says it. The instance is dead.

    Nothing native outlives a call, whether it returns or raises. Not for two threads at once.
    """

    def __init__(
        self,
        store: Store,
        func: Func,
        *,
        name: str = "function",
        host_calls: HostCalls | None = None,
        max_result_bytes: int = DEFAULT_MAX_BYTES,
    ) -> None:
        function_type = func.type(store)
        result = function_type.result
        self.name: Final = name
        self.signature: Final = describe_function(function_type)
        self.max_result_bytes = max_result_bytes
        self._store = store
        self._func = func._func
        self._host_calls = host_calls if host_calls is not None else HostCalls()
        self._params = [(param_name, lowerer(param)) for param_name, param in function_type.params]
        self._lift = None if result is None else lifter(result)
        self._frame = VALUE * (len(self._params) + 1)

    def __call__(self, *arguments: Any) -> Any:
        """The lifted result, None where the function has none."""
        count = len(self._params)
        if len(arguments) != count:
            raise TypeError(f"{self.name} takes {count} arguments, got {len(arguments)}")
        frame = self._frame()
        base = ctypes.addressof(frame)
        try:
            self._lower(arguments, base)
            self._run(base, count)
            if self._lift is None:
                return None
            return self._lift(bytes_at(base + count * VALUE_SIZE, VALUE_SIZE), 0, Budget(self.max_result_bytes))
        finally:
            for index in range(count + 1):
                delete_value(base + index * VALUE_SIZE)

    def _lower(self, arguments: tuple[Any, ...], base: int) -> None:
        for index, ((param_name, lower), argument) in enumerate(zip(self._params, arguments, strict=True)):
            try:
                lower(argument, base + index * VALUE_SIZE)
            except ValueMismatch as mismatch:
                raise ValueMismatch(f"{self.name}, {param_name}: {mismatch}") from None

    def _run(self, base: int, count: int) -> None:
        results = 0 if self._lift is None else 1
        with self._host_calls as calls:
            error = call_function(
                ctypes.addressof(self._func),
                self._store._context(),
                base,
                count,
                base + count * VALUE_SIZE,
                results,
            )
            if not error:
                return
            trap = WasmtimeError._from_ptr(error)
            if TRANSFER_REFUSED in str(trap):
                calls.stop(ValueTooLarge(MAX_TRANSFER_BYTES))
            if calls.failure is not None:
                raise calls.failure from trap
            raise trap
