"""The few native functions and struct layouts of wasmtime-py that the marshaller stands on.

All of it is private to wasmtime-py, so importing this module checks the version and every offset we rely on,
and fails with a sentence instead of reading the wrong bytes later.

Small native calls go through `ctypes.PyDLL`, which keeps the interpreter lock: giving it up and waiting to
get it back for each of a thousand strings costs up to 5 ms apiece while another Python thread is busy. Only
`call_function`, which runs guest code, releases it.
"""

import ctypes
import struct
from collections.abc import Callable
from importlib import metadata
from typing import Any, Final

from wasmtime import Store, WasmtimeError
from wasmtime import _ffi as ffi

SUPPORTED_MAJOR: Final = 50

VALUE: Final = ffi.wasmtime_component_val_t
VALUE_SIZE: Final = 32
"""Bytes of one native value: a kind byte, then a union at `PAYLOAD`."""
PAYLOAD: Final = 8
ENTRY_SIZE: Final = 48
"""Bytes of one record entry: the field's name, then its value at `ENTRY_VALUE`."""
ENTRY_VALUE: Final = 16
NAME_SIZE: Final = 16
RESULT_POINTER: Final = PAYLOAD + 8
VARIANT_POINTER: Final = PAYLOAD + 16

PAIR: Final = struct.Struct("<QQ")
"""Size and data pointer: how strings, lists, records, tuples and flags stand in a value."""
POINTER: Final = struct.Struct("<Q")


def _offset(structure: Any, field: str) -> int:
    return int(getattr(structure, field).offset)


def layout_mismatches() -> list[str]:
    """What differs between the structs of the installed wasmtime-py and those this module was written for."""
    entry = ffi.wasmtime_component_valrecord_entry_t
    union = ffi.wasmtime_component_valunion_t
    result, variant = ffi.wasmtime_component_valresult_t, ffi.wasmtime_component_valvariant_t
    expected: list[tuple[str, int, int]] = [
        ("pointer size", ctypes.sizeof(ctypes.c_void_p), 8),
        ("size of val", ctypes.sizeof(VALUE), VALUE_SIZE),
        ("offset of val.kind", _offset(VALUE, "kind"), 0),
        ("offset of val.of", _offset(VALUE, "of"), PAYLOAD),
        ("size of record entry", ctypes.sizeof(entry), ENTRY_SIZE),
        ("offset of record entry.name", _offset(entry, "name"), 0),
        ("offset of record entry.val", _offset(entry, "val"), ENTRY_VALUE),
        ("size of name", ctypes.sizeof(ffi.wasm_name_t), NAME_SIZE),
        ("offset of result.is_ok", _offset(result, "is_ok"), 0),
        ("offset of result.val", _offset(result, "val"), RESULT_POINTER - PAYLOAD),
        ("offset of variant.discriminant", _offset(variant, "discriminant"), 0),
        ("offset of variant.val", _offset(variant, "val"), VARIANT_POINTER - PAYLOAD),
    ]
    for name in (
        "name",
        "component_vallist",
        "component_valrecord",
        "component_valtuple",
        "component_valflags",
    ):
        vector = getattr(ffi, f"wasm_{name}_t" if name == "name" else f"wasmtime_{name}_t")
        expected += [(f"offset of {name}.size", _offset(vector, "size"), 0)]
        expected += [(f"offset of {name}.data", _offset(vector, "data"), 8)]
    expected += [(f"offset of {field[0]} in the union", _offset(union, field[0]), 0) for field in union._fields_]
    return [f"{what} is {found}, not {wanted}" for what, found, wanted in expected if found != wanted]


def check_wasmtime(version: str, mismatches: list[str]) -> None:
    """Raises ImportError when this is not a wasmtime-py whose private layout we know."""
    if version.split(".", 1)[0] != str(SUPPORTED_MAJOR):
        raise ImportError(
            f"thoth-ls needs wasmtime {SUPPORTED_MAJOR}.x, found {version}: "
            f"install it with: pip install 'wasmtime>={SUPPORTED_MAJOR},<{SUPPORTED_MAJOR + 1}'"
        )
    if mismatches:
        raise ImportError(f"wasmtime {version} lays out values differently here: {'; '.join(mismatches)}")


check_wasmtime(metadata.version("wasmtime"), layout_mismatches())

_held = ctypes.PyDLL("wasmtime", handle=ffi.dll._handle)
_address, _size, _bytes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p


def _native(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    function = _held[name]
    function.restype, function.argtypes = result, arguments
    return function


new_bytes: Final = _native("wasm_byte_vec_new", None, _address, _size, _bytes)
"""(address of the vector, length, bytes): copies the bytes into native memory."""
new_list: Final = _native("wasmtime_component_vallist_new_uninit", None, _address, _size)
new_record: Final = _native("wasmtime_component_valrecord_new_uninit", None, _address, _size)
new_tuple: Final = _native("wasmtime_component_valtuple_new_uninit", None, _address, _size)
new_flags: Final = _native("wasmtime_component_valflags_new_uninit", None, _address, _size)
_box: Final = _native("wasmtime_component_val_new", _address, _address)
delete_value: Final = _native("wasmtime_component_val_delete", None, _address)
"""(address of a value): frees what it points to; a zeroed value owns nothing."""
new_error: Final = _native("wasmtime_error_new", _address, _bytes)
"""(UTF-8 text without NUL): a new native error, owned by whoever gets it."""

call_function: Final = ffi.dll["wasmtime_component_func_call"]
call_function.restype = ctypes.POINTER(ffi.wasmtime_error_t)
call_function.argtypes = [_address, ctypes.POINTER(ffi.wasmtime_context_t), _address, _size, _address, _size]

CALLBACK: Final = ctypes.CFUNCTYPE(_size, _address, _address, _address, _address, _size, _address, _size)
"""(slot, context, type, arguments, count, results, count): the ffi's callback type with plain addresses."""
FINALIZER: Final = ctypes.CFUNCTYPE(None, _address)
add_function: Final = ffi.dll["wasmtime_component_linker_instance_add_func"]
add_function.restype = ctypes.POINTER(ffi.wasmtime_error_t)
_linker_instance: Final = ctypes.POINTER(ffi.wasmtime_component_linker_instance_t)
add_function.argtypes = [_linker_instance, _bytes, _size, CALLBACK, _address, FINALIZER]

bytes_at: Final = ctypes.pythonapi["PyBytes_FromStringAndSize"]
"""(address, length): a copy of native memory."""
bytes_at.restype, bytes_at.argtypes = ctypes.py_object, (_address, ctypes.c_ssize_t)

text_at: Final = ctypes.pythonapi["PyUnicode_DecodeUTF8"]
"""(address, length, None): native UTF-8 as a string, in one copy."""
text_at.restype, text_at.argtypes = ctypes.py_object, (_address, ctypes.c_ssize_t, _bytes)


bytearray_address: Final = ctypes.pythonapi["PyByteArray_AsString"]
"""Where a bytearray's content stands, valid until it is resized."""
bytearray_address.restype, bytearray_address.argtypes = _address, (ctypes.py_object,)

_get_fuel: Final = _native(
    "wasmtime_context_get_fuel",
    ctypes.POINTER(ffi.wasmtime_error_t),
    ctypes.POINTER(ffi.wasmtime_context_t),
    ctypes.POINTER(ctypes.c_uint64),
)


def fuel_gauge(store: Store) -> Callable[[], int]:
    """Tells how much fuel the store has left, in half a microsecond; not to be asked once the store is closed.

    The store has to count fuel; without that it tells 0.
    """
    context, left = store._context(), ctypes.c_uint64(0)
    place = ctypes.byref(left)

    def gauge() -> int:
        error = _get_fuel(context, place)
        if error:
            WasmtimeError._from_ptr(error)  # frees it
            return 0
        return left.value

    return gauge


def pointer_at(address: int) -> int:
    """The address stored at `address`; 0 where it is null."""
    return ctypes.c_uint64.from_address(address).value


def new_payload(address: int) -> int:
    """Puts a fresh zeroed value on the native heap, stores its address at `address` and returns it."""
    empty = VALUE()
    boxed: int = _box(ctypes.addressof(empty))
    clear_value(boxed)
    ctypes.memmove(address, POINTER.pack(boxed), 8)
    return boxed


def clear_value(address: int) -> None:
    """Makes the value at `address` all zero, without freeing anything.

    What wasmtime hands out as empty is not: only its kind is set, and a stray payload pointer would be followed.
    """
    ctypes.memset(address, 0, VALUE_SIZE)
