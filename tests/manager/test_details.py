"""What is known of a plugin, and what is read of its folder."""

import sys
from pathlib import Path

import pytest

from thoth_ls.manager.details import README_BYTES, read_readme
from thoth_ls.manager.logs import LINE_CHARACTERS, LINES, Logs
from thoth_ls.runtime.usage import Usage


def test_a_readme_is_read_as_far_as_it_is_shown(tmp_path: Path) -> None:
    """In whole characters, whatever bytes there are."""
    assert read_readme(tmp_path) is None
    (tmp_path / "README.md").write_bytes(b"# \xff")
    assert read_readme(tmp_path) == "# \ufffd"
    (tmp_path / "README.md").write_text("ä" * README_BYTES)
    text = read_readme(tmp_path) or ""
    assert text.endswith("\n\n…")
    assert text.count("ä") == README_BYTES // 2


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_a_readme_that_is_no_file_is_none(tmp_path: Path, kind: str) -> None:
    """A link could show any file of this machine."""
    import os

    (tmp_path / "secret").write_text("secret")
    readme = tmp_path / "README.md"
    match kind:
        case "link":
            readme.symlink_to(tmp_path / "secret")
        case "folder":
            readme.mkdir()
        case _:
            os.mkfifo(readme)
    assert read_readme(tmp_path) is None


def test_the_last_lines_of_a_log_are_kept() -> None:
    """The oldest first, each with its level unless that is the usual one, none without end."""
    logs = Logs()
    for number in range(LINES):
        logs.add("a", "info", f"line {number}")
    logs.add("a", "error", "first\nsecond")
    logs.add("b", "warning", "x" * 10_000)
    assert logs.last("a")[-3:] == [f"line {LINES - 1}", "error: first", "error: second"]
    assert len(logs.last("a")) == LINES
    assert logs.last("b") == ["warning: " + "x" * LINE_CHARACTERS]
    logs.forget("a")
    assert logs.last("a") == []


def test_peaks_only_rise() -> None:
    """Of each quantity by itself."""
    usage = Usage()
    usage.called(10, 0.5)
    usage.called(20, 0.1)
    usage.held(100)
    usage.held(50)
    usage.crashed("it crashed")
    assert (usage.calls, usage.peak_fuel, usage.peak_seconds, usage.peak_memory) == (2, 20, 0.5, 100)
    assert (usage.crashes, usage.last_crash) == (1, "it crashed")
