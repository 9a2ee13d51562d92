"""Machine code that all guests of a plugin map, in place of a copy of it for each.

A plugin in Python has forty megabytes of it, which are copied twice for each guest otherwise: that takes a quarter of a
second and as much memory again. The code is put into memory that has a file's name and is sealed, so that what was
verified is what is run. Linux alone has such memory.
"""

from __future__ import annotations

import logging
import os
import sys
import weakref

logger = logging.getLogger(__name__)

WORTH_BYTES = 1 << 20
"""Smaller code is copied faster than its file is opened, and takes no open file."""


class SharedCode:
    """Code by a path of this process, for as long as this object and the guests that map it live."""

    def __init__(self, code: bytes) -> None:
        """Raises OSError where there is no such memory."""
        assert sys.platform == "linux"
        descriptor = os.memfd_create("thoth-plugin", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        weakref.finalize(self, os.close, descriptor)
        rest = memoryview(code)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        import fcntl

        sealed = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, sealed)
        self.path = f"/proc/self/fd/{descriptor}"
        if not os.path.exists(self.path):  # noqa: PTH110 - no path of the disk
            raise FileNotFoundError("/proc is not there")


def share(code: bytes) -> bytes | SharedCode:
    """`code` to be mapped where that is worth it and possible, else as it is."""
    if len(code) < WORTH_BYTES or sys.platform != "linux":
        return code
    try:
        return SharedCode(code)
    except OSError as error:
        logger.info("guests get copies of machine code: %s", error)
        return code
