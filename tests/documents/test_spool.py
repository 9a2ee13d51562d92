"""Compressed and oddly encoded files, through the store and alone."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import stat
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest
import zstandard

from tests.documents.conftest import Bench, settled
from thoth_ls.documents.spool import KEEP_FREE_BYTES, Spool, SpoolPlan
from thoth_ls.errors import FileUnreadable, UnknownEncoding

TEXT = b"a,b\n1,2\n3,4\n"
ZSTD_SKIPPABLE = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"


def gz(data: bytes) -> bytes:
    """One member, the same at any time: names of tests are made of it, in several processes."""
    return gzip.compress(data, mtime=0)


def zstd(data: bytes) -> bytes:
    """One frame."""
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


def first_rows(bench: Bench) -> list[list[str]]:
    """What the plugin read."""
    return bench.source.rows


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv.gz", gz(TEXT)),
        ("x.csv.GZ", gz(TEXT[:5]) + gz(TEXT[5:])),
        ("x.csv.gz", gz(TEXT) + bytes(512)),
        ("x.csv.gz", gz(b"") + gz(TEXT)),
        ("x.csv.zst", zstd(TEXT)),
        ("x.csv.zstd", zstd(TEXT[:5]) + ZSTD_SKIPPABLE + zstd(TEXT[5:])),
        ("x.csv.zst", ZSTD_SKIPPABLE + zstd(TEXT)),
        ("x.csv", gz(TEXT)),
        ("x.csv", zstd(TEXT)),
        ("x.csv.zst", gz(TEXT)),
        ("x.csv.gz", TEXT),
    ],
)
async def test_compressed_files_are_known_by_their_content(bench: Bench, name: str, content: bytes) -> None:
    """Of one part or several, padded, misnamed: the plugin reads plain bytes, chosen by the inner name."""
    path = bench.file(name, content)
    opened = await bench.open(path)
    assert first_rows(bench) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert bench.loaders.asked == ["x.csv"]
    assert opened.size_bytes == len(content)
    assert ("not; it is shown" in " ".join(opened.notes)) == (content == TEXT)


async def test_bytes_after_an_archive_are_left_out_and_said(bench: Bench) -> None:
    """As gzip itself does, but not in silence."""
    for name, content in {"x.csv.gz": gzip.compress(TEXT), "x.csv.zst": zstd(TEXT)}.items():
        opened = await bench.open(bench.file(name, content + b"garbage"))
        assert "7 bytes after the end of the archive were left out." in opened.notes
        assert opened.first_page.count == 3


@pytest.mark.parametrize("compress", [gzip.compress, zstd])
async def test_a_cut_off_archive_is_refused_with_the_place(bench: Bench, compress: object) -> None:
    """Half a file shown as a whole one would be worse than none."""
    content = compress(os.urandom(100_000))[:50_000]  # type: ignore[operator]
    with pytest.raises(FileUnreadable, match=r"x\.csv\.z: .* is cut off at byte 50000"):
        await bench.open(bench.file("x.csv.z", content), plugin_id="com.example.lines")
    assert bench.spooled() == []


@pytest.mark.parametrize("compress", [gzip.compress, zstd])
async def test_a_damaged_archive_is_refused_with_the_place(bench: Bench, compress: object) -> None:
    """Checksums are checked."""
    content = bytearray(compress(os.urandom(100_000)))  # type: ignore[operator]
    content[20:60] = bytes(40)
    content[-4:] = b"oops"
    with pytest.raises(FileUnreadable, match=r"damaged near byte \d+|cut off"):
        await bench.open(bench.file("x.csv", bytes(content)))
    assert bench.spooled() == []


async def test_an_archive_that_explodes_stops_at_the_limit(bench: Bench) -> None:
    """A few kilobytes can hold gigabytes; the setting says how many are too many, memory stays flat."""
    bench.documents.settings = bench.documents.settings.model_copy(update={"spool_gigabytes": 0.1})
    bomb = zlib.compressobj(9, wbits=31)
    content = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(110)) + bomb.flush()
    frames = zstandard.ZstdCompressor()
    for name, data in {"x.csv.gz": content, "x.csv.zst": frames.compress(bytes(110 << 20))}.items():
        assert len(data) < 200_000
        with pytest.raises(FileUnreadable, match=r"more than 0\.1 GiB.*spoolGigabytes"):
            await bench.open(bench.file(name, data))
    assert bench.spooled() == []


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "名前,年\n太郎,3\n"),
        ("iso-2022-jp", "名前,年\n太郎,3\n"),
        ("utf-16", "naïve,ü\n"),
        ("utf-32-be", "naïve,😀\n"),
        ("utf-7", "naïve,ü\n"),
        ("cp500", "HELLO,WORLD\n"),
        ("gb18030", "姓名,😀\n"),
        ("hz", "姓名,x\n"),
        ("koi8-r", "имя,год\n"),
    ],
)
@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstd])
async def test_any_encoding_python_knows_becomes_utf_8(
    bench: Bench, encoding: str, text: str, compress: object
) -> None:
    """On top of compression too; the client sees its own encoding in force."""
    content = compress(text.encode(encoding))  # type: ignore[operator]
    opened = await bench.open(bench.file(content=content), options={"encoding": encoding})
    assert first_rows(bench) == [line.split(",") for line in text.splitlines()]
    assert bench.source.options["encoding"] == "utf-8"
    (option,) = [option for option in opened.options if option.key == "encoding"]
    assert option.value in (encoding, "shift_jis", encoding.replace("-be", "be"))
    assert option.value in {choice.value for choice in option.choices}


async def test_characters_split_between_pieces_survive(bench: Bench) -> None:
    """The decoder keeps what a piece ends in the middle of."""
    line = "あいうえお" * 20_000
    await bench.open(bench.file(content=f"x{line}".encode("euc-jp")), options={"encoding": "euc-jp"})
    assert first_rows(bench) == [[f"x{line}"]]


async def test_bytes_that_are_not_valid_are_counted(bench: Bench) -> None:
    """Shown as the replacement character, and said in a note."""
    opened = await bench.open(bench.file(content=b"a,\xff\n\xfe,b\n"), options={"encoding": "ascii"})
    assert first_rows(bench) == [["a", "\ufffd"], ["\ufffd", "b"]]
    assert "In 2 places the file is not valid ascii; \ufffd is shown there." in opened.notes


async def test_what_the_plugin_decodes_is_left_to_it(bench: Bench) -> None:
    """No temporary file, and the name most programs know."""
    opened = await bench.open(bench.file(), options={"encoding": "CP1252"})
    assert bench.source.options == {"encoding": "windows-1252"}
    assert bench.source.path == bench.folder / "table.csv"
    assert next(option.value for option in opened.options) == "windows-1252"


async def test_a_plugin_that_reads_one_encoding_is_not_told_which(bench: Bench) -> None:
    """It has no such option and would refuse it."""
    bench.loader.encodings = frozenset({"utf-8"})
    await bench.open(bench.file(content="ü\n".encode("latin-1")), options={"encoding": "latin-1"})
    assert (bench.source.options, first_rows(bench)) == ({}, [["ü"]])
    await bench.open(bench.file(), options={"encoding": "utf-8"})
    assert bench.source.options == {}


async def test_utf_32_is_known_by_its_mark(bench: Bench) -> None:
    """Its first half looks like UTF-16 to anybody else."""
    await bench.open(bench.file(content="a,ü\n".encode("utf-32")))
    assert first_rows(bench) == [["a", "ü"]]


async def test_an_unknown_encoding_opens_nothing(bench: Bench) -> None:
    """And says what was meant."""
    with pytest.raises(UnknownEncoding, match="koi8-r"):
        await bench.open(bench.file(), options={"encoding": "koi8r-r"})
    with pytest.raises(UnknownEncoding, match="not an encoding of text"):
        await bench.open(bench.file(), options={"encoding": "rot13"})
    assert bench.loader.sources == []


async def test_temporary_files_are_private_and_go_with_the_document(bench: Bench) -> None:
    """Nobody else can read what was unpacked, and nothing stays."""
    opened = await bench.open(bench.file("x.csv.gz", gzip.compress(TEXT)))
    (path,) = bench.spooled()
    assert path.suffix == ".csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    await bench.close(opened)
    assert bench.spooled() == []


async def test_reopening_with_other_options_does_not_unpack_again(bench: Bench) -> None:
    """Choosing a delimiter for a large archive takes no longer than for a plain file."""
    path = bench.file("x.csv.gz", gzip.compress(TEXT))
    opened = await bench.open(path)
    (first,) = bench.spooled()
    old = bench.source
    await bench.reopen(opened, options={"delimiter": ";"})
    await settled(lambda: old.closed)
    assert bench.spooled() == [first] == [bench.source.path]
    again = await bench.reopen(opened, options={"encoding": "utf-16le"})
    await settled(lambda: bench.spooled() == [bench.source.path])
    assert bench.source.path != first
    path.write_bytes(gzip.compress(b"new\n"))
    third = await bench.reopen(again)
    assert json.loads(third.first_page.rows) == [["new"]]


async def test_unpacking_reports_progress_and_can_be_cancelled(bench: Bench) -> None:
    """Within one piece; nothing of it is left."""
    source = zstd(bytes(256 << 20))
    reports: list[tuple[int | None, str]] = []
    begun = asyncio.Event()

    def report(percent: int | None, message: str) -> None:
        reports.append((percent, message))
        begun.set()

    opening = asyncio.create_task(
        bench.open(bench.file("x.csv.zst", source * 16), report, plugin_id="com.example.lines")
    )
    await begun.wait()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert bench.spooled() == []
    percent, message = reports[0]
    assert percent is not None
    assert 0 <= percent < 100
    assert message == "Decompressing x.csv.zst"


async def test_a_full_disk_is_said_before_it_is_full(tmp_path: Path) -> None:
    """With what to do, and nothing left of the attempt."""
    path = tmp_path / "x.csv"
    path.write_bytes(TEXT)
    spool = Spool(tmp_path / "spool", free_bytes=lambda _: KEEP_FREE_BYTES)
    with pytest.raises(FileUnreadable, match=r"more room than the disk has left.*Free some space in .*spool"):
        await spool.make(SpoolPlan(path, None, "latin-1", "csv"), 1 << 30, lambda percent, message: None)
    assert [item for item in (tmp_path / "spool").rglob("*") if item.is_file()] == []
    spool.close()


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Not taken for a fault of the user's file."""
    path = tmp_path / "x.csv"
    path.write_bytes(TEXT)
    blocked = tmp_path / "spool"
    blocked.write_text("a file stands where the folder should be")
    spool = Spool(blocked)
    with pytest.raises(FileUnreadable, match=r"Cannot make a temporary file in .*spool"):
        await spool.make(SpoolPlan(path, None, "latin-1", "csv"), 1 << 30, lambda percent, message: None)


def test_left_overs_of_ended_processes_are_swept(tmp_path: Path) -> None:
    """And only those."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for name in (f"{ended.pid}-aa", f"{os.getpid()}-bb", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.csv").write_bytes(b"x")
    spool = Spool(tmp_path)
    assert spool.swept is not None
    spool.swept.result(10)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"{os.getpid()}-bb", "notes"])


async def test_the_loop_stays_free_while_unpacking(bench: Bench) -> None:
    """The work is done on another thread."""
    threads: list[str] = []
    spool_make = bench.documents._spool._free_bytes

    def look(path: Path) -> int:
        threads.append(threading.current_thread().name)
        return spool_make(path)

    bench.documents._spool._free_bytes = look
    await bench.open(bench.file("x.csv.gz", gzip.compress(TEXT)))
    assert threads
    assert all(name.startswith("thoth-spool") for name in threads)
