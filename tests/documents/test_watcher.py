"""The watcher of one file, by itself."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from thoth_ls.documents.identity import take
from thoth_ls.documents.watch import Watcher, WatchTiming
from thoth_ls.errors import DocumentChanged


@pytest.mark.parametrize("turns", range(8))
async def test_watching_ends_when_told_to_whatever_happens_at_that_moment(tmp_path: Path, turns: int) -> None:
    """Whoever closes a document waits for its watcher: a cancellation that got lost would hang the close for ever."""
    path = tmp_path / "table.csv"
    path.write_bytes(b"a\n")
    known = take(path)
    path.write_bytes(b"b\nc\n")
    with ThreadPoolExecutor(1) as threads:
        watcher = Watcher(path, known, threads, lambda change, message: None, WatchTiming(poll=60, settle=60, gap=60))
        watching = asyncio.create_task(watcher.follow())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        with contextlib.suppress(DocumentChanged):
            await watcher.verify()
        for _ in range(turns):
            await asyncio.sleep(0)
        watching.cancel()
        done, _ = await asyncio.wait({watching}, timeout=5)
        assert done
        assert watching.cancelled()
