"""The plugin runtime: loading, stopping, and how alive the server stays meanwhile."""

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bench.marshalling import bytes_ratio
from tests.bench.report import Goal, Report, percentile
from tests.runtime.hostile.guests import guest
from tests.runtime.hostile.stage import MANIFEST, PLUGIN
from thoth_ls.lsp.client import RequestFailed, ThothClient, connect
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.wire.documents import OpenDocumentParams
from thoth_ls.wire.methods import OPEN, PING

DEADLINE = 1.0
RUNS = 7
SPIN = "(loop $again (br $again)) (unreachable)"
CSV_LOADER = "com.thoth.csv-loader"


async def measure(report: Report) -> None:
    """bytes_1mib, plugin_load_ms, runaway_stop_ms, ping_during_runaway_ms."""
    ours, stock = await asyncio.to_thread(bytes_ratio)
    report.add("bytes_1mib", 1 / ours, "MiB/s", Goal(">", 20, "ratio"), ("wasmtime-py's own", 1 / stock), stock / ours)
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as folder:
        report.add("plugin_load_ms", 1000 * await _load_seconds(Path(folder)), "ms", Goal("<", 20))
        await _runaway(report, Path(folder))


async def _load_seconds(folder: Path) -> float:
    """Median time from a fresh runtime to a started instance of the CSV loader, its machine code being at hand."""
    times = []
    for _ in range(RUNS + 1):
        runtime = PluginRuntime(Paths.under(folder / "load"), Limits(), lambda *line: None)
        plugin = runtime.catalog.get(CSV_LOADER)
        assert plugin is not None, "make plugins first"
        began = time.perf_counter()
        instance = await runtime.instance(plugin)
        await instance.call("plugin-meta", "get-info")
        times.append(time.perf_counter() - began)
        await runtime.close()
    return statistics.median(times[1:])  # the first one imports wasmtime


async def _runaway(report: Report, folder: Path) -> None:
    """A plugin that never returns from `open`, at the client: when it is stopped, and how pings fare until then."""
    home = folder / "home"
    plugin = Paths.under(home).plugins / PLUGIN
    plugin.mkdir(parents=True)
    (plugin / "plugin.toml").write_text(MANIFEST)
    (plugin / "plugin.wasm").write_bytes(guest({"paged-loader#open": SPIN}))
    data = folder / "a.csv"
    data.write_text("a\n1\n")
    params = OpenDocumentParams(uri=data.as_uri(), plugin_id=PLUGIN)
    late, pings = [], []
    for _ in range(RUNS):
        async with _server(home) as client:
            began = time.perf_counter()
            opening = asyncio.ensure_future(_stopped(client, params))
            while not opening.done():
                asked = time.perf_counter()
                await client.request(PING)
                pings.append(time.perf_counter() - asked)
                await asyncio.sleep(0.005)
            late.append(await opening - began - DEADLINE)
    report.add("runaway_stop_ms", 1000 * statistics.median(late), "ms", Goal("<", 250))
    report.add("ping_during_runaway_ms", 1000 * percentile(pings, 0.99), "ms", Goal("<", 50))
    report.add("ping_during_runaway_max_ms", 1000 * max(pings), "ms")
    shutil.rmtree(home)


@asynccontextmanager
async def _server(home: Path) -> AsyncIterator[ThothClient]:
    settings = {"runtime": {"deadlineSeconds": DEADLINE, "fuelPerCall": 10**15}}
    async with connect(settings, env={"THOTH_HOME": str(home)}) as client:
        await client.request(PING)
        yield client


async def _stopped(client: ThothClient, params: OpenDocumentParams) -> float:
    """The moment the open request was answered with the limit that ended it."""
    with pytest.raises(RequestFailed) as stopped:
        await client.request(OPEN, params)
    assert stopped.value.data["limit"] == "deadline", stopped.value
    return time.perf_counter()
