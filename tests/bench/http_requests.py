"""Requests of plugins beside bare httpx at the same server, and how fast a large response is on the disk."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from tests.bench.report import Goal, Report
from tests.bench.serving import serving
from tests.net.http.guests import Stage, request, stage

WARM = 50
REQUESTS = 500
RUNS = 5
MB = 10**6
BODY = 100 * MB

SERVES = f"""
import asyncio, sys

async def answer(reader, writer):
    while head := await reader.readuntil(b"\\r\\n\\r\\n"):
        size = {BODY} if b"/large" in head else 5
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % size)
        piece = bytes(min(size, 1 << 18))
        while size:
            writer.write(piece[:size])
            size -= min(size, len(piece))
            await writer.drain()

async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


def _median_ms(times: list[float]) -> float:
    return 1000 * statistics.median(times[WARM:])


async def bare_ms(url: str) -> float:
    """One GET by httpx, on a connection that is open."""
    times = []
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(WARM + REQUESTS):
            began = time.perf_counter()
            response = await client.get(url)
            times.append(time.perf_counter() - began)
            assert response.content == bytes(5)
    return _median_ms(times)


async def ours_ms(on: Stage, url: str) -> float:
    """The same by `http-client.fetch`, called on a thread as guests do: judged, sent, written down."""

    def ask() -> list[float]:
        fetch = on.network.imports(on.plugin, on.guest)["http-client"]["fetch"]
        times = []
        for _ in range(WARM + REQUESTS):
            began = time.perf_counter()
            response = fetch(request(url))
            times.append(time.perf_counter() - began)
            assert response["body"] == bytes(5)
        return times

    return _median_ms(await asyncio.to_thread(ask))


async def bare_spooled(url: str, folder: Path) -> None:
    """A large response written to a file as it comes, by httpx."""
    async with httpx.AsyncClient(trust_env=False) as client, client.stream("GET", url) as response:
        with (folder / "bare").open("wb") as file:
            async for piece in response.aiter_raw():
                file.write(piece)
    assert (folder / "bare").stat().st_size == BODY


async def ours_spooled(on: Stage, url: str) -> None:
    """The same by `http-client.submit`."""
    answer = await on.ok(url)
    assert answer["body_bytes"] == BODY
    await on.call("http-control", "release-body", answer["body_handle"])


async def _seconds(work: Callable[[], Awaitable[None]]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        await work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


async def measure(report: Report) -> None:
    """http_overhead_ms and spool_100mb_s."""
    unlimited = {"requestsPerMinute": 0, "requestsPerMinutePerHost": 0}
    with tempfile.TemporaryDirectory() as name, serving(SERVES) as port:
        url = f"http://127.0.0.1:{port}"
        folder = Path(name)
        async with stage(folder / "home", **unlimited) as on:
            await on.allow(url)
            bare = await bare_ms(f"{url}/hello")
            ours = await ours_ms(on, f"{url}/hello")
            report.add("http_overhead_ms", ours - bare, "ms", Goal("<", 2), ("a request by bare httpx", bare))
            peer = await _seconds(lambda: bare_spooled(f"{url}/large", folder))
            took = await _seconds(lambda: ours_spooled(on, f"{url}/large"))
            report.add("spool_100mb_s", took, "s", Goal(">", 0.5, "ratio"), ("httpx into a file", peer), peer / took)
