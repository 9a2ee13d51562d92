"""The openings under way: each ends with a document, or as its caller withdraws, or as something else ends it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NoReturn

from thoth_ls.documents.data.opening import open_table
from thoth_ls.errors import Cancelled

if TYPE_CHECKING:
    from thoth_ls.documents.events import Report
    from thoth_ls.documents.opening import Opened, Opener, OpenRequest
    from thoth_ls.documents.spool import Spooled

_OVERTAKEN = "Opening was cancelled: the document was closed, or opened in another way, meanwhile."


class Openings:
    """Belongs to the event loop."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._tasks: set[asyncio.Task[Opened]] = set()

    def begin(
        self, request: OpenRequest, earlier: Spooled | None, most_bytes: float, report: Report
    ) -> asyncio.Task[Opened]:
        """Has what is asked for opened; `earlier` and `most_bytes` as of `Opener.open`."""
        table = request.place.table
        opening = open_table(table, request) if table else self._opener.open(request, earlier, most_bytes, report)
        task = asyncio.create_task(opening)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def finish(self, task: asyncio.Task[Opened]) -> Opened:
        """Waits for an opening; a caller who withdraws ends it, and whoever else ends it makes this `Cancelled`."""
        try:
            return await task
        except asyncio.CancelledError:
            if task.done() and not task.cancelled() and task.exception() is None:
                await task.result().close()  # withdrawn in the very moment it was ready
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            raise Cancelled(_OVERTAKEN) from None

    async def refuse(self, opened: Opened) -> NoReturn:
        """Lets go of what nobody waits for any more; raises Cancelled."""
        await opened.close()
        raise Cancelled(_OVERTAKEN)

    async def end(self) -> None:
        """Ends all of them."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
