"""Panels of plugins in Python: the gallery, whose tree has every kind of node, at the client."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
from pathlib import Path

from tests.bench.panels import events, open_panel, several
from tests.bench.report import Goal, Report
from thoth_ls.lsp.client import connect
from thoth_ls.wire.methods import CLOSE_PANEL, DID_RENDER_PANEL, PLUGINS, SET_PERMISSION
from thoth_ls.wire.panels import DidRenderPanel, PanelRef
from thoth_ls.wire.permissions import SetPermissionParams

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "build" / "fixtures" / "gallery"
GALLERY = "org.thoth.fixture.gallery"
EVENTS = 500


async def measure(report: Report) -> None:
    """panel_event_python_p50_ms, _p99_ms and _10k_nodes_ms, panel_python_open_ms and panel_python_memory_mb."""
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as folder:
        plugin = Path(folder) / "data" / "plugins" / GALLERY
        plugin.mkdir(parents=True)
        for name in ("plugin.toml", "plugin.wasm"):
            shutil.copy(BUILT / name, plugin / name)
        async with connect({"logLevel": "warning"}, env={"THOTH_HOME": folder}) as client:
            for info in (await client.request(PLUGINS)).plugins:
                for permission in info.permissions if info.id == GALLERY else ():
                    granted = SetPermissionParams(plugin_id=GALLERY, need=permission.need, decision="granted")
                    await client.request(SET_PERMISSION, granted)
            rendered = asyncio.Event()

            def told(event: DidRenderPanel) -> None:
                rendered.set()

            client.on(DID_RENDER_PANEL, told)
            panel_id = await open_panel(client, GALLERY)  # compiles it
            small = await events(client, rendered, panel_id, "button", "", EVENTS)
            large = await events(client, rendered, panel_id, "many", "10000", 20, "change")
            await client.request(CLOSE_PANEL, PanelRef(panel_id=panel_id))
            opening, megabytes = await several(client, GALLERY)
    report.add("panel_event_python_p50_ms", 1000 * statistics.median(small), "ms", Goal("<", 10))
    report.add("panel_event_python_p99_ms", 1000 * statistics.quantiles(small, n=100)[98], "ms")
    report.add("panel_event_python_10k_nodes_ms", 1000 * statistics.median(large), "ms")
    report.add("panel_python_open_ms", 1000 * opening, "ms")
    report.add("panel_python_memory_mb", megabytes, "MB")
