"""Tests of plugins: `FakeHost` runs them in plain Python, in milliseconds."""

from thoth_plugin.testing.fake_http import FakeHttp, FakeRequest
from thoth_plugin.testing.fake_websocket import FakeSocket
from thoth_plugin.testing.host import FakeDataset, FakeHost, Refusal, Signal
from thoth_plugin.testing.loading import defaults, load
from thoth_plugin.testing.opened import OpenedPanel
from thoth_plugin.testing.tree import Found, Tree
from thoth_plugin.testing.web import FakeWeb, WebRequest

__all__ = [
    "FakeDataset",
    "FakeHost",
    "FakeHttp",
    "FakeRequest",
    "FakeSocket",
    "FakeWeb",
    "Found",
    "OpenedPanel",
    "Refusal",
    "Signal",
    "Tree",
    "WebRequest",
    "defaults",
    "load",
]
