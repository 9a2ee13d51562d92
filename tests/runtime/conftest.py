"""The stage of the tests of instances."""

from collections.abc import AsyncIterator

import pytest

from tests.runtime.stages import Stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A stage that is cleared afterwards."""
    stage = Stage()
    yield stage
    for instance in stage.made:
        await instance.close()
    stage.watchdog.close()
