"""The host functions of `websocket` and `websocket-control`, and the connections of every plugin."""

from __future__ import annotations

import asyncio
import itertools
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from thoth_ls.calling import INVALID, TOO_MANY, UNKNOWN_ID, HostRefusal, begun, soon
from thoth_ls.catalog.harmless import harmless
from thoth_ls.net.websocket import asked as reading
from thoth_ls.net.websocket.connection import GOING_AWAY, Connection, Way
from thoth_ls.net.websocket.link import CLOSE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.activity import ActivityLog
    from thoth_ls.net.gate import Gate
    from thoth_ls.net.model import Consent
    from thoth_ls.net.websocket.asked import Asked

logger = logging.getLogger(__name__)

T = TypeVar("T")

MOST_CONNECTIONS: Final = 64
"""Of one plugin at a time, those that wait for a person among them."""
AT_ONCE_SECONDS: Final = 10.0
"""For what the loop does without waiting for anybody: it may be busy."""


class WebSockets:
    """All WebSockets of plugins. What it does, it does on `loop`; its host functions are called on guests' threads."""

    def __init__(self, gate: Gate, consent: Consent, activity: ActivityLog, loop: asyncio.AbstractEventLoop) -> None:
        self._way = Way(gate, consent, activity)
        self._loop = loop
        self._numbers = itertools.count(1)
        self._of: dict[int, dict[str, Connection]] = {}
        """By number of the caller, and by id."""
        self._tasks: dict[asyncio.Task[None], Connection] = {}

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Mapping[str, Callable[..., Any]]]:
        """The host functions for one guest, whose connections end with it."""
        caller.at_end(partial(self._soon, self._left, caller.number))
        return {
            "websocket": {
                "connect": partial(self._connect, plugin, caller),
                "send-text": partial(self._send_text, caller),
                "send-binary": partial(self._send, caller),
                "close": partial(self._soon, self._close_quietly, caller.number),
            },
            "websocket-control": {
                "connect": partial(self._connect, plugin, caller),
                "close": partial(self._close, caller),
            },
        }

    def grants_changed(self, plugin_id: str | None = None) -> None:
        """Closes the connections of a plugin, or of all, that are no longer allowed by what is decided now."""
        for connection in list(self._tasks.values()):
            if plugin_id is None or connection.plugin.id.lower() == plugin_id.lower():
                connection.judge_again()

    async def close(self) -> None:
        """Closes all of them, and waits until they are; those that take long are broken off."""
        for connection in self._tasks.values():
            connection.close(GOING_AWAY, "")
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS + 1)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # On the thread of a guest

    def _connect(
        self, plugin: Plugin, caller: Caller, url: str, headers: list[tuple[str, str]], options: str | None = None
    ) -> str:
        asked = reading.connection(url, headers, options)
        if not caller.takes_events:
            raise HostRefusal(
                "a plugin that does not export ui-component cannot be told what arrives: it has no WebSockets", INVALID
            )
        return self._wait(caller, self._begin(plugin, caller, asked), AT_ONCE_SECONDS)

    def _send_text(self, caller: Caller, number: str, text: str) -> None:
        reading.check_size(len(text.encode()))
        self._deliver(caller, number, text)

    def _send(self, caller: Caller, number: str, data: bytes) -> None:
        reading.check_size(len(data))
        self._deliver(caller, number, bytes(data))

    def _deliver(self, caller: Caller, number: str, message: str | bytes) -> None:
        # Longer than a connection that takes nothing in is given, so that the plugin is told which it was.
        seconds = self._way.settings.read_seconds + AT_ONCE_SECONDS
        self._wait(caller, self._found_and_sent(caller, number, message), seconds)

    def _close(self, caller: Caller, number: str, code: int, reason: str) -> None:
        reading.check_closing(code, reason)
        self._wait(caller, self._closed(caller, number, code, reason), AT_ONCE_SECONDS)

    def _wait(self, caller: Caller, act: Coroutine[Any, Any, T], seconds: float) -> T:
        return caller.wait(begun(self._loop, act), seconds)

    def _soon(self, act: Callable[..., None], *arguments: object) -> None:
        soon(self._loop, act, *arguments)

    # On the loop

    async def _begin(self, plugin: Plugin, caller: Caller, asked: Asked) -> str:
        if sum(connection.plugin.id == plugin.id for connection in self._tasks.values()) >= MOST_CONNECTIONS:
            raise HostRefusal(f"a plugin has {MOST_CONNECTIONS} WebSockets at most: close some first", TOO_MANY)
        connection = Connection(f"ws-{next(self._numbers)}", plugin, asked, caller, self._way)
        task = asyncio.create_task(connection.run())
        self._tasks[task] = connection
        self._of.setdefault(caller.number, {})[connection.id] = connection
        task.add_done_callback(partial(self._ended, caller.number))
        return connection.id

    async def _found_and_sent(self, caller: Caller, number: str, message: str | bytes) -> None:
        await self._found(caller, number).send(message)

    async def _closed(self, caller: Caller, number: str, code: int, reason: str) -> None:
        self._found(caller, number).close(code, reason)

    def _close_quietly(self, of: int, number: str) -> None:
        connection = self._of.get(of, {}).get(number)
        if connection is not None:
            connection.close(1000, "")

    def _found(self, caller: Caller, number: str) -> Connection:
        connection = self._of.get(caller.number, {}).get(number)
        if connection is None:
            raise HostRefusal(f"there is no WebSocket {harmless(number, 40)!r}, or it is closed", UNKNOWN_ID)
        return connection

    def _left(self, of: int) -> None:
        """The guest is gone."""
        for connection in self._of.get(of, {}).values():
            connection.close(GOING_AWAY, "")

    def _ended(self, of: int, task: asyncio.Task[None]) -> None:
        connection = self._tasks.pop(task)
        own = self._of.get(of, {})
        own.pop(connection.id, None)
        if not own:
            self._of.pop(of, None)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            logger.error("plugin %s: a WebSocket ended by a fault of ours", connection.plugin.id, exc_info=error)
            connection.tell_broken()
