"""Large files read in parts by several instances at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from tests.documents.conftest import Bench, our_tasks, settled
from tests.fakes import FakeSource
from thoth_ls.documents import segments as module
from thoth_ls.documents.segments import AHEAD, MOST_FAILURES, Surveying, steps_of
from thoth_ls.errors import Limit, PluginInvalid, PluginLimitHit, PluginRefused, PluginTrapped
from thoth_ls.wire.documents import DidChange, DidFail, DidProgress, Progress

PLUGIN = "a.b"
TOTAL = 1000
STEP = 100


def trapped() -> PluginTrapped:
    """A guest that fell over."""
    return PluginTrapped(PLUGIN, "segmented-loader.survey", "unreachable")


@dataclass
class Parts:
    """A file of a thousand bytes, a record every ten; is source and segments in one."""

    plugin_id: str = PLUGIN
    at: int = 0
    can: bool = True
    block: int = 1
    """What `advance` rounds up to."""
    bad: dict[int, BaseException] = field(default_factory=dict)
    """Raised by the survey that begins there."""
    refused: set[int] = field(default_factory=set)
    """Surveys that are not accepted, by where they begin."""
    gates: dict[int, asyncio.Event] = field(default_factory=dict)
    log: list[tuple[Any, ...]] = field(default_factory=list)
    open: int = 0
    begun: list[int] = field(default_factory=list)
    no_more: BaseException | None = None
    segments: Any = None

    def __post_init__(self) -> None:
        self.segments = self

    def progress(self) -> Progress:
        """Where it has come to."""
        return Progress(records=self.at // 10, bytes_done=self.at, bytes_total=TOTAL, done=self.at >= TOTAL)

    async def possible(self) -> bool:
        """Whether the file can be read in parts."""
        return self.can

    async def surveyor(self) -> Parts.Surveyor:
        """A further instance."""
        if self.no_more is not None:
            raise self.no_more
        self.open += 1
        return Parts.Surveyor(self)

    async def accept(self, begin: int, survey: str) -> Progress:
        """Takes over a survey that fits."""
        self.log.append(("accept", begin))
        start, end = map(int, survey.split("-"))
        if start != self.at or begin in self.refused:
            raise PluginRefused(PLUGIN, "it does not fit")
        self.at = end
        return self.progress()

    async def advance(self, max_bytes: int) -> Progress:
        """Reads on by hand."""
        self.log.append(("advance", self.at, max_bytes))
        wanted = self.at + min(max_bytes, STEP)
        self.at = min(TOTAL, -(-wanted // self.block) * self.block)
        return self.progress()

    class Surveyor:
        """One further instance."""

        def __init__(self, parts: Parts) -> None:
            self.parts = parts

        async def survey(self, begin: int, end: int) -> str:
            """What is there."""
            self.parts.begun.append(begin)
            if begin in self.parts.gates:
                await self.parts.gates[begin].wait()
            if begin in self.parts.bad:
                raise self.parts.bad[begin]
            return f"{begin}-{end}"

        async def close(self) -> None:
            """Ends it."""
            self.parts.open -= 1


def surveying(parts: Parts, count: int = 2) -> Surveying:
    """Reads by so many further instances, a hundred bytes each time."""
    return Surveying(cast("Any", parts), parts, count, STEP)


async def read_all(parts: Parts, steps: Surveying) -> list[int]:
    """Where each step led, until the end."""
    progress, places = parts.progress(), []
    async with asyncio.timeout(10):
        while not progress.done:
            progress = await steps.next(progress)
            places.append(progress.bytes_done)
    await steps.close()
    assert parts.open == 0
    return places


async def test_surveys_are_accepted_in_order() -> None:
    """Each is taken over once, whichever was ready first."""
    parts = Parts(at=30)
    parts.gates[30] = asyncio.Event()
    steps = surveying(parts)
    first = asyncio.ensure_future(steps.next(parts.progress()))
    await settled(lambda: len(parts.begun) == 2 * AHEAD)
    assert parts.log == []
    parts.gates[30].set()
    assert (await first).bytes_done == 130
    places = await read_all(parts, steps)
    assert places == [*range(230, TOTAL, STEP), TOTAL]
    assert parts.log == [("accept", begin) for begin in range(30, TOTAL, STEP)]


async def test_no_more_is_surveyed_ahead_than_may_wait() -> None:
    """What is not accepted yet takes memory."""
    parts = Parts()
    parts.gates[0] = asyncio.Event()
    steps = surveying(parts, 3)
    waiting = asyncio.ensure_future(steps.next(parts.progress()))
    await settled(lambda: len(parts.begun) == 3 * AHEAD)
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(parts.begun) == 3 * AHEAD
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await steps.close()
    assert parts.open == 0


@pytest.mark.parametrize(
    "error", [trapped(), PluginLimitHit(PLUGIN, "survey", Limit.FUEL, "5"), PluginInvalid(PLUGIN, "odd"), ValueError()]
)
async def test_a_part_that_cannot_be_surveyed_is_read_by_the_source_itself(error: BaseException) -> None:
    """The parts around it stay surveyed."""
    parts = Parts(bad={200: error})
    await read_all(parts, surveying(parts))
    assert parts.log == [
        *[("accept", 0), ("accept", 100), ("advance", 200, 100)],
        *[("accept", begin) for begin in range(300, TOTAL, STEP)],
    ]


async def test_a_survey_that_is_not_accepted_is_read_by_the_source_itself() -> None:
    """It changes nothing, and so nothing is missing."""
    parts = Parts(refused={0, 500})
    assert await read_all(parts, surveying(parts)) == [*range(100, TOTAL + 1, STEP)]
    assert [entry for entry in parts.log if entry[0] == "advance"] == [("advance", 0, 100), ("advance", 500, 100)]


async def test_reading_past_the_next_part_lays_the_parts_out_anew() -> None:
    """A plugin that reads whole blocks ends up inside of a part."""
    parts = Parts(bad={200: trapped()}, block=64)
    places = await read_all(parts, surveying(parts))
    assert places == [100, 200, 320, *range(420, TOTAL, STEP), TOTAL]


async def test_after_too_many_failures_the_rest_is_read_the_plain_way() -> None:
    """Further instances are ended then: they only get in the way."""
    parts = Parts(bad={begin: trapped() for begin in range(0, TOTAL, STEP)})
    steps = surveying(parts)
    progress = parts.progress()
    for _ in range(MOST_FAILURES + 2):
        progress = await steps.next(progress)
    assert parts.open == 0
    await read_all(parts, steps)
    assert all(entry[0] == "advance" for entry in parts.log)


async def test_instances_that_cannot_be_started_are_done_without() -> None:
    """The file is read all the same."""
    parts = Parts(no_more=PluginInvalid(PLUGIN, "no more threads"))
    assert (await read_all(parts, surveying(parts)))[-1] == TOTAL


async def test_what_fails_the_plain_way_too_is_an_error() -> None:
    """The same error as without segments."""
    parts = Parts(bad={0: trapped()})

    async def advance(max_bytes: int) -> Progress:
        raise trapped()

    parts.advance = advance  # type: ignore[method-assign]
    steps = surveying(parts)
    with pytest.raises(PluginTrapped):
        await steps.next(parts.progress())
    await steps.close()
    assert parts.open == 0


async def test_only_large_files_of_willing_plugins_are_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting further instances is not worth it for what is read at once."""
    monkeypatch.setattr(module, "WORTH_BYTES", 500)
    parts = Parts()
    assert isinstance(await steps_of(cast("Any", parts), parts.progress()), Surveying)
    parts.can = False
    assert not isinstance(await steps_of(cast("Any", parts), parts.progress()), Surveying)
    parts.can, parts.at = True, 501
    assert not isinstance(await steps_of(cast("Any", parts), parts.progress()), Surveying)


@pytest.fixture
async def parted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Parts]:
    """Documents whose sources are read in parts; `parts` follows the source that was made last."""
    parts = Parts()
    monkeypatch.setattr(module, "WORTH_BYTES", 1)
    monkeypatch.setattr(module, "SEGMENT_BYTES", STEP)
    bench.loader.rows = [["x"]] * (TOTAL // 10)
    bench.loader.behaviour.rows_per_step = 10
    made = bench.loader.source

    async def source(path: Any) -> FakeSource:
        source = await made(path)
        source.segments = parts

        async def accept(begin: int, survey: str) -> Progress:
            parts.log.append(("accept", begin))
            source.read = int(survey.split("-")[1]) // 10
            return source._progress()

        parts.accept = accept  # type: ignore[method-assign]
        return source

    bench.loader.source = source  # type: ignore[method-assign]
    yield parts
    await settled(lambda: parts.open == 0)


async def test_a_document_read_in_parts_tells_its_progress_as_any_other(bench: Bench, parted: Parts) -> None:
    """The client sees no difference."""
    opened = await bench.open(bench.file())
    done = await bench.events.wait(DidProgress, lambda event: event.progress.done)
    assert done.progress.records == TOTAL // 10
    assert "advance" not in bench.source.calls
    assert parted.log == [("accept", begin) for begin in range(100, TOTAL, STEP)]
    assert (await bench.page(opened, 90, 20)).count == 10
    await settled(lambda: parted.open == 0)


async def test_closing_a_document_ends_every_instance(bench: Bench, parted: Parts) -> None:
    """Also when they are in the middle of something."""
    parted.gates = {begin: asyncio.Event() for begin in range(0, TOTAL, 10)}
    opened = await bench.open(bench.file())
    await settled(lambda: parted.open > 0)
    await bench.close(opened)
    await settled(lambda: parted.open == 0 and not our_tasks())


async def test_a_file_that_changes_is_not_read_on(bench: Bench, parted: Parts) -> None:
    """What surveys say of it is not taken over any more; the document stays open, without further instances."""
    gate = asyncio.Event()
    parted.gates = dict.fromkeys(range(TOTAL), gate)
    path = bench.file()
    opened = await bench.open(path)
    await settled(lambda: len(parted.begun) > 0)
    path.write_bytes(b"something else")
    await bench.events.wait(DidChange)
    gate.set()
    await settled(lambda: parted.open == 0)
    assert len(parted.log) <= 1
    assert bench.events.of(DidFail) == []
    await bench.close(opened)
