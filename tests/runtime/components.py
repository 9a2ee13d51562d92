"""Components of a few lines each, as text."""

from wasmtime import wat2wasm

from thoth_ls.runtime.engine import compile_component
from thoth_ls.runtime.guest import LoadedPlugin

ID = "test.plugin"


def component(core: str, lifts: str, before: str = "", given: str = "") -> bytes:
    """A component around one core module `$m`, instantiated as `$i` with what is `given`; `lifts` exports."""
    return bytes(
        wat2wasm(f"(component {before} (core module $m {core}) (core instance $i (instantiate $m {given})) {lifts})")
    )


def functions(core: str, *names: str) -> bytes:
    """A component that exports functions without parameters and results."""
    return component(core, " ".join(f'(func (export "{name}") (canon lift (core func $i "{name}")))' for name in names))


def loaded(wasm: bytes, *exports: str) -> LoadedPlugin:
    """A component ready to be started."""
    return LoadedPlugin(ID, compile_component(ID, wasm), frozenset(exports))


MISBEHAVING = functions(
    """
    (memory (export "memory") 1)
    (global $count (mut i32) (i32.const 0))
    (func (export "spin") (loop $again br $again))
    (func $recurse (export "recurse") call $recurse)
    (func (export "trap") unreachable)
    (func (export "grow")
      (loop $again (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable)
    (func (export "fill")
      (loop $again (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))))
    (func (export "nothing"))
    (func (export "once") (if (global.get $count) (then unreachable))
      (global.set $count (i32.const 1)))
    """,
    *("spin", "recurse", "trap", "grow", "fill", "nothing", "once"),
)
"""Does the wrong thing on demand; `once` works once in the life of a guest."""

STRINGS = component(
    """
    (memory (export "memory") 1)
    (func (export "text") (param i32) (result i32)
      (drop (memory.grow (i32.const 1100)))
      (i32.store (i32.const 0) (i32.const 8)) (i32.store (i32.const 4) (local.get 0)) (i32.const 0))
    """,
    """(func (export "text") (param "bytes" u32) (result string)
         (canon lift (core func $i "text") (memory (core memory $i "memory"))))""",
)
"""`text` returns a string of so many zero bytes."""

SLEEPING = component(
    """
    (import "clock" "subscribe" (func $subscribe (param i64) (result i32)))
    (import "poll" "block" (func $block (param i32)))
    (func (export "sleep") (param i64) (call $block (call $subscribe (local.get 0))))
    (func (export "nothing"))
    """,
    '(func (export "sleep") (param "nanoseconds" u64) (canon lift (core func $i "sleep")))'
    ' (func (export "nothing") (canon lift (core func $i "nothing")))',
    """
    (import "wasi:io/poll@0.2.0" (instance $poll
      (export "pollable" (type $p (sub resource)))
      (export "[method]pollable.block" (func (param "self" (borrow $p))))))
    (alias export $poll "pollable" (type $pollable))
    (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock
      (alias outer 1 $pollable (type $p0)) (export "pollable" (type $p (eq $p0)))
      (export "subscribe-duration" (func (param "when" u64) (result (own $p))))))
    (core func $subscribe (canon lower (func $clock "subscribe-duration")))
    (core func $block (canon lower (func $poll "[method]pollable.block")))
    """,
    '(with "clock" (instance (export "subscribe" (func $subscribe))))'
    ' (with "poll" (instance (export "block" (func $block))))',
)
"""`sleep` does not come back from the host for so many nanoseconds."""
