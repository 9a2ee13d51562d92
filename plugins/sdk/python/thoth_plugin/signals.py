"""Short facts in the status bar."""

from __future__ import annotations

from typing import Literal

from thoth_plugin import current

Status = Literal["ready", "loading", "error"]


def emit(key: str, value: object, status: Status = "ready", ttl_ms: int = 0) -> None:
    """Shows `value` under `key`, for `ttl_ms` milliseconds or with 0 until it is said again."""
    current.host_call("signals", "emit-signal", key, str(value), status, ttl_ms)
