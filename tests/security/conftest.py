"""Fixtures of the security tests."""

from tests.runtime.hostile.stage import stage

__all__ = ["stage"]
