"""The program of a development build is looked at whenever a guest starts, not when it was loaded alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.runtime.components import MISBEHAVING, loaded
from thoth_ls.catalog.development import program_folder
from thoth_ls.errors import PluginError, PluginInvalid
from thoth_ls.runtime.guest import Guest, Surroundings
from thoth_ls.runtime.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def removed(program: Path, elsewhere: Path) -> None:
    """There is none any more."""
    shutil.rmtree(program)


def linked(program: Path, elsewhere: Path) -> None:
    """It leads to another place that looks like it."""
    program.rename(elsewhere)
    program.symlink_to(elsewhere)


@pytest.mark.parametrize("change", [removed, linked])
def test_a_program_that_is_gone_or_leads_out_is_given_to_nobody(
    tmp_path: Path, change: Callable[[Path, Path], None]
) -> None:
    """The next guest says so, and is dead; the one before it had the program."""
    folder = tmp_path / "plugin"
    program = program_folder(folder)
    program.mkdir(parents=True)
    (program / "plugin.json").write_text("{}")
    plugin = replace(loaded(MISBEHAVING), program=program, folder=folder)
    surroundings = Surroundings(None, lambda *line: None)
    first = Guest(plugin, Limits(), surroundings)
    first.start()
    assert first.call("", "nothing") is None
    first.close()
    change(program, tmp_path / "elsewhere")
    second = Guest(plugin, Limits(), surroundings)
    with pytest.raises(PluginInvalid, match="no program in"):
        second.start()
    assert second.dead
    second.close()


def test_a_folder_that_cannot_be_given_is_an_error_of_the_plugin(tmp_path: Path) -> None:
    """What the runtime raises leaves no guest as it is."""
    guest = Guest(loaded(MISBEHAVING), Limits(), Surroundings(tmp_path / "gone", lambda *line: None))
    with pytest.raises(PluginError, match="preopen dir"):
        guest.start()
    assert guest.dead
    guest.close()
