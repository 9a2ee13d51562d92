"""Opening, indexing, expanding and searching JSON at the LSP client, beside DuckDB, orjson, grep and the library."""

import asyncio
import random
import statistics
import time
from pathlib import Path

from tests.bench.csv_files import PAGES, RUNS, Opened, open_on, peak_rss_megabytes, warm
from tests.bench.files import GB
from tests.bench.json_data import ELEMENTS, NEEDLE, array_file, lines_file, wide_file
from tests.bench.json_peers import duckdb_count, grep_count, library_records_per_second, orjson_load
from tests.bench.report import Goal, Report, percentile
from thoth_ls.lsp.client import ThothClient, connect
from thoth_ls.wire import documents as d
from thoth_ls.wire.methods import CHILDREN, CLOSE, OPEN, SEARCH
from thoth_ls.wire.searches import SearchParams
from thoth_ls.wire.trees import ChildrenParams

EXPANSIONS = 50
JSONPATH = "$[?@.name == 'user 77' || @ == 77]"
"""A filter that every record has to be parsed for."""
JSONPATH_MEGABYTES = 100


async def measure(report: Report) -> None:
    """All measures of JSON."""
    lines, array = lines_file(GB), array_file(GB)
    await _lines(report, lines)
    await _array(report, array)
    await _large(report, lines_file(5 * GB))
    await _expand(report, wide_file())
    await _find(report, lines)
    await _jsonpath(report, lines_file(JSONPATH_MEGABYTES * 1_000_000))


async def _lines(report: Report, path: Path) -> None:
    await asyncio.to_thread(warm, path)
    indexes, peers = [], []
    for _ in range(RUNS):
        async with connect() as client:
            await _open_warm(client, path.parent)
            indexes.append(await (await open_on(client, path, lambda progress: None)).index_seconds)
        peers.append(await asyncio.to_thread(duckdb_count, path))
    index, peer = statistics.median(indexes), statistics.median(peers)
    size = _gigabytes(path)
    goal = Goal(">", 1.5, "ratio")
    report.add("ndjson_index", size / index, "GB/s", goal, ("duckdb count(*)", size / peer), peer / index)


async def _array(report: Report, path: Path) -> None:
    await asyncio.to_thread(warm, path)
    indexes, memory = [], []
    for _ in range(RUNS):
        async with connect() as client:
            await _open_warm(client, path.parent)
            indexes.append(await (await open_on(client, path, lambda progress: None)).index_seconds)
            assert client.process is not None
            memory.append(peak_rss_megabytes(client.process.pid))
    peer, peer_memory = await asyncio.to_thread(orjson_load, path)
    index, size = statistics.median(indexes), _gigabytes(path)
    goal = Goal(">", 3, "ratio")
    report.add("json_array_index", size / index, "GB/s", goal, ("orjson.loads", size / peer), peer / index)
    used = max(memory)
    report.add("json_rss_mb", used, "MB", Goal("<", 300), ("orjson.loads", peer_memory), peer_memory / used)


async def _large(report: Report, path: Path) -> None:
    """First page, and pages while and after indexing, on 5 GB of lines."""
    await asyncio.to_thread(warm, path)
    chance = random.Random(5)
    seen = [0]
    async with connect() as client:
        await _open_warm(client, path.parent)
        opened = await open_on(client, path, lambda progress: seen.append(progress.records))
        report.add("json_first_page_ms", 1000 * opened.first_page_seconds, "ms", Goal("<", 500))
        during = []
        while not opened.index_seconds.done():
            during.append(await opened.page(chance.randrange(max(1, seen[-1] - 100))))
            await asyncio.sleep(0.01)
        report.add("json_index_5gb_s", await opened.index_seconds, "s")
        after = [await opened.page(chance.randrange(seen[-1] - 100)) for _ in range(PAGES)]
        assert client.process is not None
        report.add("json_rss_5gb_mb", peak_rss_megabytes(client.process.pid), "MB", Goal("<", 300))
    report.add("json_page_p50_ms", 1000 * percentile(during + after, 0.5), "ms", Goal("<", 5))
    report.add("json_page_p99_ms", 1000 * percentile(during + after, 0.99), "ms", Goal("<", 20))
    report.add("json_page_indexing_p99_ms", 1000 * percentile(during, 0.99), "ms")


async def _expand(report: Report, path: Path) -> None:
    """Windows of 100 children in the last tenth of an array of ten million elements."""
    await asyncio.to_thread(warm, path)
    chance = random.Random(9)
    async with connect() as client:
        await _open_warm(client, path.parent)
        opened = await open_on(client, path, lambda progress: None)
        report.add("json_wide_first_page_ms", 1000 * opened.first_page_seconds, "ms", Goal("<", 500))
        report.add("json_wide_index_s", await opened.index_seconds, "s")
        starts = [chance.randrange(ELEMENTS * 9 // 10, ELEMENTS - 100) for _ in range(EXPANSIONS)]
        seconds = [await _children(opened, start) for start in starts]
    report.add("json_expand_ms", 1000 * statistics.median(seconds), "ms", Goal("<", 50))
    report.add("json_expand_p99_ms", 1000 * percentile(seconds, 0.99), "ms")


async def _children(opened: Opened, start: int) -> float:
    began = time.perf_counter()
    document = opened.document
    found = await opened.client.request(
        CHILDREN,
        ChildrenParams(
            document_id=document.document_id,
            generation=document.generation,
            record=0,
            path=["items"],
            start=start,
            count=100,
        ),
    )
    assert f'"index":{start}' in found.children.replace(" ", "")
    return time.perf_counter() - began


async def _find(report: Report, path: Path) -> None:
    """A rare text in 1 GB, after indexing; with case, as `grep -F` looks."""
    await asyncio.to_thread(warm, path)
    async with connect() as client:
        await _open_warm(client, path.parent)
        opened = await open_on(client, path, lambda progress: None)
        await opened.index_seconds
        seconds, hits = [], 0
        for _ in range(RUNS):
            took, hits = await _search(opened, NEEDLE, "text")
            seconds.append(took)
        folded, _ = await _search(opened, NEEDLE.upper(), "text", match_case=False)
    peers = [await asyncio.to_thread(grep_count, path, NEEDLE) for _ in range(RUNS)]
    assert {count for _, count in peers} == {hits}
    found, peer = statistics.median(seconds), statistics.median(took for took, _ in peers)
    size = _gigabytes(path)
    report.add("find_text", size / found, "GB/s", None, ("grep -c -F", size / peer), peer / found)
    report.add("find_text_any_case", size / folded, "GB/s")


async def _jsonpath(report: Report, path: Path) -> None:
    async with connect() as client:
        await _open_warm(client, path.parent)
        opened = await open_on(client, path, lambda progress: None)
        await opened.index_seconds
        seconds, _ = await _search(opened, JSONPATH, "jsonpath")
        records = (await opened.client.request(CHILDREN, _no_records(opened))).count
    alone = await asyncio.to_thread(library_records_per_second, path, JSONPATH)
    rate = records / seconds
    report.add("find_jsonpath", rate, "rec/s", None, ("the library alone", alone), rate / alone)


def _no_records(opened: Opened) -> ChildrenParams:
    document = opened.document
    return ChildrenParams(
        document_id=document.document_id, generation=document.generation, record=None, start=0, count=0
    )


async def _search(opened: Opened, query: str, mode: str, *, match_case: bool = True) -> tuple[float, int]:
    document = opened.document
    params = SearchParams.model_validate(
        {
            "documentId": document.document_id,
            "generation": document.generation,
            "searchId": "bench",
            "query": query,
            "mode": mode,
            "matchCase": match_case,
        }
    )
    began = time.perf_counter()
    result = await opened.client.request(SEARCH, params)
    return time.perf_counter() - began, result.hits


async def _open_warm(client: ThothClient, folder: Path) -> None:
    """Opens and closes a small file, so that what is measured next finds the server warm."""
    small = folder / "warm.ndjson"
    small.write_text('{"a":1}\n')
    document = await client.request(OPEN, d.OpenDocumentParams(uri=small.as_uri()))
    await client.request(CLOSE, d.CloseParams(document_id=document.document_id))


def _gigabytes(path: Path) -> float:
    return path.stat().st_size / GB
