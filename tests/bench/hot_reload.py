"""From a rebuilt plugin to the first answer by it, at the client; and what counting costs a call."""

import asyncio
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.report import Goal, Report
from thoth_ls.lsp.client import ThothClient, connect
from thoth_ls.runtime.usage import Meter, Usage
from thoth_ls.wire.documents import DidChange, OpenDocumentParams, OpenDocumentResult, ReopenParams
from thoth_ls.wire.methods import DID_CHANGE, OPEN, PLUGINS, REOPEN, SET_PERMISSION
from thoth_ls.wire.permissions import SetPermissionParams

ROOT = Path(__file__).parent.parent.parent
RUNS = 5
CALLS = 100_000
Rebuild = Callable[[bytes, int], bytes]


async def measure(report: Report) -> None:
    """hot_reload_ms of a small plugin, hot_reload_csv_loader_ms of one of 200 KB, and metering_us."""
    fixture = ROOT / "build" / "fixtures" / "diary.wasm"
    manifest = ROOT / "plugins" / "fixtures" / "diary.toml"
    small = await _reload_seconds(manifest, fixture, "a.diary", "build\n", _word)
    report.add("hot_reload_ms", 1000 * small, "ms", Goal("<", 1000))
    large = ROOT / "build" / "plugins" / "csv-loader"
    seconds = await _reload_seconds(
        large / "plugin.toml", large / "plugin.wasm", "a.csv", "a,b\n1,2\n", _custom_section
    )
    report.add("hot_reload_csv_loader_ms", 1000 * seconds, "ms", Goal("<", 1000))
    report.add("metering_us", _metering_seconds() * 1e6, "µs", Goal("<", 2))


async def _reload_seconds(manifest: Path, wasm: Path, name: str, content: str, rebuild: Rebuild) -> float:
    """Median time from the replacement of `plugin.wasm` to the first row by the new build."""
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as temp:
        folder = Path(temp) / "work" / "plugin"
        folder.mkdir(parents=True)
        shutil.copy(manifest, folder / "plugin.toml")
        shutil.copy(wasm, folder / "plugin.wasm")
        (Path(temp) / name).write_text(content)
        settings = {"logLevel": "error", "plugins": {"devFolders": [str(folder)]}}
        async with connect(settings, env={"THOTH_HOME": f"{temp}/home"}) as client:
            changes: asyncio.Queue[DidChange] = asyncio.Queue()
            client.on(DID_CHANGE, changes.put_nowait)
            await _grant_all(client)
            opened: OpenDocumentResult = await client.request(
                OPEN, OpenDocumentParams(uri=(Path(temp) / name).as_uri())
            )
            await asyncio.sleep(1)  # until the folder has been looked at once
            times = []
            original = await asyncio.to_thread(wasm.read_bytes)
            for run in range(RUNS):
                new = rebuild(original, run)
                (folder / "new.wasm").write_bytes(new)
                began = time.perf_counter()
                (folder / "new.wasm").replace(folder / "plugin.wasm")
                change = await changes.get()
                assert change.change == "reloaded"
                opened = await client.request(REOPEN, ReopenParams(document_id=opened.document_id))
                times.append(time.perf_counter() - began)
                if rebuild is _word:
                    assert json.loads(opened.first_page.rows) == [[f"build-{10 + run}"]]
    return statistics.median(times)


async def _grant_all(client: ThothClient) -> None:
    for plugin in (await client.request(PLUGINS)).plugins:
        for permission in plugin.permissions if plugin.origin == "development" else ():
            params = SetPermissionParams(plugin_id=plugin.id, need=permission.need, decision="granted")
            await client.request(SET_PERMISSION, params)


def _word(wasm: bytes, run: int) -> bytes:
    """Another build of the plugin that tells which it is."""
    return wasm.replace(b"build-01", f"build-{10 + run}".encode())


def _custom_section(wasm: bytes, run: int) -> bytes:
    """The same component with something in it that is new to the cache."""
    name = f"bench-{run}-{time.time_ns()}".encode()
    return wasm + bytes([0, len(name) + 1, len(name)]) + name


def _metering_seconds() -> float:
    """What counting adds to a call whose guest costs nothing, but for the look at its fuel (`bytes_1mib` has that)."""
    from wasmtime import Store

    from thoth_ls.runtime.engine import new_engine
    from thoth_ls.runtime.marshal import fuel_gauge

    store = Store(new_engine())
    store.set_fuel(10**9)
    gauge = fuel_gauge(store)

    class Guest:
        dead = False

        def fuel_used(self) -> int:
            return 10**9 - gauge()

        def memory_held(self) -> int:
            return 0

    meter, guest = Meter(Usage()), Guest()
    times = []
    for _ in range(RUNS):
        began = time.thread_time()
        for _ in range(CALLS):
            meter.ended(guest, time.perf_counter())  # type: ignore[arg-type]
        times.append((time.thread_time() - began) / CALLS)
    return statistics.median(times)
