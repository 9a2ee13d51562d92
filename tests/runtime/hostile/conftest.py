"""Fixtures of the hostile guests."""

from tests.runtime.hostile.stage import stage

__all__ = ["stage"]
