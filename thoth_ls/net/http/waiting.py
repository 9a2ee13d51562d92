"""What a person is asked while nobody waits: `fetch` answers at once, and the plugin tries again later."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn

from thoth_ls.calling import HostRefusal
from thoth_ls.catalog.grants import own_name

if TYPE_CHECKING:
    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.http.client import Client
    from thoth_ls.net.model import Attempt, Consent, ConsentPending

logger = logging.getLogger(__name__)

APPROVED: Final = "consent-approved"


@dataclass(slots=True)
class _Asking:
    """One question, and the guests that hear of it once it is allowed."""

    task: asyncio.Task[None]
    callers: set[Caller]


class Later:
    """Asks for all guests. Belongs to the event loop.

    A question outlives the guest that led to it: a command that could not go on is over long before anybody has read
    what they are asked, and what they decide is good for the next time.
    """

    def __init__(self, client: Client, consent: Consent) -> None:
        self._client = client
        self._consent = consent
        self._asking: dict[tuple[str, Attempt], _Asking] = {}

    async def ask(self, plugin: Plugin, caller: Caller, pending: ConsentPending) -> NoReturn:
        """Begins to ask, unless that is being done, and raises `pending`; NetworkRefused where nobody is asked."""
        key = own_name(plugin), replace(pending.attempt, url="")
        asking = self._asking.get(key)
        if asking is not None:
            asking.callers.add(caller)
            raise pending
        callers = {caller}
        task = asyncio.get_running_loop().create_task(self._ask(plugin, pending.attempt, callers))
        self._asking[key] = _Asking(task, callers)
        task.add_done_callback(lambda task: self._done(key, task))
        await asyncio.sleep(0)  # where there is nobody to ask, that is known by then
        if task.done() and not task.cancelled() and isinstance(error := task.exception(), HostRefusal):
            raise error
        raise pending

    async def close(self) -> None:
        """Withdraws the questions."""
        tasks = [asking.task for asking in self._asking.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, plugin: Plugin, attempt: Attempt, callers: set[Caller]) -> None:
        checked = await self._consent.ask(plugin, attempt, partial(self._client.look, plugin, attempt))
        if not self._client.allows(plugin, attempt, checked):
            self._client.once(plugin, checked)
        for caller in callers:
            caller.deliver(APPROVED, "notify", str(attempt.target))

    def _done(self, key: tuple[str, Attempt], task: asyncio.Task[None]) -> None:
        self._asking.pop(key, None)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, HostRefusal):
            logger.info("plugin %s: %s", key[0], error)
        elif error is not None:
            logger.error("asking for a plugin failed", exc_info=error)
