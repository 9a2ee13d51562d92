"""Keeps the native allocator from giving memory back between two transfers of bytes.

wasmtime passes `list<u8>` as 32 bytes a byte, in several copies. glibc maps and unmaps a block of that size (32 MiB for
1 MiB of bytes) each time, and zeroing fresh pages is then half the cost: 74 ms instead of 38 ms to lift 1 MiB. The
price: up to `KEPT_BYTES` that were in use once stay with the process.
"""

import ctypes
import sys
from typing import Final

MAPPED_FROM_BYTES: Final = 64 << 20
"""Blocks from this size on are mapped singly, and given back at once."""
KEPT_BYTES: Final = 192 << 20
"""Free memory at the end of the heap beyond this is given back."""

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3


def keep_freed_memory() -> bool:
    """Sets both thresholds for this process. False where the C library has no such setting (not glibc)."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    mapped = mallopt(_M_MMAP_THRESHOLD, MAPPED_FROM_BYTES)
    kept = mallopt(_M_TRIM_THRESHOLD, KEPT_BYTES)
    return bool(mapped and kept)
