"""`python -m tests.bench [part …]`: all parts, or those named."""

import asyncio
import logging
import sys

from tests.bench import (
    commands,
    csv_files,
    discovery,
    exports,
    hot_reload,
    http_requests,
    json_files,
    panel_data,
    panels,
    python_panels,
    rest,
    runtime,
    start,
    tcp,
    ui_click,
    ui_tree,
    websockets,
)
from tests.bench.report import Report

PARTS = {
    "start": start.measure,
    "runtime": runtime.measure,
    "discovery": discovery.measure,
    "hotReload": hot_reload.measure,
    "commands": commands.measure,
    "csv": csv_files.measure,
    "json": json_files.measure,
    "exports": exports.measure,
    "http": http_requests.measure,
    "tcp": tcp.measure,
    "websockets": websockets.measure,
    "uiTree": ui_tree.measure,
    "uiClick": ui_click.measure,
    "panels": panels.measure,
    "panelData": panel_data.measure,
    "pythonPanels": python_panels.measure,
    "rest": rest.measure,
}


async def main(names: list[str]) -> None:
    """Runs the parts in order and writes the report."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # a client hears of things it did not ask about
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        sys.exit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    report = Report()
    for name in names or list(PARTS):
        await PARTS[name](report)
    report.write()


asyncio.run(main(sys.argv[1:]))
