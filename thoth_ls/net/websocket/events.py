"""What a plugin is told of one WebSocket, and how far it may be behind."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from concurrent.futures import Future

    from thoth_ls.calling import Caller

UNTAKEN_MESSAGES: Final = 64
UNTAKEN_BYTES: Final = 1 << 20
"""What the plugin may be behind with before nothing more is read; one message may be larger."""
_encode = json.JSONEncoder(ensure_ascii=False).encode


class Events:
    """The events of one connection, as `wit/websocket.wit` has them. Belongs to the event loop."""

    def __init__(self, number: str, caller: Caller) -> None:
        self._number = number
        self._caller = caller
        self._untaken: deque[tuple[Future[None], int]] = deque()
        self._untaken_bytes = 0
        self.left = asyncio.Event()
        """Set once the plugin, or who answers for it, wants no more messages."""

    def opened(self, subprotocol: str | None, *, with_value: bool) -> None:
        """It stands; `with_value` tells of the subprotocol."""
        self._tell("ws-open", f'{{"subprotocol":{_encode(subprotocol)}}}' if with_value else "")

    def failed(self, why: str) -> None:
        """Why it ends, for people."""
        self._tell("ws-error", why)

    def closed(self, code: int, reason: str) -> None:
        """The last event."""
        self._tell("ws-close", f'{{"code":{code},"reason":{_encode(reason)}}}')

    async def arrived(self, message: str | bytes) -> None:
        """A message; waits while the plugin is too far behind, unless it has left."""
        if self.left.is_set():
            return
        if isinstance(message, str):
            value = f'{{"text":{_encode(message)}}}'
        else:
            value = f'{{"binary":"{message.hex()}","len":{len(message)}}}'
        self._untaken.append((self._tell("ws-message", value), len(value)))
        self._untaken_bytes += len(value)
        if self._is_behind():
            await self._catch_up()

    async def _catch_up(self) -> None:
        """Waits until the plugin is less far behind, or has left."""
        self._count_taken()
        while self._untaken and self._is_behind() and not self.left.is_set():
            taken = asyncio.wrap_future(self._untaken[0][0])
            left = asyncio.ensure_future(self.left.wait())
            try:
                await asyncio.wait((taken, left), return_when=asyncio.FIRST_COMPLETED)
            finally:
                left.cancel()
            self._count_taken()

    def _count_taken(self) -> None:
        while self._untaken and self._untaken[0][0].done():
            self._untaken_bytes -= self._untaken.popleft()[1]

    def _is_behind(self) -> bool:
        return len(self._untaken) >= UNTAKEN_MESSAGES or self._untaken_bytes >= UNTAKEN_BYTES

    def _tell(self, kind: str, value: str) -> Future[None]:
        return self._caller.deliver(self._number, kind, value)
