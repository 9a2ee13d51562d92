"""Zstandard frames, walked block by block."""

from __future__ import annotations

import io
import os

import pytest
import zstandard

from thoth_ls.documents.zstd_frames import ZstdFrames

CONTENTS = [b"", b"x", b"hello " * 1000, os.urandom(300_000), bytes(5 << 20), os.urandom(131_072) + bytes(131_072)]


@pytest.mark.parametrize("checksum", [False, True])
@pytest.mark.parametrize("size", [False, True])
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: str(len(content)))
def test_every_kind_of_header_is_understood(content: bytes, size: bool, checksum: bool) -> None:
    """With and without a checksum and the size of the content; as one frame and as several."""
    compressor = zstandard.ZstdCompressor(write_checksum=checksum, write_content_size=size)
    frame = compressor.compress(content)
    assert b"".join(ZstdFrames(io.BytesIO(frame))) == content
    assert b"".join(ZstdFrames(io.BytesIO(frame * 3))) == content * 3


def test_streams_of_small_blocks_are_read() -> None:
    """A program that flushes often makes blocks of a few bytes."""
    stream = zstandard.ZstdCompressor().compressobj()
    parts = [
        stream.compress(b"%d," % number) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) for number in range(999)
    ]
    data = b"".join(parts) + stream.flush()
    assert b"".join(ZstdFrames(io.BytesIO(data))) == b"".join(b"%d," % number for number in range(999))


@pytest.mark.parametrize("checksum", [False, True])
def test_no_cut_goes_unnoticed(checksum: bool) -> None:
    """Wherever a file ends too early."""
    frame = zstandard.ZstdCompressor(write_checksum=checksum).compress(os.urandom(50) + bytes(300_000))
    for end in range(4, len(frame)):
        with pytest.raises(EOFError):
            b"".join(ZstdFrames(io.BytesIO(frame[:end])))


def test_pieces_stay_small_whatever_they_hold() -> None:
    """Four bytes can stand for 128 KiB."""
    frame = zstandard.ZstdCompressor().compress(bytes(64 << 20))
    assert len(frame) < 4096
    assert max(len(piece) for piece in ZstdFrames(io.BytesIO(frame))) <= 1 << 20


def test_what_follows_the_last_frame_is_left() -> None:
    """For the caller to judge."""
    frames = ZstdFrames(io.BytesIO(zstandard.ZstdCompressor().compress(b"x") + b"garbage"))
    assert b"".join(frames) == b"x"
    assert frames.rest == b"garbage"
