"""Other programs on the same JSON file in the same run."""

import json
import subprocess
import sys
import time
from pathlib import Path

_LOAD = """
import resource, sys, time
import orjson
data = open(sys.argv[1], "rb").read()
began = time.perf_counter()
value = orjson.loads(data)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000)
"""


def duckdb_count(path: Path) -> float:
    """DuckDB, all cores: seconds of a count(*) of newline-delimited JSON."""
    import duckdb

    began = time.perf_counter()
    duckdb.sql("set enable_progress_bar = false")
    duckdb.sql(f"select count(*) from read_json('{path}', format='newline_delimited')").fetchall()
    return time.perf_counter() - began


def orjson_load(path: Path) -> tuple[float, float]:
    """orjson in a process of its own: seconds to load a file that is in memory already, and peak memory in MB."""
    ran = subprocess.run([sys.executable, "-c", _LOAD, str(path)], check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, ran.stdout.split())
    return seconds, megabytes


def grep_count(path: Path, text: str) -> tuple[float, int]:
    """grep on bytes: seconds, and how many lines hold the text."""
    began = time.perf_counter()
    ran = subprocess.run(["grep", "-c", "-F", text, str(path)], capture_output=True, text=True, env={"LC_ALL": "C"})
    return time.perf_counter() - began, int(ran.stdout)


def library_records_per_second(path: Path, query: str) -> float:
    """The JSONPath library on records parsed by Python's json: records a second of the first 20,000."""
    import jsonpath_rfc9535

    path_query = jsonpath_rfc9535.compile(query)
    with path.open(encoding="utf-8") as file:
        texts = [next(file) for _ in range(20_000)]
    began = time.perf_counter()
    for text in texts:
        path_query.find(json.loads(text))
    return len(texts) / (time.perf_counter() - began)
