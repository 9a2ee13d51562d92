"""Opening, indexing and paging CSV files at the LSP client, beside DuckDB and others."""

import asyncio
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.files import GB, quoted_file
from tests.bench.peers import PEERS, duckdb_count
from tests.bench.report import Goal, Report, percentile
from thoth_ls.lsp.client import ThothClient, connect
from thoth_ls.wire import documents as d
from thoth_ls.wire.methods import CLOSE, DID_PROGRESS, OPEN, PAGE

RUNS = 3
PAGES = 400


class Opened:
    """A document opened on a warm server, with the time its first page took."""

    def __init__(
        self, client: ThothClient, document: d.OpenDocumentResult, seconds: float, done: asyncio.Future[float]
    ) -> None:
        self.client = client
        self.document = document
        self.first_page_seconds = seconds
        self.index_seconds = done

    async def page(self, start: int) -> float:
        """Seconds that 100 rows from `start` take at the client."""
        began = time.perf_counter()
        page = await self.client.request(
            PAGE,
            d.PageParams(
                document_id=self.document.document_id, generation=self.document.generation, start=start, count=100
            ),
        )
        assert page.count == 100
        return time.perf_counter() - began


async def open_on(client: ThothClient, path: Path, progress: Callable[[d.Progress], None]) -> Opened:
    """Opens `path`; `index_seconds` resolves when all of it has been read."""
    done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    began = time.perf_counter()
    opened: list[str] = []

    def told(event: d.DidProgress) -> None:
        if opened and event.document_id != opened[0]:
            return
        progress(event.progress)
        if event.progress.done and not done.done():
            done.set_result(time.perf_counter() - began)

    document = await client.request(OPEN, d.OpenDocumentParams(uri=path.as_uri()))
    opened.append(document.document_id)
    client.on(DID_PROGRESS, told)
    return Opened(client, document, time.perf_counter() - began, done)


async def open_warm(client: ThothClient, folder: Path) -> None:
    """Opens and closes a small file, so that what is measured next finds the server warm."""
    warm = folder / "warm.csv"
    warm.write_text("a,b\n1,2\n")
    document = await client.request(OPEN, d.OpenDocumentParams(uri=warm.as_uri()))
    await client.request(CLOSE, d.CloseParams(document_id=document.document_id))


def warm(path: Path) -> None:
    """Reads the file into the page cache, for all alike: this measures programs, not disks."""
    with path.open("rb", buffering=0) as file:
        while file.read(16 << 20):
            pass


async def measure(report: Report) -> None:
    """All csv_* measures."""
    small, large = quoted_file(GB), quoted_file(5 * GB)
    await asyncio.to_thread(warm, small)
    firsts, indexes, peers = [], [], []
    for _ in range(RUNS):
        async with connect() as client:
            await open_warm(client, small.parent)
            opened = await open_on(client, small, lambda progress: None)
            firsts.append(opened.first_page_seconds)
            indexes.append(await opened.index_seconds)
        peers.append(await asyncio.to_thread(duckdb_count, small))
    index, peer = statistics.median(indexes), statistics.median(peers)
    report.add("csv_first_page_1gb_ms", 1000 * statistics.median(firsts), "ms", Goal("<", 500))
    report.add("csv_index", 1 / index, "GB/s", Goal(">", 1, "ratio"), ("duckdb count(*)", 1 / peer), peer / index)
    await asyncio.to_thread(warm, large)
    await _large(report, large)
    for name, count in PEERS.items():
        report.add(f"csv_count_{name}", 1 / await asyncio.to_thread(count, small), "GB/s")


async def _large(report: Report, path: Path) -> None:
    """First page, pages while and after indexing, and memory, on the 5 GB file."""
    chance = random.Random(5)
    seen = [0]
    async with connect() as client:
        await open_warm(client, path.parent)
        opened = await open_on(client, path, lambda progress: seen.append(progress.records))
        report.add("csv_first_page_ms", 1000 * opened.first_page_seconds, "ms", Goal("<", 500))
        during = []
        while not opened.index_seconds.done():
            during.append(await opened.page(chance.randrange(max(1, seen[-1] - 100))))
            await asyncio.sleep(0.01)
        report.add("csv_index_5gb_s", await opened.index_seconds, "s")
        after = [await opened.page(chance.randrange(seen[-1] - 100)) for _ in range(PAGES)]
        assert client.process is not None
        rss = peak_rss_megabytes(client.process.pid)
        await client.request(CLOSE, d.CloseParams(document_id=opened.document.document_id))
    report.add("csv_page_p50_ms", 1000 * percentile(during + after, 0.5), "ms", Goal("<", 5))
    report.add("csv_page_p99_ms", 1000 * percentile(during + after, 0.99), "ms", Goal("<", 20))
    report.add("csv_page_indexing_p50_ms", 1000 * percentile(during, 0.5), "ms")
    report.add("csv_page_indexing_p99_ms", 1000 * percentile(during, 0.99), "ms")
    report.add("csv_rss_mb", rss, "MB", Goal("<", 300))


def peak_rss_megabytes(pid: int) -> float:
    """The most memory a process has had at once."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1_000_000
    raise RuntimeError("this system does not tell the peak memory of a process")
