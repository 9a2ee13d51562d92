"""What `thoth plugin dev` copies: a plugin's own files, into its own folder, and nothing by way of links."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_ls.authoring.building.development import install_development, put_program
from thoth_ls.authoring.building.sources import sources_of
from thoth_ls.authoring.starting import Start, start
from thoth_ls.catalog.development import program_folder
from thoth_ls.errors import BuildFailed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new panel."""
    start(Start(tmp_path / "plugin", "Some Panel", "panel"))
    return tmp_path / "plugin"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """What somebody else keeps."""
    (tmp_path / "elsewhere" / "development" / "src").mkdir(parents=True)
    for kept in (tmp_path / "elsewhere" / "development" / "src", tmp_path / "elsewhere" / "development"):
        (kept / "kept.txt").write_text("kept")
    return tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("link", "to"),
    [(".build", "."), (".build/development", "development"), (".build/development/src", "development/src")],
)
def test_nothing_is_deleted_or_written_behind_a_link(folder: Path, elsewhere: Path, link: str, to: str) -> None:
    """Wherever it is on the way; what it leads to stays as it was."""
    before = sorted(elsewhere.rglob("*"))
    (folder / link).parent.mkdir(parents=True, exist_ok=True)
    (folder / link).symlink_to(elsewhere / to)
    with pytest.raises(BuildFailed, match="link"):
        put_program(sources_of(folder), folder)
    assert sorted(elsewhere.rglob("*")) == before


def test_nor_the_sources_behind_a_link_to_them(folder: Path) -> None:
    """They lie in the same folder, and are not what a program would be replaced by."""
    (folder / "src" / "notes.txt").write_text("mine")
    program_folder(folder).parent.mkdir()
    program_folder(folder).symlink_to(folder)
    with pytest.raises(BuildFailed, match="link"):
        put_program(sources_of(folder), folder)
    assert (folder / "src" / "notes.txt").read_text() == "mine"
    assert (folder / "plugin.toml").is_file()


def test_a_module_that_leads_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    """Guests would read what it leads to; one within the folder is a module like others."""
    (tmp_path / "key").write_text("secret")
    (folder / "src" / "notes.py").symlink_to(tmp_path / "key")
    with pytest.raises(BuildFailed, match=r"src/notes\.py is a link out of the plugin's folder"):
        put_program(sources_of(folder), folder)
    assert not program_folder(folder).exists()
    (folder / "src" / "notes.py").unlink()
    (folder / "src" / "again.py").symlink_to(folder / "src" / "main.py")
    put_program(sources_of(folder), folder)
    copied = program_folder(folder) / "src" / "again.py"
    assert copied.read_text() == (folder / "src" / "main.py").read_text()
    assert not copied.is_symlink()


def test_a_link_in_place_of_a_file_makes_way_for_it(folder: Path, tmp_path: Path) -> None:
    """Even where it leads to the same bytes, which a guest could not read."""
    put_program(sources_of(folder), folder)
    copied = program_folder(folder) / "src" / "main.py"
    for target in (copied, folder / "plugin.wasm"):
        same = tmp_path / f"same-{target.name}"
        same.write_bytes((folder / "src" / "main.py").read_bytes())
        target.unlink(missing_ok=True)
        target.symlink_to(same)
    put_program(sources_of(folder), folder)
    install_development(folder / "src" / "main.py", folder)
    assert not copied.is_symlink()
    assert not (folder / "plugin.wasm").is_symlink()
