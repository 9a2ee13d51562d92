"""What does not fit is refused before anything runs, whatever is too large before Python values are made of it."""

import ctypes
import gc
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.marshal.relay import Relay, echo
from tests.runtime.marshal.wit_types import (
    Signature,
    WitType,
    enum_of,
    flags_of,
    list_of,
    option_of,
    primitive,
    record_of,
    result_of,
    tuple_of,
    variant_of,
)
from thoth_ls.runtime.marshal import (
    Case,
    Err,
    HostCalls,
    Ok,
    Some,
    ValueMismatch,
    ValueTooLarge,
    allocator,
    lifting,
    native,
)

STRING, U8, U32 = primitive("string"), primitive("u8"), primitive("u32")

UNFIT: list[tuple[WitType, Any]] = [
    (U8, 256),
    (U8, -1),
    (U8, True),
    (U8, 1.0),
    (U8, "1"),
    (primitive("s64"), 2**63),
    (primitive("bool"), 1),
    (primitive("char"), "ab"),
    (primitive("char"), ""),
    (primitive("char"), "\ud800"),
    (primitive("f32"), 1e300),
    (primitive("f64"), "1"),
    (STRING, b"bytes"),
    (STRING, None),
    (STRING, "lone \ud800 surrogate"),
    (list_of(U8), [1, 2]),
    (list_of(U8), "text"),
    (list_of(U32), [1, -1]),
    (list_of(U32), [1, True]),
    (list_of(primitive("bool")), [True, 1]),
    (list_of(primitive("f32")), [1e300]),
    (list_of(STRING), "text"),
    (list_of(STRING), ["a", 1]),
    (list_of(tuple_of(STRING)), [("a",), ("a", "b")]),
    (option_of(option_of(STRING)), "x"),
    (option_of(STRING), Some("x")),
    (result_of(STRING, STRING), "x"),
    (result_of(None, STRING), Ok("x")),
    (result_of(STRING, U32), Err("x")),
    (tuple_of(STRING, U8), ["a", 1]),
    (record_of(a=U8, b_c=U8), {"a": 1}),
    (record_of(a=U8, b_c=U8), {"a": 1, "b-c": 1}),
    (record_of(a=U8), {"a": 1, "b": 2}),
    (record_of(a=STRING, b=U8), {"a": "kept", "b": 300}),
    (variant_of(a=None, b=U8), Case("c")),
    (variant_of(a=None, b=U8), Case("a", 1)),
    (variant_of(a=None, b=U8), Case("b")),
    (enum_of("a", "b"), "c"),
    (enum_of("a", "b"), 0),
    (flags_of("a", "b"), {"c"}),
    (flags_of("a", "b"), "a"),
]


@pytest.mark.parametrize(("wit_type", "value"), UNFIT, ids=lambda part: str(part)[:40])
def test_an_argument_that_does_not_fit_is_refused_before_the_guest_runs(wit_type: WitType, value: Any) -> None:
    """The error names function and parameter, and the instance is as good as before."""
    calls: list[Any] = []
    relay = Relay(Signature((("first", wit_type),), None), calls.append)
    with pytest.raises(ValueMismatch, match=r"^relay, first: "):
        relay.call(value)
    assert calls == []


def test_the_wrong_number_of_arguments_is_refused() -> None:
    with pytest.raises(TypeError, match="takes 1 arguments, got 2"):
        echo(STRING).call("a", "b")


def test_the_error_about_an_argument_does_not_repeat_its_text() -> None:
    """It ends up in logs, and the argument may be a password."""
    with pytest.raises(ValueMismatch, match=r"^relay, value: u8 expected, got str$"):
        echo(U8).call("a secret")
    with pytest.raises(ValueMismatch, match=r"^relay, value: u8 expected, got int 300$"):
        echo(U8).call(300)


def test_an_instance_is_usable_after_a_refused_argument() -> None:
    relay = echo(list_of(STRING))
    with pytest.raises(ValueMismatch):
        relay.call(["a", None])
    assert relay.call(["a"]) == ["a"]


LARGE: list[tuple[WitType, Any]] = [
    (STRING, "x" * 100_000),
    (list_of(U8), bytes(100_000)),
    (list_of(STRING), ["x" * 50_000] * 2),
    (list_of(STRING), [""] * 2_000),
    (list_of(primitive("u64")), [0] * 3_000),
    (list_of(list_of(STRING)), [["x" * 1_000] * 10] * 10),
    (record_of(a=U8, b=option_of(STRING)), {"a": 1, "b": "x" * 100_000}),
    (result_of(None, STRING), Err("x" * 100_000)),
    (variant_of(a=tuple_of(STRING)), Case("a", ("x" * 100_000,))),
]


@pytest.mark.parametrize(("wit_type", "value"), LARGE, ids=lambda part: str(part)[:40])
def test_a_result_over_the_limit_is_refused_and_the_instance_lives(wit_type: WitType, value: Any) -> None:
    """The guest has returned by then, so it can be called again."""
    answers = [value]
    relay = Relay(Signature((), wit_type), lambda: answers[-1], max_result_bytes=65_536)
    with pytest.raises(ValueTooLarge) as caught:
        relay.call()
    assert (caught.value.limit_bytes, caught.value.stopped_guest) == (65_536, False)
    relay.call.max_result_bytes = 1 << 20
    assert relay.call() == value


@pytest.mark.parametrize(("wit_type", "value"), LARGE, ids=lambda part: str(part)[:40])
def test_arguments_of_a_host_call_over_the_limit_stop_the_guest(wit_type: WitType, value: Any) -> None:
    """The host function is not called, and the caller of the guest learns the limit."""
    called: list[Any] = []
    relay = Relay(
        Signature((("value", wit_type),), None), called.append, host_calls=HostCalls(max_argument_bytes=65_536)
    )
    with pytest.raises(ValueTooLarge) as caught:
        relay.call(value)
    assert (caught.value.limit_bytes, caught.value.stopped_guest, called) == (65_536, True, [])


def test_text_over_the_limit_is_never_turned_into_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is read from the native value; the function that would copy the text is not reached."""
    relay = Relay(Signature((), STRING), lambda: "x" * 100_000, max_result_bytes=65_536)
    monkeypatch.setattr(lifting, "text_at", lambda *_: pytest.fail("the text was lifted"))
    with pytest.raises(ValueTooLarge):
        relay.call()


def test_what_wasmtime_refuses_to_copy_is_reported_as_too_large() -> None:
    """wasmtime copies at most 128 MiB of native values out of a guest; that is a size limit, not a crash."""
    relay = Relay(Signature((), list_of(U8)), lambda: bytes(3 << 20))
    with pytest.raises(ValueTooLarge) as caught:
        relay.call()
    assert caught.value.stopped_guest
    assert relay.host_calls.failure is caught.value


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def grown(rounds: int, work: Callable[[], None]) -> int:
    for _ in range(3):
        work()
    gc.collect()
    before = resident_bytes()
    for _ in range(rounds):
        work()
    gc.collect()
    return resident_bytes() - before


def test_nothing_native_outlives_a_call() -> None:
    """Calls that end in every possible way leave no native value: 200 rounds of 200 KB would show as 40 MB."""
    text = "x" * 200_000
    rich = record_of(a=STRING, b=list_of(STRING), c=option_of(list_of(U8)), d=result_of(STRING, STRING), e=U8)
    value = {"a": text, "b": [text], "c": b"y" * 20_000, "d": Err(text), "e": 1}
    bad = {**value, "e": 300}
    whole = echo(rich)
    refused = Relay(Signature((), rich), lambda: value, max_result_bytes=1_000)
    unfit = Relay(Signature((), result_of(rich, STRING)), lambda: Ok(bad))

    def work() -> None:
        assert whole.call(value) == value
        with pytest.raises(ValueMismatch):
            whole.call(bad)
        with pytest.raises(ValueTooLarge):
            refused.call()
        assert isinstance(unfit.call(), Err)

    assert grown(200, work) < 20_000_000


def test_no_instance_outlives_its_last_reference() -> None:
    """Host functions do not keep an instance alive, though the native side knows them by number."""
    signature = Signature((("value", STRING),), STRING)

    def work() -> None:
        relay = Relay(signature, lambda value: value)
        assert relay.call("x" * 100_000)
        relay.imports.close()
        relay.store.close()

    assert grown(150, work) < 15_000_000


def test_another_major_version_of_wasmtime_is_refused_with_a_sentence() -> None:
    with pytest.raises(ImportError, match=r"needs wasmtime 50\.x, found 51\.0\.0: install it with"):
        native.check_wasmtime("51.0.0", [])


def test_another_layout_of_values_is_refused_with_a_sentence() -> None:
    with pytest.raises(ImportError, match="lays out values differently here: size of val is 40, not 32"):
        native.check_wasmtime("50.9.0", ["size of val is 40, not 32"])


def test_the_layout_of_the_installed_version_is_the_expected_one() -> None:
    assert native.layout_mismatches() == []


def test_freed_memory_is_kept_where_the_c_library_can() -> None:
    """Half the cost of a megabyte of bytes is fresh pages; glibc is asked to keep those it has."""
    assert allocator.keep_freed_memory() is hasattr(ctypes.CDLL(None), "mallopt")
