"""Data of panels: how soon a large JSON body can be looked at once it is there, and what a stream of rows takes."""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.bench.json_data import array_file
from tests.bench.panels import ROOT, open_panel
from tests.bench.report import Goal, Report
from tests.bench.serving import serving
from thoth_ls.lsp.client import ThothClient, connect
from thoth_ls.wire.documents import CloseParams, OpenDocumentParams
from thoth_ls.wire.methods import (
    CLOSE,
    DID_RENDER_PANEL,
    OPEN,
    PANEL_DATA,
    PANEL_EVENT,
    SET_NETWORK_GRANT,
    SET_PERMISSION,
)
from thoth_ls.wire.network import SetNetworkGrantParams
from thoth_ls.wire.panels import DidRenderPanel, PanelDataParams, PanelEventParams
from thoth_ls.wire.permissions import SetPermissionParams

DEPOT = "org.thoth.fixture.depot"
BODY = 100_000_000
RUNS = 5
APPENDS = 10_000

SERVES = """
import asyncio, sys, time

ended = 0.0

async def answer(reader, writer):
    global ended
    while head := await reader.readuntil(b"\\r\\n\\r\\n"):
        if b"/ended" in head:
            text = repr(ended).encode()
            writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: %%d\\r\\n\\r\\n" %% len(text) + text)
            continue
        with open(%r, "rb") as file:
            body = file.read()
        head = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %%d\\r\\n\\r\\n"
        writer.write(head %% len(body))
        for at in range(0, len(body), 1 << 18):
            writer.write(body[at : at + (1 << 18)])
            await writer.drain()
        ended = time.monotonic()

async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


class Depot:
    """A panel that fetches and publishes as it is told."""

    def __init__(self, client: ThothClient, panel_id: str) -> None:
        self._client = client
        self._panel_id = panel_id
        self._texts = ["", "", ""]
        self._news = asyncio.Event()
        client.on(DID_RENDER_PANEL, self._told)

    async def do(self, widget: str, value: str) -> None:
        """Returns when it has."""
        params = PanelEventParams(panel_id=self._panel_id, widget_id=widget, kind="click", value=value)
        await self._client.request(PANEL_EVENT, params)

    async def until(self, fits: Callable[[list[str]], bool]) -> list[str]:
        """The handle of the table, that of the body, and what came last, once they fit."""
        async with asyncio.timeout(60):
            while not fits(self._texts):
                self._news.clear()
                await self._news.wait()
        return self._texts

    async def uri(self, handle: str, name: str) -> str:
        """The address of its data as a document."""
        params = PanelDataParams(panel_id=self._panel_id, handle=handle, name=name)
        return str((await self._client.request(PANEL_DATA, params)).uri)

    def _told(self, event: DidRenderPanel) -> None:
        view, body, last = json.loads(event.view.node or "{}")["children"]
        self._texts = [view["handle"], body["text"], last["text"]]
        self._news.set()


async def measure(report: Report) -> None:
    """rest_100mb_usable_ms and dataset_append_us."""
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as folder, serving(SERVES % str(array_file(BODY))) as port:
        plugin = Path(folder) / "data" / "plugins" / DEPOT
        plugin.mkdir(parents=True)
        shutil.copy(ROOT / "plugins" / "fixtures" / "depot.toml", plugin / "plugin.toml")
        shutil.copy(ROOT / "build" / "fixtures" / "depot.wasm", plugin / "plugin.wasm")
        url = f"http://127.0.0.1:{port}"
        async with connect({"logLevel": "warning"}, env={"THOTH_HOME": folder}) as client:
            await allow(client, url)
            depot = Depot(client, await open_panel(client, DEPOT))
            usable = [await usable_ms(client, depot, url) for _ in range(RUNS)]
            await depot.do("publish", "Stream|0")
            began = time.perf_counter()
            await depot.do("append", f"|1|{APPENDS}")
            appending = time.perf_counter() - began
    report.add("rest_100mb_usable_ms", statistics.median(usable), "ms", Goal("<", 1000))
    report.add("dataset_append_us", 1e6 * appending / APPENDS, "µs")


async def allow(client: ThothClient, url: str) -> None:
    """Lets the plugin reach the server without a question."""
    for need in ("network", "tcp"):
        granted = SetPermissionParams.model_validate({"pluginId": DEPOT, "need": need, "decision": "granted"})
        await client.request(SET_PERMISSION, granted)
    grant = {"pluginId": DEPOT, "pattern": url, "decision": "allowed", "duration": "untilClosed", "local": True}
    await client.request(SET_NETWORK_GRANT, SetNetworkGrantParams.model_validate(grant))


async def usable_ms(client: ThothClient, depot: Depot, url: str) -> float:
    """From the last byte, as the server sends it, to the first page at the client: through the plugin and its tree."""
    before = (await depot.until(lambda texts: True))[1]
    await depot.do("get", f"{url}/records.json")
    handle = (await depot.until(lambda texts: texts[1] != before))[1]
    opened = await client.request(OPEN, OpenDocumentParams(uri=await depot.uri(handle, "records.json")))
    shown = time.monotonic()
    assert opened.first_page.count == 100
    assert opened.size_bytes >= BODY
    await client.request(CLOSE, CloseParams(document_id=opened.document_id))
    ended = await asyncio.to_thread(lambda: urllib.request.urlopen(f"{url}/ended", timeout=10).read())
    return 1000 * (shown - float(ended))
