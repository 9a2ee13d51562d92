"""What tests of consent share."""

import pytest

from tests.consent.network import Room


@pytest.fixture
def room() -> Room:
    """A desk with a person at it."""
    return Room()
