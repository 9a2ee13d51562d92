"""One text that outlives the process."""

from pathlib import Path

import pytest

from thoth_ls.errors import FileUnwritable
from thoth_ls.storage.text_file import TextFile


def test_the_text_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """No file is an empty text."""
    file = TextFile(tmp_path / "p" / "state.txt")
    assert file.read() == ""
    file.write("früher und länger", 100)
    file.write("später", 100)
    assert file.read() == "später"


def test_the_cap_is_on_bytes_and_named(tmp_path: Path) -> None:
    """What was there stays."""
    file = TextFile(tmp_path / "state.txt")
    file.write("äää", 6)
    with pytest.raises(FileUnwritable, match="8 bytes are too much to keep: 6 are allowed"):
        file.write("ääää", 6)
    assert file.read() == "äää"


def test_a_lower_cap_does_not_hide_what_is_there(tmp_path: Path) -> None:
    """Else the plugin would start anew and overwrite it."""
    TextFile(tmp_path / "state.txt").write("x" * 1000, 1000)
    assert len(TextFile(tmp_path / "state.txt").read()) == 1000


def test_what_is_not_text_is_kept_and_reported(tmp_path: Path) -> None:
    """And reads as nothing."""
    (tmp_path / "state.txt").write_bytes(b"abc\xff")
    said: list[str] = []
    assert TextFile(tmp_path / "state.txt", said.append).read() == ""
    assert (tmp_path / "state.txt.broken").read_bytes() == b"abc\xff"
    path = tmp_path / "state.txt"
    assert said == [f"{path} is not UTF-8 (byte 3). It is kept as {path.name}.broken, and what it said is forgotten."]
