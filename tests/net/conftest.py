"""What tests of the network share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.net.servers import Certificates
from tests.net.tcp_stage import Stage


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority, and certificates of every kind."""
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def servers_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the servers of tests be reached although this very process listens there, which plugins may not reach.

    A server for tests that start Thoth as a process has to be a process of its own: to that one, pytest is an ancestor.
    """
    monkeypatch.setattr("thoth_ls.net.dial.is_ours", lambda address, port: False)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A guest that has `tcp-client`, and was allowed nothing yet."""
    made = Stage(tmp_path)
    yield made
    made.client.close()
    await made.log.close()
