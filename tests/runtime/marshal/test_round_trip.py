"""Every type goes Python → guest → Python and back unchanged, through exports and imports alike."""

import math
import struct
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.runtime.marshal.relay import Relay, echo
from tests.runtime.marshal.wit_types import (
    FLAT_PRIMITIVES,
    INTEGER_BITS,
    Signature,
    WitType,
    contract,
    enum_of,
    flags_of,
    list_of,
    option_of,
    primitive,
    record_of,
    result_of,
    tuple_of,
    values,
    variant_of,
)
from thoth_ls.runtime.marshal import Case, Err, Ok, Some

PRIMITIVES = [*INTEGER_BITS, "bool", "char", "string", "f32", "f64"]
STRING, U8, U32, F32, F64 = (primitive(name) for name in ("string", "u8", "u32", "f32", "f64"))
PLUGIN_ERROR = record_of(code=U32, message=STRING)

SHAPES: list[WitType] = [
    *[primitive(name) for name in PRIMITIVES],
    *[list_of(primitive(name)) for name in PRIMITIVES],
    *[option_of(primitive(name)) for name in PRIMITIVES],
    option_of(option_of(STRING)),
    option_of(option_of(option_of(U8))),
    option_of(list_of(option_of(U8))),
    list_of(option_of(option_of(U32))),
    option_of(result_of(None, None)),
    result_of(None, None),
    result_of(STRING, STRING),
    result_of(STRING, None),
    result_of(None, STRING),
    result_of(U32, STRING),
    result_of(PLUGIN_ERROR, PLUGIN_ERROR),
    result_of(option_of(STRING), PLUGIN_ERROR),
    result_of(option_of(option_of(U8)), option_of(U8)),
    result_of(result_of(U8, STRING), result_of(None, U8)),
    result_of(list_of(U8), PLUGIN_ERROR),
    tuple_of(U8),
    tuple_of(STRING, U32, F64, primitive("bool"), list_of(U8)),
    list_of(tuple_of(STRING, STRING)),
    list_of(list_of(STRING)),
    list_of(list_of(U8)),
    list_of(PLUGIN_ERROR),
    record_of(a_long_name=U8, b=option_of(STRING), c=list_of(PLUGIN_ERROR)),
    record_of(**{f"f{index}": STRING for index in range(12)}),
    tuple_of(*[primitive(name) for name in ("u8", "f32", "u64", "f64", "char", "bool")] * 3),
    variant_of(none=None, text=STRING, number=F64, small=F32, both=tuple_of(U32, STRING)),
    variant_of(a=F32, b=U32, c=primitive("s64")),
    list_of(variant_of(x=None, y=U8)),
    enum_of("only"),
    enum_of("file-loader", "b", "c"),
    list_of(enum_of("a", "b")),
    flags_of("read", "write-all", "x"),
    flags_of(*[f"f{index}" for index in range(32)]),
    list_of(flags_of("p", "q")),
]

quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def echo_of(wit_type: WitType) -> Relay:
    return echo(wit_type)


@pytest.mark.parametrize("wit_type", SHAPES, ids=str)
def test_every_shape_comes_back_equal(wit_type: WitType) -> None:
    """A value passed to a guest, by it to the host, back to it and returned is the same value."""
    relay = echo_of(wit_type)

    @quick
    @given(values(wit_type))
    def check(value: Any) -> None:
        assert relay.call(value) == value

    check()


def functions() -> Iterator[Any]:
    for interface, found in sorted(contract().items()):
        for name, signature in found.items():
            yield pytest.param(signature, id=f"{interface}.{name}")


@pytest.mark.parametrize("signature", list(functions()))
def test_every_function_of_the_contract_relays_arguments_and_result(signature: Signature) -> None:
    """As an export and as an import, each function hands over what it was given and returns what it was answered."""
    seen: list[Any] = []
    answer: Any = None

    def host(*arguments: Any) -> Any:
        seen[:] = arguments
        return answer

    relay = Relay(signature, host)
    results = values(signature.result) if signature.result else st.none()

    @quick
    @given(st.tuples(*[values(param) for _, param in signature.params]), results)
    def check(arguments: tuple[Any, ...], result: Any) -> None:
        nonlocal answer
        answer = result
        assert relay.call(*arguments) == result
        assert tuple(seen) == arguments

    check()


def test_the_contract_is_what_the_functions_above_come_from() -> None:
    """All interfaces with functions take part, imports and exports, the additive ones as well."""
    assert len(contract()) >= 23
    assert {"paged-loader", "http-client", "dataset-bus", "tcp-client", "ui-component"} <= contract().keys()


@pytest.mark.parametrize("name", sorted(INTEGER_BITS))
def test_integers_keep_their_extremes(name: str) -> None:
    bits = INTEGER_BITS[name]
    low, high = (0, 2**bits - 1) if name[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    assert [echo_of(primitive(name)).call(value) for value in (low, 0, high)] == [low, 0, high]
    assert echo_of(list_of(primitive(name))).call(bytes([low, high]) if name == "u8" else [low, high]) == (
        bytes([low, high]) if name == "u8" else [low, high]
    )


@pytest.mark.parametrize("name", sorted(FLAT_PRIMITIVES.keys() & {"f32", "f64"}))
def test_floats_keep_nan_infinities_and_the_sign_of_zero(name: str) -> None:
    relay = echo_of(list_of(primitive(name)))
    nan, *others = relay.call([math.nan, math.inf, -math.inf, -0.0])
    assert math.isnan(nan)
    assert struct.pack("<3d", *others) == struct.pack("<3d", math.inf, -math.inf, -0.0)
    assert math.isnan(echo_of(primitive(name)).call(math.nan))


def test_an_integer_is_taken_for_a_float() -> None:
    assert echo_of(F64).call(3) == 3.0


def test_nested_options_are_told_apart() -> None:
    """`none`, `some(none)` and `some(some(x))` are three values; a plain option needs no wrapper."""
    relay = echo_of(option_of(option_of(STRING)))
    assert relay.call(None) is None
    assert relay.call(Some(None)) == Some(None)
    assert relay.call(Some("x")) == Some("x")
    assert echo_of(option_of(STRING)).call("x") == "x"


def test_a_result_is_always_ok_or_err() -> None:
    """Whether payloads are of one type, of two or absent makes no difference to the shape."""
    for wit_type, good, bad in [
        (result_of(STRING, STRING), Ok("a"), Err("a")),
        (result_of(U32, STRING), Ok(1), Err("a")),
        (result_of(None, STRING), Ok(), Err("a")),
        (result_of(None, None), Ok(), Err()),
    ]:
        assert echo_of(wit_type).call(good) == good
        assert echo_of(wit_type).call(bad) == bad


def test_variant_cases_keep_name_and_payload() -> None:
    relay = echo_of(variant_of(no_thing=None, text=STRING, other_text=STRING))
    assert relay.call(Case("no-thing")) == Case("no-thing")
    assert relay.call(Case("other-text", "a")) == Case("other-text", "a")


def test_a_bare_good_value_of_a_host_function_is_its_ok() -> None:
    relay = Relay(Signature((), result_of(U32, STRING)), lambda: 7)
    assert relay.call() == Ok(7)


def test_bytes_are_taken_as_bytearray_and_memoryview() -> None:
    relay = echo_of(list_of(U8))
    data = bytes(range(256)) * 40
    assert relay.call(bytearray(data)) == data
    assert relay.call(memoryview(data)[1:-1:2]) == data[1:-1:2]


@pytest.mark.parametrize("length", [0, 1, 8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 200_001])
def test_bytes_of_any_length_cross_whole(length: int) -> None:
    """Bytes are converted in blocks; the seams between blocks lose nothing."""
    data = (bytes(range(251)) * (length // 251 + 1))[:length]
    assert echo_of(list_of(U8)).call(data) == data


def test_a_megabyte_of_text_crosses_whole() -> None:
    text = "añ𐍈\0" * 200_000
    assert echo_of(STRING).call(text) == text
    assert echo_of(list_of(STRING)).call([text, "", text]) == [text, "", text]


def test_long_lists_cross_whole() -> None:
    for wit_type, items in [
        (list_of(STRING), [str(index) * (index % 7) for index in range(20_000)]),
        (list_of(primitive("s16")), [index - 10_000 for index in range(20_000)]),
        (list_of(PLUGIN_ERROR), [{"code": index, "message": str(index)} for index in range(3_000)]),
    ]:
        assert echo_of(wit_type).call(items) == items


def test_a_function_without_parameters_or_result_is_called() -> None:
    called: list[bool] = []
    relay = Relay(Signature((), None), lambda: called.append(True))
    assert relay.call() is None
    assert called == [True]
