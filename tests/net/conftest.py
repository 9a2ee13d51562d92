"""What tests of the network share."""

import pytest

from tests.net.servers import Certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority, and certificates of every kind."""
    return Certificates(tmp_path_factory.mktemp("certificates"))
