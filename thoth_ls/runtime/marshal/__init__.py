"""WIT values to Python values and back, for guest exports and host imports: every conversion happens here.

    calls = HostCalls(max_calls=10_000)
    page = GuestFunction(store, func, name="paged-loader.page", host_calls=calls, max_result_bytes=64 << 20)
    match page(0, 100):                     # result<string, plugin-error>
        case Ok(text): ...
        case Err(error): ...                # {"code": 3, "message": "…"}

| WIT                     | Python                                                                       |
|-------------------------|------------------------------------------------------------------------------|
| bool, u8…s64, f32, f64  | bool, int, float (an int is accepted for a float, never a bool for an int)     |
| char, string            | str (char: one character)                                                      |
| list<u8>                | bytes (bytearray and memoryview are accepted)                                  |
| list<T>                 | list (a tuple is accepted)                                                     |
| option<T>               | None or the value; where T is an option itself: None or Some(value)            |
| result<T, E>            | always Ok(value) or Err(value); value None where there is no payload           |
| tuple<…>                | tuple                                                                          |
| record                  | dict, keys in snake_case: {"bytes_done": 5}; lowering wants exactly these keys |
| variant                 | Case(name, value), the name as in WIT                                          |
| enum                    | str, as in WIT: "file-loader"                                                  |
| flags                   | frozenset of str, as in WIT (a set is accepted)                                |

Resources, futures, streams and error contexts raise UnsupportedType when the function is resolved.

Limits: `max_result_bytes` (a result) and `HostCalls.max_argument_bytes` (the arguments of one host call) are held
against the native value before Python values are made of it: content in bytes plus about 64 for each string, record,
option and the like, 40 for each number in a list. Before that, wasmtime itself refuses to copy more than 128 MiB of
native values out of a guest in one call, at 48 bytes for each byte of a `list<u8>`: no byte list passes 2.6 MiB. Both
are a ValueTooLarge; `stopped_guest` tells whether the instance is dead.

Errors: see GuestFunction. `HostCalls` counts host calls, forbids re-entry, and keeps the reason a host
function stopped the guest for; instantiate with `with host_calls:` around it, and look at
`host_calls.failure` when that fails.
"""

from thoth_ls.calling import HostRefusal
from thoth_ls.runtime.marshal.allocator import keep_freed_memory
from thoth_ls.runtime.marshal.guest_function import GuestFunction
from thoth_ls.runtime.marshal.host_calls import (
    DEFAULT_MAX_BYTES,
    HostCallFailed,
    HostCalls,
    Reentered,
    TooManyHostCalls,
)
from thoth_ls.runtime.marshal.host_function import (
    GuardedFunction,
    HostFunction,
    RefusedFunction,
    define_function,
)
from thoth_ls.runtime.marshal.native import fuel_gauge
from thoth_ls.runtime.marshal.types import describe, describe_function
from thoth_ls.runtime.marshal.values import (
    Case,
    Err,
    Ok,
    Some,
    UnsupportedType,
    ValueMismatch,
    ValueTooLarge,
)

__all__ = [
    "DEFAULT_MAX_BYTES",
    "Case",
    "Err",
    "GuardedFunction",
    "GuestFunction",
    "HostCallFailed",
    "HostCalls",
    "HostFunction",
    "HostRefusal",
    "Ok",
    "Reentered",
    "RefusedFunction",
    "Some",
    "TooManyHostCalls",
    "UnsupportedType",
    "ValueMismatch",
    "ValueTooLarge",
    "define_function",
    "describe",
    "describe_function",
    "fuel_gauge",
]

keep_freed_memory()
