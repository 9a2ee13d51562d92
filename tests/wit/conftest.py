"""Fixtures of the tests that load what was built against the contract."""

from tests.runtime.hostile.stage import stage

__all__ = ["stage"]
