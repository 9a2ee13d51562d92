"""The component's side: what an export that cannot fail does when its plugin does."""

from __future__ import annotations

import pytest

import thoth_plugin as thoth
from thoth_plugin import guest, ui
from thoth_plugin.testing import FakeHost


class Empty(thoth.Panel):
    """Shows nothing."""

    def render(self) -> ui.Node:
        return ui.column()


@pytest.mark.parametrize("failure", [thoth.PluginError("no such page"), KeyError("page")], ids=["meant", "not meant"])
def test_what_fails_where_nothing_can_fail_is_logged_once(failure: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the plugin meant it or not; the caller gets what stands for nothing."""
    host = FakeHost()
    monkeypatch.setattr(guest.World, "instance", host.open(Empty).instance, raising=False)

    @guest.quiet(lambda: "nothing")
    def render_page(_self: object, _instance: object) -> str:
        raise failure

    assert render_page(None) == "nothing"
    assert host.log.count("error: render_page: ") == 1
    assert "page" in host.log.partition("error: render_page: ")[2]
