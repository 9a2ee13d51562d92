"""Where in this process the memories of guests lie: wasmtime's C interface does not tell when it refuses memory."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_REGION = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S{4})", re.MULTILINE)
_RESERVED = 1 << 30
"""Behind the memory of a guest lies address space that is out of reach; nothing else reserves as much of it."""


def guest_memories() -> dict[int, int]:
    """Where each memory of a running guest begins, and its size in bytes; empty where Linux is not what runs this."""
    if not sys.platform.startswith("linux"):
        return {}
    try:
        maps = Path("/proc/self/maps").read_text("ascii", "replace")
    except OSError:
        return {}
    found: dict[int, int] = {}
    begin = end_before = -1
    for first, last, access in _REGION.findall(maps):
        start, end = int(first, 16), int(last, 16)
        if access[:2] == "rw":
            if start != end_before:  # a memory that grew is sometimes several regions, one behind the other
                begin = start
            end_before = end
        elif access[:3] == "---" and start == end_before and end - start >= _RESERVED:
            found[begin] = end_before - begin
    return found
