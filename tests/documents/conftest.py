"""Documents over fakes, on real files in a temporary folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FakeLoader, FakeLoaders, FakeSource, RecordingEvents
from thoth_ls.documents.store import Documents
from thoth_ls.documents.watch import WatchTiming
from thoth_ls.settings import FilesSettings
from thoth_ls.wire.documents import (
    CloseParams,
    FindParams,
    OpenDocumentParams,
    OpenDocumentResult,
    Page,
    PageParams,
    ReopenParams,
)

QUICK = WatchTiming(poll=0.01, settle=0.02, gap=0.05)


@dataclass
class Bench:
    """A store with everything around it."""

    folder: Path
    spool_folder: Path
    loader: FakeLoader
    loaders: FakeLoaders
    events: RecordingEvents
    documents: Documents

    @property
    def source(self) -> FakeSource:
        """The source that was made last."""
        return self.loader.sources[-1]

    def file(self, name: str = "table.csv", content: bytes = b"a,b\n1,2\n3,4\n") -> Path:
        """Writes a file."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    async def open(self, path: Path, report: Any = None, **more: Any) -> OpenDocumentResult:
        """Opens a file."""
        params = OpenDocumentParams(uri=path.as_uri(), **more)
        return await (self.documents.open(params, report) if report else self.documents.open(params))

    async def page(self, opened: OpenDocumentResult, start: int, count: int) -> Page:
        """Asks for a page of the generation that was opened."""
        params = PageParams(document_id=opened.document_id, generation=opened.generation, start=start, count=count)
        return await self.documents.page(params)

    async def find(self, opened: OpenDocumentResult, text: str, **more: Any) -> Any:
        """Searches."""
        where = {"document_id": opened.document_id, "generation": opened.generation, "search_id": "s"}
        report = more.pop("report", lambda percent, message: None)
        return await self.documents.find(FindParams(text=text, **where, **more), report)

    async def reopen(self, opened: OpenDocumentResult, **more: Any) -> OpenDocumentResult:
        """Reads it anew."""
        return await self.documents.reopen_with(ReopenParams(document_id=opened.document_id, **more))

    async def close(self, opened: OpenDocumentResult) -> None:
        """Closes it."""
        await self.documents.close(CloseParams(document_id=opened.document_id))

    def spooled(self) -> list[Path]:
        """The temporary files there are."""
        return [path for path in self.spool_folder.rglob("*") if path.is_file()]


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """A store over an empty folder; afterwards nothing of it may be left."""
    folder, spool_folder = tmp_path / "files", tmp_path / "spool"
    folder.mkdir()
    loader, events = FakeLoader(), RecordingEvents()
    loaders = FakeLoaders(loader)
    documents = Documents(loaders, FilesSettings(), spool_folder, events, timing=QUICK)
    made = Bench(folder, spool_folder, loader, loaders, events, documents)
    yield made
    await documents.close_all()
    assert made.spooled() == []
    assert all(source.closed for source in loader.sources)
    await settled(lambda: not our_tasks())


def our_tasks() -> list[asyncio.Task[Any]]:
    """Tasks that run code of ours."""
    return [task for task in asyncio.all_tasks() if "thoth_ls" in task.get_coro().cr_code.co_filename]  # type: ignore[union-attr]


async def settled(condition: Callable[[], bool]) -> None:
    """Gives the loop its turns until something that needs no time is so."""
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("did not settle")


def rows(count: int) -> list[list[str]]:
    """Rows that tell where they stand."""
    return [[str(number), f"row {number}"] for number in range(count)]


async def settled_later(condition: Callable[[], bool]) -> None:
    """Like `settled`, for what waits for a thread."""
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)
