"""`thoth plugin dev`: what is saved is put in place, what is wrong is said where authors look, and it ends at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from thoth_ls.authoring.building.kit import Kit
from thoth_ls.authoring.starting import Start, start
from thoth_ls.catalog.development import MARK, problem_file, program_folder
from thoth_ls.cli import plugin_workbench
from thoth_ls.cli.plugin_dev import stamps
from thoth_ls.cli.plugin_workbench import Workbench

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new panel, and a component for it that nobody runs."""
    component = tmp_path / "component.wasm"
    component.write_bytes(b"\0asm\x0d\0\x01\0" + MARK)
    monkeypatch.setenv("THOTH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(plugin_workbench, "authors_kit", lambda: Kit.beside(ROOT, tmp_path / "scratch"))
    monkeypatch.setattr(plugin_workbench, "development_component", lambda sources, kit, tell: component)
    start(Start(tmp_path / "plugin", "Some Panel", "panel"))
    return tmp_path / "plugin"


async def test_a_program_is_put_where_the_component_reads_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty component cannot be used, and that is said; the next program takes the place of the one before."""
    bench = Workbench(folder)
    (folder / "src" / "more.py").write_text("x = 1\n")
    assert not await bench.build()
    program = program_folder(folder)
    assert {path.name for path in (program / "src").iterdir()} == {"main.py", "more.py"}
    (folder / "src" / "more.py").unlink()
    (folder / "src" / "main.py").write_text("x = 2\n")
    await bench.build()
    assert [(path.name, path.read_text()) for path in (program / "src").iterdir()] == [("main.py", "x = 2\n")]
    await bench.close()
    said = capsys.readouterr()
    assert "plugin.wasm is a development build" in said.out
    assert "plugin.wasm: error: is a component of another world" in said.out


async def test_what_cannot_be_built_is_left_for_editors_to_tell(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And taken away once it can, or nobody builds any more."""
    bench = Workbench(folder)
    manifest = (folder / "plugin.toml").read_text()
    (folder / "plugin.toml").write_text(manifest.replace('name = "Some Panel"', "name = 3"))
    assert not await bench.build()
    assert "plugin.toml" in problem_file(folder).read_text()
    assert "name" in capsys.readouterr().err
    (folder / "plugin.toml").write_text(manifest)
    await bench.build()
    assert not problem_file(folder).exists()
    (folder / "src" / "main.py").unlink()
    assert not await bench.build()
    assert "src/main.py" in problem_file(folder).read_text()
    await bench.close()
    assert not problem_file(folder).exists()


def test_only_what_somebody_writes_is_looked_at(folder: Path) -> None:
    """What is built is no reason to build."""
    before = stamps(folder)
    (folder / "plugin.wasm").write_bytes(b"")
    (folder / "tests" / "__pycache__").mkdir()
    (folder / "tests" / "__pycache__" / "a.pyc").write_bytes(b"")
    assert stamps(folder) == before
    (folder / "src" / "new.py").write_text("")
    assert stamps(folder) != before


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    """At once, without a traceback, and with all of its processes."""
    start(Start(tmp_path / "theme", "Evening", "theme"))
    command = [sys.executable, "-m", "thoth_ls.cli.main", "plugin", "dev", str(tmp_path / "theme")]
    environment = os.environ | {"THOTH_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            assert "good\n" in iter(process.stdout.readline, "")
            os.killpg(process.pid, signal.SIGINT)
            said = process.communicate(timeout=30)[1]
        finally:
            process.kill()
    assert process.returncode == 130
    assert "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
