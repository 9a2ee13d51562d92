"""Guests of a few lines each: WAT text made into components of the real worlds.

`guest` takes the bodies of the exports a test cares about; every other export answers with zeros, which is a valid
answer everywhere: an empty string or list, `ok`, none, no records.
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.wit.wit_package import REPOSITORY, wasm_tools

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = "thoth:plugin/{}@0.1.0"
ANSWER = 1024
"""Where the zeros lie; a guest may write its answer there."""
TEXT = 2048
"""Where `text` is put."""
HEAP = 16384
"""Where `cabi_realloc` begins."""

TO_ANSWER = f"(i32.const {ANSWER})"
_I32, _I64 = "i32", "i64"
_STRING = (_I32, _I32)

EXPORTS: dict[str, tuple[tuple[str, ...], str]] = {
    # Core parameters of each export, and what it does when a test says nothing.
    "plugin-meta#get-info": ((), TO_ANSWER),
    "plugin-lifecycle#on-load": (_STRING, ""),
    "plugin-lifecycle#on-close": ((), ""),
    "plugin-lifecycle#on-setting-change": (_STRING, ""),
    "plugin-settings#render-settings": ((), TO_ANSWER),
    "file-loader#supported-extensions": ((), TO_ANSWER),
    "file-loader#open": (_STRING, TO_ANSWER),
    "file-loader#get": ((_I64,), TO_ANSWER),
    "file-loader#get-range": ((_I64, _I64), TO_ANSWER),
    "file-loader#raw-bytes": ((_I64,), TO_ANSWER),
    "file-viewer#preferred-display": ((), "(i32.const 0)"),
    "file-viewer#render-record": (_STRING, TO_ANSWER),
    "file-viewer#column-headers": ((), TO_ANSWER),
    "paged-loader#open": ((*_STRING, *_STRING), TO_ANSWER),
    "paged-loader#advance": ((_I64,), TO_ANSWER),
    "paged-loader#columns": ((), TO_ANSWER),
    "paged-loader#page": ((_I64, _I64), TO_ANSWER),
    "paged-loader#node": ((_I64, *_STRING, _I64, _I64), TO_ANSWER),
    "paged-loader#find": ((*_STRING, _I64, _I64), TO_ANSWER),
    "paged-loader#problems": ((_I64, _I64), TO_ANSWER),
    "plugin-cli#schema": ((), TO_ANSWER),
    "plugin-cli#run": (_STRING, TO_ANSWER),
}

MEMORY = f"""
  (memory (export "memory") 2)
  (global $heap (mut i32) (i32.const {HEAP}))
  (func $take (param $size i32) (result i32) (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $heap) (i32.const 15)) (i32.const -16)))
    (global.set $heap (i32.add (local.get $at) (local.get $size)))
    (block $fits
      (loop $more
        (br_if $fits (i32.le_u (global.get $heap) (i32.mul (memory.size) (i32.const 65536))))
        (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))
        unreachable))
    (local.get $at))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $take (local.get 3)))
"""


def guest(
    bodies: Mapping[str, str] | None = None,
    *,
    imports: tuple[str, ...] = (),
    parts: str = "",
    text: str = "",
    memory: str = MEMORY,
    world: str = "paged-file-viewer-plugin",
) -> bytes:
    """A component of `world`.

    `bodies` maps an export (`file-loader#open`) to its instructions; `imports` are interfaces the world gets besides
    (`wasi:io/poll@0.2.0`, `thoth:plugin/signals@0.1.0`), which `parts` imports function by function; `text` lies in
    memory at `TEXT`.
    """
    bodies = dict(bodies or {})
    unknown = bodies.keys() - EXPORTS.keys()
    assert not unknown, f"no such exports: {unknown}"
    exports = "\n".join(_export(name, bodies.get(name)) for name in EXPORTS)
    escaped = "".join(f"\\{byte:02x}" for byte in text.encode())
    # Imports come first in a module.
    core = f'(module {parts} {memory} (data (i32.const {TEXT}) "{escaped}") {exports})'
    return component(core, world, imports)


def _export(name: str, body: str | None) -> str:
    interface, _, function = name.partition("#")
    params, answer = EXPORTS[name]
    result = "(result i32)" if answer else ""
    signature = f"(param {' '.join(params)}) {result}" if params else result
    return f'(func (export "{PACKAGE.format(interface)}#{function}") {signature} {answer if body is None else body})'


@cache
def component(core: str, world: str, imports: tuple[str, ...] = ()) -> bytes:
    """The core module `core` (WAT) as a component of `world` with some more imports.

    Exports that the world does not have are left out by `wasm-tools component new`.
    """
    folder = Path(tempfile.mkdtemp(dir=_scratch()))
    wit = folder / "wit"
    shutil.copytree(Path(__file__).parent / "wit", wit / "deps")
    shutil.copytree(REPOSITORY / "wit", wit / "deps" / "thoth", ignore=shutil.ignore_patterns("released"))
    lines = [f"include {PACKAGE.format(world)};", *(f"import {name};" for name in imports)]
    (wit / "guest.wit").write_text(f"package test:hostile;\nworld guest {{ {' '.join(lines)} }}\n")
    (folder / "core.wat").write_text(core)
    embedded, made = folder / "embedded.wasm", folder / "made.wasm"
    run("component", "embed", str(wit), str(folder / "core.wat"), "-o", str(embedded))
    run("component", "new", str(embedded), "-o", str(made))
    return made.read_bytes()


@cache
def from_text(text: str) -> bytes:
    """The binary of a component or module written as WAT."""
    folder = Path(tempfile.mkdtemp(dir=_scratch()))
    (folder / "text.wat").write_text(text)
    run("parse", str(folder / "text.wat"), "-o", str(folder / "made.wasm"))
    return (folder / "made.wasm").read_bytes()


def run(*arguments: str) -> None:
    """Runs wasm-tools; what it complains about is the failure of the test."""
    done = subprocess.run([wasm_tools(), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="thoth-hostile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
