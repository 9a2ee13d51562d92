"""Files a person picked: text in, text out, and nothing broken on the way."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from thoth_ls.errors import FileUnreadable, FileUnwritable
from thoth_ls.storage.picked_file import read_text, replace

MIB = 1 << 20


def test_text_is_read_whole_without_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfgr\xc3\xbc\xc3\x9fe\r\n")
    assert read_text(path, MIB) == "grüße\r\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a\xff", r"is not text in UTF-8 \(byte 1\)"),
        ("text".encode("utf-16-le"), "null characters"),
        (b"x" * (MIB + 1), "is larger than 1 MiB"),
    ],
)
def test_what_is_no_text_or_too_much_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=said):
        read_text(path, MIB)


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"cannot be read: No such file"):
        read_text(tmp_path / "gone", MIB)
    with pytest.raises(FileUnreadable):
        read_text(tmp_path, MIB)
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileUnreadable, match="is not a file"):
            read_text(tmp_path / "pipe", MIB)


def test_a_new_file_is_written_whole(tmp_path: Path) -> None:
    replace(tmp_path / "new.csv", [b"a,", b"b\n"])
    assert (tmp_path / "new.csv").read_bytes() == b"a,b\n"
    assert list(tmp_path.iterdir()) == [tmp_path / "new.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="no permissions of this kind there")
def test_what_is_replaced_keeps_its_permissions_and_a_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    replace(link, [b"after"])
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text("before")

    def pieces() -> Iterator[bytes]:
        yield b"after"
        raise OSError(28, "No space left on device")

    with pytest.raises(FileUnwritable, match="No space left on device: free some space"):
        replace(path, pieces())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "nowhere" / "a"):
        with pytest.raises(FileUnwritable, match="was not written"):
            replace(path, [b"x"])
