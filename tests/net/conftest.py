"""What tests of the network share."""

import pytest

from tests.net.servers import Certificates


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
