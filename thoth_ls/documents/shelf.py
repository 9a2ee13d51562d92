"""The temporary files made while one file is being opened, which another candidate or reading may use again."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from thoth_ls.documents.events import Report
from thoth_ls.documents.identity import unchanged
from thoth_ls.documents.spool import Spool, Spooled, SpoolPlan


class Shelf:
    """Holds temporary files inside a `with` block; whoever got one holds it for himself."""

    def __init__(self, spool: Spool, threads: ThreadPoolExecutor, most_bytes: float, report: Report) -> None:
        self.most_bytes = most_bytes
        """Largest temporary file that may be made."""
        self._spool = spool
        self._threads = threads
        self._report = report
        self._held: list[Spooled] = []

    def add(self, spooled: Spooled) -> None:
        """Holds a file of an earlier reading, if it still exists."""
        if spooled.in_use:
            self._held.append(spooled.share())

    async def get(self, plan: SpoolPlan) -> Spooled:
        """The file made by this plan: one that is held and still right, or a new one. The caller has to release it."""
        for spooled in self._held:
            if spooled.plan == plan:
                loop = asyncio.get_running_loop()
                if await loop.run_in_executor(self._threads, unchanged, plan.path, spooled.original) is not None:
                    return spooled.share()
        made = await self._spool.make(plan, self.most_bytes, self._report)
        self._held.append(made)
        return made.share()

    def __enter__(self) -> None:
        """Begins to hold."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for spooled in self._held:
            spooled.release()
        self._held.clear()
