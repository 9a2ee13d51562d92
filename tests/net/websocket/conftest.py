"""A stage for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.net.websocket.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Where nothing is decided."""
    made = Stage(tmp_path)
    yield made
    await made.close()
