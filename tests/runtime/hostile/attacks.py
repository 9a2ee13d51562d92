"""What the hostile guests do, as instructions for `guests.guest`."""

from __future__ import annotations

from tests.runtime.hostile.guests import ANSWER, TEXT, TO_ANSWER

PAGE = 65536
MIB = 1 << 20

LOOP = "(loop $again (br $again))"
"""For an export without a result."""
LOOP_FOR_ANSWER = f"{LOOP} unreachable"
TRAP = "unreachable"

GREEDY = "(loop $again (drop (memory.grow (i32.const 16))) (br $again))"
"""Asks for memory for ever, whatever the answer."""

HOARDER = f"""
  (local $at i32)
  (loop $again
    (local.set $at (memory.grow (i32.const 16)))
    (if (i32.eq (local.get $at) (i32.const -1)) (then unreachable))
    (memory.fill (i32.mul (local.get $at) (i32.const {PAGE})) (i32.const 1) (i32.const {16 * PAGE}))
    (br $again))
"""
"""Takes and uses memory until it is refused, and gives up as an allocator does."""

RECURSION = """
  (func $deeper (param i64) (result i64)
    (i64.add (local.get 0) (call $deeper (i64.add (local.get 0) (i64.const 1)))))
"""
RECURSE = "(drop (call $deeper (i64.const 1)))"

TABLE = "(table $table 1 funcref)"
GROW_TABLE = """
  (loop $again
    (if (i32.eq (table.grow $table (ref.null func) (i32.const 65536)) (i32.const -1)) (then unreachable))
    (br $again))
"""


def text_answer(address: int, length: int) -> str:
    """`ok` of one string (or list) at `address`, which need not lie inside the memory."""
    return f"""
      (i32.store (i32.const {ANSWER}) (i32.const 0))
      (i32.store (i32.const {ANSWER + 4}) (i32.const {address}))
      (i32.store (i32.const {ANSWER + 8}) (i32.const {length}))
      {TO_ANSWER}
    """


THREE_GIB = 3 << 30
ALL_MEMORY_AS_TEXT = f"""
  (block $full (loop $again
    (br_if $full (i32.eq (memory.grow (i32.const 16)) (i32.const -1)))
    (br $again)))
  (i32.store (i32.const {ANSWER + 4}) (i32.const {PAGE}))
  (i32.store (i32.const {ANSWER + 8}) (i32.mul (i32.sub (memory.size) (i32.const 1)) (i32.const {PAGE})))
  {TO_ANSWER}
"""
"""Grows as far as it may and returns all of its memory but the first page (zeros, valid UTF-8) as one string."""


def many_strings(count: int, bytes_each: int) -> str:
    """`ok` of a list of `count` strings, all of them the same `bytes_each` bytes of memory."""
    return f"""
      (local $list i32) (local $at i32) (local $end i32)
      (drop (call $take (i32.const {bytes_each})))
      (local.set $list (call $take (i32.const {count * 8})))
      (local.set $end (i32.add (local.get $list) (i32.const {count * 8})))
      (local.set $at (local.get $list))
      (block $done (loop $next
        (br_if $done (i32.eq (local.get $at) (local.get $end)))
        (i32.store (local.get $at) (i32.const {TEXT}))
        (i32.store offset=4 (local.get $at) (i32.const {bytes_each}))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $next)))
      (i32.store (i32.const {ANSWER}) (i32.const 0))
      (i32.store (i32.const {ANSWER + 4}) (local.get $list))
      (i32.store (i32.const {ANSWER + 8}) (i32.const {count}))
      {TO_ANSWER}
    """


def answer_bytes(*stores: str) -> str:
    """Any answer at all: `stores` are written, then the address is returned."""
    return " ".join((*stores, TO_ANSWER))


SLEEP_IMPORTS = ("wasi:io/poll@0.2.0", "wasi:clocks/monotonic-clock@0.2.0")
SLEEP_PARTS = """
  (import "wasi:clocks/monotonic-clock@0.2.0" "subscribe-duration" (func $in (param i64) (result i32)))
  (import "wasi:clocks/monotonic-clock@0.2.0" "now" (func $now (result i64)))
  (import "wasi:io/poll@0.2.0" "[method]pollable.block" (func $block (param i32)))
"""
SLEEP_AN_HOUR = "(call $block (call $in (i64.const 3600000000000)))"
ASK_THE_TIME_FOR_EVER = "(loop $again (drop (call $now)) (br $again))"
"""A flood of calls that burn next to no fuel."""
SLEEP_A_LITTLE_FOR_EVER = "(loop $again (call $block (call $in (i64.const 1000000))) (br $again))"

STORAGE_IMPORTS = ("thoth:plugin/plugin-storage@0.1.0",)
STORAGE_PARTS = """
  (import "thoth:plugin/plugin-storage@0.1.0" "read" (func $read (param i32)))
  (import "thoth:plugin/plugin-storage@0.1.0" "write" (func $write (param i32 i32 i32)))
"""
READ_STORAGE_FOR_EVER = "(loop $again (call $read (i32.const 8192)) (br $again))"

STDERR_IMPORTS = ("wasi:cli/stderr@0.2.0", "wasi:io/streams@0.2.0")
STDERR_PARTS = """
  (import "wasi:cli/stderr@0.2.0" "get-stderr" (func $stderr (result i32)))
  (import "wasi:io/streams@0.2.0" "[method]output-stream.blocking-write-and-flush"
    (func $print (param i32 i32 i32 i32)))
"""
STDERR_FLOOD = f"""
  (local $stream i32)
  (local.set $stream (call $stderr))
  (loop $again
    (call $print (local.get $stream) (i32.const {TEXT}) (i32.const 4096) (i32.const 8192))
    (br $again))
"""
