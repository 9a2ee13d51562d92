"""The quirks of wasmtime and of its Python package; no other file needs to know them.

- Crash reporting (`faulthandler`) switched on *after* the first engine turns every trap into the end of the
  process. It is switched on before; where there is no error stream to report to, guests trap without signals.
- One engine belongs to one instance: `increment_epoch` then stops that instance and no other.
- A linker keeps the Python callbacks of its imports for as long as it lives: close it after instantiation.
- Machine code records the processor features it needs, and `deserialize` refuses what cannot run here. Code is
  made for this very processor, or (`Processor.PORTABLE`, for what is shipped) for any of its kind.
"""

from __future__ import annotations

import faulthandler
import platform
import sys
from enum import Enum
from functools import cache
from importlib import metadata

from wasmtime import Config, Engine, WasmtimeError
from wasmtime.component import Component

from thoth_ls.errors import PluginInvalid
from thoth_ls.runtime.shared_code import SharedCode

MAX_STACK = 1 << 20
"""Bytes of stack guest code may use; the threads of instances are given `THREAD_STACK`."""
THREAD_STACK = 8 << 20
SUPPORTED_MAJOR = 50


class UnsupportedWasmtimeError(RuntimeError):
    """The installed wasmtime is not one this runtime was tested with."""


@cache
def wasmtime_version() -> str:
    """For instance `50.0.1`; raises UnsupportedWasmtimeError where that version will not do."""
    version = metadata.version("wasmtime")
    if version.split(".", 1)[0] != str(SUPPORTED_MAJOR):
        said = f"Thoth needs the Python package wasmtime {SUPPORTED_MAJOR}.x, and {version} is installed"
        raise UnsupportedWasmtimeError(f'{said}: pip install "wasmtime>=50,<51"')
    return version


@cache
def _signals() -> bool:
    """Whether guest code may trap by signals, which is faster; decided once, before the first engine."""
    if faulthandler.is_enabled():
        return True
    try:
        faulthandler.enable(file=sys.__stderr__)  # type: ignore[arg-type]  # None is refused below, and meant to be
    except (AttributeError, OSError, RuntimeError, ValueError):  # no stream, closed, or without a descriptor
        return False
    return True


class Processor(Enum):
    """What machine code is made for."""

    NATIVE = "native"
    """The processor of this machine, with everything it offers."""
    PORTABLE = "portable"
    """Any processor of this kind (x86-64-v2, which vector instructions of WebAssembly need; any ARMv8)."""


_MACHINES = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64", "ARM64": "aarch64"}
_TRIPLES = {"linux": "unknown-linux-gnu", "darwin": "apple-darwin", "win32": "pc-windows-msvc"}
_PORTABLE_FEATURES = {
    "x86_64": ("has_cmpxchg16b", "has_popcnt", "has_sse3", "has_ssse3", "has_sse41", "has_sse42"),
    "aarch64": (),
}


def new_engine(processor: Processor = Processor.NATIVE) -> Engine:
    """A fresh engine; about 10 microseconds."""
    wasmtime_version()
    config = Config()
    config.wasm_component_model = True
    config.wasm_simd = True
    config.wasm_threads = False
    config.wasm_memory64 = False
    config.consume_fuel = True
    config.epoch_interruption = True
    config.max_wasm_stack = MAX_STACK
    config.signals_based_traps = _signals()
    if processor is Processor.PORTABLE:
        machine = _MACHINES[platform.machine()]
        config.target = f"{machine}-{_TRIPLES[sys.platform]}"
        for feature in _PORTABLE_FEATURES[machine]:
            config.cranelift_flag_enable(feature)
    return Engine(config)


@cache
def fingerprint() -> str:
    """What machine code depends on besides the plugin; where it differs, the plugin is compiled anew."""
    options = f"simd fuel epoch stack={MAX_STACK} signals={_signals()}"
    return f"wasmtime={wasmtime_version()} {sys.platform} {platform.machine()} {options}"


def compile_component(plugin_id: str, wasm: bytes, processor: Processor = Processor.NATIVE) -> bytes:
    """Machine code for `wasm`. Takes milliseconds to many seconds; call it off the event loop.

    Raises PluginInvalid when this is not a valid component.
    """
    if wasm[:4] != b"\0asm":
        raise PluginInvalid(plugin_id, "its plugin.wasm is not WebAssembly")
    if wasm[4:8] != b"\x0d\0\x01\0":
        raise PluginInvalid(plugin_id, "its plugin.wasm is not a WebAssembly component")
    engine = new_engine(processor)
    try:
        with Component(engine, wasm) as component:
            return bytes(component.serialize())
    except WasmtimeError as error:
        raise PluginInvalid(plugin_id, f"its plugin.wasm cannot be used: {first_line(error)}") from None
    finally:
        engine.close()


def load_component(engine: Engine, code: bytes | SharedCode) -> Component:
    """The component of machine code made by `compile_component`; raises WasmtimeError when it does not fit.

    `code` is run as it is: pass only what the cache has verified.
    """
    if isinstance(code, SharedCode):
        return Component.deserialize_file(engine, code.path)
    return Component.deserialize(engine, code)


def exports_of(code: bytes | SharedCode) -> frozenset[str]:
    """Names of what the component exports; raises WasmtimeError when this machine cannot run the code."""
    engine = new_engine()
    try:
        with load_component(engine, code) as component, component.type as component_type:
            return frozenset(component_type.exports(engine))
    finally:
        engine.close()


def first_line(error: BaseException) -> str:
    """What happened, without wasmtime's back trace: its innermost cause where it gives causes."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if "Caused by:" in lines:
        causes = lines[lines.index("Caused by:") + 1 :]
        return causes[-1].removeprefix("wasm trap: ") if causes else lines[0]
    return lines[0].removeprefix("wasm trap: ") if lines else type(error).__name__
