"""What `thoth plugin dev` and `build` leave for editors of a plugin that could not be built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoth_ls.authoring.building.building import Built
from thoth_ls.catalog.development import problem_file
from thoth_ls.cli import plugin_build
from thoth_ls.cli.plugin_build import make
from thoth_ls.cli.plugin_problem import forget_problem, keep_problem
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("fresh", [True, False])
async def test_a_build_takes_back_what_another_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, fresh: bool
) -> None:
    """As `thoth plugin dev` does that was killed; also where the component is current. One that failed does not."""
    keep_problem(tmp_path, "no good")
    monkeypatch.setattr(plugin_build, "authors_kit", lambda: None)

    def fails(*arguments: object, **options: object) -> Built:
        raise BuildFailed("no good")

    monkeypatch.setattr(plugin_build, "build", fails)
    assert not await make(tmp_path)
    assert problem_file(tmp_path).read_text() == "no good"
    monkeypatch.setattr(plugin_build, "build", lambda folder, *arguments, **options: Built(folder, 1, fresh=fresh))
    assert await make(tmp_path)
    assert not problem_file(tmp_path).exists()
    assert ("built in" if fresh else "is current") in capsys.readouterr().out


def test_nothing_behind_a_link_is_touched(tmp_path: Path) -> None:
    """Neither behind the folder nor behind the file, which a real one takes the place of."""
    kept, folder = tmp_path / "kept", tmp_path / "plugin"
    kept.mkdir()
    folder.mkdir()
    (kept / "problem.txt").write_text("mine")
    problem_file(folder).parent.symlink_to(kept)
    keep_problem(folder, "no good")
    forget_problem(folder)
    assert [(path.name, path.read_text()) for path in kept.iterdir()] == [("problem.txt", "mine")]
    problem_file(folder).parent.unlink()
    problem_file(folder).parent.mkdir()
    problem_file(folder).symlink_to(kept / "problem.txt")
    keep_problem(folder, "no good")
    assert problem_file(folder).read_text() == "no good"
    assert (kept / "problem.txt").read_text() == "mine"
    forget_problem(folder)
    assert not problem_file(folder).exists()
