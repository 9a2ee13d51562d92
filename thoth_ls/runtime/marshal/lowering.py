"""Python values to native values: one function per type, made once and used for every call.

A lowerer fills a zeroed native value in place. Whatever it allocates is attached to that value before it goes
on, so at any moment deleting the outermost value frees everything: a value that turns out not to fit leaks
nothing.
"""

import struct
from collections.abc import Callable, Mapping
from ctypes import memmove, memset
from typing import Any, Final, cast

from wasmtime import component

from thoth_ls.runtime.marshal.native import (
    ENTRY_SIZE,
    ENTRY_VALUE,
    NAME_SIZE,
    PAYLOAD,
    RESULT_POINTER,
    VALUE_SIZE,
    VARIANT_POINTER,
    bytearray_address,
    new_bytes,
    new_flags,
    new_list,
    new_payload,
    new_record,
    new_tuple,
    pointer_at,
)
from thoth_ls.runtime.marshal.types import KINDS, NUMBER_FORMATS, PRIMITIVE_NAMES, describe, python_name
from thoth_ls.runtime.marshal.values import Case, Err, Ok, Some, UnsupportedType, ValueMismatch

Lower = Callable[[Any, int], None]
"""(Python value, address of a zeroed native value): fills it. Raises ValueMismatch when it does not fit."""

_BLOCK_ITEMS: Final = 8_192
_STRING_KIND: Final = bytes([KINDS[component.String]])
_LIST_KIND: Final = bytes([KINDS[component.ListType]])


def lowerer(wit_type: component.ValType) -> Lower:
    """The function that lowers values of a type. Raises UnsupportedType for handles, futures and streams."""
    if type(wit_type) in NUMBER_FORMATS:
        return _number(type(wit_type))
    match wit_type:
        case component.String():
            return _string
        case component.ListType():
            return _list(wit_type.element)
        case component.OptionType():
            return _option(wit_type.payload)
        case component.ResultType():
            return _result(wit_type.ok, wit_type.err)
        case component.TupleType():
            return _tuple(wit_type.elements)
        case component.RecordType():
            return _record(wit_type.fields)
        case component.VariantType():
            return _variant(wit_type.cases)
        case component.EnumType():
            return _enumeration(wit_type.names)
        case component.FlagsType():
            return _flags(wit_type.names)
        case _:
            raise UnsupportedType(f"values of type {describe(wit_type)} cannot cross from Python")


def _unfit(value: object, wanted: str) -> ValueMismatch:
    shown = repr(value)
    return ValueMismatch(
        f"{wanted} expected, got {type(value).__name__} {shown if len(shown) <= 60 else shown[:57] + '…'}"
    )


def _plain(primitive: type, value: object) -> int | float:
    """The number `struct` packs for a primitive, checked strictly: True is no u8, "ab" is no char."""
    if primitive is component.Bool:
        fits = isinstance(value, bool)
    elif primitive is component.Char:
        fits = isinstance(value, str) and len(value) == 1 and not "\ud800" <= value <= "\udfff"
    elif primitive in (component.F32, component.F64):
        fits = isinstance(value, int | float) and not isinstance(value, bool)
    else:
        fits = isinstance(value, int) and not isinstance(value, bool)
    if not fits:
        raise _unfit(value, PRIMITIVE_NAMES[primitive])
    return ord(value) if isinstance(value, str) else value  # type: ignore[return-value]  # `fits` says so


def _number(primitive: type) -> Lower:
    packed = struct.Struct(f"<B7x{NUMBER_FORMATS[primitive]}")
    kind = KINDS[primitive]

    def lower(value: Any, at: int) -> None:
        try:
            raw = packed.pack(kind, _plain(primitive, value))
        except (struct.error, OverflowError):
            raise _unfit(value, PRIMITIVE_NAMES[primitive]) from None
        memmove(at, raw, len(raw))

    return lower


def _encode(value: object) -> bytes:
    if not isinstance(value, str):
        raise _unfit(value, "string")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise ValueMismatch("string expected, got text with a lone surrogate") from None


def _string(value: Any, at: int) -> None:
    data = _encode(value)
    new_bytes(at + PAYLOAD, len(data), data)
    memmove(at, _STRING_KIND, 1)


def _list(element: component.ValType) -> Lower:
    if isinstance(element, component.U8):
        return _byte_list
    if isinstance(element, component.String):
        return _string_list
    if type(element) in NUMBER_FORMATS:
        return _number_list(type(element))
    item = lowerer(element)
    wanted = f"list<{describe(element)}>"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, list | tuple):
            raise _unfit(value, wanted)
        data = _allocate(new_list, len(value), VALUE_SIZE, at, _LIST_KIND)
        for index, entry in enumerate(value):
            item(entry, data + index * VALUE_SIZE)

    return lower


def _allocate(new: Callable[[int, int], Any], count: int, item_size: int, at: int, kind: bytes) -> int:
    """Attaches a zeroed native array to the value at `at`; the array's address (any, when it is empty)."""
    new(at + PAYLOAD, count)
    data = pointer_at(at + PAYLOAD + 8)
    if count:
        memset(data, 0, count * item_size)
    memmove(at, kind, 1)
    return data


def _byte_list(value: Any, at: int) -> None:
    if not isinstance(value, bytes | bytearray | memoryview):
        raise _unfit(value, "list<u8> as bytes")
    content = bytes(value) if isinstance(value, memoryview) else value
    count = len(content)
    new_list(at + PAYLOAD, count)
    data = pointer_at(at + PAYLOAD + 8)
    # One block with the kinds in place is filled again and again: it stays in the processor's cache.
    block = bytearray(min(count, _BLOCK_ITEMS) * VALUE_SIZE)
    block[0::VALUE_SIZE] = bytes([KINDS[component.U8]]) * (len(block) // VALUE_SIZE)
    for start in range(0, count, _BLOCK_ITEMS):
        part = content[start : start + _BLOCK_ITEMS]
        del block[len(part) * VALUE_SIZE :]
        block[PAYLOAD::VALUE_SIZE] = part
        memmove(data + start * VALUE_SIZE, bytearray_address(block), len(block))
    memmove(at, _LIST_KIND, 1)


def _string_list(value: Any, at: int) -> None:
    if not isinstance(value, list | tuple):
        raise _unfit(value, "list<string>")
    data = _allocate(new_list, len(value), VALUE_SIZE, at, _LIST_KIND)
    for index, text in enumerate(value):
        _string(text, data + index * VALUE_SIZE)


def _number_list(primitive: type) -> Lower:
    letter = NUMBER_FORMATS[primitive]
    width = struct.calcsize("<" + letter)
    first, step = PAYLOAD // width, VALUE_SIZE // width
    kind = bytes([KINDS[primitive]])
    wanted = f"list<{PRIMITIVE_NAMES[primitive]}>"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, list | tuple):
            raise _unfit(value, wanted)
        try:
            packed = struct.pack(f"<{len(value)}{letter}", *[_plain(primitive, number) for number in value])
        except (struct.error, OverflowError):
            raise _unfit(value, wanted) from None
        data = _allocate(new_list, len(value), VALUE_SIZE, at, _LIST_KIND)
        if not value:
            return
        block = bytearray(len(value) * VALUE_SIZE)
        block[0::VALUE_SIZE] = kind * len(value)
        cells, numbers = memoryview(block), memoryview(packed)
        cast(Any, cells).cast(letter)[first::step] = cast(Any, numbers).cast(letter)
        memmove(data, bytearray_address(block), len(block))

    return lower


def _option(payload: component.ValType) -> Lower:
    lower_payload = lowerer(payload)
    nested = isinstance(payload, component.OptionType)
    kind = bytes([KINDS[component.OptionType]])

    def lower(value: Any, at: int) -> None:
        memmove(at, kind, 1)
        if value is None:
            return
        if nested:
            if not isinstance(value, Some):
                raise _unfit(value, f"None or Some(…) of {describe(payload)}")
            value = value.value
        lower_payload(value, new_payload(at + PAYLOAD))

    return lower


def _result(ok: component.ValType | None, err: component.ValType | None) -> Lower:
    lower_ok = None if ok is None else lowerer(ok)
    lower_err = None if err is None else lowerer(err)
    kind = bytes([KINDS[component.ResultType]])
    wanted = f"Ok(…) or Err(…) of result<{describe(ok)}, {describe(err)}>"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, Ok | Err):
            raise _unfit(value, wanted)
        is_ok = isinstance(value, Ok)
        lower_payload = lower_ok if is_ok else lower_err
        memmove(at + PAYLOAD, b"\1" if is_ok else b"\0", 1)
        memmove(at, kind, 1)
        if lower_payload is not None:
            lower_payload(value.value, new_payload(at + RESULT_POINTER))
        elif value.value is not None:
            raise _unfit(value, wanted)

    return lower


def _tuple(elements: list[component.ValType]) -> Lower:
    parts = [lowerer(element) for element in elements]
    kind = bytes([KINDS[component.TupleType]])
    wanted = f"tuple of {len(parts)}"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, tuple) or len(value) != len(parts):
            raise _unfit(value, wanted)
        data = _allocate(new_tuple, len(parts), VALUE_SIZE, at, kind)
        for index, (part, entry) in enumerate(zip(parts, value, strict=True)):
            part(entry, data + index * VALUE_SIZE)

    return lower


def _record(fields: list[tuple[str, component.ValType]]) -> Lower:
    parts = [(python_name(name), name.encode(), lowerer(field)) for name, field in fields]
    names = {python_name(name) for name, _ in fields}
    kind = bytes([KINDS[component.RecordType]])

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, Mapping) or value.keys() != names:
            raise _unfit(value, f"record with {', '.join(sorted(names))}")
        entry = _allocate(new_record, len(parts), ENTRY_SIZE, at, kind)
        for name, wit_name, part in parts:
            new_bytes(entry, len(wit_name), wit_name)
            part(value[name], entry + ENTRY_VALUE)
            entry += ENTRY_SIZE

    return lower


def _variant(cases: list[tuple[str, component.ValType | None]]) -> Lower:
    payloads = {name: None if payload is None else lowerer(payload) for name, payload in cases}
    kind = bytes([KINDS[component.VariantType]])
    wanted = f"Case of {', '.join(payloads)}"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, Case) or value.name not in payloads:
            raise _unfit(value, wanted)
        lower_payload = payloads[value.name]
        if lower_payload is None and value.value is not None:
            raise _unfit(value, wanted)
        name = value.name.encode()
        new_bytes(at + PAYLOAD, len(name), name)
        memmove(at, kind, 1)
        if lower_payload is not None:
            lower_payload(value.value, new_payload(at + VARIANT_POINTER))

    return lower


def _enumeration(names: list[str]) -> Lower:
    known = {name: name.encode() for name in names}
    kind = bytes([KINDS[component.EnumType]])

    def lower(value: Any, at: int) -> None:
        name = known.get(value) if isinstance(value, str) else None
        if name is None:
            raise _unfit(value, f"one of {', '.join(known)}")
        new_bytes(at + PAYLOAD, len(name), name)
        memmove(at, kind, 1)

    return lower


def _flags(names: list[str]) -> Lower:
    known = frozenset(names)
    kind = bytes([KINDS[component.FlagsType]])

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, set | frozenset) or not value <= known:
            raise _unfit(value, f"set out of {', '.join(names)}")
        data = _allocate(new_flags, len(value), NAME_SIZE, at, kind)
        for index, name in enumerate(sorted(value)):
            new_bytes(data + index * NAME_SIZE, len(name.encode()), name.encode())

    return lower
