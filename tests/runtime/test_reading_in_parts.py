"""A real plugin, the real runtime and the documents: a file read in parts is the file read in one go."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.documents.conftest import QUICK, our_tasks, settled_later
from tests.fakes import RecordingEvents
from thoth_ls.documents import segments
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.store import Documents
from thoth_ls.errors import Limit, PluginTrapped
from thoth_ls.paths import Paths
from thoth_ls.runtime.guest_segments import GuestSegments, GuestSurveyor
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.paged_source import PagedSource
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.settings import FilesSettings
from thoth_ls.wire.documents import (
    CloseParams,
    DidProgress,
    OpenDocumentParams,
    OpenDocumentResult,
    PageParams,
    ProblemsParams,
)
from thoth_ls.wire.trees import ChildrenParams

LINES = 60_000
ODD = (7, 20_000, 59_999)
"""Lines that are not well formed."""


@dataclass
class Desk:
    """Documents over the real runtime."""

    folder: Path
    runtime: PluginRuntime
    documents: Documents
    events: RecordingEvents

    def file(self) -> Path:
        """Some 8 MB of records, of which one is longer than a segment."""
        path = self.folder / "many.ndjson"
        with path.open("w") as file:
            for number in range(LINES):
                long = "x" * 700_000 if number == 30_000 else "x" * 100
                odd = "}" if number in ODD else ""
                file.write(f'{{"id": {number}, "in": [{number}, {{"text": "{long}"}}]}}{odd}\n')
        return path

    async def read(self, path: Path) -> OpenDocumentResult:
        """An open document, once it has been read to its end."""
        opened = await self.documents.open(OpenDocumentParams(uri=path.as_uri()))
        await self.events.wait(
            DidProgress, lambda event: event.document_id == opened.document_id and event.progress.done
        )
        return opened

    def reading(self, opened: OpenDocumentResult) -> Reading:
        """What is below the protocol."""
        return self.documents.reading(PageParams(**ref(opened), start=0, count=0))

    async def facts(self, opened: OpenDocumentResult) -> dict[str, Any]:
        """What can be known of the file from outside, here and there."""
        pages = [
            await self.documents.page(PageParams(**ref(opened), start=start, count=20))
            for start in (0, 1_000, 29_990, 45_678, LINES - 10)
        ]
        roots = ChildrenParams(**ref(opened), record=None, start=29_995, count=10)
        inner = ChildrenParams(**ref(opened), record=50_000, path=["in", 1], start=0, count=10)
        return {
            "progress": self.reading(opened).progress,
            "pages": [page.rows for page in pages],
            "problems": await self.documents.problems(ProblemsParams(**ref(opened), start=0, count=100)),
            "roots": (await self.documents.trees.children(roots)).children,
            "inner": (await self.documents.trees.children(inner)).children,
        }

    def instances(self) -> int:
        """How many instances of plugins there are."""
        return len(self.runtime._instances)


def ref(opened: OpenDocumentResult) -> dict[str, Any]:
    """What every request names."""
    return {"document_id": opened.document_id, "generation": opened.generation}


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """Documents that read whatever they can in parts of half a MiB; afterwards nothing is left running."""
    monkeypatch.setattr(segments, "WORTH_BYTES", 1)
    monkeypatch.setattr(segments, "SEGMENT_BYTES", 1 << 19)
    monkeypatch.setattr(segments.os, "cpu_count", lambda: 3)
    runtime = PluginRuntime(Paths.under(tmp_path / "home"), Limits(), lambda *_: None)
    events = RecordingEvents()
    documents = Documents(runtime.loaders, FilesSettings(), tmp_path / "spool", events, timing=QUICK)
    made = Desk(tmp_path, runtime, documents, events)
    yield made
    await documents.close_all()
    await settled_later(lambda: made.instances() == 0 and not our_tasks())
    await runtime.close()


@pytest.fixture
def accepted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Where the surveys began that were taken over."""
    begins: list[int] = []
    accept = GuestSegments.accept

    async def noted(self: GuestSegments, begin: int, survey: str) -> Any:
        found = await accept(self, begin, survey)
        begins.append(begin)
        return found

    monkeypatch.setattr(GuestSegments, "accept", noted)
    return begins


async def in_one_go(desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is known of a file that one instance has read."""
    with monkeypatch.context() as patch:
        patch.setattr(segments, "WORTH_BYTES", 1 << 40)
        return await desk.facts(await desk.read(path))


async def test_both_ways_lead_to_the_same(desk: Desk, accepted: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Records, rows, nested values and problems, across every border of a segment."""
    path = desk.file()
    expected = await in_one_go(desk, path, monkeypatch)
    assert accepted == []
    assert expected["progress"].records == LINES
    assert [problem.record for problem in expected["problems"].problems] == list(ODD)
    assert await desk.facts(await desk.read(path)) == expected
    assert len(accepted) > 10
    await settled_later(lambda: desk.instances() == 2)  # those that have the two documents open


async def test_a_surveyor_that_crashes_costs_nothing_but_time(
    desk: Desk, accepted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it should have surveyed is read by the first instance."""
    path = desk.file()
    expected = await in_one_go(desk, path, monkeypatch)
    survey = GuestSurveyor.survey
    asked: list[int] = []

    async def sometimes(self: GuestSurveyor, begin: int, end: int) -> str:
        asked.append(begin)
        if len(asked) == 4:
            raise PluginTrapped("com.thoth.json-loader", "segmented-loader.survey", "unreachable")
        return await survey(self, begin, end)

    monkeypatch.setattr(GuestSurveyor, "survey", sometimes)
    assert await desk.facts(await desk.read(path)) == expected
    assert len(accepted) > 5


async def test_a_first_instance_that_crashes_comes_back_to_where_it_was(
    desk: Desk, accepted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the surveys over once more, and answers as if nothing had happened."""
    opened = await desk.read(desk.file())
    expected = await desk.facts(opened)
    source = desk.reading(opened).source
    assert isinstance(source, PagedSource)
    worker = source._open_instance()._worker
    assert worker is not None
    assert worker.guest is not None
    dead = worker.guest
    dead.stop(Limit.FUEL)
    with pytest.raises(Exception, match="fuel limit"):
        await desk.documents.page(PageParams(**ref(opened), start=0, count=1))
    assert await desk.facts(opened) == expected
    assert worker.guest is not dead


async def test_closing_in_the_middle_ends_every_instance(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that are surveying."""
    surveying = asyncio.Event()
    survey = GuestSurveyor.survey

    async def noted(self: GuestSurveyor, begin: int, end: int) -> str:
        surveying.set()
        return await survey(self, begin, end)

    monkeypatch.setattr(GuestSurveyor, "survey", noted)
    opened = await desk.documents.open(OpenDocumentParams(uri=desk.file().as_uri()))
    await surveying.wait()
    await desk.documents.close(CloseParams(document_id=opened.document_id))
    await settled_later(lambda: desk.instances() == 0)


async def test_forms_that_cannot_be_read_in_parts_are_read_in_one_go(desk: Desk, accepted: list[int]) -> None:
    """The plugin knows which those are."""
    path = desk.folder / "one.json"
    path.write_text(json.dumps([{"id": number, "pad": "x" * 50} for number in range(50_000)]))
    opened = await desk.read(path)
    assert desk.reading(opened).progress.records == 50_000
    assert accepted == []
