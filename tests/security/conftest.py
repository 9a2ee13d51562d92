"""Fixtures of the security tests."""

import pytest

from tests.runtime.hostile.stage import stage

__all__ = ["stage"]


@pytest.fixture
def servers_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets servers of the test's own process be reached, which plugins may not reach; see `tests.net.conftest`."""
    monkeypatch.setattr("thoth_ls.net.dial.is_ours", lambda address, port: False)
