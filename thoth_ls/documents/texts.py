"""Parts of long texts."""

from __future__ import annotations

from thoth_ls.wire.documents import CellText

LONGEST_CHARACTER = 4


def part(whole: bytes, start: int, count: int) -> CellText:
    """Whole characters of a text in UTF-8 from byte `start` on, at most `count` bytes (but one character at least)."""
    while start < len(whole) and whole[start] & 0xC0 == 0x80:
        start += 1
    text = whole[start : start + count].decode("utf-8", "ignore")
    if not text:
        text = whole[start : start + LONGEST_CHARACTER].decode("utf-8", "ignore")[:1]
    end = start + len(text.encode("utf-8"))
    return CellText(text=text, size_bytes=len(whole), next=end if start < end < len(whole) else None)
