"""WebSockets of the fake host: the test is the other side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thoth_plugin.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FakeSocket:
    """A connection the plugin asked for."""

    def __init__(
        self,
        deliver: Callable[[str, str, str], None],
        number: str,
        url: str,
        headers: list[tuple[str, str]],
        options: Mapping[str, Any],
    ) -> None:
        self.id = number
        self.url = url
        self.headers = headers
        self.options = options
        self.sent: list[str | bytes] = []
        """What the plugin sent."""
        self.closed: tuple[int, str] | None = None
        """How the plugin closed it."""
        self._deliver = deliver

    def open(self, subprotocol: str | None = None) -> None:
        """It stands."""
        self._deliver(self.id, "ws-open", json.dumps({"subprotocol": subprotocol}))

    def message(self, message: str | bytes) -> None:
        """Sends the plugin a message."""
        told = {"text": message} if isinstance(message, str) else {"binary": message.hex(), "len": len(message)}
        self._deliver(self.id, "ws-message", json.dumps(told, ensure_ascii=False))

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Closes it from here."""
        self._deliver(self.id, "ws-close", json.dumps({"code": code, "reason": reason}))

    def fail(self, why: str) -> None:
        """Breaks it."""
        self._deliver(self.id, "ws-error", why)
        self.close(1006)

    def call(self, name: str, arguments: tuple[Any, ...]) -> None:
        """A function of `websocket` or `websocket-control`."""
        if name != "close":
            if self.closed is not None:
                raise HostError(f"there is no WebSocket {self.id!r}, or it is closed", 4)
            self.sent.append(arguments[0])
        elif self.closed is None:
            self.closed = (arguments[0], arguments[1]) if arguments else (1000, "")
            self.close(*self.closed)
