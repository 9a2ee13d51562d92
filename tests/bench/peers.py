"""Other programs on the same file in the same run. Each returns seconds."""

import csv
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.files import FOLDER

NODE_FOLDER = FOLDER / "node"
PAPAPARSE = "papaparse@5.7.1"


def duckdb_count(path: Path) -> float:
    """DuckDB, all cores: count(*) of the file."""
    import duckdb

    began = time.perf_counter()
    duckdb.sql(f"select count(*) from read_csv('{path}')").fetchall()
    return time.perf_counter() - began


def csv_reader(path: Path) -> float:
    """Python's csv module: every record parsed."""
    began = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        sum(1 for _ in csv.reader(file))
    return time.perf_counter() - began


def polars_scan(path: Path) -> float:
    """Polars, all cores: the length of a lazy scan."""
    import polars

    began = time.perf_counter()
    polars.scan_csv(path).select(polars.len()).collect()
    return time.perf_counter() - began


def pandas_read(path: Path) -> float:
    """pandas: the whole file as a frame, by its own C parser."""
    import pandas

    began = time.perf_counter()
    len(pandas.read_csv(path))
    return time.perf_counter() - began


def papaparse(path: Path) -> float:
    """Papa Parse in Node, streaming: every record parsed."""
    if not (NODE_FOLDER / "node_modules" / "papaparse").is_dir():
        install = [
            "npm",
            "install",
            "--prefix",
            str(NODE_FOLDER),
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            PAPAPARSE,
        ]
        subprocess.run(install, check=True, capture_output=True)
    script = (
        "const p=require('papaparse'),fs=require('fs');let n=0;"
        "p.parse(fs.createReadStream(process.argv[1]),{step(){n++},complete(){console.log(n)}})"
    )
    began = time.perf_counter()
    subprocess.run(["node", "-e", script, str(path)], cwd=NODE_FOLDER, check=True, capture_output=True)
    return time.perf_counter() - began


PEERS: dict[str, Callable[[Path], float]] = {
    "csv_reader": csv_reader,
    "polars": polars_scan,
    "pandas": pandas_read,
    "papaparse": papaparse,
}
