"""The plain way to read a file on: step by step, by the instance that has it open."""

from __future__ import annotations

from typing import Protocol

from thoth_ls.documents.pace import Pace
from thoth_ls.documents.source import Source
from thoth_ls.errors import PluginInvalid
from thoth_ls.wire.documents import Progress


class Steps(Protocol):
    """A way to read a file on."""

    async def next(self, progress: Progress) -> Progress:
        """Does the next step from where the source has come to, and says where it has come to then."""

    async def close(self) -> None:
        """Ends what still runs for it; closing twice is no error."""


class Advancing:
    """Steps of `advance`, each short enough for a page to overtake unnoticed."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pace = Pace()

    async def next(self, progress: Progress, most_bytes: int | None = None) -> Progress:
        """One step; raises PluginInvalid when too many of them have read nothing."""
        wanted = self._pace.start()
        found = await self._source.advance(wanted if most_bytes is None else min(wanted, most_bytes))
        self._pace.stop()
        moved = found.done or found.bytes_done > progress.bytes_done or found.records > progress.records
        if self._pace.stuck(moved):
            raise PluginInvalid(self._source.plugin_id, "does not read on, and does not say that it is done")
        return found

    async def close(self) -> None:
        """Nothing runs between steps."""
