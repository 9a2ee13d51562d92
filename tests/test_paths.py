"""Where Thoth keeps its files."""

import os
import sys
from pathlib import Path

import pytest

from thoth_ls.paths import Paths, private


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With THOTH_HOME set nothing is written anywhere else."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    paths = Paths.standard()
    assert all(
        folder.is_relative_to(tmp_path) for folder in (paths.cache, paths.data, paths.state, paths.temp, paths.plugins)
    )


def test_the_platform_decides_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the folders are this user's own, and none of them exists just because it was asked for."""
    monkeypatch.delenv("THOTH_HOME", raising=False)
    paths = Paths.standard()
    assert paths.plugins == paths.data / "plugins"
    assert all(path.is_absolute() for path in (paths.cache, paths.data, paths.state, paths.temp))


def test_a_private_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    """Others can neither read nor write there, even if the folder was there before."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert private(folder) == folder
    assert sys.platform == "win32" or folder.stat().st_mode & 0o777 == 0o700


def test_a_link_is_not_a_private_folder(tmp_path: Path) -> None:
    """Whoever could put a link there could have put anything behind it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(PermissionError, match="not a folder of its own"):
        private(tmp_path / "link")


def test_somebody_elses_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another user owns, another user can change."""
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(PermissionError, match="belongs to another user"):
        private(tmp_path)
