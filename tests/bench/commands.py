"""Commands of plugins: what one costs at the client, beside the start of a program that does nothing."""

import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import Goal, Report
from thoth_ls.lsp.client import ThothClient, connect
from thoth_ls.wire.commands import RunCommandParams
from thoth_ls.wire.methods import RUN_COMMAND, SET_PERMISSION
from thoth_ls.wire.permissions import SetPermissionParams

ROOT = Path(__file__).parent.parent.parent
COUNTER = "org.thoth.fixture.counter"
RUNS = 50
PEER = ("git", "--version") if shutil.which("git") else (sys.executable, "-c", "pass")


async def measure(report: Report) -> None:
    """command_roundtrip_ms of a command that returns one record, command_records_ms of one that returns 100,000."""
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as folder:
        plugin = Path(folder) / "data" / "plugins" / COUNTER
        plugin.mkdir(parents=True)
        shutil.copy(ROOT / "plugins" / "fixtures" / "counter.toml", plugin / "plugin.toml")
        shutil.copy(ROOT / "build" / "fixtures" / "counter.wasm", plugin / "plugin.wasm")
        async with connect({"logLevel": "warning"}, env={"THOTH_HOME": folder}) as client:
            allowed = SetPermissionParams(plugin_id=COUNTER, need="headless", decision="granted")
            await client.request(SET_PERMISSION, allowed)
            trivial = await _median(client, "greet", {"name": "Ada"}, RUNS)
            many = await _median(client, "count", {"to": "100000"}, 5)
    peer = await asyncio.to_thread(_start_seconds)
    goal = Goal("<", 50)
    named = (" ".join(Path(word).name for word in PEER), 1000 * peer)
    report.add("command_roundtrip_ms", 1000 * trivial, "ms", goal, named, peer / trivial)
    report.add("command_100k_records_ms", 1000 * many, "ms", Goal("<", 2000))


async def _median(client: ThothClient, name: str, values: dict[str, str | bool], runs: int) -> float:
    """Median time from the request to the answer, the machine code being at hand."""
    params = RunCommandParams(plugin_id=COUNTER, name=name, values=values)
    times = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        await client.request(RUN_COMMAND, params)
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def _start_seconds() -> float:
    """Median time of a program that prints its version, as other tools' plugins are run."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(PEER, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)
