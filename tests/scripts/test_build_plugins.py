"""Plugins are built from source, once, and a failure says what the tool said."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).parents[2]
EMPTY = "(component)"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the contract and the SDK, one fixture as text, and no plugin yet."""
    for folder in ("wit", "plugins/zig-sdk"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    (tmp_path / "scripts").mkdir()
    shutil.copy(REPOSITORY / "scripts" / "build_plugins.py", tmp_path / "scripts")
    (tmp_path / "plugins" / "fixtures").mkdir()
    (tmp_path / "plugins" / "fixtures" / "empty.wat").write_text(EMPTY)
    return tmp_path


@pytest.fixture
def script(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, as it stands in that checkout."""
    spec = importlib.util.spec_from_file_location("build_plugins", checkout / "scripts" / "build_plugins.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "build_plugins", module)
    spec.loader.exec_module(module)
    return module


def test_what_is_current_is_left_alone(script: ModuleType, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run does nothing; a changed source or a damaged result is built again."""
    built = checkout / "build" / "fixtures" / "empty.wasm"
    assert script.main([]) == 0
    assert "Built fixtures/empty" in capsys.readouterr().out
    content = built.read_bytes()
    assert script.main([]) == 0
    assert capsys.readouterr().out == ""
    built.write_bytes(b"damaged")
    assert script.main([]) == 0
    assert built.read_bytes() == content
    (checkout / "plugins" / "fixtures" / "empty.wat").write_text('(component (import "a" (func)))')
    assert script.main(["fixtures/empty"]) == 0
    assert built.read_bytes() != content


def test_the_parts_of_a_fixture_decide_what_comes_out(script: ModuleType, checkout: Path) -> None:
    """A change in one of them has it built again."""
    part = checkout / "plugins" / "fixtures" / "parted" / "part.zig"
    part.parent.mkdir()
    part.write_text("")
    for name in ("parted.zig", "parted.wit"):
        (checkout / "plugins" / "fixtures" / name).write_text("")
    (target,) = (item for item in script.fixture_targets() if item.name == "fixtures/parted")
    before = script.input_hash(target)
    part.write_text("// another")
    assert part in target.inputs
    assert script.input_hash(target) != before


def test_a_source_that_is_wrong_is_named_with_what_the_tool_says(
    script: ModuleType, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest is built all the same, and what was built before stays."""
    assert script.main([]) == 0
    built = checkout / "build" / "fixtures" / "empty.wasm"
    content = built.read_bytes()
    (checkout / "plugins" / "fixtures" / "empty.wat").write_text("(component (oops))")
    (checkout / "plugins" / "fixtures" / "other.wat").write_text(EMPTY)
    capsys.readouterr()
    assert script.main([]) == 1
    printed = capsys.readouterr()
    assert "Could not build fixtures/empty" in printed.err
    assert "oops" in printed.err
    assert "Built fixtures/other" in printed.out
    assert built.read_bytes() == content


def test_a_plugin_without_its_source_is_an_error(
    script: ModuleType, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A manifest alone is no plugin, and the missing file is named."""
    folder = checkout / "plugins" / "hollow"
    folder.mkdir()
    (folder / "plugin.toml").write_text('id = "org.example.hollow"')
    assert script.main([]) == 1
    assert "plugins/hollow/src/main.zig is missing" in capsys.readouterr().err


def test_a_name_that_is_not_known_is_an_error(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """A typing error must not look like success."""
    assert script.main(["csv-laoder"]) == 1
    assert "csv-laoder" in capsys.readouterr().err


def test_what_has_lost_its_source_goes(script: ModuleType, checkout: Path) -> None:
    """Neither a test nor a package picks up a plugin that was removed, or what a killed run left behind."""
    assert script.main([]) == 0
    (checkout / "build" / "plugins" / "gone").mkdir(parents=True)
    (checkout / "build" / "plugins" / "gone" / "plugin.wasm").write_bytes(b"")
    (checkout / "build" / "making-killed").mkdir()
    (checkout / "plugins" / "fixtures" / "empty.wat").unlink()
    assert script.main([]) == 0
    assert not (checkout / "build" / "plugins" / "gone").exists()
    assert not (checkout / "build" / "fixtures" / "empty.wasm").exists()
    assert not list((checkout / "build").glob("making-*"))


def test_a_readme_is_copied_and_taken_away_without_building(script: ModuleType, checkout: Path) -> None:
    """It is shown with the plugin; its words decide nothing about the component."""
    folder, built = checkout / "plugins" / "shown", checkout / "build" / "plugins" / "shown"
    folder.mkdir()
    built.mkdir(parents=True)
    (built / "plugin.wasm").write_bytes(b"")
    target = script.Target("shown", folder / "main.zig", None, built / "plugin.wasm", folder / "plugin.toml", ())
    for text in ("# One", "# Two"):
        (folder / "README.md").write_text(text)
        script.copy_readme(target)
        assert (built / "README.md").read_text() == text
    (folder / "README.md").unlink()
    script.copy_readme(target)
    assert not (built / "README.md").exists()
