"""What a WIT type looks like in words, and how its names look in Python."""

from typing import Final

from wasmtime import _ffi as ffi
from wasmtime import component

PRIMITIVE_NAMES: Final[dict[type, str]] = {
    component.Bool: "bool",
    component.S8: "s8",
    component.U8: "u8",
    component.S16: "s16",
    component.U16: "u16",
    component.S32: "s32",
    component.U32: "u32",
    component.S64: "s64",
    component.U64: "u64",
    component.F32: "f32",
    component.F64: "f64",
    component.Char: "char",
    component.String: "string",
    component.ErrorContext: "error-context",
}

NUMBER_FORMATS: Final[dict[type, str]] = {
    component.Bool: "?",
    component.S8: "b",
    component.U8: "B",
    component.S16: "h",
    component.U16: "H",
    component.S32: "i",
    component.U32: "I",
    component.S64: "q",
    component.U64: "Q",
    component.F32: "f",
    component.F64: "d",
    component.Char: "I",
}
"""How each primitive stands in a value's union, in the letters of `struct` and `memoryview`."""

KINDS: Final[dict[type, int]] = {
    component.Bool: ffi.WASMTIME_COMPONENT_BOOL.value,
    component.S8: ffi.WASMTIME_COMPONENT_S8.value,
    component.U8: ffi.WASMTIME_COMPONENT_U8.value,
    component.S16: ffi.WASMTIME_COMPONENT_S16.value,
    component.U16: ffi.WASMTIME_COMPONENT_U16.value,
    component.S32: ffi.WASMTIME_COMPONENT_S32.value,
    component.U32: ffi.WASMTIME_COMPONENT_U32.value,
    component.S64: ffi.WASMTIME_COMPONENT_S64.value,
    component.U64: ffi.WASMTIME_COMPONENT_U64.value,
    component.F32: ffi.WASMTIME_COMPONENT_F32.value,
    component.F64: ffi.WASMTIME_COMPONENT_F64.value,
    component.Char: ffi.WASMTIME_COMPONENT_CHAR.value,
    component.String: ffi.WASMTIME_COMPONENT_STRING.value,
    component.ListType: ffi.WASMTIME_COMPONENT_LIST.value,
    component.RecordType: ffi.WASMTIME_COMPONENT_RECORD.value,
    component.TupleType: ffi.WASMTIME_COMPONENT_TUPLE.value,
    component.VariantType: ffi.WASMTIME_COMPONENT_VARIANT.value,
    component.EnumType: ffi.WASMTIME_COMPONENT_ENUM.value,
    component.OptionType: ffi.WASMTIME_COMPONENT_OPTION.value,
    component.ResultType: ffi.WASMTIME_COMPONENT_RESULT.value,
    component.FlagsType: ffi.WASMTIME_COMPONENT_FLAGS.value,
}
"""The kind byte of a native value of each type."""


def python_name(wit_name: str) -> str:
    """The key of a record field in Python: `bytes-done` is `bytes_done`."""
    return wit_name.replace("-", "_")


def describe(wit_type: component.ValType | None) -> str:
    """The structure of a type in WIT syntax; named types are spelled out, `_` stands for no type.

    `result<record { code: u32, message: string }, _>`. Two types are the same for marshalling if their texts
    are equal.
    """
    name = PRIMITIVE_NAMES.get(type(wit_type))
    if name is not None:
        return name
    match wit_type:
        case None:
            return "_"
        case component.ListType():
            return f"list<{describe(wit_type.element)}>"
        case component.OptionType():
            return f"option<{describe(wit_type.payload)}>"
        case component.ResultType():
            return f"result<{describe(wit_type.ok)}, {describe(wit_type.err)}>"
        case component.TupleType():
            return f"tuple<{', '.join(describe(element) for element in wit_type.elements)}>"
        case component.RecordType():
            return f"record {{ {', '.join(f'{name}: {describe(field)}' for name, field in wit_type.fields)} }}"
        case component.VariantType():
            cases = (name if payload is None else f"{name}({describe(payload)})" for name, payload in wit_type.cases)
            return f"variant {{ {', '.join(cases)} }}"
        case component.EnumType():
            return f"enum {{ {', '.join(wit_type.names)} }}"
        case component.FlagsType():
            return f"flags {{ {', '.join(wit_type.names)} }}"
        case _:
            return type(wit_type).__name__.removesuffix("Type").lower()


def describe_function(function_type: component.FuncType) -> str:
    """`func(path: string, count: u64) -> result<string, _>`, types spelled out as in `describe`."""
    params = ", ".join(f"{name}: {describe(param)}" for name, param in function_type.params)
    result = function_type.result
    return f"func({params})" if result is None else f"func({params}) -> {describe(result)}"
