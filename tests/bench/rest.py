"""The REST explorer: what a request costs beside bare httpx, from a click to the tree with its response, and how soon
after its last byte a response of 100 MB can be used.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import tempfile
import time
from typing import TYPE_CHECKING, Any

import httpx

from tests.bench.panels import open_panel
from tests.bench.report import Goal, Report
from tests.bench.serving import serving
from thoth_ls.lsp.client import ThothClient, connect
from thoth_ls.wire.documents import OpenDocumentParams
from thoth_ls.wire.methods import (
    CLOSE_PANEL,
    DID_RENDER_PANEL,
    OPEN,
    PANEL_DATA,
    PANEL_EVENT,
    SET_NETWORK_GRANT,
)
from thoth_ls.wire.network import SetNetworkGrantParams
from thoth_ls.wire.panels import PanelDataParams, PanelEventParams, PanelRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.wire.panels import DidRenderPanel

EXPLORER = "com.thoth.url-source"
WARM = 20
REQUESTS = 200
RUNS = 5
BODY = 100 * 10**6
BODY_HANDLE = re.compile(r'"handle":"([^"]+)"')

SERVES = f"""
import asyncio, json, time

record = json.dumps({{"name": "what it is called", "even": True, "tags": ["a", "b"], "at": {{"row": 1}}}}).encode()
HEAD = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n"
PIECE = b",\\n".join([record] * 5000)
last = 0.0

async def answer(reader, writer):
    global last
    while head := await reader.readuntil(b"\\r\\n\\r\\n"):
        head = head.split(b"\\r\\n")[0]
        if b"/large" in head:
            count = {BODY} // len(PIECE)
            size = 2 + count * len(PIECE) + (count - 1) * 2
            writer.write(HEAD % size + b"[")
            for at in range(count):
                writer.write((b",\\n" if at else b"") + PIECE)
                await writer.drain()
            writer.write(b"]")
            await writer.drain()
            last = time.time()
            continue
        body = repr(last).encode() if b"/last" in head else b'{{"a":1}}'
        writer.write(HEAD % len(body) + body)

async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


async def measure(report: Report) -> None:
    """rest_overhead_ms and rest_100mb_usable_ms."""
    settings: dict[str, Any] = {
        "logLevel": "warning",
        "network": {"requestsPerMinute": 0, "requestsPerMinutePerHost": 0},
    }
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as folder, serving(SERVES) as port:
        url = f"http://127.0.0.1:{port}"
        async with connect(settings, env={"THOTH_HOME": folder}) as client:
            allowed = SetNetworkGrantParams(plugin_id=EXPLORER, pattern=url, decision="allowed", local=True)
            await client.request(SET_NETWORK_GRANT, allowed)
            tab = await Tab.opened(client)
            bare = await bare_ms(f"{url}/small")
            ours = await tab.request_ms(f"{url}/small")
            usable = [await tab.usable_ms(url) for _ in range(RUNS)]
            await tab.close()
    report.add("rest_overhead_ms", ours - bare, "ms", Goal("<", 15), ("a request by bare httpx", bare))
    report.add("rest_100mb_usable_ms", statistics.median(usable), "ms", Goal("<", 1000))


async def bare_ms(url: str) -> float:
    """Median of one GET by httpx, on a connection that is open."""
    times = []
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(WARM + REQUESTS):
            began = time.perf_counter()
            (await client.get(url)).json()
            times.append(time.perf_counter() - began)
    return 1000 * statistics.median(times[WARM:])


class Tab:
    """A tab of the explorer at a client."""

    def __init__(self, client: ThothClient, panel_id: str) -> None:
        self._client = client
        self._panel_id = panel_id
        self._node = ""
        self._wanted: Callable[[str], bool] = bool
        self._came: asyncio.Future[None] | None = None
        client.on(DID_RENDER_PANEL, self._told)

    @classmethod
    async def opened(cls, client: ThothClient) -> Tab:
        """A fresh one."""
        return cls(client, await open_panel(client, EXPLORER))

    async def close(self) -> None:
        """Closes it."""
        await self._client.request(CLOSE_PANEL, PanelRef(panel_id=self._panel_id))

    async def request_ms(self, url: str) -> float:
        """Median from the click on Send to the tree with the response."""
        await self._event("url", "change", url)
        times = [await self._sent() for _ in range(WARM + REQUESTS)]
        return 1000 * statistics.median(times[WARM:])

    async def usable_ms(self, server: str) -> float:
        """From the last byte that a server sent to the first rows of the response."""
        await self._event("url", "change", f"{server}/large")
        await self._sent(120)
        handle, name = self._view()
        data = await self._client.request(
            PANEL_DATA, PanelDataParams(panel_id=self._panel_id, handle=handle, name=name)
        )
        opened = await self._client.request(OPEN, OpenDocumentParams(uri=data.uri))
        usable = time.time()
        assert len(json.loads(opened.first_page.rows)) == 100
        async with httpx.AsyncClient(trust_env=False) as asking:
            last = float((await asking.get(f"{server}/last")).text)
        return 1000 * (usable - last)

    async def _sent(self, seconds: float = 20) -> float:
        """From the click to a tree with another body than before; the tree that says *Sending* comes in between."""
        before = BODY_HANDLE.search(self._node)
        self._came = asyncio.get_running_loop().create_future()
        self._wanted = lambda node: bool(found := BODY_HANDLE.search(node)) and (not before or found[1] != before[1])
        began = time.perf_counter()
        answer = asyncio.create_task(self._event("send", "click", ""))
        await asyncio.wait_for(self._came, seconds)
        took = time.perf_counter() - began
        await answer
        return took

    async def _event(self, widget: str, kind: str, value: str) -> None:
        params = PanelEventParams(panel_id=self._panel_id, widget_id=widget, kind=kind, value=value)
        await self._client.request(PANEL_EVENT, params)

    def _view(self) -> tuple[str, str]:
        found = next(node for node in _nodes(json.loads(self._node)) if node.get("id") == "body")
        return found["handle"], found["name"]

    def _told(self, event: DidRenderPanel) -> None:
        if event.panel_id == self._panel_id:
            self._node = event.view.node or ""
            if self._came is not None and not self._came.done() and self._wanted(self._node):
                self._came.set_result(None)


def _nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for inner in value for node in _nodes(inner)]
    return [value, *(node for inner in value.values() for node in _nodes(inner))] if isinstance(value, dict) else []
