"""What a plugin is shown of the file system."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from thoth_ls.errors import FileUnreadable
from thoth_ls.paths import Paths
from thoth_ls.runtime.sandbox import Sandboxes


@pytest.fixture
def sandboxes(tmp_path: Path) -> Sandboxes:
    """Sandboxes of a user whose folders lie on the same file system as the files."""
    return Sandboxes(Paths.under(tmp_path / "home"))


def test_a_file_is_alone_in_its_sandbox(sandboxes: Sandboxes, tmp_path: Path) -> None:
    """The folder holds the very file under its name and nothing else; it goes away, the file stays."""
    file = tmp_path / "data.csv"
    file.write_text("a,b\n")
    (tmp_path / "secret.txt").write_text("x")
    sandbox = sandboxes.make(file)
    assert (sandbox.kind, sandbox.guest_path, sandbox.size_bytes) == ("file", "/data/data.csv", 4)
    assert [entry.name for entry in sandbox.folder.iterdir()] == ["data.csv"]
    assert (sandbox.folder / "data.csv").samefile(file)
    assert sandbox.folder.is_relative_to(tmp_path / "home")
    sandbox.close()
    sandbox.close()
    assert not sandbox.folder.exists()
    assert file.read_text() == "a,b\n"


def test_two_sandboxes_do_not_share(sandboxes: Sandboxes, tmp_path: Path) -> None:
    """Each instance has a folder of its own, even for the same file."""
    (tmp_path / "a.csv").write_text("")
    assert sandboxes.make(tmp_path / "a.csv").folder != sandboxes.make(tmp_path / "a.csv").folder


def test_a_link_leads_to_its_file(sandboxes: Sandboxes, tmp_path: Path) -> None:
    """A symbolic link is followed by the host, not by the guest."""
    (tmp_path / "real.csv").write_text("a\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    sandbox = sandboxes.make(tmp_path / "link.csv")
    assert not (sandbox.folder / "link.csv").is_symlink()
    assert (sandbox.folder / "link.csv").samefile(tmp_path / "real.csv")


def test_without_links_the_guest_sees_the_folder(
    sandboxes: Sandboxes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another file system there is no private link; that is said, and nothing of the folder is ours to remove."""

    def refuse(*arguments: object) -> None:
        raise OSError("Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "data.csv").write_text("a\n")
    sandbox = sandboxes.make(tmp_path / "data.csv")
    assert (sandbox.kind, sandbox.folder, sandbox.guest_path) == ("folder", tmp_path.resolve(), "/data/data.csv")
    sandbox.close()
    assert (tmp_path / "data.csv").exists()
    assert not any((tmp_path / "home" / "temp" / "open").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not text")
def test_a_name_that_is_no_text_is_replaced(sandboxes: Sandboxes, tmp_path: Path) -> None:
    """A guest can only be told text."""
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    file.write_text("a\n")
    assert sandboxes.make(file).guest_path == "/data/file.csv"


def test_what_is_no_file_is_refused_without_opening_it(sandboxes: Sandboxes, tmp_path: Path) -> None:
    """Opening a pipe or a device might wait for ever, or do something."""
    with pytest.raises(FileUnreadable, match="is a folder; only files can be opened"):
        sandboxes.make(tmp_path)
    with pytest.raises(FileUnreadable, match=r"none\.csv does not exist"):
        sandboxes.make(tmp_path / "none.csv")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(FileUnreadable, match="cannot be opened"):
        sandboxes.make(tmp_path / "loop")
    with pytest.raises(FileUnreadable, match="cannot be opened"):
        sandboxes.make(tmp_path / "nul\0byte")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
def test_devices_pipes_and_sockets_are_refused(sandboxes: Sandboxes, tmp_path: Path) -> None:
    """Each by its name, so that it is understood."""
    with pytest.raises(FileUnreadable, match="/dev/zero is a device"):
        sandboxes.make(Path("/dev/zero"))
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(FileUnreadable, match="is a pipe"):
        sandboxes.make(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        with pytest.raises(FileUnreadable, match="is a socket"):
            sandboxes.make(tmp_path / "s")


def test_what_a_dead_server_left_is_swept_away(sandboxes: Sandboxes, tmp_path: Path) -> None:
    """Folders of servers that live are left alone, and so is what is not ours."""
    (tmp_path / "a.csv").write_text("kept")
    mine = sandboxes.make(tmp_path / "a.csv")
    root = mine.folder.parent
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = root / f"{int(dead.stdout)}-left"
    left.mkdir()
    os.link(tmp_path / "a.csv", left / "a.csv")
    (root / "other").mkdir()
    sandboxes.sweep()
    assert {entry.name for entry in root.iterdir()} == {mine.folder.name, "other"}
    assert (tmp_path / "a.csv").read_text() == "kept"
