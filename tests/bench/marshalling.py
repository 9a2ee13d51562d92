"""One MiB of `list<u8>` into a guest and back, by our conversion and by wasmtime-py's own."""

import statistics
import time
from collections.abc import Callable

from tests.runtime.hostile.guests import from_text

MIB = 1 << 20
RUNS = 5

ECHO = """(component
  (core module $core
    (memory (export "memory") 64)
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))
  (core instance $guest (instantiate $core))
  (func (export "echo") (param "bytes" (list u8)) (result (list u8))
    (canon lift (core func $guest "echo") (memory (core memory $guest "memory"))
      (realloc (core func $guest "cabi_realloc")))))
"""


def bytes_ratio() -> tuple[float, float]:
    """Median seconds of one round trip: ours, and wasmtime-py's own; they take turns."""
    from wasmtime import Store
    from wasmtime.component import Component, Linker

    from thoth_ls.runtime.engine import new_engine
    from thoth_ls.runtime.marshal import GuestFunction

    engine = new_engine()
    store = Store(engine)
    store.set_epoch_deadline(1)
    store.set_fuel(10**12)
    instance = Linker(engine).instantiate(store, Component(engine, from_text(ECHO)))
    stock = instance.get_func(store, "echo")
    assert stock is not None
    ours = GuestFunction(store, stock, name="echo", max_result_bytes=64 * MIB)
    content = bytes(range(256)) * (MIB // 256)
    assert ours(content) == bytes(stock(store, content)) == content
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        times[0].append(_seconds(lambda: ours(content)))
        times[1].append(_seconds(lambda: stock(store, content)))
    return statistics.median(times[0]), statistics.median(times[1])


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began
