"""One store for each kind of plugin."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.documents.search.bench import JsonLoader, SearchBench, bench_over
from tests.fakes import FakeLoader


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[SearchBench]:
    """A table whose rows are to be put into `loader.rows`."""
    async for made in bench_over(tmp_path, FakeLoader()):
        yield made


@pytest.fixture
async def plain(tmp_path: Path) -> AsyncIterator[SearchBench]:
    """Records whose texts are to be put into `loader.texts`; the plugin does not search."""
    async for made in bench_over(tmp_path, JsonLoader()):
        yield made


@pytest.fixture
async def nested(tmp_path: Path) -> AsyncIterator[SearchBench]:
    """The same; the plugin searches itself."""
    loader = JsonLoader()
    loader.searches = True
    async for made in bench_over(tmp_path, loader):
        yield made


@pytest.fixture(params=["plain", "nested"])
def records(request: pytest.FixtureRequest) -> SearchBench:
    """Both kinds of plugins for records, one after the other."""
    made: SearchBench = request.getfixturevalue(request.param)
    return made
