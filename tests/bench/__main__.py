"""`python -m tests.bench [part …]`: all parts, or those named."""

import asyncio
import sys

from tests.bench import csv_files, json_files, runtime, start
from tests.bench.report import Report

PARTS = {"start": start.measure, "runtime": runtime.measure, "csv": csv_files.measure, "json": json_files.measure}


async def main(names: list[str]) -> None:
    """Runs the parts in order and writes the report."""
    report = Report()
    for name in names or list(PARTS):
        await PARTS[name](report)
    report.write()


asyncio.run(main(sys.argv[1:]))
