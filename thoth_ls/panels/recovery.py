"""What happens after a call of a panel's guest has failed."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from thoth_ls.errors import (
    Cancelled,
    ErrorKind,
    PluginDisabled,
    PluginError,
    PluginLimitHit,
    PluginTrapped,
    ThothError,
)
from thoth_ls.wire.panels import DidFailPanel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""To start another guest by ourselves, one after the other."""


class Recovery:
    """Tells of failures, and has another guest started where one died of it. Belongs to the event loop."""

    def __init__(
        self,
        panel_id: str,
        plugin_id: str,
        tell: Callable[[DidFailPanel], None],
        start: Callable[[], Awaitable[None]],
    ) -> None:
        """`start` starts a guest where none runs, and shows what it draws; it raises ThothError."""
        self.ended: ThothError | None = None
        """Why the panel takes no more events; None while it does."""
        self._panel_id = panel_id
        self._plugin_id = plugin_id
        self._tell = tell
        self._start = start
        self._over = False
        self._wanted = False
        """Whether a guest may have died since the last one was started."""
        self._task: asyncio.Task[None] | None = None

    def failed(self, error: BaseException) -> None:
        """A call has failed; one that was stopped on purpose has not."""
        if self._over or self.ended is not None or isinstance(error, Cancelled):
            return
        if isinstance(error, PluginDisabled):
            self.end(error)
        elif isinstance(error, ThothError):
            self.say(error.kind, str(error))
            if isinstance(error, PluginTrapped | PluginLimitHit):
                self.soon()
        else:
            logger.error("a panel of %s failed", self._plugin_id, exc_info=error)
            self.say(ErrorKind.INTERNAL, "Something failed inside the server; its log says more.")

    def soon(self) -> None:
        """Has a guest started, unless the panel has ended."""
        self._wanted = True
        if self.ended is None and not self._over and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._revive_while_wanted())

    def say(self, kind: ErrorKind, message: str, *, ended: bool = False) -> None:
        """Tells the client."""
        if not self._over:
            self._tell(DidFailPanel(panel_id=self._panel_id, kind=kind.value, message=message, ended=ended))

    def begun_again(self) -> None:
        """A person had it started again."""
        self.ended = None

    def dismiss(self) -> None:
        """Nothing more is told or started."""
        self._over = True

    async def _revive_while_wanted(self) -> None:
        while self._wanted and self.ended is None and not self._over:
            self._wanted = False
            await self._revive()

    async def _revive(self) -> None:
        """Tries a few times over; then it is for a person to decide."""
        last: ThothError | None = None
        for _ in range(ATTEMPTS):
            try:
                await self._start()
            except (PluginTrapped, PluginLimitHit) as error:
                last = error
                self.say(error.kind, str(error))
            except Cancelled:
                last = PluginError(self._plugin_id, "it was stopped while it started; restart the panel")
            except ThothError as error:
                last = error
                break
            else:
                return
        if last is not None and not self._over:
            self.end(last)

    def end(self, error: ThothError) -> None:
        """It takes no more events, which is told."""
        self.ended = error
        self.say(error.kind, str(error), ended=True)
