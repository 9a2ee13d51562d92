"""The page for authors is run as it stands, and every template becomes a plugin that can be used."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from thoth_ls.authoring.starting import KINDS, LANGUAGES, CannotStart, Start, start, word_of
from thoth_ls.cli import authoring

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs" / "plugin-authoring.md").read_text("utf-8")
THOTH = [sys.executable, "-m", "thoth_ls.cli.main"]


def run(command: list[str], folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """A command line, with a home of its own for caches."""
    environment = os.environ | {"THOTH_HOME": str(home), "NO_COLOR": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_guide_works_as_it_is_written(tmp_path: Path, home: Path) -> None:
    lines = [line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]
    assert len(lines) >= 10
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "thoth"
        done = run([*THOTH, *words[1:]], tmp_path, home)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
    assert (tmp_path / "click-counter" / "plugin.wasm").stat().st_size > 1_000_000
    assert (tmp_path / "fast-lines" / "plugin.wasm").stat().st_size < 200_000


@pytest.mark.parametrize(
    ("name", "word"), [("Weather", "weather"), ("My  Thing 2", "my-thing-2"), ("Größe", "groe"), ("a.b_c", "a-b-c")]
)
def test_names_become_words(name: str, word: str) -> None:
    assert word_of(name) == word


@pytest.mark.parametrize("name", ["", " ", "2fast", "日本", "a{b}", "a\\b", "a\nb", "x" * 61, "../up", "-x"])
def test_names_that_cannot_be_words_are_refused_or_harmless(name: str, tmp_path: Path) -> None:
    try:
        word = word_of(name)
    except CannotStart as refused:
        assert "no name for a plugin" in str(refused)  # noqa: PT017 - either is right
    else:
        assert re.fullmatch("[a-z][a-z0-9-]*", word)


@pytest.mark.parametrize("plugin_id", ["nothing", "Com.Example.X", "a..b", "../x", "com.example.x/y", ""])
def test_ids_that_are_none_are_refused(tmp_path: Path, plugin_id: str) -> None:
    if plugin_id:
        with pytest.raises(CannotStart, match="no id"):
            start(Start(tmp_path / "x", "X", "panel", plugin_id=plugin_id))
    assert not (tmp_path / "x").exists()


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(CannotStart, match="is there already"):
        start(Start(folder, "X", "panel"))
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_a_program_that_is_wrong_is_said_where(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "made"
    start(Start(folder, "Wrong", "renderer", "zig"))
    (folder / "src" / "main.zig").write_text("const x: u8 = 300;\nexport fn y() u8 { return x; }\n")
    done = run([*THOTH, "plugin", "build", str(folder)], tmp_path, home)
    assert done.returncode == 1
    assert "main.zig:1:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "plugin.wasm").exists()


@pytest.mark.parametrize("words", [["build"], ["test"], ["dev"]])
def test_a_folder_without_a_plugin_is_said(tmp_path: Path, home: Path, words: list[str]) -> None:
    done = run([*THOTH, "plugin", *words, str(tmp_path)], tmp_path, home)
    assert done.returncode in (1, 2)
    assert "plugin.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_choices_of_the_command_line_are_those_there_are() -> None:
    assert (authoring.KINDS, authoring.LANGUAGES) == (KINDS, LANGUAGES)
