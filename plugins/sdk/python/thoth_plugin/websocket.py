"""WebSockets through the host."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_plugin import current
from thoth_plugin.errors import PluginError
from thoth_plugin.json_text import dumps
from thoth_plugin.tasks import Pending

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence


class WebSocketError(PluginError):
    """A connection was not made, or broke."""


@dataclass(frozen=True, slots=True)
class Closed:
    """How a connection ended: codes of RFC 6455, 1006 where nothing was said, 1008 where a rule stood against it."""

    code: int
    reason: str


class Connection:
    """A connection, from the moment it is asked for.

    `await` it until it stands (raises WebSocketError); `async for` gives its messages, str or bytes, until it is closed
    as it should be, and raises WebSocketError where it broke.
    """

    def __init__(self) -> None:
        self.id = ""
        self.subprotocol: str | None = None
        """The one the other side chose."""
        self.closed: Closed | None = None
        """Set once it has ended."""
        self.error: str | None = None
        """Why it broke, as a sentence."""
        self._opened: Pending[None] = Pending()
        self._messages: deque[str | bytes] = deque()
        self._more: Pending[None] | None = None

    def __await__(self) -> Generator[Pending[Any], None, Connection]:
        yield from self._opened.__await__()
        return self

    def __aiter__(self) -> Connection:
        return self

    async def __anext__(self) -> str | bytes:
        if not self._messages and self.closed is None:
            self._more = Pending()
            await self._more
        if self._messages:
            return self._messages.popleft()
        if self.error is not None:
            raise WebSocketError(self.error)
        raise StopAsyncIteration

    @property
    def is_open(self) -> bool:
        """Whether it stands."""
        return self._opened.done and self.closed is None

    def send(self, message: str | bytes) -> None:
        """Sends a message; before it stands it is kept and sent first. Raises HostError."""
        if isinstance(message, str):
            current.host_call("websocket", "send-text", self.id, message)
        else:
            current.host_call("websocket", "send-binary", self.id, message)

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Begins to close it, with 1000 or 3000 to 4999. One that is closed stays so."""
        if self.closed is None:
            current.host_call("websocket-control", "close", self.id, code, reason)

    def arrived(self, kind: str, text: str) -> None:
        """Takes in an event of the host."""
        if kind == "ws-open":
            self.subprotocol = json.loads(text).get("subprotocol") if text else None
            self._opened.resolve(None)
        elif kind == "ws-message":
            told = json.loads(text)
            self._messages.append(told["text"] if "text" in told else bytes.fromhex(told["binary"]))
        elif kind == "ws-error":
            self.error = text
        else:
            told = json.loads(text)
            self.closed = Closed(told["code"], told["reason"])
            self._opened.fail(WebSocketError(self.error or f"the connection was closed ({self.closed.code})"))
        if self._more is not None and kind in ("ws-message", "ws-close"):
            more, self._more = self._more, None
            more.resolve(None)


def connect(
    url: str,
    headers: Iterable[tuple[str, str]] = (),
    subprotocols: Sequence[str] = (),
    *,
    timeout_ms: int | None = None,
    verify_tls: bool | None = None,
) -> Connection:
    """Begins to connect. Raises HostError where it cannot be meant or is not allowed; all else comes by awaiting it.

    `verify_tls` False goes on without a good certificate where the person has allowed that, True never; None is as they
    have decided.
    """
    options: dict[str, Any] = {"subprotocols": [*subprotocols]}
    if timeout_ms is not None:
        options["timeout_ms"] = timeout_ms
    if verify_tls is not None:
        options["verify_tls"] = verify_tls
    connection = Connection()
    connection.id = current.host_call("websocket-control", "connect", url, [*headers], dumps(options))
    current.instance().listen(connection.id, connection.arrived, connection)
    return connection
