"""Exporting 1 GB of CSV as CSV, beside Python's csv module and DuckDB."""

import asyncio
import csv
import time
from pathlib import Path

from tests.bench.csv_files import open_on, open_warm, peak_rss_megabytes, warm
from tests.bench.files import FOLDER, GB, quoted_file
from tests.bench.report import Goal, Report
from thoth_ls.lsp.client import connect
from thoth_ls.wire.exports import ExportParams
from thoth_ls.wire.methods import EXPORT

PLUGIN = "com.thoth.csv-export"


async def measure(report: Report) -> None:
    """`export_csv` and the memory it takes."""
    source = quoted_file(GB)
    target = FOLDER / "exported.csv"
    await asyncio.to_thread(warm, source)
    try:
        async with connect() as client:
            await open_warm(client, FOLDER)
            opened = await open_on(client, source, lambda progress: None)
            await opened.index_seconds
            assert client.process is not None
            before = peak_rss_megabytes(client.process.pid)
            began = time.perf_counter()
            result = await client.request(
                EXPORT,
                ExportParams(
                    document_id=opened.document.document_id,
                    generation=opened.document.generation,
                    plugin_id=PLUGIN,
                    target=target.as_uri(),
                    overwrite=True,
                ),
            )
            seconds = time.perf_counter() - began
            peak = peak_rss_megabytes(client.process.pid)
        assert result.bytes == target.stat().st_size > 0.95 * GB
        own = source.stat().st_size / 1e6 / seconds
        peer = await asyncio.to_thread(rewritten, source, target)
        report.add("export_csv", own, "MB/s", Goal(">", 1, "ratio"), ("csv reader and writer", peer), own / peer)
        report.add("export_csv_duckdb", await asyncio.to_thread(copied, source, target), "MB/s")
        report.add("export_csv_rss_mb", peak, "MB", Goal("<", 300))
        report.add("export_csv_more_rss_mb", peak - before, "MB")
    finally:
        target.unlink(missing_ok=True)


def rewritten(source: Path, target: Path) -> float:
    """MB/s of Python's csv module, reading and writing every record."""
    began = time.perf_counter()
    with source.open(newline="", encoding="utf-8") as file, target.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows(csv.reader(file))
    return source.stat().st_size / 1e6 / (time.perf_counter() - began)


def copied(source: Path, target: Path) -> float:
    """MB/s of DuckDB's COPY, all cores, cells as texts."""
    import duckdb

    began = time.perf_counter()
    duckdb.sql(f"copy (from read_csv('{source}', all_varchar=true)) to '{target}' (header)")
    return source.stat().st_size / 1e6 / (time.perf_counter() - began)
