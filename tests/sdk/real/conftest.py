"""The gallery as a component in the real host. It is built by `make plugins`, and compiled once for all runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from thoth_plugin.testing.real import RealHost

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "build" / "fixtures" / "gallery"
KEPT = ROOT / "build" / "harness"


def gallery(settings: dict[str, object] | None = None) -> RealHost:
    """A host with the gallery in it, for a `with` block."""
    assert (BUILT / "plugin.wasm").exists(), "build the fixtures first: make plugins"
    return RealHost(BUILT, settings=settings, kept=KEPT)


@pytest.fixture(scope="module")
def host() -> Iterator[RealHost]:
    """One that tests leave as it was, but for its log."""
    with gallery() as host:
        yield host
