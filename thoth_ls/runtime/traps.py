"""What wasmtime's error texts mean: there are no codes for errors of components, only words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoth_ls.errors import Limit, PluginError, PluginLimitHit, PluginTrapped
from thoth_ls.runtime.engine import first_line
from thoth_ls.runtime.limits import MIB

if TYPE_CHECKING:
    from thoth_ls.runtime.limits import Limits

_TEXTS = (
    ("all fuel consumed", Limit.FUEL),
    ("wasm trap: interrupt", Limit.DEADLINE),
    ("call stack exhausted", Limit.STACK),
    ("fuel allocated for hostcalls", Limit.RESULT_SIZE),
    ("exceeds memory limits", Limit.MEMORY),
    ("memory count too high", Limit.MEMORY),
    ("exceeds table limits", Limit.TABLES),
    ("table count too high", Limit.TABLES),
    ("instance count too high", Limit.INSTANCES),
)
_NO_MEMORY = re.compile(
    r"alloc_error|rust_oom|out_of_memory|outofmemory|alloc::raw_vec::(?:handle_error|capacity_overflow)",
    re.IGNORECASE,
)


def explain(plugin_id: str, export: str, error: BaseException, limits: Limits, held: int) -> PluginError:
    """The error people are shown: which limit was hit, or that the plugin crashed and how.

    `held` is the size in bytes of the guest's memory, 0 where that is not known: a crash of a guest that is short of
    memory is then reported as the crash it also is.
    """
    text = str(error)
    for words, limit in _TEXTS:
        if words in text:
            return limit_hit(plugin_id, export, limit, limits)
    if "unreachable" in text and (_NO_MEMORY.search(text) or held > limits.memory_bytes * 3 // 4):
        # A guest whose request for memory was refused is told -1 and gives up by itself, here.
        return limit_hit(plugin_id, export, Limit.MEMORY, limits)
    return PluginTrapped(plugin_id, export, first_line(error))


def limit_hit(plugin_id: str, export: str, limit: Limit, limits: Limits) -> PluginLimitHit:
    """The error for a limit, saying how much was allowed."""
    allowed = {
        Limit.FUEL: f"{limits.fuel_per_call:,} instructions a call",
        Limit.DEADLINE: f"{limits.deadline_seconds:g} s a call",
        Limit.MEMORY: f"{limits.memory_bytes // MIB} MiB in {limits.memories} memory"
        if limits.memory_bytes >= MIB
        else f"{limits.memory_bytes} bytes",
        Limit.TABLES: f"{limits.tables} tables of {limits.table_elements:,} elements",
        Limit.INSTANCES: f"{limits.instances} core instances",
        Limit.STACK: "1 MiB of stack",
        Limit.RESULT_SIZE: f"{limits.max_result_bytes // MIB} MiB a value",
        Limit.HOST_CALLS: f"{limits.host_calls_per_call:,} a call",
        Limit.LOG: f"{limits.log_bytes_per_minute // 1024} KiB a minute",
    }
    return PluginLimitHit(plugin_id, export, limit, allowed[limit])
