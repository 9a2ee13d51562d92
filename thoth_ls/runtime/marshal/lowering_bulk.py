"""Numbers, characters, text, and lists of them, to native values; lists in bulk."""

import struct
from collections.abc import Callable
from ctypes import memmove, memset
from typing import Any, Final, cast

from wasmtime import component

from thoth_ls.runtime.marshal.native import (
    PAYLOAD,
    VALUE_SIZE,
    bytearray_address,
    new_bytes,
    new_list,
    pointer_at,
)
from thoth_ls.runtime.marshal.types import KINDS, NUMBER_FORMATS, PRIMITIVE_NAMES
from thoth_ls.runtime.marshal.values import ValueMismatch

Lower = Callable[[Any, int], None]
"""(Python value, address of a zeroed native value): fills it. Raises ValueMismatch when it does not fit."""

_BLOCK_ITEMS: Final = 8_192
_STRING_KIND: Final = bytes([KINDS[component.String]])
LIST_KIND: Final = bytes([KINDS[component.ListType]])


def unfit(value: object, wanted: str) -> ValueMismatch:
    """The error for a value that is not `wanted`. Of texts and the like only the type is said: they may be secret."""
    shown = f" {value}" if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 2**65) else ""
    return ValueMismatch(f"{wanted} expected, got {type(value).__name__}{shown}")


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
        raise unfit(value, PRIMITIVE_NAMES[primitive])
    return ord(value) if isinstance(value, str) else value  # type: ignore[return-value]  # `fits` says so


def lower_number(primitive: type) -> Lower:
    """How one number, bool or character of this class of types is lowered."""
    packed = struct.Struct(f"<B7x{NUMBER_FORMATS[primitive]}")
    kind = KINDS[primitive]

    def lower(value: Any, at: int) -> None:
        try:
            raw = packed.pack(kind, _plain(primitive, value))
        except (struct.error, OverflowError):
            raise unfit(value, PRIMITIVE_NAMES[primitive]) from None
        memmove(at, raw, len(raw))

    return lower


def _encode(value: object) -> bytes:
    if not isinstance(value, str):
        raise unfit(value, "string")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise ValueMismatch("string expected, got text with a lone surrogate") from None


def lower_string(value: Any, at: int) -> None:
    """Lowers a `string`."""
    data = _encode(value)
    new_bytes(at + PAYLOAD, len(data), data)
    memmove(at, _STRING_KIND, 1)


def allocate(new: Callable[[int, int], Any], count: int, item_size: int, at: int, kind: bytes) -> int:
    """Attaches a zeroed native array to the value at `at`; the array's address (any, when it is empty)."""
    new(at + PAYLOAD, count)
    data = pointer_at(at + PAYLOAD + 8)
    if count:
        memset(data, 0, count * item_size)
    memmove(at, kind, 1)
    return data


def lower_byte_list(value: Any, at: int) -> None:
    """Lowers a `list<u8>` from anything that holds bytes."""
    if not isinstance(value, bytes | bytearray | memoryview):
        raise unfit(value, "list<u8> as bytes")
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
    memmove(at, LIST_KIND, 1)


def lower_string_list(value: Any, at: int) -> None:
    """Lowers a `list<string>`."""
    if not isinstance(value, list | tuple):
        raise unfit(value, "list<string>")
    data = allocate(new_list, len(value), VALUE_SIZE, at, LIST_KIND)
    for index, text in enumerate(value):
        lower_string(text, data + index * VALUE_SIZE)


def lower_number_list(primitive: type) -> Lower:
    """How a list of numbers, bools or characters is lowered: packed in one go."""
    letter = NUMBER_FORMATS[primitive]
    width = struct.calcsize("<" + letter)
    first, step = PAYLOAD // width, VALUE_SIZE // width
    kind = bytes([KINDS[primitive]])
    wanted = f"list<{PRIMITIVE_NAMES[primitive]}>"

    def lower(value: Any, at: int) -> None:
        if not isinstance(value, list | tuple):
            raise unfit(value, wanted)
        try:
            packed = struct.pack(f"<{len(value)}{letter}", *[_plain(primitive, number) for number in value])
        except (struct.error, OverflowError):
            raise unfit(value, wanted) from None
        data = allocate(new_list, len(value), VALUE_SIZE, at, LIST_KIND)
        if not value:
            return
        block = bytearray(len(value) * VALUE_SIZE)
        block[0::VALUE_SIZE] = kind * len(value)
        cells, numbers = memoryview(block), memoryview(packed)
        cast(Any, cells).cast(letter)[first::step] = cast(Any, numbers).cast(letter)
        memmove(data, bytearray_address(block), len(block))

    return lower
