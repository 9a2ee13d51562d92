"""A guest that tries whatever it is told on the folders the host opened for it.

- `file-loader.supported-extensions()` lists the names of those folders;
- `file-loader.open(path)` opens `path` in the first of them, following links, and reads up to 4 KiB: the number of
  bytes, or an error whose code is `REFUSED` plus WASI's error code;
- `file-loader.get(0)` is what was read;
- `paged-loader.open(path, operation)` tries to change something, `operation` being one of `Operation`.
"""

from __future__ import annotations

from enum import StrEnum

from tests.runtime.hostile.guests import ANSWER, TEXT, guest

REFUSED = 1000
NEW_NAME = "planted"
"""Where links, copies and renamed files would appear."""


class Operation(StrEnum):
    """What a guest without rights may try."""

    WRITE = "w"
    TRUNCATE = "t"
    CREATE = "c"
    FOLDER = "d"
    UNLINK = "u"
    SYMLINK = "s"
    LINK = "l"
    RENAME = "r"


_TYPES = "wasi:filesystem/types@0.2.0"
_AT = 4096
"""Where results of WASI calls lie."""
_READ = 4608
"""Pointer and length of what was read."""
_NAMES = 5120

_PARTS = f"""
  (import "wasi:filesystem/preopens@0.2.0" "get-directories" (func $folders (param i32)))
  (import "{_TYPES}" "[method]descriptor.open-at" (func $open-at (param i32 i32 i32 i32 i32 i32 i32)))
  (import "{_TYPES}" "[method]descriptor.read" (func $read (param i32 i64 i64 i32)))
  (import "{_TYPES}" "[method]descriptor.write" (func $write (param i32 i32 i32 i64 i32)))
  (import "{_TYPES}" "[method]descriptor.set-size" (func $set-size (param i32 i64 i32)))
  (import "{_TYPES}" "[method]descriptor.create-directory-at" (func $mkdir (param i32 i32 i32 i32)))
  (import "{_TYPES}" "[method]descriptor.unlink-file-at" (func $unlink (param i32 i32 i32 i32)))
  (import "{_TYPES}" "[method]descriptor.rename-at" (func $rename (param i32 i32 i32 i32 i32 i32 i32)))
  (import "{_TYPES}" "[method]descriptor.link-at" (func $link (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "{_TYPES}" "[method]descriptor.symlink-at" (func $symlink (param i32 i32 i32 i32 i32 i32)))
  (func $folder (result i32)
    (call $folders (i32.const {_AT}))
    (if (i32.eqz (i32.load (i32.const {_AT + 4}))) (then unreachable))
    (i32.load (i32.load (i32.const {_AT}))))
  ;; The answer to both `open`s: `ok` when the WASI call was, else its error code, which lies $code after its result.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const {ANSWER}) (i32.load8_u (i32.const {_AT})))
    (i64.store (i32.const {ANSWER + 8}) (i64.const 0))
    (i64.store (i32.const {ANSWER + 16}) (i64.const 0))
    (if (i32.load8_u (i32.const {_AT}))
      (then (i32.store (i32.const {ANSWER + 8}) (i32.add (i32.const {REFUSED})
        (i32.load8_u (i32.add (i32.const {_AT}) (local.get $code)))))))
    (i32.const {ANSWER}))
"""

_LIST_FOLDERS = f"""
  (local $n i32) (local $i i32)
  (call $folders (i32.const {_AT}))
  (local.set $n (i32.load (i32.const {_AT + 4})))
  (block $done (loop $next
    (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
    (i64.store (i32.add (i32.const {_NAMES}) (i32.mul (local.get $i) (i32.const 8)))
      (i64.load offset=4 align=4
        (i32.add (i32.load (i32.const {_AT})) (i32.mul (local.get $i) (i32.const 12)))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br $next)))
  (i32.store (i32.const {ANSWER}) (i32.const {_NAMES}))
  (i32.store (i32.const {ANSWER + 4}) (local.get $n))
  (i32.const {ANSWER})
"""

_READ_FILE = f"""
  (call $open-at (call $folder) (i32.const 1) (local.get 0) (local.get 1) (i32.const 0) (i32.const 1) (i32.const {_AT}))
  (if (i32.load8_u (i32.const {_AT})) (then (return (call $answer (i32.const 4)))))
  (call $read (i32.load (i32.const {_AT + 4})) (i64.const 4096) (i64.const 0) (i32.const {_AT}))
  (if (i32.load8_u (i32.const {_AT})) (then (return (call $answer (i32.const 4)))))
  (i64.store (i32.const {_READ}) (i64.load (i32.const {_AT + 4})))
  (drop (call $answer (i32.const 4)))
  (i64.store (i32.const {ANSWER + 8}) (i64.load32_u (i32.const {_READ + 4})))
  (i32.const {ANSWER})
"""

_GET_READ = f"""
  (i32.store (i32.const {ANSWER}) (i32.const 0))
  (i64.store (i32.const {ANSWER + 4}) (i64.load (i32.const {_READ})))
  (i32.const {ANSWER})
"""

_HERE = "(call $folder) (local.get 0) (local.get 1)"
_NEW = f"(i32.const {TEXT}) (i32.const {len(NEW_NAME)})"
_OUT = f"(i32.const {_AT})"
_FOLLOW = "(i32.const 1)"
_SIMPLE = {
    Operation.FOLDER: f"(call $mkdir {_HERE} {_OUT}) (return (call $answer (i32.const 1)))",
    Operation.UNLINK: f"(call $unlink {_HERE} {_OUT}) (return (call $answer (i32.const 1)))",
    Operation.SYMLINK: f"(call $symlink {_HERE} {_NEW} {_OUT}) (return (call $answer (i32.const 1)))",
    Operation.LINK: f"(call $link (call $folder) {_FOLLOW} (local.get 0) (local.get 1) (call $folder) {_NEW} {_OUT})"
    " (return (call $answer (i32.const 1)))",
    Operation.RENAME: f"(call $rename {_HERE} (call $folder) {_NEW} {_OUT}) (return (call $answer (i32.const 1)))",
}
_CREATE_OR_NOT = f"(i32.eq (local.get $operation) (i32.const {ord(Operation.CREATE)}))"
_CHANGE = f"""
  (local $operation i32) (local $file i32)
  (local.set $operation (i32.load8_u (local.get 2)))
  {"".join(f"(if (i32.eq (local.get $operation) (i32.const {ord(op)})) (then {does}))" for op, does in _SIMPLE.items())}
  ;; What is left opens the file for writing; creating is the lowest bit of the open flags, reading and writing the
  ;; lowest two of the descriptor's.
  (call $open-at (call $folder) {_FOLLOW} (local.get 0) (local.get 1) {_CREATE_OR_NOT} (i32.const 3) {_OUT})
  (if (i32.load8_u {_OUT}) (then (return (call $answer (i32.const 4)))))
  (local.set $file (i32.load (i32.const {_AT + 4})))
  (if (i32.eq (local.get $operation) (i32.const {ord(Operation.TRUNCATE)}))
    (then (call $set-size (local.get $file) (i64.const 0) {_OUT}) (return (call $answer (i32.const 1)))))
  (call $write (local.get $file) {_NEW} (i64.const 0) {_OUT})
  (call $answer (i32.const 8))
"""


def explorer() -> bytes:
    """The component."""
    return guest(
        {
            "file-loader#supported-extensions": _LIST_FOLDERS,
            "file-loader#open": _READ_FILE,
            "file-loader#get": _GET_READ,
            "paged-loader#open": _CHANGE,
        },
        imports=("wasi:filesystem/types@0.2.0", "wasi:filesystem/preopens@0.2.0"),
        parts=_PARTS,
        text=NEW_NAME,
    )
