"""Which plugins may read their program from a folder."""

import os
import threading
from pathlib import Path

import pytest

from thoth_ls.catalog.development import MARK, build_problem, is_development_build, problem_file, program_of
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.wire.plugins import Origin

WASM = b"\0asm\x0d\0\x01\0"


def with_program(folder: Path) -> Path:
    """A plugin's folder with a program in it."""
    program = folder / ".build" / "development"
    program.mkdir(parents=True)
    (program / "plugin.json").write_text("{}")
    return program


def test_the_last_section_of_a_component_says_it() -> None:
    """As a custom section of WebAssembly: its number, its length, the length of its name, its name."""
    assert is_development_build(WASM + MARK)
    assert not is_development_build(WASM)
    assert MARK[0] == 0
    assert MARK[1] == len(MARK) - 2
    assert MARK[2] == len(MARK) - 3


def test_a_development_folder_is_given_its_program(tmp_path: Path) -> None:
    """Other components are given nothing."""
    program = with_program(tmp_path)
    plugin = Plugin(tmp_path, "development", None)
    assert program_of(plugin, WASM + MARK) == (program, None)
    assert program_of(plugin, WASM) == (None, None)


@pytest.mark.parametrize("origin", ["bundled", "user", "workspace"])
def test_plugins_from_elsewhere_are_not(tmp_path: Path, origin: Origin) -> None:
    """The sentence says what to do."""
    with_program(tmp_path)
    program, refusal = program_of(Plugin(tmp_path, origin, None), WASM + MARK)
    assert program is None
    assert refusal is not None
    assert "development folders alone" in refusal
    assert "thoth plugin build" in refusal


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Nor is a program expected where there is none."""
    with_program(tmp_path / "other")
    folder = tmp_path / "plugin"
    folder.mkdir()
    assert "no program" in str(program_of(Plugin(folder, "development", None), WASM + MARK)[1])
    (folder / ".build").symlink_to(tmp_path / "other" / ".build")
    assert "no program" in str(program_of(Plugin(folder, "development", None), WASM + MARK)[1])


def test_a_failed_build_is_one_line(tmp_path: Path) -> None:
    """Of whoever works on it alone."""
    plugin = Plugin(tmp_path, "development", None)
    assert build_problem(plugin) is None
    problem_file(tmp_path).parent.mkdir()
    problem_file(tmp_path).write_bytes(b"\nzig failed (1):\nsrc/main.zig:1:2: error: \xff\n")
    assert build_problem(plugin) == "src/main.zig:1:2: error: \ufffd"
    assert build_problem(Plugin(tmp_path, "user", None)) is None
    problem_file(tmp_path).write_text("plugin.toml: no name\nand more")
    assert build_problem(plugin) == "plugin.toml: no name"


def failed(folder: Path) -> Plugin:
    """A plugin that could not be built, with a component from before."""
    problem_file(folder).parent.mkdir()
    (folder / "plugin.wasm").write_bytes(WASM)
    problem_file(folder).write_text("error")
    os.utime(folder / "plugin.wasm", ns=(1_000_000_000, 1_000_000_000))
    return Plugin(folder, "development", None)


def test_a_component_made_since_then_counts_and_not_what_was_said_before(tmp_path: Path) -> None:
    """Whoever said it may have been killed."""
    plugin = failed(tmp_path)
    assert build_problem(plugin) == "error"
    os.utime(problem_file(tmp_path), ns=(1_000_000_000, 1_000_000_000))
    assert build_problem(plugin) == "error"
    os.utime(problem_file(tmp_path), ns=(999_000_000, 999_000_000))
    assert build_problem(plugin) is None


def test_what_others_keep_is_not_told(tmp_path: Path) -> None:
    """A link may lead to anything."""
    (tmp_path / "key").write_text("secret")
    folder = tmp_path / "plugin"
    folder.mkdir()
    plugin = failed(folder)
    problem_file(folder).unlink()
    problem_file(folder).symlink_to(tmp_path / "key")
    assert build_problem(plugin) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A pipe would, until somebody writes into it."""
    plugin = failed(tmp_path)
    problem_file(tmp_path).unlink()
    os.mkfifo(problem_file(tmp_path))
    said: list[str | None] = []
    looking = threading.Thread(target=lambda: said.append(build_problem(plugin)), daemon=True)
    looking.start()
    looking.join(10)
    assert said == [None]
