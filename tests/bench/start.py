"""Start and initialize, beside a bare pygls server."""

import asyncio
import statistics
import sys
import time
from pathlib import Path

from tests.bench.report import Goal, Report
from thoth_ls.lsp.client import SERVER, connect

BARE = Path(__file__).parent / "bare_server.py"
RUNS = 11


async def _start(command: tuple[str, ...]) -> float:
    began = time.perf_counter()
    async with connect(command=command):
        return time.perf_counter() - began


async def measure(report: Report) -> None:
    """start_ratio_pygls; the two take turns, so that a busy moment costs both."""
    ours, bare = [], []
    for _ in range(RUNS):
        ours.append(await _start(SERVER))
        bare.append(await _start((sys.executable, str(BARE))))
        await asyncio.sleep(0)
    value, peer = statistics.median(ours), statistics.median(bare)
    report.add("start_ms", 1000 * value, "ms", peer=("bare pygls", 1000 * peer), ratio=peer / value)
    report.add("start_ratio_pygls", value / peer, "x", Goal("<", 1.3))
