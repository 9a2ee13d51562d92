"""All there is to know of one plugin, gathered for whoever looks at it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.wire.plugins import PluginDetails, PluginUsage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.runtime.usage import Usage
    from thoth_ls.wire.plugins import PluginInfo

README_BYTES = 256 << 10


def details(info: PluginInfo, usage: Usage, *, instances: int, storage_bytes: int, log: Sequence[str]) -> PluginDetails:
    """Reads the README, for any thread."""
    return PluginDetails(
        plugin=info,
        readme=read_readme(Path(info.folder)),
        usage=PluginUsage(
            calls=usage.calls,
            peak_fuel=usage.peak_fuel,
            peak_milliseconds=round(usage.peak_seconds * 1000, 3),
            peak_memory_bytes=usage.peak_memory,
            crashes=usage.crashes,
            last_crash=usage.last_crash,
            instances=instances,
        ),
        storage_bytes=storage_bytes,
        log=list(log),
    )


def read_readme(folder: Path) -> str | None:
    """The beginning of README.md, None where there is none or it is no file: a link could lead to anything."""
    flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
    try:
        descriptor = os.open(folder / "README.md", os.O_RDONLY | flags)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            raw = file.read(README_BYTES + 1)
    except OSError:
        return None
    if len(raw) <= README_BYTES:
        return raw.decode("utf-8", "replace")
    return f"{raw[:README_BYTES].decode('utf-8', 'ignore')}\n\n…"
