"""Parts of files as text: whole lines, pieces of long ones, exact offsets, whatever the encoding."""

import gzip
import random
from pathlib import Path

import pytest

from tests.documents.conftest import Bench
from thoth_ls.documents.file_text import BACK_BYTES, PIECE_BYTES, read_lines
from thoth_ls.errors import DocumentChanged, FileUnreadable
from thoth_ls.wire.documents import OpenDocumentResult
from thoth_ls.wire.views import FileLine, FileText, FileTextParams

LETTERS = "aé€😀\r\n"
CODECS = ("utf-8", "utf-16-le", "utf-16-be", "iso8859-1", "utf-32-le")


def written(folder: Path, content: bytes) -> Path:
    """A file."""
    path = folder / "file.txt"
    path.write_bytes(content)
    return path


def all_lines(path: Path, codec: str) -> list[FileLine]:
    """Every line of a file, asked for one after another."""
    lines: list[FileLine] = []
    at = 0
    while at < path.stat().st_size:
        lines += read_lines(path, codec, at, 0, 1).lines
        assert lines[-1].at + lines[-1].bytes > at
        at = lines[-1].at + lines[-1].bytes
    return lines


def random_text(codec: str, seed: int) -> str:
    """Lines of all lengths, some much longer than a piece, ended in all ways."""
    chance = random.Random(seed)
    letters = [letter for letter in LETTERS[:4] if codec != "iso8859-1" or ord(letter) < 256]
    parts = []
    for _ in range(40):
        length = chance.choice([0, 1, 50, 5_000, PIECE_BYTES, chance.randrange(60_000)])
        parts.append("".join(chance.choices(letters, k=length // 3)))
        parts.append(chance.choice(["\n", "\r\n", "\r"]))
    return "".join(parts)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("seed", range(3))
def test_the_lines_of_a_file_are_its_text(tmp_path: Path, codec: str, seed: int) -> None:
    """Put together again they are the file; no piece is longer than allowed, none cuts a character."""
    text = random_text(codec, seed)
    path = written(tmp_path, text.encode(codec))
    lines = all_lines(path, codec)
    joined = [""]
    for line in lines:
        joined[-1] += line.text
        if not line.continued:
            joined.append("")
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert joined == expected
    assert max(line.bytes for line in lines) <= PIECE_BYTES + 2 * len("\n".encode(codec))
    at = 0
    for line in lines:
        assert line.at == at
        at += line.bytes
    assert at == path.stat().st_size


@pytest.mark.parametrize("codec", CODECS)
def test_pieces_are_the_same_wherever_the_reading_begins(tmp_path: Path, codec: str) -> None:
    """A client can go on from any of them, forwards and backwards."""
    path = written(tmp_path, random_text(codec, 7).encode(codec))
    size = path.stat().st_size
    known = {line.at: line for line in all_lines(path, codec)}
    chance = random.Random(1)
    for _ in range(300):
        offset, before, after = chance.randrange(size), chance.randrange(40_000), chance.randrange(1, 40_000)
        found = read_lines(path, codec, offset, before, after).lines
        assert [known[line.at] for line in found] == found
        assert found[0].at <= max(0, offset - before)
        assert found[-1].at + found[-1].bytes >= min(size, offset + after)
        assert [line.at + line.bytes for line in found[:-1]] == [line.at for line in found[1:]]


def test_a_line_without_end_is_read_from_its_middle(tmp_path: Path) -> None:
    """However far away its beginning is, only so much is read."""
    path = written(tmp_path, "€".encode() * 200_000)
    found = read_lines(path, "utf-8", 300_001, 0, 10).lines
    assert found[0].at > 300_001 - PIECE_BYTES
    assert BACK_BYTES < 300_001
    assert set(found[0].text) == {"€"}
    assert found[0].continued


def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    """They are shown as the replacement character, and offsets stay exact."""
    path = written(tmp_path, b"a\xff\n\x80\x80\x80\x80\nb\x00c\n" + b"\x80" * 40_000)
    lines = all_lines(path, "utf-8")
    assert [line.text for line in lines[:3]] == ["a\ufffd", "\ufffd" * 4, "b\0c"]
    assert [line.at for line in lines[:4]] == [0, 3, 8, 12]
    assert sum(line.bytes for line in lines) == path.stat().st_size


def test_the_mark_of_an_encoding_is_no_text(tmp_path: Path) -> None:
    """It counts as bytes of the first line."""
    for codec, named in (("utf-8", "utf-8"), ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"), ("utf-8", "utf-8-sig")):
        path = written(tmp_path, "\ufeffä\nb".encode(codec))
        first, second = read_lines(path, named, 0, 0, 100).lines
        assert (first.text, second.text, second.at) == ("ä", "b", len("\ufeffä\n".encode(codec)))


@pytest.mark.parametrize(
    ("content", "lines"), [(b"", []), (b"\n", [""]), (b"a", ["a"]), (b"a\n", ["a"]), (b"\n\n", [""])]
)
def test_a_place_behind_the_end_is_the_last_line(tmp_path: Path, content: bytes, lines: list[str]) -> None:
    """An empty file has none."""
    found = read_lines(written(tmp_path, content), "utf-8", 10**9, 0, 100)
    assert [line.text for line in found.lines] == lines
    assert found.size == len(content)


async def text_of(bench: Bench, opened: OpenDocumentResult, offset: int = 0) -> FileText:
    """The text around a place of an open document."""
    same = {"document_id": opened.document_id, "generation": opened.generation}
    return await bench.documents.file_text(FileTextParams(**same, offset=offset))


async def test_the_text_is_what_the_plugin_reads(bench: Bench) -> None:
    """The unpacked and transcoded file where there is one, otherwise the file in the encoding in force."""
    content = "ä,b\n€\n"
    for path, options in (
        (bench.file("a.csv", content.encode()), {}),
        (bench.file("a.csv.gz", gzip.compress(content.encode())), {}),
        (bench.file("b.csv", content.encode("utf-16")), {}),
        (bench.file("c.csv", content.encode("cp1252")), {"encoding": "windows-1252"}),
    ):
        found = await text_of(bench, await bench.open(path, options=options))
        assert [line.text for line in found.lines] == ["ä,b", "€"]


async def test_no_text_of_a_file_that_has_changed(bench: Bench) -> None:
    """As with rows."""
    path = bench.file()
    opened = await bench.open(path)
    path.write_bytes(b"other,content\n")
    with pytest.raises(DocumentChanged):
        await text_of(bench, opened)
    path.unlink()
    with pytest.raises((DocumentChanged, FileUnreadable)):
        await text_of(bench, opened)
