"""Messages of WebSockets on their way to a plugin, beside the bare library at the same server."""

import asyncio
import json
import statistics
import tempfile
import time
from concurrent.futures import Future
from pathlib import Path

import websockets

from tests.bench.report import Goal, Report
from tests.bench.serving import serving
from tests.net.websocket.stage import FakeGuest, Stage

RUNS = 5
MESSAGES = 50_000
TEXT = "m" * 100

SENDS = f"""
import asyncio
from tests.net.servers import sockets

async def flood(reader, writer):
    await sockets.accept_websocket(reader, writer)
    many = sockets.frame(sockets.TEXT, {TEXT.encode()!r}) * 100
    for _ in range({MESSAGES // 100}):
        writer.write(many)
        await writer.drain()
    writer.write(sockets.frame(sockets.CLOSE, b"\\x03\\xe8"))
    await reader.read(100)
    writer.close()

async def main():
    server = await asyncio.start_server(flood, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


async def bare(url: str) -> float:
    """Messages a second that the library hands over."""
    began, count = time.perf_counter(), 0
    async with websockets.connect(url, proxy=None, compression=None) as connection:
        async for message in connection:
            assert message == TEXT
            count += 1
    assert count == MESSAGES
    return count / (time.perf_counter() - began)


class Counting(FakeGuest):
    """Takes each event in at once, and costs nothing itself."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.last = ""
        self.over = asyncio.Event()
        self._taken: Future[None] = Future()
        self._taken.set_result(None)

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        if kind == "ws-message":
            self.count, self.last = self.count + 1, value
        elif kind == "ws-close":
            self.over.set()
        return self._taken


async def ours(stage: Stage, url: str) -> float:
    """Messages a second that are judged, put into events and handed over."""
    guest = Counting()
    connect = stage.sockets.imports(stage.plugin, guest)["websocket"]["connect"]
    began = time.perf_counter()
    await asyncio.to_thread(connect, url, [])
    await asyncio.wait_for(guest.over.wait(), 120)
    took = time.perf_counter() - began
    assert guest.count == MESSAGES
    assert json.loads(guest.last) == {"text": TEXT}
    return MESSAGES / took


async def measure(report: Report) -> None:
    """ws_messages_per_s."""
    with tempfile.TemporaryDirectory() as folder, serving(SENDS) as port:
        url = f"ws://127.0.0.1:{port}/"
        stage = Stage(Path(folder))
        await stage.allow(url)
        pairs = [(await ours(stage, url), await bare(url)) for _ in range(RUNS)]  # side by side: machines are shared
        await stage.close()
    rate, peer = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    report.add("ws_messages_per_s", rate, "1/s", Goal(">", 0.4, "ratio"), ("bare websockets", peer), rate / peer)
