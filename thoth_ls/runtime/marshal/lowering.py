"""Python values to native values: one function per type, made once and used for every call.

A lowerer fills a zeroed native value in place. Whatever it allocates is attached to that value before it goes
on, so at any moment deleting the outermost value frees everything: a value that turns out not to fit leaks
nothing.
"""

from collections.abc import Mapping
from ctypes import memmove
from typing import Any

from wasmtime import component

from thoth_ls.runtime.marshal.lowering_bulk import (
    LIST_KIND,
    Lower,
    allocate,
    lower_byte_list,
    lower_number,
    lower_number_list,
    lower_string,
    lower_string_list,
    unfit,
)
from thoth_ls.runtime.marshal.native import (
    ENTRY_SIZE,
    ENTRY_VALUE,
    NAME_SIZE,
    PAYLOAD,
    RESULT_POINTER,
    VALUE_SIZE,
    VARIANT_POINTER,
    new_bytes,
    new_flags,
    new_list,
    new_payload,
    new_record,
    new_tuple,
)
from thoth_ls.runtime.marshal.types import KINDS, NUMBER_FORMATS, describe, python_name
from thoth_ls.runtime.marshal.values import Case, Err, Ok, Some, UnsupportedType


def lowerer(wit_type: component.ValType) -> Lower:
    """The function that lowers values of a type. Raises UnsupportedType for handles, futures and streams."""
    if type(wit_type) in NUMBER_FORMATS:
        return lower_number(type(wit_type))
    match wit_type:
        case component.String():
            return lower_string
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


def _list(element: component.ValType) -> Lower:
    if isinstance(element, component.U8):
        return lower_byte_list
    if isinstance(element, component.String):
        return lower_string_list
    if type(element) in NUMBER_FORMATS:
        return lower_number_list(type(element))
    item = lowerer(element)
    wanted = f"list<{describe(element)}>"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, list | tuple):
            raise unfit(value, wanted)
        data = allocate(new_list, len(value), VALUE_SIZE, at, LIST_KIND)
        for index, entry in enumerate(value):
            item(entry, data + index * VALUE_SIZE)

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
                raise unfit(value, f"None or Some(…) of {describe(payload)}")
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
            raise unfit(value, wanted)
        is_ok = isinstance(value, Ok)
        lower_payload = lower_ok if is_ok else lower_err
        memmove(at + PAYLOAD, b"\1" if is_ok else b"\0", 1)
        memmove(at, kind, 1)
        if lower_payload is not None:
            lower_payload(value.value, new_payload(at + RESULT_POINTER))
        elif value.value is not None:
            raise unfit(value, wanted)

    return lower


def _tuple(elements: list[component.ValType]) -> Lower:
    parts = [lowerer(element) for element in elements]
    kind = bytes([KINDS[component.TupleType]])
    wanted = f"tuple of {len(parts)}"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, tuple) or len(value) != len(parts):
            raise unfit(value, wanted)
        data = allocate(new_tuple, len(parts), VALUE_SIZE, at, kind)
        for index, (part, entry) in enumerate(zip(parts, value, strict=True)):
            part(entry, data + index * VALUE_SIZE)

    return lower


def _record(fields: list[tuple[str, component.ValType]]) -> Lower:
    parts = [(python_name(name), name.encode(), lowerer(field)) for name, field in fields]
    names = {python_name(name) for name, _ in fields}
    kind = bytes([KINDS[component.RecordType]])

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, Mapping) or value.keys() != names:
            raise unfit(value, f"record with {', '.join(sorted(names))}")
        entry = allocate(new_record, len(parts), ENTRY_SIZE, at, kind)
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
            raise unfit(value, wanted)
        lower_payload = payloads[value.name]
        if lower_payload is None and value.value is not None:
            raise unfit(value, wanted)
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
            raise unfit(value, f"one of {', '.join(known)}")
        new_bytes(at + PAYLOAD, len(name), name)
        memmove(at, kind, 1)

    return lower


def _flags(names: list[str]) -> Lower:
    known = frozenset(names)
    kind = bytes([KINDS[component.FlagsType]])

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, set | frozenset) or not value <= known:
            raise unfit(value, f"set out of {', '.join(names)}")
        data = allocate(new_flags, len(value), NAME_SIZE, at, kind)
        for index, name in enumerate(sorted(value)):
            new_bytes(data + index * NAME_SIZE, len(name.encode()), name.encode())

    return lower
