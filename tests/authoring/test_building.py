"""A plugin's folder is built when something has changed, and what is wrong with it is said."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from thoth_ls.authoring.building import building
from thoth_ls.authoring.building.building import build, install
from thoth_ls.authoring.building.kit import Kit
from thoth_ls.authoring.building.sources import Sources, shared_files, sources_of
from thoth_ls.errors import BuildFailed

ROOT = Path(__file__).parents[2]
COUNTER = ROOT / "plugins" / "fixtures" / "counter.zig"


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """A plugin in Zig."""
    folder = tmp_path / "plugin"
    (folder / "src").mkdir(parents=True)
    (folder / "wit").mkdir()
    shutil.copy(COUNTER, folder / "src" / "main.zig")
    shutil.copy(COUNTER.with_suffix(".wit"), folder / "wit" / "world.wit")
    shutil.copy(COUNTER.with_suffix(".toml"), folder / "plugin.toml")
    return folder


def make(sources: Sources, kit: Kit, made: Path, tell: object) -> None:
    """Stands in for compilers, where all that counts is when they run."""
    made.write_bytes(b"component of " + sources.main.read_bytes())


def test_a_plugin_is_built_once_and_again_when_a_file_of_it_changes(
    plugin: Path, kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caches of tools apart, nothing else is left anywhere."""
    monkeypatch.setattr(building, "make_component", make)
    out = tmp_path / "out"
    assert build(plugin, out, kit).fresh
    assert sorted(path.name for path in out.iterdir()) == [".stamp.json", "plugin.toml", "plugin.wasm"]
    assert not build(plugin, out, kit).fresh
    (plugin / "wit" / "world.wit").write_text((plugin / "wit" / "world.wit").read_text() + "\n")
    assert build(plugin, out, kit).fresh
    (out / "plugin.wasm").write_bytes(b"damaged")
    assert build(plugin, out, kit).fresh
    assert not list(kit.scratch.glob("making-*"))


def test_what_was_built_stays_where_the_sources_are_wrong(plugin: Path, kit: Kit, tmp_path: Path) -> None:
    """The tool says what."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "plugin.wasm").write_bytes(b"built before")
    (plugin / "src" / "main.zig").write_text("const a = ;")
    with pytest.raises(BuildFailed, match="expected expression"):
        build(plugin, out, kit)
    assert (out / "plugin.wasm").read_bytes() == b"built before"


def test_a_plugin_may_be_built_into_its_own_folder(plugin: Path, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its manifest is not touched: whoever watches it would build for ever."""
    monkeypatch.setattr(building, "make_component", make)
    manifest = plugin / "plugin.toml"
    before = manifest.stat().st_mtime_ns
    build(plugin, plugin, kit)
    assert manifest.stat().st_mtime_ns == before
    assert not build(plugin, plugin, kit).fresh


def test_what_was_made_on_another_file_system_is_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From there a file cannot be moved in one step: it is copied beside its place, and nothing else is left."""
    made, out = tmp_path / "scratch" / "plugin.wasm", tmp_path / "out"
    made.parent.mkdir()
    made.write_bytes(b"component")
    made.with_suffix(".cwasm").write_bytes(b"code")
    manifest = tmp_path / "plugin.toml"
    manifest.write_text("")
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, _within_a_folder(getattr(os, name)))
    install(manifest, made, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        "plugin.toml": b"",
        "plugin.wasm": b"component",
        "plugin.cwasm": b"code",
    }


def _within_a_folder(move: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
    """As if each folder were a file system of its own."""

    def moved(source: Path, target: Path) -> None:
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        move(source, target)

    return moved


def test_a_folder_that_is_no_plugin_is_said_to_be_none(tmp_path: Path) -> None:
    """With what is missing."""
    with pytest.raises(BuildFailed, match=r"holds no plugin\.toml"):
        sources_of(tmp_path)
    (tmp_path / "plugin.toml").write_text("")
    with pytest.raises(BuildFailed, match="has neither"):
        sources_of(tmp_path)
    (tmp_path / "src").mkdir()
    for name in ("main.py", "main.zig"):
        (tmp_path / "src" / name).write_text("")
    with pytest.raises(BuildFailed, match="has both"):
        sources_of(tmp_path)


def test_a_manifest_that_is_wrong_is_said_before_anything_is_made(tmp_path: Path, kit: Kit) -> None:
    """In Python the world follows from it."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.py").write_text("")
    (tmp_path / "plugin.toml").write_text('id = "org.example.a"\n')
    with pytest.raises(BuildFailed, match="name"):
        build(tmp_path, tmp_path / "out", kit)
    assert not (tmp_path / "out").exists()


def test_the_sdk_decides_what_comes_of_python_and_its_harness_does_not(kit: Kit) -> None:
    """A change in what tests use builds nothing anew; nor does one in Python's part of the builder, in Zig."""
    names = {path.relative_to(ROOT).as_posix() for path in shared_files("python", kit)}
    assert {"plugins/sdk/python/thoth_plugin/ui.py", "wit/worlds.wit", "thoth_ls/authoring/building/entry.py"} <= names
    assert not {name for name in names if "testing" in name}
    zig = {path.relative_to(ROOT).as_posix() for path in shared_files("zig", kit)}
    assert "plugins/zig-sdk/sdk.zig" in zig
    assert not {name for name in zig if name.endswith(("entry.py", "python.py")) or "sdk/python" in name}
