"""Native values to Python values: one function per type, made once and used for every call.

A lifter reads a value out of a copy of its native bytes and follows its pointers; it never frees. Before it
creates anything of a size the guest chose, it takes that size from the budget, so a value that is too large
is refused on its native form.
"""

import ctypes
import struct
from collections.abc import Callable
from typing import Any, Final, cast

from wasmtime import component

from thoth_ls.runtime.marshal.native import (
    ENTRY_SIZE,
    ENTRY_VALUE,
    NAME_SIZE,
    PAIR,
    PAYLOAD,
    POINTER,
    RESULT_POINTER,
    VALUE_SIZE,
    VARIANT_POINTER,
    bytes_at,
    text_at,
)
from thoth_ls.runtime.marshal.types import NUMBER_FORMATS, describe, python_name
from thoth_ls.runtime.marshal.values import Budget, Case, Err, Ok, Some, UnsupportedType

Lift = Callable[[bytes, int, Budget], Any]
"""(native bytes, offset of the value in them, budget) to the Python value."""

OBJECT_COST: Final = 64
"""Bytes charged for each string, record, tuple, list, variant, option or result, beside its content."""
NUMBER_COST: Final = 40
"""Bytes charged for each item of a list of numbers, bools or characters."""

_BLOCK_ITEMS: Final = 65_536
_Block = ctypes.c_char * (_BLOCK_ITEMS * VALUE_SIZE)


def lifter(wit_type: component.ValType) -> Lift:
    """The function that lifts values of a type. Raises UnsupportedType for handles, futures and streams."""
    if type(wit_type) in NUMBER_FORMATS:
        return _character if isinstance(wit_type, component.Char) else _number(NUMBER_FORMATS[type(wit_type)])
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
            return _flags
        case _:
            raise UnsupportedType(f"values of type {describe(wit_type)} cannot cross to Python")


def _number(letter: str) -> Lift:
    unpack = struct.Struct("<" + letter).unpack_from

    def lift(raw: bytes, at: int, budget: Budget) -> Any:
        return unpack(raw, at + PAYLOAD)[0]

    return lift


def _character(raw: bytes, at: int, budget: Budget) -> str:
    return chr(int.from_bytes(raw[at + PAYLOAD : at + PAYLOAD + 4], "little"))


def _string(raw: bytes, at: int, budget: Budget) -> str:
    size, data = PAIR.unpack_from(raw, at + PAYLOAD)
    budget.spend(size + OBJECT_COST)
    return text_at(data, size, None) if size else ""


def _list(element: component.ValType) -> Lift:
    if isinstance(element, component.U8):
        return _byte_list
    if isinstance(element, component.String):
        return _string_list
    if type(element) in NUMBER_FORMATS:
        return _number_list(NUMBER_FORMATS[type(element)], characters=isinstance(element, component.Char))
    item = lifter(element)

    def lift(raw: bytes, at: int, budget: Budget) -> list[Any]:
        count, data = PAIR.unpack_from(raw, at + PAYLOAD)
        budget.spend((count + 1) * OBJECT_COST)
        if not count:
            return []
        items = bytes_at(data, count * VALUE_SIZE)
        return [item(items, offset, budget) for offset in range(0, count * VALUE_SIZE, VALUE_SIZE)]

    return lift


def _byte_list(raw: bytes, at: int, budget: Budget) -> bytes:
    count, data = PAIR.unpack_from(raw, at + PAYLOAD)
    budget.spend(count + OBJECT_COST)
    if not count:
        return b""
    whole = count - count % _BLOCK_ITEMS
    # A block of one fixed ctypes type is sliced in place; a type for each length would pile up.
    blocks = [_block(data + start * VALUE_SIZE) for start in range(0, whole, _BLOCK_ITEMS)]
    rest = bytes_at(data + whole * VALUE_SIZE, (count - whole) * VALUE_SIZE)[PAYLOAD::VALUE_SIZE]
    return b"".join([*blocks, rest]) if blocks else rest


def _block(address: int) -> bytes:
    sliced: Any = _Block.from_address(address)[PAYLOAD::VALUE_SIZE]
    return cast(bytes, sliced)


def _string_list(raw: bytes, at: int, budget: Budget) -> list[str]:
    count, data = PAIR.unpack_from(raw, at + PAYLOAD)
    budget.spend((count + 1) * OBJECT_COST)
    if not count:
        return []
    words = memoryview(bytes_at(data, count * VALUE_SIZE)).cast("Q")
    sizes, places = words[1::4].tolist(), words[2::4].tolist()
    budget.spend(sum(sizes))
    return [text_at(place, size, None) if size else "" for size, place in zip(sizes, places, strict=True)]


def _number_list(letter: str, *, characters: bool) -> Lift:
    width = struct.calcsize("<" + letter)
    first, step = PAYLOAD // width, VALUE_SIZE // width

    def lift(raw: bytes, at: int, budget: Budget) -> list[Any]:
        count, data = PAIR.unpack_from(raw, at + PAYLOAD)
        budget.spend(count * NUMBER_COST + OBJECT_COST)
        if not count:
            return []
        cells: Any = memoryview(bytes_at(data, count * VALUE_SIZE))
        numbers: list[Any] = cells.cast(letter)[first::step].tolist()
        return [chr(number) for number in numbers] if characters else numbers

    return lift


def _option(payload: component.ValType) -> Lift:
    lift_payload = lifter(payload)
    nested = isinstance(payload, component.OptionType)

    def lift(raw: bytes, at: int, budget: Budget) -> Any:
        (place,) = POINTER.unpack_from(raw, at + PAYLOAD)
        if not place:
            return None
        budget.spend(OBJECT_COST)
        value = lift_payload(bytes_at(place, VALUE_SIZE), 0, budget)
        return Some(value) if nested else value

    return lift


def _result(ok: component.ValType | None, err: component.ValType | None) -> Lift:
    lift_ok = None if ok is None else lifter(ok)
    lift_err = None if err is None else lifter(err)

    def lift(raw: bytes, at: int, budget: Budget) -> Ok[Any] | Err[Any]:
        is_ok = raw[at + PAYLOAD] != 0
        lift_payload = lift_ok if is_ok else lift_err
        value = None
        if lift_payload is not None:
            (place,) = POINTER.unpack_from(raw, at + RESULT_POINTER)
            value = lift_payload(bytes_at(place, VALUE_SIZE), 0, budget)
        return Ok(value) if is_ok else Err(value)

    return lift


def _tuple(elements: list[component.ValType]) -> Lift:
    parts = [(lifter(element), index * VALUE_SIZE) for index, element in enumerate(elements)]
    size = len(elements) * VALUE_SIZE

    def lift(raw: bytes, at: int, budget: Budget) -> tuple[Any, ...]:
        _, data = PAIR.unpack_from(raw, at + PAYLOAD)
        budget.spend(OBJECT_COST)
        items = bytes_at(data, size)
        return tuple([part(items, offset, budget) for part, offset in parts])

    return lift


def _record(fields: list[tuple[str, component.ValType]]) -> Lift:
    parts = [
        (python_name(name), lifter(field), index * ENTRY_SIZE + ENTRY_VALUE)
        for index, (name, field) in enumerate(fields)
    ]
    size = len(fields) * ENTRY_SIZE

    def lift(raw: bytes, at: int, budget: Budget) -> dict[str, Any]:
        _, data = PAIR.unpack_from(raw, at + PAYLOAD)
        budget.spend(OBJECT_COST)
        entries = bytes_at(data, size)
        return {name: part(entries, offset, budget) for name, part, offset in parts}

    return lift


def _variant(cases: list[tuple[str, component.ValType | None]]) -> Lift:
    payloads = {name: None if payload is None else lifter(payload) for name, payload in cases}

    def lift(raw: bytes, at: int, budget: Budget) -> Case:
        size, data = PAIR.unpack_from(raw, at + PAYLOAD)
        budget.spend(OBJECT_COST)
        name = text_at(data, size, None)
        lift_payload = payloads[name]
        if lift_payload is None:
            return Case(name)
        (place,) = POINTER.unpack_from(raw, at + VARIANT_POINTER)
        return Case(name, lift_payload(bytes_at(place, VALUE_SIZE), 0, budget))

    return lift


def _enumeration(names: list[str]) -> Lift:
    known = {name.encode(): name for name in names}

    def lift(raw: bytes, at: int, budget: Budget) -> str:
        size, data = PAIR.unpack_from(raw, at + PAYLOAD)
        return known[bytes_at(data, size)]

    return lift


def _flags(raw: bytes, at: int, budget: Budget) -> frozenset[str]:
    count, data = PAIR.unpack_from(raw, at + PAYLOAD)
    budget.spend((count + 1) * OBJECT_COST)
    if not count:
        return frozenset()
    names = bytes_at(data, count * NAME_SIZE)
    return frozenset(text_at(place, size, None) for size, place in PAIR.iter_unpack(names))
