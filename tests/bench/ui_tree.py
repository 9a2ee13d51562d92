"""How long a new tree of 10,000 nodes takes in the browser, from its text to a page that is laid out."""

import asyncio
import json
from pathlib import Path

from tests.bench.report import Goal, Report

ROOT = Path(__file__).parent.parent.parent
FRAME_MS = 1000 / 60


async def measure(report: Report) -> None:
    """ui_tree_10k_ms (one node changed, one more above), _all_ms (each row changed), _first_ms (on an empty page)."""
    setup = await asyncio.create_subprocess_exec(ROOT / "scripts" / "setup_editor.sh", "driver")
    assert await setup.wait() == 0
    run = await asyncio.create_subprocess_exec(
        "node", Path(__file__).with_suffix(".mjs"), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await run.communicate()
    assert run.returncode == 0, "the trees could not be drawn"
    times: dict[str, float] = json.loads(out)
    report.add("ui_tree_10k_ms", times["above"], "ms", Goal("<", FRAME_MS))
    report.add("ui_tree_10k_all_ms", times["all"], "ms")
    report.add("ui_tree_10k_first_ms", times["first"], "ms")
