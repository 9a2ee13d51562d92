"""Panels: from what a person does to the new tree at the client, and what one panel costs in memory."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.report import Goal, Report
from thoth_ls.lsp.client import ThothClient, connect
from thoth_ls.wire.methods import CLOSE_PANEL, DID_RENDER_PANEL, OPEN_PANEL, PANEL_EVENT, SET_PERMISSION
from thoth_ls.wire.panels import OpenPanelParams, PanelEventParams, PanelRef
from thoth_ls.wire.permissions import SetPermissionParams

if TYPE_CHECKING:
    from thoth_ls.wire.panels import DidRenderPanel

ROOT = Path(__file__).parents[2]
STAGEHAND = "org.thoth.fixture.stagehand"
WARM = 50
EVENTS = 1_000
PANELS = 10
"""Opened at once, to see what one takes."""
NODE = '{"type":"text","text":"A line of a list, as it may be"}'
MANY = '{"type":"column","children":[' + ",".join([NODE] * 10_000) + "]}"


async def measure(report: Report) -> None:
    """panel_event_p50_ms, panel_event_p99_ms, panel_event_10k_nodes_ms, panel_open_ms and panel_memory_mb."""
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as folder:
        plugin = Path(folder) / "data" / "plugins" / STAGEHAND
        plugin.mkdir(parents=True)
        shutil.copy(ROOT / "plugins" / "fixtures" / "stagehand.toml", plugin / "plugin.toml")
        shutil.copy(ROOT / "build" / "fixtures" / "stagehand.wasm", plugin / "plugin.wasm")
        async with connect({"logLevel": "warning"}, env={"THOTH_HOME": folder}) as client:
            allowed = SetPermissionParams(plugin_id=STAGEHAND, need="open-tabs", decision="granted")
            await client.request(SET_PERMISSION, allowed)
            rendered = asyncio.Event()

            def told(event: DidRenderPanel) -> None:
                rendered.set()

            client.on(DID_RENDER_PANEL, told)
            panel_id = await open_panel(client, STAGEHAND)
            small = await events(client, rendered, panel_id, "add", "", EVENTS)
            large = await events(client, rendered, panel_id, "tree", MANY, 20)
            await client.request(CLOSE_PANEL, PanelRef(panel_id=panel_id))
            opening, megabytes = await several(client, STAGEHAND)
    report.add("panel_event_p50_ms", 1000 * statistics.median(small), "ms", Goal("<", 10))
    report.add("panel_event_p99_ms", 1000 * statistics.quantiles(small, n=100)[98], "ms")
    report.add("panel_event_10k_nodes_ms", 1000 * statistics.median(large), "ms")
    report.add("panel_open_ms", 1000 * opening, "ms")
    report.add("panel_memory_mb", megabytes, "MB")


async def open_panel(client: ThothClient, plugin_id: str) -> str:
    """The id of a panel that was opened."""
    opened = await client.request(OPEN_PANEL, OpenPanelParams(plugin_id=plugin_id, place="tab", state=None))
    return str(opened.panel_id)


async def events(
    client: ThothClient,
    rendered: asyncio.Event,
    panel_id: str,
    widget_id: str,
    value: str,
    count: int,
    kind: str = "click",
) -> list[float]:
    """Seconds from each event to the tree it led to, which `rendered` tells."""
    params = PanelEventParams(panel_id=panel_id, widget_id=widget_id, kind=kind, value=value)
    times = []
    for _ in range(WARM + count):
        rendered.clear()
        began = time.perf_counter()
        answer = asyncio.create_task(client.request(PANEL_EVENT, params))
        await asyncio.wait_for(rendered.wait(), 20)
        times.append(time.perf_counter() - began)
        await answer
    return times[WARM:]


async def several(client: ThothClient, plugin_id: str) -> tuple[float, float]:
    """Median seconds to open one, and megabytes that each takes of the server's private memory."""
    assert client.process is not None
    before = _private_bytes(client.process.pid)
    times = []
    opened = []
    for _ in range(PANELS):
        began = time.perf_counter()
        opened.append(await open_panel(client, plugin_id))
        times.append(time.perf_counter() - began)
    after = _private_bytes(client.process.pid)
    for panel_id in opened:
        await client.request(CLOSE_PANEL, PanelRef(panel_id=panel_id))
    return statistics.median(times), (after - before) / PANELS / 1e6


def _private_bytes(pid: int) -> int:
    """Memory that no other process shares, as Linux counts it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
