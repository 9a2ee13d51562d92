"""Tests of plugins: `FakeHost` runs them in plain Python, in milliseconds."""

from thoth_plugin.testing.fake_http import FakeHttp, FakeRequest
from thoth_plugin.testing.fake_websocket import FakeSocket
from thoth_plugin.testing.host import FakeDataset, FakeHost, Refusal, Signal
from thoth_plugin.testing.loading import defaults, load
from thoth_plugin.testing.opened import OpenedPanel
from thoth_plugin.testing.tree import Found, Tree

__all__ = [
    "FakeDataset",
    "FakeHost",
    "FakeHttp",
    "FakeRequest",
    "FakeSocket",
    "Found",
    "OpenedPanel",
    "Refusal",
    "Signal",
    "Tree",
    "defaults",
    "load",
]
