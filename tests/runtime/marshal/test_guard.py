"""Nothing that happens in a host function harms the process, another instance, or the guest's caller."""

import asyncio
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wasmtime import WasmtimeError

from tests.runtime.marshal.relay import Relay
from tests.runtime.marshal.wit_types import Signature, WitType, list_of, primitive, record_of, result_of
from thoth_ls.errors import Cancelled, Limit, PluginLimitHit, UnknownDocument
from thoth_ls.runtime.marshal import (
    Err,
    HostCallFailed,
    HostCalls,
    HostRefusal,
    Ok,
    Reentered,
    TooManyHostCalls,
)

ROOT = Path(__file__).parents[3]
STRING, U32 = primitive("string"), primitive("u32")
PLUGIN_ERROR = record_of(code=U32, message=STRING)


def raising(error: BaseException) -> Callable[..., Any]:
    def host(*arguments: Any) -> Any:
        raise error

    return host


def relay_to(result: WitType | None, host: Callable[..., Any], **options: Any) -> Relay:
    return Relay(Signature((), result), host, **options)


def test_an_unexpected_exception_becomes_the_plugin_error_without_its_text() -> None:
    """The plugin learns that the host failed, not the names of our files."""
    relay = relay_to(result_of(STRING, PLUGIN_ERROR), raising(KeyError("/home/someone/secret")))
    assert relay.call() == Err({"code": 1, "message": "relay.pass failed in the host (KeyError)"})
    relay.host = lambda: "fine"
    assert relay.call() == Ok("fine")


def test_an_error_of_ours_becomes_the_plugin_error_with_its_text() -> None:
    relay = relay_to(result_of(None, PLUGIN_ERROR), raising(UnknownDocument("no such document")))
    assert relay.call() == Err({"code": 1, "message": "no such document"})


def test_a_refusal_becomes_the_plugin_error_with_its_code() -> None:
    relay = relay_to(result_of(U32, PLUGIN_ERROR), raising(HostRefusal("no such stream", code=4)))
    assert relay.call() == Err({"code": 4, "message": "no such stream"})


def test_an_exception_becomes_the_text_of_a_plain_text_error() -> None:
    relay = relay_to(result_of(None, STRING), raising(HostRefusal("disk full")))
    assert relay.call() == Err("disk full")


def test_an_exception_becomes_an_error_without_payload() -> None:
    assert relay_to(result_of(U32, None), raising(ValueError("x"))).call() == Err()


@pytest.mark.parametrize("result", [None, STRING, list_of(STRING), result_of(U32, U32)], ids=str)
def test_an_exception_stops_the_guest_where_the_type_has_no_error(result: WitType | None) -> None:
    """The caller gets the reason, with the exception itself as cause."""
    error = ValueError("out of paper")
    with pytest.raises(
        HostCallFailed, match=r"host function relay\.pass failed \(ValueError: out of paper\)"
    ) as caught:
        relay_to(result, raising(error)).call()
    assert caught.value.function == "relay.pass"
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    "error",
    [KeyboardInterrupt(), SystemExit(3), GeneratorExit(), asyncio.CancelledError(), RecursionError(), MemoryError()],
)
def test_no_base_exception_leaves_a_host_function(error: BaseException) -> None:
    """They stop the guest instead; the thread that called it goes on."""
    with pytest.raises(HostCallFailed) as caught:
        relay_to(None, raising(error)).call()
    assert caught.value.function == "relay.pass"


def test_endless_recursion_in_a_host_function_is_an_error_like_any_other() -> None:
    def host() -> str:
        return host()

    answer = relay_to(result_of(STRING, STRING), host).call()
    assert answer == Err("relay.pass failed in the host (RecursionError)")


@pytest.mark.parametrize(
    "error", [Cancelled("withdrawn"), PluginLimitHit("p", "x", Limit.HOST_CALLS, "3 a second")], ids=repr
)
def test_cancelling_and_limits_stop_the_guest_and_reach_its_caller(error: Exception) -> None:
    """Even where the type has an error: a guest must not be able to ignore them."""
    with pytest.raises(type(error)) as caught:
        relay_to(result_of(STRING, PLUGIN_ERROR), raising(error)).call()
    assert caught.value is error


def test_a_value_of_the_wrong_type_becomes_the_error_result() -> None:
    """A fault of the host function, told to the plugin as a failure of the host."""
    answer = relay_to(result_of(STRING, PLUGIN_ERROR), lambda: 5).call()
    assert answer == Err({"code": 1, "message": "relay.pass failed in the host (ValueMismatch)"})


@pytest.mark.parametrize(("result", "value"), [(STRING, 5), (None, "x"), (U32, None)], ids=str)
def test_a_value_of_the_wrong_type_stops_the_guest_elsewhere(result: WitType | None, value: Any) -> None:
    with pytest.raises(HostCallFailed, match="ValueMismatch"):
        relay_to(result, lambda: value).call()


def test_a_stopped_instance_cannot_be_entered_again() -> None:
    """wasmtime declares it dead; the reason of the first call does not come back with the second."""
    relay = relay_to(None, raising(ValueError("x")))
    with pytest.raises(HostCallFailed):
        relay.call()
    with pytest.raises(WasmtimeError, match="cannot enter component instance"):
        relay.call()
    assert relay.host_calls.failure is None


def test_an_instance_is_not_entered_from_its_own_host_function() -> None:
    relay = relay_to(result_of(STRING, STRING), lambda: relay.call())
    assert relay.call() == Err("relay.pass failed in the host (Reentered)")


def test_an_instance_is_not_entered_from_a_second_thread() -> None:
    inside, leave = threading.Event(), threading.Event()

    def host() -> None:
        inside.set()
        assert leave.wait(30)

    relay = relay_to(None, host)
    first = threading.Thread(target=relay.call)
    first.start()
    assert inside.wait(30)
    with pytest.raises(Reentered):
        relay.call()
    leave.set()
    first.join(30)
    assert relay.call() is None


def test_host_calls_are_counted_for_each_guest_call() -> None:
    relay = relay_to(None, lambda: None, host_calls=HostCalls(max_calls=1))
    for _ in range(3):
        relay.call()
        assert relay.host_calls.count == 1


def test_too_many_host_calls_stop_the_guest() -> None:
    called: list[bool] = []
    relay = relay_to(None, lambda: called.append(True), host_calls=HostCalls(max_calls=0))
    with pytest.raises(TooManyHostCalls, match="more than 0 host calls") as caught:
        relay.call()
    assert (caught.value.limit, called) == (0, [])


def test_the_hook_sees_each_host_call_and_can_stop_the_guest() -> None:
    seen: list[tuple[str, int]] = []

    def before(function: str, number: int) -> None:
        seen.append((function, number))
        if len(seen) == 2:
            raise PluginLimitHit("p", "page", Limit.HOST_CALLS, "1")

    relay = relay_to(result_of(None, STRING), lambda: None, host_calls=HostCalls(before=before))
    assert relay.call() == Ok()
    with pytest.raises(PluginLimitHit):
        relay.call()
    assert seen == [("relay.pass", 1), ("relay.pass", 1)]


def test_failures_of_two_threads_are_not_swapped() -> None:
    """Each caller gets its own instance's reason, however the calls overlap."""
    rounds = 200
    together = threading.Barrier(2)
    wrong: list[str] = []

    def run(name: str) -> None:
        signature = Signature((), None)

        def host() -> None:
            together.wait(30)
            raise ValueError(name)

        for _ in range(rounds):
            try:
                Relay(signature, host).call()
            except HostCallFailed as failure:
                if str(failure.__cause__) and name not in str(failure):
                    wrong.append(f"{name} got {failure}")
            else:
                wrong.append(f"{name} got nothing")

    threads = [threading.Thread(target=run, args=(name,)) for name in ("left", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert wrong == []


def test_a_guest_that_outlives_its_host_functions_is_stopped() -> None:
    relay = relay_to(None, lambda: None)
    relay.imports.close()
    with pytest.raises(WasmtimeError, match="the host function is gone"):
        relay.call()


SURVIVOR = """
    import faulthandler
    faulthandler.enable()
    import threading
    from tests.runtime.marshal.relay import Relay
    from tests.runtime.marshal.wit_types import Signature, primitive, result_of
    from thoth_ls.runtime.marshal import Err, HostCallFailed

    class Rude(BaseException):
        def __str__(self):
            raise SystemExit("even when it is shown")

    def attempt():
        for result in (None, primitive("string"), result_of(None, primitive("string"))):
            for error in (KeyboardInterrupt, SystemExit, Rude):
                def host():
                    raise error()
                try:
                    Relay(Signature((), result), host).call()
                except BaseException as failure:
                    print(type(failure).__name__)
                else:
                    raise AssertionError("nothing was raised")

    attempt()
    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    print("alive", Relay(Signature((), primitive("string")), lambda: "and well").call())
"""


def test_the_process_survives_base_exceptions_in_host_functions() -> None:
    """On the main thread and on another; in wasmtime-py's own callback each of them is a segmentation fault."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SURVIVOR)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    *failures, last = done.stdout.splitlines()
    assert last == "alive and well"
    assert len(failures) == 18
    assert set(failures) <= {"HostCallFailed", "WasmtimeError"}
