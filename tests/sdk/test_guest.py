"""The component's side: what an export that cannot fail does when its plugin does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import pytest

import thoth_plugin as thoth
from thoth_plugin import development, guest, ui
from thoth_plugin.testing import FakeHost

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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


class Failed(Exception):
    """What an export with a `result` raises."""


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], NoReturn]], None]:
    """Has a component make its instance so when it is first called."""
    monkeypatch.setattr(guest.World, "instance", None)
    monkeypatch.setattr(guest.World, "err", Failed, raising=False)
    record = staticmethod(lambda code, message: SimpleNamespace(code=code, message=message))
    monkeypatch.setattr(guest.World, "error", record, raising=False)
    return lambda begin: monkeypatch.setattr(guest.World, "begin", staticmethod(begin), raising=False)


def exports() -> tuple[Callable[[None], object], Callable[[None], object]]:
    """One with a `result` and one that cannot fail; none of them gets to its body."""

    def render(_self: object, _instance: object) -> str:
        raise AssertionError

    return guest.failing(render), guest.quiet(lambda: "nothing")(render)


@pytest.mark.parametrize("content", [None, "no JSON", '{"colour": "red"}', "[1]"])
def test_where_there_is_no_program_every_export_says_so(
    content: str | None,
    begins: Callable[[Callable[[], NoReturn]], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What leaves an export would be a trap without words."""
    monkeypatch.setattr(development, "FOLDER", str(tmp_path))
    if content is not None:
        (tmp_path / "plugin.json").write_text(content)
    begins(lambda: development.begin(guest._Host()))
    failing, quiet = exports()
    with pytest.raises(Failed) as caught:
        failing(None)
    assert "plugin.json cannot be used" in caught.value.args[0].message
    assert "thoth plugin dev" in caught.value.args[0].message
    assert quiet(None) == "nothing"
    assert capsys.readouterr().err.count("error: render: .build/development/plugin.json cannot be used") == 1


def test_an_instance_that_cannot_be_made_is_said_and_logged(
    begins: Callable[[Callable[[], NoReturn]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever it is, with its traceback, though there is no instance whose log it would be."""

    def begin() -> NoReturn:
        raise KeyError("page")

    begins(begin)
    failing, quiet = exports()
    with pytest.raises(Failed) as caught:
        failing(None)
    assert caught.value.args[0].message.startswith("render failed: KeyError: 'page'")
    assert quiet(None) == "nothing"
    said = capsys.readouterr().err
    assert said.count("error: render: KeyError: 'page'") == 2
    assert "Traceback" in said
