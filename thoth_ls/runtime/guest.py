"""One running component: its engine, store and exports. Belongs to one thread, but for `stop`."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wasmtime import ExitTrap, Store, WasiConfig, WasmtimeError
from wasmtime.component import Instance, Linker

from thoth_ls.catalog.development import GUEST_PROGRAM, missing_program
from thoth_ls.catalog.needs import RULES, Rules
from thoth_ls.errors import (
    Cancelled,
    Limit,
    PermissionDenied,
    PluginError,
    PluginInvalid,
    PluginRefused,
    PluginTrapped,
    ThothError,
)
from thoth_ls.runtime.engine import load_component, new_engine
from thoth_ls.runtime.imports import HostImports, HostTable, NotGranted, Permit, nothing_granted
from thoth_ls.runtime.log_capture import LogCapture, OnLog
from thoth_ls.runtime.marshal import (
    Err,
    GuestFunction,
    HostCallFailed,
    HostCalls,
    Ok,
    Reentered,
    TooManyHostCalls,
    UnsupportedType,
    ValueTooLarge,
    fuel_gauge,
)
from thoth_ls.runtime.regions import guest_memories
from thoth_ls.runtime.sandbox import GUEST_FOLDER
from thoth_ls.runtime.traps import explain, limit_hit

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.runtime.caller import GuestCaller
    from thoth_ls.runtime.limits import Limits
    from thoth_ls.runtime.shared_code import SharedCode

PACKAGE = "thoth:plugin"
API = "0.1.0"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MISSING = re.compile(r"`([^`]{1,200})`, but a matching implementation was not found")
MAX_MESSAGE = 2_000


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin whose machine code is at hand."""

    plugin_id: str
    code: bytes | SharedCode = field(repr=False)
    """Verified machine code."""
    exports: frozenset[str]
    """Names of the interfaces it exports, without package and version, and of functions exported by themselves."""
    program: Path | None = None
    """The folder from which a development build reads its program; None for any other."""
    folder: Path | None = None
    """The plugin's own, in which `program` has to lie whenever a guest starts."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an instance can see of the world."""

    folder: Path | None
    """The folder it may read, None for none; nothing can be written."""
    on_log: OnLog
    host: HostTable = field(default_factory=dict)
    permit: Permit = nothing_granted
    caller: GuestCaller | None = None
    """The guest as the functions of `host` know it; ends with it."""
    rules: Rules = field(default_factory=lambda: RULES)
    """What the functions of `host` take."""


class Guest:
    """A component that runs from `start` until it traps, hits a limit or is closed.

    `start` and `call` raise PluginError of some kind when something goes wrong; `dead` then tells whether the guest
    can be called again. Each of both is one entry: it gets its own fuel, and whoever calls watches the clock.
    """

    def __init__(self, loaded: LoadedPlugin, limits: Limits, surroundings: Surroundings) -> None:
        self.dead = False
        self._loaded = loaded
        self._limits = limits
        self._folder = surroundings.folder
        self.caller = surroundings.caller
        self._engine = new_engine()
        self._store: Store | None = Store(self._engine)
        self._fuel_left = fuel_gauge(self._store)
        self._instance: Instance | None = None
        self._memories: frozenset[int] = frozenset()
        self._functions: dict[tuple[str, str], GuestFunction] = {}
        self._stopping = threading.Lock()
        self._told_to_stop = False
        self._stopped_for: Limit | None = None
        self._log = LogCapture(
            loaded.plugin_id, surroundings.on_log, limits.log_bytes_per_minute, lambda: self.stop(Limit.LOG)
        )
        self._host_calls = HostCalls(max_calls=limits.host_calls_per_call, max_argument_bytes=limits.max_result_bytes)
        self._imports = HostImports(surroundings.host, self._host_calls, surroundings.permit, surroundings.rules)

    def start(self) -> None:
        """Instantiates the component, which runs its start functions."""
        plugin_id = self._loaded.plugin_id
        store = self._ready("its start")
        limits = self._limits
        store.set_limits(limits.memory_bytes, limits.table_elements, limits.instances, limits.tables, limits.memories)
        others = guest_memories().keys()
        try:
            store.set_wasi(self._wasi())
            component = load_component(self._engine, self._loaded.code)
            with component, Linker(self._engine) as linker:
                linker.add_wasip2()
                self._imports.define(linker, component)
                try:
                    with self._host_calls:
                        self._instance = linker.instantiate(store, component)
                finally:
                    # One that starts in another thread meanwhile may be among them: that costs at most a wrong word.
                    self._memories = frozenset(guest_memories().keys() - others)
        except PluginInvalid:
            self.dead = True
            raise
        except UnsupportedType as error:
            self.dead = True
            raise PluginInvalid(plugin_id, f"it imports something of an unknown type: {error}") from None
        except WasmtimeError as error:
            self.dead = True
            missing = _MISSING.search(str(error))
            if missing is not None:
                raise PluginInvalid(plugin_id, f"it needs {missing[1]}, which is not offered here") from None
            raise self._failure("its start", error) from None

    def call(self, interface: str, function: str, *arguments: Any) -> Any:
        """What the export returns; for a `result` its good value.

        `interface` is the name in WIT, for instance `paged-loader`, or "" for a function exported by itself. Raises
        PluginRefused for the bad value of a `result`.
        """
        export = f"{interface}.{function}" if interface else function
        guest_function = self._function(interface, function, export)
        self._ready(export)
        try:
            value = guest_function(*arguments)
        except ValueTooLarge:
            self.dead = self._host_calls.failure is not None
            raise limit_hit(self._loaded.plugin_id, export, Limit.RESULT_SIZE, self._limits) from None
        except TypeError as error:
            raise PluginInvalid(self._loaded.plugin_id, f"{export} has another type: {error}") from None
        except Reentered:
            raise PluginError(self._loaded.plugin_id, f"{export} was called from within a call") from None
        except (WasmtimeError, HostCallFailed, TooManyHostCalls, PluginError) as error:
            self.dead = True
            raise self._failure(export, error) from None
        if isinstance(value, Err):
            raise self._refusal(export, value.value)
        return value.value if isinstance(value, Ok) else value

    def stop(self, limit: Limit | None) -> None:
        """Ends the call that is running or else the next one, from any thread; `limit` is what the error will name."""
        with self._stopping:
            if self._store is not None and not self._told_to_stop:
                self._told_to_stop, self._stopped_for = True, limit
                self._engine.increment_epoch()
                if self.caller is not None:
                    self.caller.interrupt()

    def fuel_used(self) -> int:
        """What the last entry took, roughly in instructions; 0 once it is closed."""
        return self._limits.fuel_per_call - self._fuel_left() if self._store is not None else 0

    def memory_held(self) -> int:
        """Bytes of its largest memory; 0 where that cannot be told (only Linux tells). Takes a millisecond."""
        memories = guest_memories() if self._memories else {}
        return max((memories.get(begin, 0) for begin in self._memories), default=0)

    def close(self) -> None:
        """Frees everything; closing twice is no error."""
        self.dead = True
        with self._stopping:
            store, self._store = self._store, None
        if store is not None:
            self._functions.clear()
            self._instance = None
            store.close()
            self._imports.close()
            self._engine.close()
            self._log.flush()
            if self.caller is not None:
                self.caller.end()

    def _ready(self, export: str) -> Store:
        """The store, with fuel and a deadline for one entry by `export`."""
        store = self._store
        if store is None or self.dead:
            raise PluginError(self._loaded.plugin_id, "it is not running")
        self._log.begin_call()
        if self.caller is not None:
            self.caller.call_begins()
        store.set_fuel(self._limits.fuel_per_call)
        with self._stopping:
            if self._told_to_stop:  # before this call could begin; its deadline would not notice
                self.dead = True
                if self._stopped_for is not None:
                    raise limit_hit(self._loaded.plugin_id, export, self._stopped_for, self._limits)
                raise Cancelled("the plugin was stopped before the call could begin")
            store.set_epoch_deadline(1)
        return store

    def _wasi(self) -> WasiConfig:
        """No arguments, environment, input, network; output to the log; one folder to read, and its own program.

        Raises PluginInvalid where the program is gone by now, or has become a link to what is not the plugin's.
        """
        program = self._program()
        wasi = WasiConfig()
        wasi.stdout_custom = self._log.stdout
        wasi.stderr_custom = self._log.stderr
        if self._folder is not None:
            wasi.preopen_dir(str(self._folder), GUEST_FOLDER, fs_mutable=False)
        if program is not None:
            wasi.preopen_dir(str(program), GUEST_PROGRAM, fs_mutable=False)
        return wasi

    def _program(self) -> Path | None:
        """What it may read of it, looked at anew: other files than when it was loaded may be there."""
        program, folder = self._loaded.program, self._loaded.folder
        if program is not None and folder is not None:
            refusal = missing_program(program, folder)
            if refusal is not None:
                raise PluginInvalid(self._loaded.plugin_id, refusal)
        return program

    def _function(self, interface: str, function: str, export: str) -> GuestFunction:
        found = self._functions.get((interface, function))
        if found is not None:
            return found
        store, instance = self._store, self._instance
        if store is None or instance is None:
            raise PluginError(self._loaded.plugin_id, "it is not running")
        parent = None
        if interface:
            parent = instance.get_export_index(store, f"{PACKAGE}/{interface}@{API}")
        index = instance.get_export_index(store, function, parent) if parent or not interface else None
        func = instance.get_func(store, index) if index is not None else None
        if func is None:
            raise PluginInvalid(self._loaded.plugin_id, f"it does not export {export}")
        try:
            found = GuestFunction(
                store,
                func,
                name=export,
                host_calls=self._host_calls,
                max_result_bytes=self._limits.max_result_bytes,
            )
        except UnsupportedType as error:
            raise PluginInvalid(self._loaded.plugin_id, f"{export} has an unknown type: {error}") from None
        self._functions[interface, function] = found
        return found

    def _failure(self, export: str, error: BaseException) -> ThothError:
        plugin_id = self._loaded.plugin_id
        match error:
            case PluginError():
                return error
            case TooManyHostCalls():
                return limit_hit(plugin_id, export, Limit.HOST_CALLS, self._limits)
            case HostCallFailed(reason=NotGranted() as refusal):  # of a function whose type cannot say it
                return PermissionDenied(plugin_id, refusal.need, str(refusal))
            case HostCallFailed():
                return PluginTrapped(plugin_id, export, str(error))
            case ExitTrap():
                return PluginTrapped(plugin_id, export, f"it ended itself with code {error.code}")
        if self._told_to_stop and "wasm trap: interrupt" in str(error):
            if self._stopped_for is None:
                return Cancelled(f"plugin {plugin_id}: {export} was stopped on purpose")
            return limit_hit(plugin_id, export, self._stopped_for, self._limits)
        return explain(plugin_id, export, error, self._limits, self.memory_held())

    def _refusal(self, export: str, value: object) -> PluginRefused:
        """The plugin's own error; its text is made safe to show."""
        code, message = 0, value
        if isinstance(value, dict):
            code, message = int(value.get("code", 0)), value.get("message", "")
        text = _UNPRINTABLE.sub(" ", str(message)).strip()[:MAX_MESSAGE]
        return PluginRefused(self._loaded.plugin_id, text or f"{export} failed without saying why", code)
