"""The WebSockets of the web server of tests, by path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from tests.net.servers.app import App, Receive, Scope, Send

SUBPROTOCOLS = ("chat.v2", "chat.v1")
"""What the server speaks, best first."""


async def answer(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    """`/ws/echo` sends everything back · `/ws/headers` the request's headers, as JSON · `/ws/silent` nothing ever ·
    `/ws/flood/N/SIZE` N texts of SIZE characters, then closes with 1000 · `/ws/binary/N` N bytes ·
    `/ws/close/CODE/REASON` accepts and closes · `/ws/refuse` refuses with 403 · `/ws/slow/SECONDS` accepts late."""
    await receive()  # websocket.connect
    parts = scope["path"].strip("/").split("/")
    if parts[1] == "slow":
        await app.pause(float(parts[2]))
    if parts[1] == "refuse":
        await send({"type": "websocket.close"})
        return
    chosen = next((name for name in SUBPROTOCOLS if name in scope["subprotocols"]), None)
    await send({"type": "websocket.accept", "subprotocol": chosen})
    match parts[1:]:
        case ["headers"]:
            headers = [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]]
            await send({"type": "websocket.send", "text": json.dumps(headers)})
        case ["flood", count, size]:
            for _ in range(int(count)):
                await send({"type": "websocket.send", "text": "x" * int(size)})
            await send({"type": "websocket.close", "code": 1000})
        case ["binary", count]:
            await send({"type": "websocket.send", "bytes": bytes(number % 256 for number in range(int(count)))})
        case ["close", code, *reason]:
            closing = {"type": "websocket.close", "code": int(code)}
            await send({**closing, "reason": unquote_plus("/".join(reason))} if reason else closing)
    await _listen(app, receive, send, echo=parts[1] == "echo")


async def _listen(app: App, receive: Receive, send: Send, echo: bool) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        said = message["text"] if message.get("text") is not None else message["bytes"]
        app.messages.append(said)
        if echo:
            await send({"type": "websocket.send", "text" if isinstance(said, str) else "bytes": said})
