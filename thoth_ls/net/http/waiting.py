"""What a person is asked while nobody waits: `fetch` answers at once, and the plugin tries again later."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn

from thoth_ls.calling import HostRefusal

if TYPE_CHECKING:
    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.http.client import Client
    from thoth_ls.net.model import Attempt, Consent, ConsentPending

logger = logging.getLogger(__name__)

APPROVED: Final = "consent-approved"


class Later:
    """Asks for one guest. Belongs to the event loop."""

    def __init__(self, plugin: Plugin, caller: Caller, client: Client, consent: Consent) -> None:
        self._plugin = plugin
        self._caller = caller
        self._client = client
        self._consent = consent
        self._asking: dict[Attempt, asyncio.Task[None]] = {}

    async def ask(self, pending: ConsentPending) -> NoReturn:
        """Begins to ask, unless that is being done, and raises `pending`; NetworkRefused where nobody is asked."""
        attempt = pending.attempt
        if attempt not in self._asking:
            task = asyncio.get_running_loop().create_task(self._ask(attempt))
            self._asking[attempt] = task
            task.add_done_callback(lambda task: self._done(attempt, task))
            await asyncio.sleep(0)  # where there is nobody to ask, that is known by then
            if task.done() and not task.cancelled() and isinstance(error := task.exception(), HostRefusal):
                raise error
        raise pending

    def end(self) -> None:
        """Withdraws the questions: the guest is gone."""
        for task in list(self._asking.values()):
            task.cancel()

    async def _ask(self, attempt: Attempt) -> None:
        checked = await self._consent.ask(self._plugin, attempt, partial(self._client.look, self._plugin, attempt))
        if not self._client.allows(self._plugin, attempt, checked):
            self._client.once(self._plugin, checked)
        self._caller.deliver(APPROVED, "notify", str(attempt.target))

    def _done(self, attempt: Attempt, task: asyncio.Task[None]) -> None:
        self._asking.pop(attempt, None)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, HostRefusal):
            logger.info("plugin %s: %s", self._plugin.id, error)
        elif error is not None:
            logger.error("asking for a plugin failed", exc_info=error)
