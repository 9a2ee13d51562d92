"""Files that appear as a whole or not at all."""

import asyncio
import errno
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from thoth_ls.errors import FileExists, FileUnwritable
from thoth_ls.exporting import writing
from thoth_ls.exporting.writing import TargetFile


def target(path: Path, *, overwrite: bool = False) -> TargetFile:
    """One that protects no other file."""
    return TargetFile(path, overwrite=overwrite, sources=[])


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write into."""
    tmp_path.chmod(0o500)
    yield tmp_path
    tmp_path.chmod(0o700)


def names(folder: Path) -> list[str]:
    """What is in it."""
    return sorted(path.name for path in folder.iterdir())


async def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    """Under another name until then, and with the rights of any new file."""
    made = target(tmp_path / "out")
    await made.create()
    await made.write(b"one")
    assert "out" not in names(tmp_path)
    await made.write(b"two")
    await made.commit()
    await made.discard()
    assert ((tmp_path / "out").read_bytes(), made.size, names(tmp_path)) == (b"onetwo", 6, ["out"])
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


async def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    """Whoever could read it can."""
    out = tmp_path / "out"
    out.write_bytes(b"old")
    out.chmod(0o640)
    made = target(out, overwrite=True)
    await made.create()
    await made.write(b"new")
    assert out.read_bytes() == b"old"
    await made.commit()
    assert (out.read_bytes(), stat.S_IMODE(out.stat().st_mode)) == (b"new", 0o640)


@pytest.mark.parametrize("links", [True, False])
async def test_a_file_that_turned_up_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """On file systems without hard links as well."""
    if not links:

        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, "no links")

        monkeypatch.setattr(os, "link", refuse)
    made = target(tmp_path / "out")
    await made.create()
    (tmp_path / "out").write_bytes(b"somebody else's")
    with pytest.raises(FileExists, match="out exists already in"):
        await made.commit()
    await made.discard()
    assert ((tmp_path / "out").read_bytes(), names(tmp_path)) == (b"somebody else's", ["out"])
    other = target(tmp_path / "other")
    await other.create()
    await other.commit()
    assert names(tmp_path) == ["other", "out"]


async def test_of_many_at_once_one_wins(tmp_path: Path) -> None:
    """And the others are told."""
    many = [target(tmp_path / "out") for _ in range(20)]
    for made in many:
        await made.create()
        await made.write(b"x")
    results = await asyncio.gather(*(made.commit() for made in many), return_exceptions=True)
    for made in many:
        await made.discard()
    assert sorted(type(result).__name__ for result in results) == ["FileExists"] * 19 + ["NoneType"]
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no space left in .* after [0-9]+ bytes; nothing was left behind"),
        (errno.EDQUOT, "no space left"),
        (errno.EFBIG, "takes no files of more than [0-9]+ bytes"),
        (errno.EIO, "Input/output error"),
    ],
)
@pytest.mark.parametrize("function", ["write", "fsync"])
async def test_a_disk_that_takes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str, function: str
) -> None:
    """Is said in a sentence, and nothing left."""
    made = target(tmp_path / "out")
    await made.create()
    await made.write(b"one")

    def full(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, function, full)
    with pytest.raises(FileUnwritable, match=f"Cannot write out: .*{said}"):
        await (made.write(b"two") if function == "write" else made.commit())
    await made.discard()
    assert names(tmp_path) == []


async def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on pipes and network folders."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, bytes(data[:3])))
    made = target(tmp_path / "out")
    await made.create()
    await made.write(b"0123456789")
    await made.commit()
    assert (tmp_path / "out").read_bytes() == b"0123456789"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_without_permission(locked: Path) -> None:
    """Is named."""
    with pytest.raises(FileUnwritable, match="no permission to write in"):
        await target(locked / "out").create()


async def test_giving_up_while_a_write_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is quick, whatever the disk does: the name is gone at once, the rest when the write returns."""
    going_on, real = threading.Event(), os.write

    def hang(file: int, data: memoryview) -> int:
        assert going_on.wait(10)
        return real(file, data)

    made = target(tmp_path / "out")
    await made.create()
    monkeypatch.setattr(os, "write", hang)
    writing_on = asyncio.ensure_future(made.write(b"x"))
    await asyncio.sleep(0.05)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await made.discard()
    assert loop.time() - began < 1
    assert names(tmp_path) == []
    going_on.set()
    await writing_on
    await made.discard()
    await made.commit()
    assert names(tmp_path) == []


async def test_what_processes_left_that_are_gone_is_removed(tmp_path: Path) -> None:
    """And nothing else: not of those that run, nor of other machines."""
    gone = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await gone.wait()
    left = tmp_path / f".thoth-{writing.MACHINE}-{gone.pid}-0123abcd.part"
    ours = tmp_path / f".thoth-{writing.MACHINE}-{os.getpid()}-0123abcd.part"
    others = tmp_path / f".thoth-00000000-{gone.pid}-0123abcd.part"
    plain = tmp_path / ".thoth-x.part"
    for path in (left, ours, others, plain):
        path.touch()
    made = target(tmp_path / "out")
    await made.create()
    await made.commit()
    assert names(tmp_path) == sorted([ours.name, others.name, plain.name, "out"])
