"""`thoth plugin build` and `test`: what goes wrong is a sentence, and what is for pytest reaches it."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.cli import main, plugin_build, plugin_test


async def test_a_disk_that_is_full_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the folder, and no traceback."""

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setenv("THOTH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(plugin_build, "build", full)
    assert not await plugin_build.make(tmp_path)
    said = capsys.readouterr().err
    assert said.startswith(f"thoth: {tmp_path} cannot be built: ")
    assert said.endswith("No space left on device\n")


@pytest.mark.parametrize(
    ("words", "folder", "arguments"),
    [
        ([], ".", []),
        (["lines"], "lines", []),
        (["--", "-k", "x"], ".", ["-k", "x"]),
        (["lines", "--", "-k", "x"], "lines", ["-k", "x"]),
        (["lines", "--", "a", "--", "b"], "lines", ["a", "--", "b"]),
    ],
)
def test_what_is_behind_two_hyphens_is_for_pytest(
    words: list[str], folder: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no folder is named."""
    given: list[tuple[Path, list[str]]] = []

    async def run_tests(folder: Path, arguments: list[str]) -> int:
        given.append((folder, arguments))
        return 0

    monkeypatch.setattr(plugin_test, "run_tests", run_tests)
    assert main.main(["plugin", "test", *words]) == 0
    assert given == [(Path(folder), arguments)]


def test_a_new_plugin_says_where_its_types_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For editors and mypy; there is nothing of the kind in Zig."""
    assert main.main(["plugin", "new", "One", "--kind", "panel", "--folder", str(tmp_path / "one")]) == 0
    (folder,) = [line.strip() for line in capsys.readouterr().out.splitlines() if line.endswith("python")]
    assert (Path(folder) / "thoth_plugin" / "py.typed").is_file()
    assert (
        main.main(["plugin", "new", "Two", "--kind", "panel", "--lang", "zig", "--folder", str(tmp_path / "two")]) == 0
    )
    assert "mypy" not in capsys.readouterr().out
