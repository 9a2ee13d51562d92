"""How much of everything one plugin may use up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoth_ls.settings import RuntimeSettings

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one instance is given. All are in force from the first instruction on."""

    fuel_per_call: int = 5_000_000_000
    """Instructions, roughly, before each call."""
    deadline_seconds: float = 10.0
    """Wall-clock time of one call; the clock stands still while a person is asked."""
    abandon_seconds: float = 0.15
    """How long a call that sits inside the host (a sleep) is waited for after its deadline."""
    memory_bytes: int = 512 * MIB
    """Of each linear memory."""
    memories: int = 1
    """Linear memories; one, so that `memory_bytes` is what the instance can have altogether."""
    tables: int = 64
    table_elements: int = 1_000_000
    """Of each table."""
    instances: int = 64
    """Core instances inside the component (adapters and the like count)."""
    max_result_bytes: int = 64 * MIB
    """Of one value returned by a plugin, or passed by it to the host."""
    host_calls_per_call: int = 100_000
    """Calls of our own imports during one call of an export."""
    host_wait_seconds: float = 120.0
    """Longest that host functions may keep one call waiting altogether, for the network; its clock stands still."""
    log_bytes_per_minute: int = 256 * 1024
    """Of standard error and standard output together; more is counted and dropped."""

    @classmethod
    def of(cls, settings: RuntimeSettings) -> Limits:
        """The limits a user has set."""
        return cls(
            fuel_per_call=settings.fuel_per_call,
            deadline_seconds=settings.deadline_seconds,
            memory_bytes=settings.memory_megabytes * MIB,
            max_result_bytes=settings.result_megabytes * MIB,
        )
