"""What wasmtime's error texts mean: there are no codes for errors of components, only words."""

from __future__ import annotations

import re
import sys
from pathlib import Path
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
_REGION = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S{4})")
_RESERVED = 1 << 30
"""Behind the memory of a guest lies address space that is out of reach; nothing else reserves as much of it."""


def explain(plugin_id: str, export: str, error: BaseException, limits: Limits) -> PluginError:
    """The error people are shown: which limit was hit, or that the plugin crashed and how."""
    text = str(error)
    for words, limit in _TEXTS:
        if words in text:
            return limit_hit(plugin_id, export, limit, limits)
    if "unreachable" in text and (_NO_MEMORY.search(text) or _memory_nearly_full(limits.memory_bytes)):
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


def _memory_nearly_full(limit: int) -> bool:
    """Whether some guest of this process holds more than three quarters of what it may have (Linux only).

    wasmtime's C interface does not tell when it refuses memory. The regions of this process do: a guest's memory
    is followed by gigabytes out of reach. Elsewhere such an end is reported as the crash it also is.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        lines = Path("/proc/self/maps").read_text("ascii", "replace").splitlines()
    except OSError:
        return False
    end_before, size_before = 0, 0
    for line in lines:
        match = _REGION.match(line)
        if match is None:
            continue
        start, end, access = int(match[1], 16), int(match[2], 16), match[3]
        if access[:2] == "rw":
            size_before = end - start + (size_before if start == end_before else 0)
            end_before = end
        elif access[:3] == "---" and start == end_before and end - start >= _RESERVED and size_before > limit * 3 // 4:
            return True
        else:
            size_before = 0
    return False
