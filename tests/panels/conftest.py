"""What tests of panels share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.panels.stage import Stage

QUICK = {"runtime": {"deadlineSeconds": 2.0, "fuelPerCall": 10**15}}
"""So much fuel that the clock decides, and that soon."""


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A server whose plugins may take two seconds for a call."""
    stage = Stage(tmp_path, QUICK)
    await stage.start()
    yield stage
    await stage.services.close()


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Stage]:
    """One whose plugins may take as long as they do by default."""
    stage = Stage(tmp_path, {"runtime": {"fuelPerCall": 10**15}})
    await stage.start()
    yield stage
    await stage.services.close()


@pytest.fixture
async def workshop(tmp_path: Path) -> AsyncIterator[Stage]:
    """One that follows the folder in which the stagehand is being written."""
    stage = Stage(tmp_path, {"runtime": {"fuelPerCall": 10**15}}, development=True)
    await stage.start(watch=True)
    yield stage
    await stage.services.close()
