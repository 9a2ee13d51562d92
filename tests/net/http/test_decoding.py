"""Content codings: undone as the standards have them, and never much at once."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.net.http.decoding import PIECE, SLICE, BodyBroken, decoders, undone

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = b"squeezed " * 5000


def raw_deflate(data: bytes) -> bytes:
    made = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return made.compress(data) + made.flush()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": gzip.compress,
    "deflate": zlib.compress,
    "zstd": zstandard.compress,
    "identity": bytes,
}


def decoded(coding: str, data: bytes, step: int = 1000) -> bytes:
    chain = decoders([("content-encoding", coding)])
    out = b"".join(piece for at in range(0, len(data), step) for piece in undone(chain, data[at : at + step]))
    for decoder in chain:
        decoder.finish()
    return out


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_each_coding_is_undone_however_it_arrives(coding: str, step: int) -> None:
    assert decoded(coding, CODINGS[coding](TEXT), step) == TEXT
    assert decoded(coding, b"") == b""


@given(st.binary(max_size=5000), st.integers(1, 2000), st.sampled_from(sorted(CODINGS)))
def test_any_content_comes_back(content: bytes, step: int, coding: str) -> None:
    assert decoded(coding, CODINGS[coding](content), step) == content


def test_deflate_without_its_frame_is_understood() -> None:
    assert decoded("deflate", raw_deflate(TEXT)) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_several_in_a_row_are_one_body(coding: str) -> None:
    pack = CODINGS[coding]
    assert decoded(coding, pack(TEXT) + pack(b"more"), 13) == TEXT + b"more"


def test_padding_after_gzip_is_left_out() -> None:
    assert decoded("gzip", gzip.compress(TEXT) + b"\0" * 100) == TEXT


def test_one_upon_the_other() -> None:
    assert decoded("gzip, zstd", zstandard.compress(gzip.compress(TEXT))) == TEXT
    with pytest.raises(BodyBroken, match="more than 3 codings"):
        decoders([("content-encoding", "gzip, gzip"), ("content-encoding", "gzip, gzip")])


def test_an_unknown_coding_leaves_the_body_alone() -> None:
    assert decoders([("content-encoding", "br")]) == []
    assert decoders([("content-encoding", "gzip, br")]) == []


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
def test_what_is_broken_is_told(coding: str) -> None:
    packed = CODINGS[coding](TEXT)
    with pytest.raises(BodyBroken, match="its end is missing"):
        decoded(coding, packed[:-3])
    with pytest.raises(BodyBroken, match=coding):
        decoded(coding, packed[: len(packed) // 2] + b"\xff" * 200)
    with pytest.raises(BodyBroken, match=coding):
        decoded(coding, b"this is no compressed text at all")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_comes_out_in_small_pieces(coding: str) -> None:
    packed = CODINGS[coding](bytes(100 << 20))
    sizes = [len(piece) for piece in undone(decoders([("content-encoding", coding)]), packed)]
    assert sum(sizes) == 100 << 20
    assert max(sizes) <= PIECE


def test_a_bomb_of_bombs_comes_out_in_small_pieces_as_well() -> None:
    packed = gzip.compress(gzip.compress(bytes(64 << 20)))
    assert len(packed) < 1000
    sizes = [len(piece) for piece in undone(decoders([("content-encoding", "gzip, gzip")]), packed)]
    assert sum(sizes) == 64 << 20
    assert max(sizes) <= PIECE


def test_zstd_takes_in_so_little_that_little_can_come_of_it() -> None:
    """Its densest form makes 128 KiB of four bytes: what one slice becomes is bounded by that."""
    block = (1 | (1 << 1) | (131_072 << 3)).to_bytes(3, "little") + b"\0"
    many = block.replace(bytes([block[0]]), bytes([block[0] & ~1]), 1) * 2000 + block
    frame = b"\x28\xb5\x2f\xfd" + b"\x00" + bytes([(17 - 10) << 3]) + many
    pieces = undone(decoders([("content-encoding", "zstd")]), frame)
    total = sum(len(piece) for piece in pieces)
    assert total == 2001 * 131_072
    assert SLICE // 4 * 131_072 <= 32 << 20


def test_zstd_is_not_let_to_ask_for_much_memory() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    huge = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    with pytest.raises(BodyBroken, match="zstd"):
        decoded("zstd", huge.compress(TEXT) + huge.flush())


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_countless_parts_with_nothing_in_them_are_no_body(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thoth_ls.net.http.decoding.MOST_PARTS", 1000)
    empty, full = CODINGS[coding](b""), CODINGS[coding](bytes(4096))
    assert decoded(coding, full * 3000) == bytes(4096 * 3000)
    with pytest.raises(BodyBroken, match="parts"):
        decoded(coding, empty * 1100)
